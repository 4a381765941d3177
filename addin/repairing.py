"""Sửa nhanh: safe repairs, and offers that are taken one by one; a workbook is read once and written once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from addin import commands, local
from shared.columns import STUDENT_CODE
from shared.offers import Offer, chosen, with_offers
from shared.repair import Repair, repairs
from workbooks.port import ClassWorkbook, Reading, Update


def repair(workbook: ClassWorkbook, *, apply: bool) -> tuple[Repair, ...]:
    """Sửa nhanh: the safe repairs; carried out only when asked to."""
    reading = workbook.read()
    planned = repairs(reading.data)
    if apply and planned:
        write(workbook, reading, planned, ())
    return planned


def offers(reading: Reading) -> tuple[Offer, ...]:
    """What may be put right after asking."""
    return commands.examine(reading).offers


def take(workbook: ClassWorkbook, names: Iterable[str]) -> tuple[Offer, ...]:
    """Carry out the offers of some names; `Refused` before anything is written when one cannot be taken."""
    reading = workbook.read()
    taken = chosen(offers(reading), names)
    if taken:
        write(workbook, reading, (), taken)
    return taken


def repaired(reading: Reading, planned: Sequence[Repair]) -> Reading:
    """The reading as it will be once the safe repairs are written."""
    return replace(reading, data=local.with_cells(reading.data, _cells(planned)))


def write(workbook: ClassWorkbook, reading: Reading, planned: Sequence[Repair], taken: Sequence[Offer]) -> None:
    """Write repairs and offers at once, with the report and the rows' states as they then are."""
    after = repaired(reading, planned)
    checked = commands.examine(replace(after, data=with_offers(after.data, taken)))
    cells = _cells(planned)
    codes: dict[tuple[str, int], str] = {}
    for offer in taken:
        for cell in offer.cells:
            if cell.column == STUDENT_CODE:
                codes[offer.sheet_key, cell.row] = cell.after or ""
            else:
                cells[offer.sheet_key, cell.student_code or "", cell.column] = cell.after
    workbook.write(commands.reported(checked, Update(cells, codes=codes)))


def _cells(planned: Iterable[Repair]) -> dict[tuple[str, str, str], str | None]:
    return {(r.sheet_key, r.student_code, r.column): r.after for r in planned}
