"""Times as people in Viet Nam read them: UTC+7 all year, whatever the machine's own zone."""

from __future__ import annotations

import datetime as dt

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def local_time(stamp: str | None, form: str = "%d/%m/%Y %H:%M:%S") -> str:
    """An ISO 8601 time in Vietnamese form, `29/03/2022 15:52:47`; what is no time stays as it is."""
    try:
        moment = dt.datetime.fromisoformat(stamp or "")
    except ValueError:
        return stamp or ""
    return moment.astimezone(VIETNAM).strftime(form)
