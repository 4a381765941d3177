"""What people do to a workbook does no harm: rows follow their code, columns their words."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shared.cells import from_cell
from shared.columns import STATUS, STUDENT_CODE
from shared.problems import Code, Severity
from shared.records import sheets_of
from tests.workbooks.sample import (
    CODES,
    canonical,
    codes_found,
    edited,
    row_of,
    sheet_layout_of,
    snapshot,
    state,
    written,
)

Sheet = Any
EXPECTED = canonical(sheets_of(snapshot()))


def _values(sheet: Sheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def _fill(sheet: Sheet, rows: list[list[Any]], first: int = 3) -> None:
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def sort_by_name(sheet: Sheet) -> None:
    """Sort by name, last word first."""
    _fill(sheet, sorted(_values(sheet), key=lambda row: str(row[3])[::-1]))


def insert_a_title(sheet: Sheet) -> None:
    """Put two rows above the headers."""
    merged = [str(area) for area in sheet.merged_cells.ranges]
    for area in merged:
        sheet.unmerge_cells(area)
    sheet.insert_rows(1, 2)
    sheet["A1"] = "BẢNG ĐIỂM LỚP 12A1"


def insert_blank_rows(sheet: Sheet) -> None:
    """Put blank rows between students."""
    sheet.insert_rows(6)
    sheet.insert_rows(9, 2)


def insert_a_column(sheet: Sheet) -> None:
    """A column of one's own among ours."""
    for area in [str(area) for area in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    sheet.insert_cols(5)
    sheet["E1"] = "Ghi chú"
    sheet["E4"] = "hay nghỉ học"


def move_columns(sheet: Sheet) -> None:
    """The status in front, the codes at the end."""
    for area in [str(area) for area in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    width = sheet.max_column
    order = [width, *range(4, width), 1, 2, 3]
    rows = [[sheet.cell(row, column).value for column in order] for row in range(1, sheet.max_row + 1)]
    # a merged header shows its words in its first cell only, as here
    _fill(sheet, rows, 1)


def reword_headers(sheet: Sheet) -> None:
    """The same words in other spellings."""
    for row in sheet.iter_rows(max_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                words = {
                    "HK1": "Học kỳ I",
                    "HK2": "HKII",
                    "CN": "Cả  năm",
                    "Họ tên": "HỌ VÀ TÊN",
                    "GDCD": "Giáo dục công dân",
                }
                cell.value = words.get(cell.value, cell.value.upper())


def unmerge_headers(sheet: Sheet) -> None:
    """Headers without merged cells, every cell filled."""
    for area in list(sheet.merged_cells.ranges):
        value = sheet.cell(area.min_row, area.min_col).value
        sheet.unmerge_cells(str(area))
        if area.min_row == area.max_row:
            for column in range(area.min_col, area.max_col + 1):
                sheet.cell(area.min_row, column).value = value


@pytest.mark.parametrize(
    "edit",
    [sort_by_name, insert_a_title, insert_blank_rows, insert_a_column, move_columns, reword_headers, unmerge_headers],
)
@pytest.mark.parametrize("key", ["profile", "11"])
def test_every_value_is_still_found(tmp_path: Path, edit: Callable[[Sheet], None], key: str) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        edit(book[sheet_layout_of(key).title])
    reading = workbook.read()
    assert canonical(reading.data) == EXPECTED
    assert not [finding for finding in reading.findings if finding.severity is not Severity.INFO]


def test_a_moved_column_and_a_column_of_ones_own_are_said(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        move_columns(book["Lớp 11"])
        insert_a_column(book["Lớp 12"])
    moved, extra = workbook.read().findings
    assert (moved.code, moved.severity, moved.sheet) == (Code.TPL_COLUMNS, Severity.INFO, "Lớp 11")
    assert "Mã định danh" in moved.message
    assert (extra.code, extra.severity, extra.sheet, extra.cell) == (Code.TPL_COLUMNS, Severity.INFO, "Lớp 12", "E2")
    assert "Ghi chú" in extra.message


def test_a_deleted_row_and_a_hidden_row(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 11"].delete_rows(5)
        book["Lớp 11"].row_dimensions[4].hidden = True
        book["Lớp 11"].row_dimensions[9].hidden = True
        book["Lớp 11"].row_dimensions[40].hidden = True
    reading = workbook.read()
    assert [row.student_code for row in reading.data.sheets["11"].rows] == [c for c in CODES if c != CODES[2]]
    assert codes_found(reading.findings) == [(Code.TPL_HIDDEN_ROWS, "Lớp 11", "C4")]
    assert " 2 " in reading.findings[0].message


def test_a_column_that_is_gone_is_named_and_nothing_counts_as_emptied(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        for area in [str(area) for area in book["Lớp 11"].merged_cells.ranges]:
            book["Lớp 11"].unmerge_cells(area)
        book["Lớp 11"].delete_cols(8)
    reading = workbook.read()
    found = reading.findings[0]
    assert (found.code, found.severity, found.column) == (Code.TPL_COLUMNS, Severity.ERROR, "11.mathematics.year")
    assert "Toán CN" in found.message
    assert all("mathematics.year" not in row.cells for row in reading.data.sheets["11"].rows)
    assert all("mathematics.semester_2" in row.cells for row in reading.data.sheets["11"].rows)


def test_a_header_that_is_there_twice_is_an_error_at_its_place(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 11"]["G2"] = "HK1"
    found = [finding for finding in workbook.read().findings if finding.severity is Severity.ERROR]
    assert [(f.cell, f.column) for f in found] == [
        ("", "11.mathematics.semester_2"),
        ("G2", "11.mathematics.semester_1"),
    ]
    assert "F2" in found[1].message


def test_without_the_codes_a_sheet_is_left_alone(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 11"]["C1"] = "Cột gì đó"
    reading = workbook.read()
    assert set(reading.data.sheets) == {"profile", "10", "12"}
    assert [(f.code, f.severity, f.column) for f in reading.findings] == [
        (Code.TPL_COLUMNS, Severity.ERROR, f"11.{STUDENT_CODE}")
    ]


def test_a_sheet_that_is_gone_or_renamed_is_named_and_left_alone(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        del book["Lớp 10"]
        book["Lớp 12"].title = "điểm 12"
        book["Lớp 11"].title = "LỚP  11 "
    reading = workbook.read()
    assert set(reading.data.sheets) == {"profile", "11"}
    assert codes_found(reading.findings) == [
        (Code.TPL_EXTRA_SHEET, "điểm 12", ""),
        (Code.TPL_SHEET, "Lớp 10", ""),
        (Code.TPL_SHEET, "Lớp 12", ""),
    ]


def test_ghost_rows_do_not_count_and_rows_that_lost_their_code_do(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        sheet = book["Lớp 11"]
        sheet["A15"], sheet["B15"], sheet["A16"] = 13, "12A1", 14
        sheet["D17"] = "   "
        sheet["C5"] = None
        sheet["D20"] = "Cộng: 12 học sinh"
    reading = workbook.read()
    assert [(row.number, row.student_code) for row in reading.data.sheets["11"].rows if row.student_code not in CODES] == [
        (5, None), (20, None),
    ]  # fmt: skip
    assert codes_found(reading.findings) == [(Code.MOET_ID, "Lớp 11", "C20"), (Code.TPL_GHOST, "Lớp 11", "C15")]


def test_merged_cells_keep_what_was_pulled(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    before = row_of(workbook, "12", CODES[1])
    with edited(workbook) as book:
        book["Lớp 12"]["F4"] = 3.5
        book["Lớp 12"].merge_cells("F4:G5")
    found = workbook.read().findings
    assert codes_found(found) == [(Code.TPL_MERGED, "Lớp 12", "F4")]
    assert "F4:G5" in found[0].message
    after = row_of(workbook, "12", CODES[1])
    layout = sheet_layout_of("12")
    assert after.cells["mathematics.semester_1"] == 3.5
    key = "mathematics.semester_2"
    assert from_cell(layout.by_key[key], after.cells.get(key)) == from_cell(layout.by_key[key], before.cells[key])
    assert len(workbook.read().data.sheets["12"].rows) == len(CODES)


def test_pasted_values_of_every_kind_come_as_they_are(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    pasted: dict[str, Any] = {
        "F3": "8,5",
        "G3": dt.date(2023, 5, 8),
        "H3": 85,
        "I3": True,
        "J3": " KÉM ",
        "K3": 7.8500001,
    }
    with edited(workbook) as book:
        for place, value in pasted.items():
            book["Lớp 12"][place] = value
        book["Hồ sơ"]["E3"] = 31205001234
        book["Hồ sơ"]["G3"] = dt.datetime(2005, 9, 5)  # noqa: DTZ001 - a cell knows no zone
    cells = row_of(workbook, "12", CODES[0]).cells
    assert [cells[key] for key in list(cells)[5:11]] == ["8,5", dt.date(2023, 5, 8), 85, True, " KÉM ", 7.8500001]
    profile = row_of(workbook, "profile", CODES[0]).cells
    by_key = sheet_layout_of("profile").by_key
    assert from_cell(by_key["national_id"], profile["national_id"]) == "31205001234"
    assert from_cell(by_key["birth_date"], profile["birth_date"]) == "2005-09-05"


def test_the_other_date_system_of_excel(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    book = openpyxl.load_workbook(workbook.path)
    book.epoch = CALENDAR_MAC_1904
    book["Hồ sơ"]["G3"] = dt.datetime(2005, 9, 5)  # noqa: DTZ001 - a cell knows no zone
    book["Hồ sơ"]["G3"].number_format = "dd/mm/yyyy"
    book.save(workbook.path)
    birth = row_of(workbook, "profile", CODES[0]).cells["birth_date"]
    assert from_cell(sheet_layout_of("profile").by_key["birth_date"], birth) == "2005-09-05"


def test_a_renamed_copy_is_the_same_workbook(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    copy = tmp_path / "bản sao của cô Lan (2).xlsx"
    copy.write_bytes(workbook.path.read_bytes())
    assert type(workbook)(copy).read() == workbook.read()


def test_blank_is_known_to_be_blank(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"]["F3"] = None
    cells = row_of(workbook, "12", CODES[0]).cells
    assert cells["mathematics.semester_1"] is None
    assert set(cells) == {column.key for column in sheet_layout_of("12").columns}
    assert STATUS in cells


def test_a_stray_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    workbook = written(tmp_path, state())
    with edited(workbook) as book:
        book["Lớp 12"].cell(1_048_576, 16_384).value = "?"
        book["Lớp 11"].cell(4, 16_384).value = "?"
    assert canonical(workbook.read().data) == EXPECTED
