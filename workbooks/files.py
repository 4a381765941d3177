"""A class workbook as a file on the disk."""

from __future__ import annotations

from pathlib import Path

from workbooks.port import Reading
from workbooks.reading import open_workbook


class FileWorkbook:
    """The port `ClassWorkbook` on an .xlsx file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Reading:
        """Everything at once; `Refused` for a file that is no class workbook or cannot be read."""
        return open_workbook(self.path).reading
