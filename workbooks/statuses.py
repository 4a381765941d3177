"""The column Trạng thái: what a row's state is, in words with a symbol."""

from __future__ import annotations

from collections.abc import Iterable

from shared.columns import PERIOD_NAMES, Period
from shared.records import Lock
from workbooks import words


def locked_text(sheet: str, locks: Iterable[Lock]) -> str:
    """Which blocks of a sheet are locked: nothing, `■ Khóa HK I`, or `■ Khóa` when all are."""
    periods = {lock.period for lock in locks if lock.grade == sheet}
    if periods == set(Period):
        return words.LOCKED
    return "".join(f"{words.LOCKED} {PERIOD_NAMES[period]}" for period in Period if period in periods)


def status_text(
    *,
    changed: int = 0,
    errors: int = 0,
    warnings: int = 0,
    conflicts: int = 0,
    locked: bool | str = "",
    sent_at: str = "",
) -> str:
    """A row's state in words: what must be looked at first stands first. `locked` may be a text of `locked_text`."""
    parts = [
        template.format(count=count)
        for template, count in (
            (words.CONFLICTS, conflicts),
            (words.ERRORS, errors),
            (words.WARNINGS, warnings),
            (words.CHANGED, changed),
        )
        if count
    ]
    if not changed and sent_at:
        parts.append(words.SENT.format(at=sent_at))
    if locked:
        parts.append(words.LOCKED if locked is True else locked)
    return " · ".join(parts) or words.UNCHANGED
