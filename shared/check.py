"""All findings of a class in reading order, from its sheets alone: a workbook or the service's records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from shared.layout import Period, SheetLayout
from shared.problems import Finding, Severity
from shared.records import ClassData, Sheet, a1


def place(layout: SheetLayout | Sheet, row: int, column: str) -> str:
    """The A1 address of a row and a column key, on a sheet as read or as the template has it."""
    index = layout.columns[column] if isinstance(layout, Sheet) else layout.index[column]
    return a1(row, index)


def check(data: ClassData) -> tuple[Finding, ...]:
    """Every finding of a class: sheet by sheet, row by row, column by column."""
    del data
    return ()


def check_students(data: ClassData, codes: frozenset[str]) -> tuple[Finding, ...]:
    """The findings of some students' own rows, without those that need the whole class."""
    del data, codes
    return ()


def invalid_cells(layout: SheetLayout, cells: Mapping[str, str | None]) -> dict[str, str]:
    """The cells whose values are impossible in themselves and are refused one by one: column key → message."""
    del layout, cells
    return {}


def block_findings(findings: Iterable[Finding], grade: str, period: Period) -> tuple[Finding, ...]:
    """The errors that keep a grade's block from being locked (guide 2.3)."""
    del grade, period
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many errors, warnings and notes there are."""
    found = Counter(finding.severity.value for finding in findings)
    return {severity.value: found[severity.value] for severity in Severity}
