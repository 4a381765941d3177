"""A class workbook as a file on the disk."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from workbooks.package import store
from workbooks.patch import patched
from workbooks.port import Reading, Update
from workbooks.reading import Opened, open_workbook
from workbooks.refusing import changed_meanwhile, not_written, open_elsewhere, read_only

_WRITABLE = 0o222


class FileWorkbook:
    """The port `ClassWorkbook` on an .xlsx file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: bytes | None = None  # digest of the file as it was last read or written here
        self._opened: Opened | None = None  # as last read, for the one write that follows

    def read(self) -> Reading:
        """Everything at once; `Refused` for a file that is no class workbook or cannot be read."""
        seen, opened = self._digest(), open_workbook(self.path)
        self._seen, self._opened = seen, opened
        return opened.reading

    def write(self, update: Update) -> None:
        """Everything at once and all or nothing; `Refused(FILE_NOT_WRITABLE)` leaves the workbook as it was."""
        if self._seen not in (None, self._digest()):  # somebody saved it while a request was under way
            raise changed_meanwhile(self.path)
        opened, self._opened = self._opened or open_workbook(self.path), None
        mode = self._mode()
        package = patched(opened, update, str(self.path))
        if package.changed:
            data = package.pack()
            store(self.path, data, mode=mode)
            self._seen = sha256(data).digest()

    def _digest(self) -> bytes | None:
        try:
            return sha256(self.path.read_bytes()).digest()
        except OSError:
            return None  # opening it says why

    def _mode(self) -> int:
        """The file's permissions; refused when it is read-only or open in a spreadsheet program."""
        target = self.path.resolve()
        for mark in (target.with_name(f".~lock.{target.name}#"), target.with_name(f"~${target.name}")):
            if mark.exists():
                raise open_elsewhere(self.path, mark.name)
        try:
            mode = target.stat().st_mode & 0o7777
            if not mode & _WRITABLE:
                raise read_only(self.path)
            with target.open("r+b"):
                pass
        except OSError as error:
            raise not_written(self.path, error) from error
        return mode
