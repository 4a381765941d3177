"""The same sheets written with openpyxl the way its manual shows: a value and its style for every cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from shared.layout import HEADER_ROWS, SheetLayout
from workbooks import sheet_plan as plan
from workbooks.state import State

_SIDE = Side("thin", plan.BORDER)
_BORDER = Border(_SIDE, _SIDE, _SIDE, _SIDE)
_FONT = Font("Arial", 10)
_HEADER_FONT = Font("Arial", 10, bold=True)
_HEADER_FILL = PatternFill("solid", plan.HEADER_FILLS[0])
_GREY = PatternFill("solid", plan.SOFT)
_CENTRED = Alignment("center", "center", wrap_text=True)


def write_plain(path: Path, state: State) -> None:
    """A workbook with the visible sheets of a class: headers, values, styles, drop-downs, protection."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for layout in state.base.info.layouts(state.base.grades):
        sheet = book.create_sheet(layout.title)
        _headers(sheet, layout)
        _students(sheet, layout, state)
        _lists(sheet, layout, plan.last_row(state.base) + plan.SPARE_ROWS)
        sheet.freeze_panes = sheet.cell(HEADER_ROWS + 1, plan.NAME_COLUMNS + 1)
        sheet.protection.sheet = True
    book.save(path)


def _headers(sheet: Any, layout: SheetLayout) -> None:
    for i, column in enumerate(layout.columns, start=1):
        for row, text in enumerate((column.group, column.header), start=1):
            cell = sheet.cell(row, i, text)
            cell.font, cell.fill, cell.border, cell.alignment = _HEADER_FONT, _HEADER_FILL, _BORDER, _CENTRED
        sheet.column_dimensions[get_column_letter(i)].width = plan.column_width(column)
    for run in plan.group_runs(layout):
        if run.first != run.last:
            sheet.merge_cells(start_row=1, end_row=1, start_column=run.first + 1, end_column=run.last + 1)


def _students(sheet: Any, layout: SheetLayout, state: State) -> None:
    looks = [
        plan.cell_look(layout, i, locked=plan.is_locked(column, layout.key, state.base.locks))
        for i, column in enumerate(layout.columns)
    ]
    for row, values in enumerate(plan.shown_rows(state.base, layout), start=HEADER_ROWS + 1):
        for i, (value, look) in enumerate(zip(values, looks, strict=True), start=1):
            cell = sheet.cell(row, i, value)
            cell.font, cell.border = _FONT, _BORDER
            cell.alignment = Alignment(look.align, "center")
            cell.number_format = look.number_format
            cell.protection = Protection(locked=look.locked)
            if look.locked:
                cell.fill = _GREY


def _lists(sheet: Any, layout: SheetLayout, last: int) -> None:
    for rule, runs in plan.entry_rules(layout).items():
        if rule.texts and rule.inline:
            validation = DataValidation("list", formula1=f'"{",".join(rule.texts)}"')
        else:
            validation = DataValidation("decimal", operator="between", formula1="0", formula2="10")
        for run in runs:
            validation.add(
                f"{get_column_letter(run.first + 1)}{HEADER_ROWS + 1}:{get_column_letter(run.last + 1)}{last}"
            )
        sheet.add_data_validation(validation)
