"""Why a file cannot be read or written, in words that are true of it, and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from shared.problems import Code, Refused
from workbooks import words

_IN_USE = frozenset({32, 33})  # what Windows answers for a file that another program holds
_WHY: Mapping[int, tuple[str, str]] = {
    errno.EACCES: (words.NO_RIGHT, words.HINT_RIGHT),
    errno.EPERM: (words.NO_RIGHT, words.HINT_RIGHT),
    errno.EROFS: (words.READ_ONLY_DISK, words.HINT_ELSEWHERE),
    errno.ENOSPC: (words.DISK_FULL, words.HINT_SPACE),
    errno.EDQUOT: (words.DISK_FULL, words.HINT_SPACE),
    errno.EFBIG: (words.DISK_FULL, words.HINT_SPACE),
    errno.EISDIR: (words.NOT_A_FILE, words.HINT_FILE_NAME),
    errno.ENAMETOOLONG: (words.NAME_TOO_LONG, words.HINT_SHORTER),
    errno.EBUSY: (words.IN_USE, words.HINT_CLOSE),
}


def unreadable(file: str, reason: str, hint: str = words.HINT_RESAVE) -> Refused:
    """The refusal of a file that is no readable .xlsx, with the reason in words."""
    return Refused(Code.FILE_UNREADABLE, file=file, reason=reason, hint=hint)


def not_read(path: Path, error: OSError) -> Refused:
    """The refusal of a file that the system does not let us read."""
    if error.errno in {errno.EACCES, errno.EPERM} and not _in_use(error):
        return unreadable(str(path), words.NO_RIGHT_TO_READ, words.HINT_RIGHT)
    return unreadable(str(path), *_why(error))


def not_written(path: Path, error: OSError) -> Refused:
    """The refusal of a file that the system does not let us write."""
    folder = path.parent
    if error.errno in {errno.ENOENT, errno.ENOTDIR} and not folder.is_dir():
        reason, hint = words.NO_FOLDER.format(folder=folder), words.HINT_FOLDER
    else:
        reason, hint = _why(error)
    return Refused(Code.FILE_NOT_WRITABLE, file=str(path), reason=reason, hint=hint)


def a_folder(path: Path) -> Refused:
    """The refusal to write a file in the place of a folder."""
    return Refused(Code.FILE_NOT_WRITABLE, file=str(path), reason=words.NOT_A_FILE, hint=words.HINT_FILE_NAME)


def read_only(path: Path) -> Refused:
    """The refusal of a file that its owner set to read-only."""
    return Refused(Code.FILE_NOT_WRITABLE, file=str(path), reason=words.READ_ONLY, hint=words.HINT_READ_ONLY)


def open_elsewhere(path: Path, mark: str) -> Refused:
    """The refusal of a file beside which another program has put its lock file."""
    reason, hint = words.OPEN_ELSEWHERE.format(mark=mark), words.HINT_LOCK_FILE.format(mark=mark)
    return Refused(Code.FILE_NOT_WRITABLE, file=str(path), reason=reason, hint=hint)


def changed_meanwhile(path: Path) -> Refused:
    """The refusal to write over what somebody saved since the file was read."""
    reason, hint = words.CHANGED_MEANWHILE, words.HINT_AGAIN
    return Refused(Code.FILE_NOT_WRITABLE, file=str(path), reason=reason, hint=hint)


def _why(error: OSError) -> tuple[str, str]:
    if os.name == "nt" and error.errno == errno.EACCES and not _in_use(error):
        return words.IN_USE_OR_NO_RIGHT, words.HINT_CLOSE  # Windows does not always tell the two apart
    if _in_use(error):
        return words.IN_USE, words.HINT_CLOSE
    usual = words.OTHER_REASON.format(number=error.errno), words.HINT_ELSEWHERE
    return _WHY.get(error.errno or 0, usual)


def _in_use(error: OSError) -> bool:
    return getattr(error, "winerror", None) in _IN_USE
