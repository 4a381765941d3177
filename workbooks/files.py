"""A class workbook as a file on the disk."""

from __future__ import annotations

from pathlib import Path

from shared.problems import Code, Refused
from workbooks.package import store
from workbooks.patch import patched
from workbooks.port import Reading, Update
from workbooks.reading import open_workbook

_WRITABLE = 0o222


class FileWorkbook:
    """The port `ClassWorkbook` on an .xlsx file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Reading:
        """Everything at once; `Refused` for a file that is no class workbook or cannot be read."""
        return open_workbook(self.path).reading

    def write(self, update: Update) -> None:
        """Everything at once and all or nothing; `Refused(FILE_NOT_WRITABLE)` leaves the workbook as it was."""
        opened = open_workbook(self.path)
        mode = self._mode()
        package = patched(opened, update, self.path.name)
        if package.changed:
            store(self.path, package.pack(), mode=mode)

    def _mode(self) -> int:
        """The file's permissions; refused when it is read-only or open in a spreadsheet program."""
        target = self.path.resolve()
        marks = (target.with_name(f".~lock.{target.name}#"), target.with_name(f"~${target.name}"))
        try:
            mode = target.stat().st_mode & 0o7777
            with target.open("r+b"):
                pass
        except OSError as error:
            raise Refused(Code.FILE_NOT_WRITABLE, file=self.path.name) from error
        if not mode & _WRITABLE or any(mark.exists() for mark in marks):
            raise Refused(Code.FILE_NOT_WRITABLE, file=self.path.name)
        return mode
