"""What a spreadsheet makes of typed values, in real files: read, said and put right (RULEBOOK 7)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from addin import commands, local, repairing
from shared.problems import Code
from shared.records import a1
from tests.workbooks.sample import CODES, edited, set_cell, sheet_layout_of, snapshot, state, written
from workbooks.files import FileWorkbook

PROVEN = {"birth_date": "2005-07-12", "sex": "Nam"}
SCORES = {"mathematics.semester_1": "8.2", "mathematics.semester_2": "8.5", "mathematics.year": "8.4"}


def sound(folder: Path) -> FileWorkbook:
    """A workbook whose first student is faultless where these tests type."""
    cells = {("profile", CODES[0], key): value for key, value in PROVEN.items()}
    cells |= {("11", CODES[0], key): value for key, value in SCORES.items()}
    return written(folder, state(base=local.with_base_cells(snapshot(), cells)))


def typed(folder: Path, sheet: str, column: str, value: Any, number_format: str) -> FileWorkbook:
    workbook = sound(folder)
    with edited(workbook) as book:
        cell = book[sheet_layout_of(sheet).title][place(sheet, column)]
        cell.value, cell.number_format = value, number_format
    return workbook


def place(sheet: str, column: str) -> str:
    return a1(3, sheet_layout_of(sheet).index[column])


def repaired(workbook: FileWorkbook, column: str) -> list[tuple[Code, str, str | None]]:
    done = repairing.repair(workbook, apply=False)
    return [(r.code, r.before, r.after) for r in done if (r.student_code, r.column) == (CODES[0], column)]


@pytest.mark.parametrize(
    ("sheet", "column", "value", "number_format", "expected"),
    [
        ("profile", "national_id", 31205000123, "0", (Code.ID_LEADING_ZERO, "31205000123", "031205000123")),
        ("profile", "national_id", 1205000123, "General", (Code.ID_LEADING_ZERO, "1205000123", "001205000123")),
        ("profile", "national_id", 31305000123, "0", None),  # a girl's, and he is a boy
        ("profile", "national_id", "3,1205E+10", "@", None),
        ("profile", "national_id", "1E+11", "@", None),
        ("profile", "birth_date", dt.date(2005, 7, 12), "mm-dd-yy", (Code.DOB_TYPE, "12/07/2005", "2005-07-12")),
        ("profile", "birth_date", dt.date(2005, 7, 12), "@", (Code.DOB_TYPE, "38545", "2005-07-12")),
        ("profile", "birth_date", "12-7-2005", "@", (Code.DOB_TYPE, "12-7-2005", "2005-07-12")),
        ("profile", "birth_date", 12072005, "0", (Code.DOB_TYPE, "12072005", "2005-07-12")),
        ("profile", "phone", 912345678, "General", (Code.PHONE_LEADING_ZERO, "912345678", "0912345678")),
        ("11", "mathematics.semester_1", "8,2", "@", (Code.SC_DECIMAL, "8,2", "8.2")),
        ("11", "mathematics.semester_1", 82, "0", (Code.SC_X10, "82", "8.2")),
        ("11", "mathematics.semester_1", dt.date(2023, 2, 8), "d-mmm", (Code.SC_DATE, "08/02/2023", "8.2")),
        ("11", "mathematics.semester_1", dt.date(2023, 2, 8), "0.0", (Code.SC_DATE, "44965", "8.2")),
        ("11", "mathematics.semester_1", "-", "@", None),
        ("11", "mathematics.semester_1", "x", "@", None),
        ("11", "mathematics.semester_1", 0, "0.0", None),
    ],
)
def test_values_typed_in_a_file(
    tmp_path: Path, sheet: str, column: str, value: Any, number_format: str, expected: tuple[Code, str, str] | None
) -> None:
    workbook = typed(tmp_path, sheet, column, value, number_format)
    assert repaired(workbook, column) == ([expected] if expected else [])


def test_the_cached_result_of_a_formula_is_rounded_half_up(tmp_path: Path) -> None:
    workbook = sound(tmp_path)
    at = place("11", "mathematics.semester_1")
    for cached, after in (("8.1500001", "8.2"), ("8.15", "8.2"), ("8.2499999", "8.2"), ("8.2000000000000011", None)):
        set_cell(workbook.path, "xl/worksheets/sheet3.xml", at, f'<c r="{at}"><f>1*8.2</f><v>{cached}</v></c>')
        assert [fixed for *_, fixed in repaired(workbook, "mathematics.semester_1")] == ([after] if after else [])


def test_a_copied_name_with_another_tone_placement_is_refreshed_as_the_students_own(tmp_path: Path) -> None:
    base = local.with_base_cells(snapshot(), {("profile", CODES[0], "full_name"): "Lê Thúy Hòa"})
    workbook = written(tmp_path, state(base=base))
    with edited(workbook) as book:
        book["Lớp 11"][place("11", "full_name")].value = "Lê Thuý Hoà"
        book["Lớp 12"][place("12", "full_name")].value = "Lê Thúy Hoa"
    reading = workbook.read()
    names = {cell: value for cell, value in local.copies(reading.data, base, base).items() if cell[1] == CODES[0]}
    assert names == {("11", CODES[0], "full_name"): "Lê Thúy Hòa"}
    others = [f for f in commands.examine(reading).findings if f.code is Code.ROW_IDENTITY]
    assert [(f.sheet, f.student_code) for f in others] == [("Lớp 12", CODES[0])]
