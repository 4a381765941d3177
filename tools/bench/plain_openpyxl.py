"""The same sheets written with openpyxl the way its manual shows: cell by cell, styles made once and shared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from shared.cells import to_cell
from shared.columns import Column, Kind
from shared.layout import FIRST_ROW, HEADER_ROWS, SheetLayout
from shared.records import Row, sheets_of
from workbooks.state import State

_SIDE = Side("thin", "BFBFBF")
_BORDER = Border(_SIDE, _SIDE, _SIDE, _SIDE)
_HEADER_FONT = Font("Arial", 10, bold=True)
_OPEN = Protection(locked=False)
_HEADER_FILL, _GREY = PatternFill("solid", "D6E4F0"), PatternFill("solid", "F2F2F2")
_CENTRED = Alignment("center", "center", wrap_text=True)
_LONGEST_LIST = 255
_SPARE_ROWS = 30
_FROZEN_COLUMNS = 4


def write_plain(path: Path, state: State) -> None:
    """A workbook with the visible sheets of a class: headers, values, styles, drop-downs, protection."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for read in sheets_of(state.base).sheets.values():
        sheet = book.create_sheet(read.layout.title)
        _headers(sheet, read.layout)
        for row in read.rows:
            _student(sheet, read.layout, row)
        _entry_rules(sheet, read.layout, FIRST_ROW + len(read.rows) + _SPARE_ROWS)
        sheet.freeze_panes = sheet.cell(FIRST_ROW, _FROZEN_COLUMNS + 1)
        sheet.protection.sheet = True
    book.save(path)


def _headers(sheet: Any, layout: SheetLayout) -> None:
    for i, column in enumerate(layout.columns, start=1):
        for row, text in enumerate((column.group, column.header), start=1):
            cell = sheet.cell(row, i, text)
            cell.font, cell.fill, cell.border, cell.alignment = _HEADER_FONT, _HEADER_FILL, _BORDER, _CENTRED
        sheet.column_dimensions[get_column_letter(i)].width = column.width
    for first, last in _runs(layout):
        if first != last:
            sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=last)
        elif not layout.columns[first - 1].header:
            sheet.merge_cells(start_row=1, end_row=HEADER_ROWS, start_column=first, end_column=first)


def _runs(layout: SheetLayout) -> Iterator[tuple[int, int]]:
    """First and last column, from 1, under each header of the first row."""
    at = 1
    for _, members in groupby(layout.columns, key=lambda column: (column.group, bool(column.header) or column.key)):
        size = len(list(members))
        yield at, at + size - 1
        at += size


def _student(sheet: Any, layout: SheetLayout, row: Row) -> None:
    for i, column in enumerate(layout.columns, start=1):
        cell = sheet.cell(row.number, i, to_cell(column, row.cells.get(column.key)))
        cell.border = _BORDER
        if column.kind is Kind.SCORE:
            cell.number_format = "0.0"
        if column.kind in {Kind.SCORE, Kind.RATING}:
            cell.alignment = _CENTRED
        if column.editable:
            cell.protection = _OPEN
        else:
            cell.fill = _GREY


def _entry_rules(sheet: Any, layout: SheetLayout, last: int) -> None:
    for i, column in enumerate(layout.columns, start=1):
        validation = _entry_rule(column)
        if validation:
            letter = get_column_letter(i)
            validation.add(f"{letter}{FIRST_ROW}:{letter}{last}")
            sheet.add_data_validation(validation)


def _entry_rule(column: Column) -> DataValidation | None:
    words = ",".join(choice.text for choice in column.choices)
    if words and column.editable and len(words) <= _LONGEST_LIST:
        return DataValidation("list", formula1=f'"{words}"')
    if column.kind is Kind.SCORE:
        return DataValidation("decimal", operator="between", formula1="0", formula2="10")
    return None
