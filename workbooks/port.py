"""The narrow port between the commands and a spreadsheet: one read, one write. A file here; an open workbook later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from shared.offers import Offer
from shared.problems import Finding
from shared.records import ClassData, Lock
from workbooks.state import CellKey, State


@dataclass(frozen=True, slots=True)
class Reading:
    """A class workbook as found: its rows, what it remembers, and what is odd about the file itself."""

    data: ClassData
    state: State
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """What to write in a class workbook; everything else in it stays as the user left it."""

    cells: Mapping[CellKey, str | None] = field(default_factory=dict)  # canonical values, None clears
    statuses: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (sheet key, student code) → Trạng thái
    report: tuple[Finding, ...] | None = None  # new content of Kết quả kiểm tra
    locks: tuple[Lock, ...] | None = None  # grey and protect exactly these blocks
    state: State | None = None
    offers: tuple[Offer, ...] = ()  # shown with the report
    codes: Mapping[tuple[str, int], str] = field(default_factory=dict)  # (sheet key, row) → a lost code to write again


class ClassWorkbook(Protocol):
    """A class workbook, wherever it is open."""

    def read(self) -> Reading:
        """Everything at once; `Refused` for a file that is no class workbook or cannot be read."""

    def write(self, update: Update) -> None:
        """Everything at once and all or nothing; `Refused(FILE_NOT_WRITABLE)` leaves the workbook as it was."""
