"""Values for a student whose row is not clear: nothing is guessed, nothing is put under the wrong student."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shared.cells import from_cell
from shared.columns import STATUS, STUDENT_CODE
from tests.workbooks.sample import CODES, edited, parts, row_of, sheet_layout_of, snapshot, state, value_of, written
from workbooks.port import Update

CODE = CODES[2]  # on row 5
CELL = ("12", CODE, "mathematics.semester_1")
SHEET_12 = "xl/worksheets/sheet4.xml"


def code_gone(sheet: Any) -> None:
    """The row is there without its code."""
    sheet["C5"] = None


def code_mistyped(sheet: Any) -> None:
    """The row is there with a code of nobody."""
    sheet["C5"] = "31X"


def code_twice(sheet: Any) -> None:
    """The row is there twice."""
    for at in range(1, 44):
        sheet.cell(15, at).value = sheet.cell(5, at).value


def only_the_name(sheet: Any) -> None:
    """The row is there, emptied, with the name alone."""
    name = sheet["D5"].value
    for at in range(1, 44):
        sheet.cell(5, at).value = None
    sheet["D5"] = name.upper()


@pytest.mark.parametrize("edit", [code_gone, code_mistyped, code_twice, only_the_name])
def test_nothing_is_written_while_the_row_is_not_clear(tmp_path: Path, edit: Callable[[Any], None]) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        edit(book["Lớp 12"])
    before = parts(workbook.path)[SHEET_12]
    workbook.write(Update({CELL: "7.5"}))
    assert parts(workbook.path)[SHEET_12] == before


def test_others_are_written_all_the_same(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        code_twice(book["Lớp 12"])
    workbook.write(Update({CELL: "7.5", ("12", CODES[3], "physics.year"): "1.5"}, {("12", CODE): "✖ 1 lỗi"}))
    rows = [row for row in workbook.read().data.sheets["12"].rows if row.student_code == CODE]
    assert [row.cells[STATUS] for row in rows] == ["✖ 1 lỗi"] * 2
    assert row_of(workbook, "12", CODES[3]).cells["physics.year"] == 1.5


def test_notes_below_the_table_are_no_students(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"].delete_rows(5)
        book["Lớp 12"]["D20"] = "Người lập bảng"
    workbook.write(Update({CELL: "7.5"}))
    assert row_of(workbook, "12", CODE).number == 14


def test_a_student_who_left_does_not_stand_in_the_way_of_one_who_joins(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    new = "3199999999"
    base = replace(snapshot(), roster=(*CODES[1:], new))
    workbook.write(Update({("12", new, "physics.year"): "9.0"}, state=state(base=base)))
    assert row_of(workbook, "12", new).number == 15
    assert row_of(workbook, "12", CODES[0]).number == 3


def test_a_row_of_which_every_cell_is_told_holds_exactly_that(tmp_path: Path) -> None:
    import random  # noqa: PLC0415

    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"].delete_rows(5)
        book["Lớp 12"]["F3"] = "=G3"  # the row whose looks are taken
    layout, given = sheet_layout_of("12"), random.Random(7)  # noqa: S311 - invented values
    told = {column.key: value_of(column, given) for column in layout.stored}
    told["physics.year"] = None  # something stands there in the base
    assert snapshot().cells("12", CODE)["physics.year"]
    workbook.write(Update({("12", CODE, key): value for key, value in told.items()}))
    cells = row_of(workbook, "12", CODE).cells
    assert {key: from_cell(layout.by_key[key], cells[key]) for key in told} == told
    assert cells[STUDENT_CODE] == CODE
    assert cells[STATUS] is None
    sheet = openpyxl.load_workbook(workbook.path)["Lớp 12"]
    assert not [cell.value for cell in sheet[14] if str(cell.value).startswith("=")]
