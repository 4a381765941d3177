"""The sheet Kết quả kiểm tra and the column Trạng thái."""

from pathlib import Path

import openpyxl
import pytest

from shared.columns import Period
from shared.layout import FINDINGS_TITLE
from shared.messages import CAUSES
from shared.problems import Code, Finding, Severity
from tests.workbooks.sample import CODES, INFO, LOCKS, snapshot, written
from workbooks.files import FileWorkbook
from workbooks.port import Update
from workbooks.report import LINE_POINTS, WIDTHS, Look, report_lines
from workbooks.statuses import locked_text, status_text
from workbooks.wrapping import lines_in

LAYOUTS = INFO.layouts(("10", "11", "12"))
NAMES = {CODES[0]: "Lê An"}


def finding(
    code: Code, severity: Severity, cell: str, sheet: str = "Lớp 11", column: str = "11.mathematics.year"
) -> Finding:
    return Finding(code, severity, sheet, cell, CODES[0], column, "11", "Sai rồi.", "8.0")


FINDINGS = (
    finding(Code.SC_CN_FORMULA, Severity.WARNING, "H4"),
    finding(Code.SC_RANGE, Severity.ERROR, "H9"),
    finding(Code.TPL_HIDDEN_ROWS, Severity.INFO, "C3"),
    finding(Code.SC_RANGE, Severity.ERROR, "H4"),
    finding(Code.SC_TYPE, Severity.ERROR, "", ""),
)


def test_findings_are_grouped_by_cause_errors_first() -> None:
    lines = report_lines(INFO, FINDINGS, NAMES, LAYOUTS)
    assert [line.look for line in lines[:4]] == [Look.TITLE, Look.COUNTS, Look.LEGEND, Look.HEADINGS]
    assert "12A1" in lines[0].texts[0]
    assert lines[1].texts == ("3 lỗi, 1 cảnh báo, 1 thông báo",)
    groups = [line.texts[0] for line in lines if line.look is Look.GROUP]
    assert groups == [
        f"✖ {CAUSES[Code.SC_RANGE]}: 2 chỗ, dòng 4–9",
        f"✖ {CAUSES[Code.SC_TYPE]}: 1 chỗ",
        f"! {CAUSES[Code.SC_CN_FORMULA]}: 1 chỗ, dòng 4",
        f"i {CAUSES[Code.TPL_HIDDEN_ROWS]}: 1 chỗ, dòng 3",
    ]
    assert all(word in lines[2].texts[0] for word in ("Đỏ: lỗi", "Vàng: cảnh báo", "Tím: xung đột", "Xanh xám: "))
    assert lines[5].texts == ("✖ Lỗi", "Lớp 11", "H9", f"{CODES[0]} Lê An", "Toán CN", "11", "Sai rồi.", "8.0")
    assert lines[5].link == "'Lớp 11'!H9"
    assert [line.link for line in lines if line.look is Look.FINDING][2] is None


def test_a_row_is_as_high_as_its_texts_need() -> None:
    texts = ("Ngắn.", "Một câu rất dài " * 20, "Một câu rất dài " * 40)
    heights = [
        report_lines(INFO, (Finding(Code.SC_RANGE, Severity.ERROR, "", "", None, None, None, text, None),), {}, ())[-1]
        for text in texts
    ]
    lines = [(line.points - 3) / LINE_POINTS for line in heights]
    assert lines == [1, 4, 7]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("Toán", 10, 1),
        ("Số định danh cá nhân", 19, 1),
        ("Số định danh cá nhân", 12, 2),
        ("một\nhai", 10, 2),
        ("iiiiiiiiii iiiiiiiiii", 10, 1),
        ("MMMMMMMMMM MMMMMMMMMM", 10, 4),
        ("0" * 45, 10, 5),
        ("a " + "0" * 25, 10, 4),
    ],
)
def test_how_many_lines_a_text_takes(text: str, width: float, lines: int) -> None:
    assert lines_in(text, width) == lines


def test_all_columns_are_in_view_on_a_screen_1600_wide() -> None:
    assert sum(WIDTHS) * 7.2 + len(WIDTHS) * 5 + 30 < 1500


def test_nothing_found_and_nothing_checked() -> None:
    assert report_lines(INFO, (), {}, LAYOUTS)[1].texts == ("✔ Không có lỗi",)
    assert "Chưa kiểm tra" in report_lines(INFO, None, {}, LAYOUTS)[1].texts[0]


def _report(workbook: FileWorkbook) -> list[list[object]]:
    sheet = openpyxl.load_workbook(workbook.path)[FINDINGS_TITLE]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheet_is_replaced_as_a_whole_and_leads_to_the_cells(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    workbook.write(Update(report=FINDINGS))
    sheet = openpyxl.load_workbook(workbook.path)[FINDINGS_TITLE]
    assert sheet.max_row == 4 + 4 + 5
    link = sheet["C6"].hyperlink
    assert link is not None
    assert (link.location, sheet["C6"].value) == ("'Lớp 11'!H9", "H9")
    assert sheet["D6"].value == f"{CODES[0]} {snapshot().cells('profile', CODES[0])['full_name']}"
    assert sheet["G6"].alignment.wrap_text
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    workbook.write(Update(report=()))
    assert [row[0] for row in _report(workbook)][1:] == ["✔ Không có lỗi"]
    assert openpyxl.load_workbook(workbook.path)[FINDINGS_TITLE]["C6"].hyperlink is None


def test_a_state_in_words() -> None:
    assert status_text() == "○ Chưa sửa"
    assert (
        status_text(changed=2, errors=1, warnings=3, conflicts=1)
        == "⇄ 1 xung đột · ✖ 1 lỗi · ! 3 cảnh báo · ✎ Đã sửa 2 ô"
    )
    assert status_text(sent_at="14:02") == "✔ Đã gửi 14:02"
    assert status_text(changed=1, sent_at="14:02") == "✎ Đã sửa 1 ô"
    assert status_text(locked=True, sent_at="14:02") == "✔ Đã gửi 14:02 · ■ Khóa"


def test_which_blocks_are_locked() -> None:
    assert [locked_text(key, LOCKS) for key in ("profile", "10", "11", "12")] == ["", "■ Khóa", "■ Khóa HK I", ""]
    assert locked_text("10", [lock for lock in LOCKS if lock.period is Period.HK2]) == "■ Khóa HK II - CN"
