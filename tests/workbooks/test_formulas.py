"""Formulas: their value counts; without one nothing is taken for emptied."""

from pathlib import Path

import pytest

from shared.cells import from_cell
from shared.problems import Code, Severity
from tests.workbooks.sample import CODES, codes_found, edited, row_of, set_cell, sheet_layout_of, snapshot, written

PART = "xl/worksheets/sheet4.xml"  # Lớp 12
KEY = "mathematics.semester_1"
COLUMN = sheet_layout_of("12").by_key[KEY]
BASE = snapshot().cells("12", CODES[0]).get(KEY)


@pytest.mark.parametrize("cell", ["<f>G3</f>", "<f>G3</f><v></v>", "<f>G3</f><v/>", "<f t='shared' si='0'/>"])
def test_a_formula_without_a_value_leaves_what_was_pulled(tmp_path: Path, cell: str) -> None:
    workbook = written(tmp_path)
    set_cell(workbook.path, PART, "F3", f'<c r="F3">{cell}</c>')
    findings = workbook.read().findings
    assert codes_found(findings) == [(Code.TPL_FORMULA_EMPTY, "Lớp 12", "F3")]
    assert findings[0].severity is Severity.ERROR
    assert findings[0].student_code == CODES[0]
    assert findings[0].column == f"12.{KEY}"
    assert from_cell(COLUMN, row_of(workbook, "12", CODES[0]).cells.get(KEY)) == BASE


def test_a_formula_written_by_a_program_that_does_not_calculate(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"]["F3"] = "=ROUND(8.14,1)"
    assert codes_found(workbook.read().findings) == [(Code.TPL_FORMULA_EMPTY, "Lớp 12", "F3")]


def test_a_formula_with_its_value_is_its_value(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    set_cell(workbook.path, PART, "F3", '<c r="F3"><f>ROUND(8.14,1)</f><v>8.1</v></c>')
    assert workbook.read().findings == ()
    assert row_of(workbook, "12", CODES[0]).cells[KEY] == 8.1


@pytest.mark.parametrize("formula", ["<f>1/0</f>", ""])
def test_an_error_is_shown_at_its_place_and_leaves_what_was_pulled(tmp_path: Path, formula: str) -> None:
    workbook = written(tmp_path)
    set_cell(workbook.path, PART, "F3", f'<c r="F3" t="e">{formula}<v>#DIV/0!</v></c>')
    findings = workbook.read().findings
    assert codes_found(findings) == [(Code.TPL_FORMULA_ERR, "Lớp 12", "F3")]
    assert "#DIV/0!" in findings[0].message
    assert from_cell(COLUMN, row_of(workbook, "12", CODES[0]).cells.get(KEY)) == BASE


def test_a_cell_that_was_blank_when_pulled_is_simply_not_known(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    code, blank = next(
        (code, i)
        for code in CODES
        for i, column in enumerate(sheet_layout_of("12").columns)
        if column.stored and column.key not in snapshot().cells("12", code)
    )
    key = sheet_layout_of("12").columns[blank].key
    with edited(workbook) as book:
        book["Lớp 12"].cell(3 + CODES.index(code), blank + 1).value = "=A1"
    assert key not in row_of(workbook, "12", code).cells


def test_formulas_of_ones_own_beside_the_table_are_no_business_of_ours(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"]["BA5"] = "=AVERAGE(F3:F14)"
        book["Lớp 12"]["BA6"] = "=1/0"
    assert workbook.read().findings == ()
