"""What nobody foresaw: written to a log with a short code, so that the user sees a sentence and we see the rest."""

from __future__ import annotations

import datetime as dt
import secrets
import traceback
from contextlib import suppress
from pathlib import Path

from addin.credentials import home


def record(error: BaseException) -> tuple[str, Path]:
    """Log the error; its code, and where the log is."""
    code = secrets.token_hex(4)
    log = home() / "kqht.log"
    with suppress(OSError):  # a full disk must not hide the message
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        log.touch(mode=0o600)
        stamp = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{stamp} {code}\n{''.join(traceback.format_exception(error))}\n")
    return code, log
