"""A new class workbook: what stands in it, how it looks, that it is the same each time."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from shared.columns import STATUS, Period
from shared.layout import FINDINGS_TITLE
from shared.problems import Code, Refused
from shared.records import Lock, sheets_of
from tests.workbooks.sample import LOCKS, canonical, parts, row_of, snapshot, state, written
from workbooks.hidden import HIDDEN_TITLE
from workbooks.template import workbook_bytes, write_workbook


def test_what_is_written_is_read(tmp_path: Path) -> None:
    given = state()
    reading = written(tmp_path, given).read()
    assert canonical(reading.data) == canonical(sheets_of(given.base))
    assert reading.data.base_names == sheets_of(given.base).base_names
    assert [(k, s.columns) for k, s in reading.data.sheets.items()] == [
        (k, s.columns) for k, s in sheets_of(given.base).sheets.items()
    ]
    assert [r.number for r in reading.data.sheets["11"].rows] == [
        r.number for r in sheets_of(given.base).sheets["11"].rows
    ]
    assert reading.findings == ()


def test_equal_states_give_equal_bytes() -> None:
    assert workbook_bytes(state()) == workbook_bytes(state())


def test_only_the_grades_pulled_have_sheets(tmp_path: Path) -> None:
    workbook = written(tmp_path, state(base=snapshot(grades=("11",))))
    assert openpyxl.load_workbook(workbook.path).sheetnames == ["Hồ sơ", "Lớp 11", FINDINGS_TITLE, HIDDEN_TITLE]
    assert set(workbook.read().data.sheets) == {"profile", "11"}


def test_an_empty_class_has_a_workbook_too(tmp_path: Path) -> None:
    reading = written(tmp_path, state(base=snapshot(()))).read()
    assert all(sheet.rows == () for sheet in reading.data.sheets.values())
    assert reading.findings == ()


def test_the_headers_are_the_guides_and_stay_in_view(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path).path)["Lớp 12"]
    upper = [sheet.cell(1, i).value for i in range(1, 12)]
    lower = [sheet.cell(2, i).value for i in range(1, 12)]
    assert upper == [
        "STT",
        "Tên lớp",
        "Mã định danh",
        "Họ tên",
        "Số định danh cá nhân",
        "Toán",
        None,
        None,
        "Ngữ văn",
        None,
        None,
    ]
    assert lower == [None] * 5 + ["HK1", "HK2", "CN"] * 2
    assert sheet.freeze_panes == "E3"
    assert {"A1:A2", "F1:H1"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.auto_filter.ref == "A2:AQ14"


def test_cells_for_entry_are_open_and_locked_blocks_are_not(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path).path)
    locked = {
        title: [book[title].cell(3, i).protection.locked for i in (3, 4, 6, 7, 8)]
        for title in ("Lớp 10", "Lớp 11", "Lớp 12")
    }
    assert locked == {
        "Lớp 10": [True, True, True, True, True],
        "Lớp 11": [True, True, True, False, False],
        "Lớp 12": [True, True, False, False, False],
    }
    assert all(book[title].protection.sheet and not book[title].protection.password for title in locked)
    assert not book["Lớp 12"].protection.sort
    assert book["Hồ sơ"]["D3"].protection.locked is False


def test_formats_and_rules_of_entry(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path).path)
    assert (book["Lớp 12"]["F3"].number_format, book["Hồ sơ"]["E3"].number_format) == ("0.0", "@")
    rules = book["Lớp 12"].data_validations.dataValidation
    assert all(rule.errorStyle == "warning" for rule in rules)
    assert {rule.type for rule in rules} == {"decimal", "list"}
    texts = [rule for rule in rules if rule.type == "decimal"]
    assert [(rule.prompt, "7,5" in rule.error) for rule in texts] == [(None, False)]
    prompts = {str(rule.sqref).split()[0]: rule.prompt for rule in book["Hồ sơ"].data_validations.dataValidation}
    assert {place for place, prompt in prompts.items() if prompt} == {"E3:E44", "G3:G44"}
    ethnic = [rule for rule in book["Hồ sơ"].data_validations.dataValidation if HIDDEN_TITLE in str(rule.formula1)]
    first = str(ethnic[0].formula1).split("!")[1].split(":")[0].replace("$", "")
    assert book[HIDDEN_TITLE][first].value == "Kinh"


def _all_locked(*grades: str) -> tuple[Lock, ...]:
    return tuple(Lock(grade, period, "2023-04-01T01:00:00Z", "gv.lan") for grade in grades for period in Period)


@pytest.mark.parametrize(
    ("locks", "title", "cell"),
    [
        ((), "Lớp 10", "F3"),
        (LOCKS, "Lớp 11", "G3"),
        (_all_locked("10", "11"), "Lớp 12", "F3"),
        (_all_locked("10", "12"), "Lớp 11", "F3"),
        (_all_locked("10", "11", "12"), "Lớp 12", "F3"),
    ],
)
def test_it_opens_where_something_can_be_entered(
    tmp_path: Path, locks: tuple[Lock, ...], title: str, cell: str
) -> None:
    workbook = written(tmp_path, state(base=replace(snapshot(), locks=locks)))
    sheet = openpyxl.load_workbook(workbook.path).active
    assert isinstance(sheet, Worksheet)
    assert sheet.title == title
    assert sheet.sheet_view.selection[-1].activeCell == cell


def test_a_workbook_without_grades_opens_on_the_profile(tmp_path: Path) -> None:
    workbook = written(tmp_path, state(base=snapshot(grades=())))
    active = openpyxl.load_workbook(workbook.path).active
    assert active is not None
    assert active.title == "Hồ sơ"


def test_the_first_state_tells_the_locks(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    code = workbook.read().data.roster[0]
    assert [row_of(workbook, key, code).cells[STATUS] for key in ("profile", "10", "11", "12")] == [
        "○ Chưa sửa", "■ Khóa", "■ Khóa HK I", "○ Chưa sửa",
    ]  # fmt: skip


def test_it_prints_on_wide_paper_with_its_headers_on_each_page(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path).path)["Lớp 11"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$D")
    assert b"B\xe1\xba\xbfn &amp;&amp; B\xe1\xbb\x9d" in parts(tmp_path / "12A1.xlsx")["xl/worksheets/sheet3.xml"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        write_workbook(tmp_path / "không có" / "12A1.xlsx", state())
    assert refused.value.code is Code.FILE_NOT_WRITABLE


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["12A1.xlsx"]
