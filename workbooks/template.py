"""A new class workbook, written with XlsxWriter: the same state gives the same bytes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_range_abs

from shared.columns import Kind
from shared.layout import FINDINGS_TITLE, FIRST_ROW, HEADER_ROWS, PROFILE, SheetLayout
from shared.records import Lock, Snapshot
from workbooks import words
from workbooks.formats import FONT_NAME, FONT_SIZE, Formats
from workbooks.hidden import HIDDEN_TITLE
from workbooks.hidden_rows import LIST_COLUMN, hidden_rows
from workbooks.package import store, unpack
from workbooks.report import FROZEN_ROWS, WIDTHS, Look, report_lines
from workbooks.sheet_plan import (
    LOCK_FORMULA,
    NAME_COLUMNS,
    ROW_POINTS,
    SPARE_ROWS,
    EntryRule,
    Run,
    SheetPlan,
    last_row,
    long_lists,
    sheet_plan,
)
from workbooks.state import State
from workbooks.statuses import locked_text
from workbooks.xml_cells import letters, row_xml

_CREATED = dt.datetime(2023, 3, 24)  # noqa: DTZ001 - a file's properties know no zone; fixed, so that bytes are too
_A3, _A4 = 8, 9
_PATTERN_ROW = re.compile(rf'(<row r="{FIRST_ROW}".*?</row>)')
_DIMENSION = re.compile(r'<dimension ref="[A-Z0-9:]+"/>')
_STYLE = re.compile(r'<c r="[A-Z]+\d+"( s="\d+")?')
_PROMPTS = {
    Kind.DATE: (words.DATE_TITLE, words.DATE_PROMPT),
    Kind.IDENTITY: (words.NUMBER_TITLE, words.NUMBER_PROMPT),
}
_PROTECTION = {
    "objects": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def write_workbook(path: Path, state: State) -> None:
    """Write a new class workbook from the state's snapshot, whole or not at all."""
    store(path, workbook_bytes(state))


def workbook_bytes(state: State) -> bytes:
    """A new class workbook: XlsxWriter makes everything but the students' rows, which are filled in after it."""
    layouts = state.base.info.layouts(state.base.grades)
    package = unpack(_skeleton(state, layouts), HIDDEN_TITLE)
    for number, layout in enumerate(layouts, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        package.put(name, _with_students(package.parts[name].decode(), layout, state.base).encode())
    name = f"xl/worksheets/sheet{len(layouts) + 2}.xml"
    package.put(name, _with_memory(package.parts[name].decode(), state, layouts).encode())
    return package.pack()


def _skeleton(state: State, layouts: tuple[SheetLayout, ...]) -> bytes:
    base = state.base
    buffer = BytesIO()
    font = {"font_name": FONT_NAME, "font_size": FONT_SIZE}  # widths are counted in characters of this font
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "default_format_properties": font})
    book.set_properties({"title": f"{base.info.key.name} {base.info.key.school_year}", "created": _CREATED})
    book.set_size(2400, 1400)
    formats = Formats(book)
    lists = _list_ranges(layouts)
    for layout in layouts:
        _SheetWriter(book.add_worksheet(layout.title), sheet_plan(layout), formats, state).write(lists)
    _write_report(book.add_worksheet(FINDINGS_TITLE), formats, state, layouts)
    book.add_worksheet(HIDDEN_TITLE).very_hidden()
    book.worksheets()[_first_sheet(layouts, base.locks)].activate()
    book.close()
    return buffer.getvalue()


def _first_sheet(layouts: tuple[SheetLayout, ...], locks: tuple[Lock, ...]) -> int:
    """The sheet that a new workbook shows: the first grade where something can be entered, else the last grade."""
    still_open = (i for i, layout in enumerate(layouts) if i and locked_text(layout.key, locks) != words.LOCKED)
    return next(still_open, len(layouts) - 1)


def _with_students(xml: str, layout: SheetLayout, base: Snapshot) -> str:
    """The sheet with a row for each student in place of the pattern row, whose styles they take."""
    before, pattern, after = _PATTERN_ROW.split(xml, maxsplit=1)
    styles = _STYLE.findall(pattern)
    rows = [row_xml(number, styles, values) for number, values in enumerate(sheet_plan(layout).rows(base), FIRST_ROW)]
    before = _DIMENSION.sub(f'<dimension ref="A1:{letters(len(styles) - 1)}{last_row(base)}"/>', before, count=1)
    return "".join((before, *(rows or [pattern]), after))


def _with_memory(xml: str, state: State, layouts: tuple[SheetLayout, ...]) -> str:
    rows = hidden_rows(state, layouts)
    return _DIMENSION.sub("", xml, count=1).replace("<sheetData/>", f"<sheetData>{rows}</sheetData>", 1)


class _SheetWriter:
    """One sheet of students."""

    def __init__(self, sheet: Any, plan: SheetPlan, formats: Formats, state: State) -> None:
        self.sheet, self.plan, self.formats, self.base = sheet, plan, formats, state.base
        self.last = last_row(state.base)
        self.end = self.last + SPARE_ROWS

    def write(self, lists: Mapping[EntryRule, str]) -> None:
        """Headers, a pattern row, rules of entry, protection, print."""
        self._headers()
        self._pattern()
        self._rules(lists)
        self._locks(self.base.locks)
        self._frame()
        self._print()

    def _headers(self) -> None:
        sheet, columns = self.sheet, self.plan.columns
        for at, height in enumerate(self.plan.header_heights):
            sheet.set_row(at, height)
        for number, run in enumerate(self.plan.groups):
            upper, lower = self.formats.header(number), self.formats.header(number, small=True)
            column = columns[run.first]
            if not column.header:
                sheet.merge_range(0, run.first, 1, run.first, column.group, upper)
                continue
            if run.first == run.last:
                sheet.write_string(0, run.first, column.group, upper)
            else:
                sheet.merge_range(0, run.first, 0, run.last, column.group, upper)
            for i in range(run.first, run.last + 1):
                sheet.write_string(1, i, columns[i].header, lower)
        for i, width in enumerate(self.plan.widths):
            sheet.set_column(i, i, width)

    def _pattern(self) -> None:
        for i, look in enumerate(self.plan.looks(self.base.locks)):
            self.sheet.write_blank(FIRST_ROW - 1, i, None, self.formats.cell(look))

    def _range(self, run: Run, end: int) -> tuple[int, int, int, int]:
        return FIRST_ROW - 1, run.first, end - 1, run.last

    def _rules(self, lists: Mapping[EntryRule, str]) -> None:
        for rule, runs in self.plan.entry_rules.items():
            ranges = [list(self._range(run, self.end)) for run in runs]
            options = _rule_options(rule, lists)
            self.sheet.data_validation(*ranges[0], {**options, "other_cells": ranges[1:]})

    def _locks(self, locks: tuple[Lock, ...]) -> None:
        runs = self.plan.locked_runs(locks)
        if runs:
            ranges = " ".join(xl_range(*self._range(run, self.end)) for run in runs)
            options = {"type": "formula", "criteria": f"={LOCK_FORMULA}", "format": self.formats.grey}
            self.sheet.conditional_format(*self._range(runs[0], self.end), {**options, "multi_range": ranges})

    def _frame(self) -> None:
        sheet = self.sheet
        sheet.set_default_row(ROW_POINTS)
        sheet.freeze_panes(HEADER_ROWS, NAME_COLUMNS)
        first = self.plan.first_entry(self.base.locks)
        sheet.set_selection(HEADER_ROWS, first, HEADER_ROWS, first)
        sheet.autofilter(HEADER_ROWS - 1, 0, self.last - 1, len(self.plan.columns) - 1)
        sheet.protect("", _PROTECTION)
        sheet.set_zoom(90)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#7F7F7F" if self.plan.layout.key == PROFILE else "#2E75B6")
        if locked_text(self.plan.layout.key, self.base.locks) == words.LOCKED:
            sheet.set_tab_color("#A6A6A6")

    def _print(self) -> None:
        sheet, info = self.sheet, self.base.info
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(3 if self.plan.layout.key == PROFILE else 1, 0)
        sheet.repeat_rows(0, HEADER_ROWS - 1)
        sheet.repeat_columns(0, NAME_COLUMNS - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        left = words.FOOTER_LEFT.format(name=info.key.name, school=info.school_name.replace("&", "&&"))
        sheet.set_footer(f"&L{left}&C{self.plan.layout.title}&R{words.FOOTER_RIGHT}")


def _rule_options(rule: EntryRule, lists: Mapping[EntryRule, str]) -> dict[str, Any]:
    if rule.texts:
        source = list(rule.texts) if rule.inline else lists[rule]
        error = {"error_title": words.CHOICE_TITLE, "error_message": words.CHOICE_ERROR, "error_type": "warning"}
        return {"validate": "list", "source": source, **error}
    if rule.kind in _PROMPTS:
        title, prompt = _PROMPTS[rule.kind]
        return {"validate": "any", "input_title": title, "input_message": prompt}
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 10,
        "error_title": words.SCORE_TITLE,
        "error_message": words.SCORE_ERROR,
        "error_type": "warning",
    }


def _list_ranges(layouts: tuple[SheetLayout, ...]) -> dict[EntryRule, str]:
    """Where the long lists stand on the hidden sheet."""
    ranges = {}
    for i, rule in enumerate(long_lists(layouts)):
        area = xl_range_abs(0, LIST_COLUMN + i, len(rule.texts) - 1, LIST_COLUMN + i)
        ranges[rule] = f"={HIDDEN_TITLE}!{area}"
    return ranges


def _write_report(sheet: Any, formats: Formats, state: State, layouts: tuple[SheetLayout, ...]) -> None:
    for i, width in enumerate(WIDTHS):
        sheet.set_column(i, i, width)
    for row, line in enumerate(report_lines(state.base.info, None, {}, layouts)):
        for i, text in enumerate(line.texts):
            sheet.write_string(row, i, text, formats.report(line.look if line.look is Look.TITLE else Look.COUNTS))
    sheet.freeze_panes(FROZEN_ROWS, 0)
    sheet.hide_gridlines(2)
    sheet.set_tab_color("#C55A11")
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FROZEN_ROWS - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&R{words.FOOTER_RIGHT}")
