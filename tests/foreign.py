"""Sheets of other school software, drawn in the tests: titles, merged headers, rows."""

from __future__ import annotations

from typing import Any

from shared.columns import Term
from shared.foreign.context import Context, context_of
from shared.foreign.mapping import Proposer, Said, SheetMapping
from shared.foreign.source import Area, SourceSheet
from shared.foreign.tables import Table, find_table
from tests.tables import INFO, YEAR, number

LAYOUTS = INFO.layouts(("10", "11", "12"))
PROPOSER = Proposer(LAYOUTS)


def drawn(text: str, *merged: str, title: str = "Sheet1", **facts: Any) -> SourceSheet:
    """A sheet drawn with bars, blank cells included; merged areas as `C1:E1`; numbers become numbers."""
    grid = [
        [number(cell.strip()) if cell.strip() else "" for cell in line.strip()[1:-1].split("|")]
        for line in text.strip().splitlines()
    ]
    return SourceSheet(title, grid, tuple(map(area, merged)), **facts)


def area(reference: str) -> Area:
    """`C1:E1` → rows and columns from 0."""
    first, last = reference.split(":")
    return (int(first[1:]) - 1, ord(first[0]) - 65, int(last[1:]) - 1, ord(last[0]) - 65)


def table_of(sheet: SourceSheet) -> Table:
    """The table that stands on a sheet."""
    found = find_table(sheet, PROPOSER.words)
    assert found is not None
    return found


def mapped(
    sheet: SourceSheet, *, grade: str | None = None, term: Term | None = None, said: Said | None = None
) -> SheetMapping:
    """The proposal for a sheet."""
    table = table_of(sheet)
    context = context_of(sheet.title, table.titles, YEAR, Context(grade, term))
    return PROPOSER.propose(table, context, said or Said())


def targets(mapping: SheetMapping) -> dict[str, str | None]:
    """Header → target of every column that comes in or must be decided; `?` for the latter."""
    return {
        c.column.label: "?" if c.certainty.value == "doubtful" else c.target
        for c in mapping.columns
        if c.target or c.certainty.value == "doubtful"
    }
