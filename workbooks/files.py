"""A class workbook as a file on the disk."""

from __future__ import annotations

from pathlib import Path

from workbooks.package import store
from workbooks.patch import patched
from workbooks.port import Reading, Update
from workbooks.reading import open_workbook
from workbooks.refusing import not_written, open_elsewhere, read_only

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
        package = patched(opened, update, str(self.path))
        if package.changed:
            store(self.path, package.pack(), mode=mode)

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
