"""Safe repairs of a class: what can be read in one way only is offered as that; nothing is guessed (RULEBOOK 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shared.layout import GRADES, PROFILE
from shared.problems import Code
from shared.records import ClassData, Sheet, a1
from shared.rules.reading import read_row, sheet_proves_day_first


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell that can be put right without a question: what stands there and what to write."""

    code: Code
    sheet: str  # the title on the tab
    cell: str  # A1 address
    sheet_key: str
    student_code: str
    column: str
    before: str  # as the cell shows it
    after: str | None  # canonical; None clears


def repairs(data: ClassData) -> tuple[Repair, ...]:
    """Every safe repair of a class, in reading order; applying them all leaves nothing to repair."""
    return tuple(
        repair for key in (PROFILE, *GRADES) if key in data.sheets for repair in _sheet_repairs(data.sheets[key])
    )


def _sheet_repairs(sheet: Sheet) -> Iterator[Repair]:
    layout, columns = sheet.layout, sheet.columns
    day_first = sheet_proves_day_first(sheet)
    for row in sheet.rows:
        if row.student_code is None:
            continue
        _, tidyings = read_row(layout, row, day_first=day_first)
        for tidying in sorted(tidyings, key=lambda found: columns.get(found.column, 0)):
            key = tidying.column
            cell = a1(row.number, columns[key]) if key in columns else ""
            yield Repair(
                tidying.code, layout.title, cell, layout.key, row.student_code, key, tidying.before, tidying.after
            )
