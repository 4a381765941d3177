"""A workbook into which names were pasted from old files: read by their fonts, said, put right, sent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from addin import commands, local, repairing
from shared.cells import LegacyText, from_cell
from shared.problems import Code, Finding, Severity
from shared.records import a1
from tests.workbooks.sample import (
    CODES,
    edited,
    parts,
    respell,
    row_of,
    set_cell,
    sheet_layout_of,
    snapshot,
    state,
    written,
)
from workbooks.files import FileWorkbook
from workbooks.port import Update

RAW, NAME = "§ç ThÞ H\u00ad¬ng", "Đỗ Thị Hương"


def place(sheet: str, column: str, student: int = 1) -> str:
    return a1(2 + student, sheet_layout_of(sheet).index[column])


def paste(workbook: FileWorkbook, sheet: str, column: str, value: Any, font: str = ".VnTime", **look: Any) -> None:
    """A value pasted with the font it had."""
    with edited(workbook) as book:
        cell = book[sheet_layout_of(sheet).title][place(sheet, column)]
        cell.value = value
        cell.font = Font(name=font, size=12, **look)


def found_in(workbook: FileWorkbook, column: str) -> list[Finding]:
    return [f for f in commands.examine(workbook.read()).findings if f.column == column and f.student_code == CODES[0]]


def shown(workbook: FileWorkbook, sheet: str, column: str) -> Any:
    return openpyxl.load_workbook(workbook.path)[sheet_layout_of(sheet).title][place(sheet, column)]


def raw(workbook: FileWorkbook, sheet: str, column: str) -> Any:
    return row_of(workbook, sheet, CODES[0]).cells[column]


def test_a_name_is_read_as_its_font_shows_it(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    paste(workbook, "profile", "full_name", RAW)
    cell = raw(workbook, "profile", "full_name")
    assert isinstance(cell, LegacyText)
    assert (str(cell), cell.unicode, cell.font) == (RAW, NAME, ".VnTime")


def test_the_check_says_what_stands_there_and_what_it_is_understood_as(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    paste(workbook, "profile", "full_name", RAW)
    (found,) = found_in(workbook, "profile.full_name")
    assert (found.code, found.severity) == (Code.NAME_FORMAT, Severity.WARNING)
    assert (found.value, found.suggestion) == (RAW, NAME)
    assert f"Họ tên ghi {RAW} bằng phông cũ .VnTime, được hiểu là {NAME}" in found.message


@pytest.mark.parametrize(
    ("column", "text", "font", "code", "after"),
    [
        ("other_name", "Ñöùc", "VNI-Times", Code.NAME_FORMAT, "Đức"),
        ("sex", "N÷", ".VnArial", Code.SEX_VALUE, "Nữ"),
        ("religion", "PhËt gi¸o", ".VnTimeH", Code.TEXT_CHARACTERS, "PHẬT GIÁO"),
        ("ethnic_group", "Tµy", ".VnTime", Code.ETHNIC_VALUE, "Tày"),
        ("boarder", "Kh\u00abng", ".VnTime", Code.CATALOGUE_VALUE, "Không"),
    ],
)
def test_repair_writes_unicode_in_the_workbooks_own_font(
    tmp_path: Path, column: str, text: str, font: str, code: Code, after: str
) -> None:
    workbook = written(tmp_path)
    paste(workbook, "profile", column, text, font, bold=True, color="FFFF0000")
    planned = [r for r in repairing.repair(workbook, apply=True) if r.student_code == CODES[0] and r.column == column]
    assert [(r.code, r.before, r.after) for r in planned] == [(code, text, after)]
    cell = shown(workbook, "profile", column)
    assert (cell.value, cell.font.name, cell.font.size) == (after, "Arial", 12)
    assert (cell.font.bold, cell.font.color.rgb) == (True, "FFFF0000")
    assert raw(workbook, "profile", column) == after
    assert not [r for r in repairing.repair(workbook, apply=False) if r.column == column and r.student_code == CODES[0]]


def test_what_is_understood_is_what_is_sent(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    paste(workbook, "profile", "full_name", RAW)
    changes, refused = commands.plan(commands.examine(workbook.read()))
    assert changes["profile", CODES[0], "full_name"][1] == NAME
    assert refused == ()


def test_the_neighbours_keep_their_fonts(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    paste(workbook, "profile", "full_name", RAW)
    paste(workbook, "profile", "religion", "Thien", ".VnTime")  # nothing to put right
    before = shown(workbook, "profile", "religion").style_id
    workbook.write(Update(cells={("profile", CODES[0], "full_name"): NAME}))
    assert shown(workbook, "profile", "religion").style_id == before
    assert shown(workbook, "profile", "religion").font.name == ".VnTime"


def test_a_number_written_in_a_cell_of_an_old_font_keeps_it(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    paste(workbook, "12", "mathematics.semester_1", 5.0)
    workbook.write(Update(cells={("12", CODES[0], "mathematics.semester_1"): "6.5"}))
    assert shown(workbook, "12", "mathematics.semester_1").font.name == ".VnTime"


def test_the_copied_name_of_a_result_sheet_is_no_other_student(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    name = snapshot().cells("profile", CODES[0])["full_name"]
    assert name == "Nguyễn Thị Ánh 0"
    for text, font, other in (
        ("NguyÔn ThÞ ¸nh 0", ".VnTime", False),
        ("NguyÔn ThÞ ¸nh 0", ".VnTimeH", False),
        ("NguyÔn ThÞ ¸nh 0", "Arial", True),
        ("TrÇn ThÞ ¸nh 0", ".VnTime", True),
    ):
        paste(workbook, "11", "full_name", text, font)
        said = [f.code for f in found_in(workbook, "11.full_name")]
        assert said == ([Code.ROW_IDENTITY] if other else []), (text, font)


def test_what_was_pulled_is_unicode_whatever_font_it_is_given(tmp_path: Path) -> None:
    cells = {**snapshot().cells("profile", CODES[0]), "full_name": "Lê Thị Mận", "other_name": "Lê Tú"}
    base = local.with_base_cells(snapshot(), {("profile", CODES[0], key): value for key, value in cells.items()})
    workbook = written(tmp_path, state(base=base))
    for column in ("full_name", "other_name"):
        paste(workbook, "profile", column, cells[column])
        assert raw(workbook, "profile", column) == cells[column]
    paste(workbook, "11", "full_name", cells["full_name"])
    assert raw(workbook, "11", "full_name") == cells["full_name"]
    paste(workbook, "profile", "other_name", "Lê Tó")
    assert from_cell(sheet_layout_of("profile").by_key["other_name"], raw(workbook, "profile", "other_name")) == "Lờ Tú"


def test_codes_and_scores_have_no_old_letters(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    paste(workbook, "11", "student_code", CODES[0].lower(), ".VnTimeH")
    paste(workbook, "11", "physics.year", "8,3", ".VnTimeH")
    assert raw(workbook, "11", "physics.year") == "8,3"


def test_a_rich_text_has_fonts_of_its_own(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    old = InlineFont(rFont=".VnTime")
    rich = CellRichText(TextBlock(old, "§ç "), "Thị ", TextBlock(old, "Lo"), TextBlock(old, "¹n"))
    paste(workbook, "profile", "full_name", rich, "Arial")
    assert raw(workbook, "profile", "full_name").unicode == "Đỗ Thị Loạn"
    repairing.repair(workbook, apply=True)
    assert shown(workbook, "profile", "full_name").value == "Đỗ Thị Loạn"
    assert shown(workbook, "profile", "full_name").font.name == "Arial"


def test_a_rich_text_among_the_shared_texts(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    number = parts(workbook.path)["xl/sharedStrings.xml"].count(b"<si>")
    runs = '<r><rPr><rFont val="VNI-Times"/></rPr><t>Ñoã Thò</t></r><r><t xml:space="preserve"> An</t></r>'
    rich = f"<si>{runs}</si></sst>".encode()
    respell(workbook.path, "xl/sharedStrings.xml", lambda data: data.replace(b"</sst>", rich))
    at = place("profile", "full_name")
    set_cell(workbook.path, "xl/worksheets/sheet1.xml", at, f'<c r="{at}" t="s"><v>{number}</v></c>')
    assert raw(workbook, "profile", "full_name").unicode == "Đỗ Thị An"
    assert commands.examine(workbook.read()).changes["profile", CODES[0], "full_name"][1] == "Đỗ Thị An"


def test_a_sheet_none_of_whose_fonts_is_old_is_read_as_before(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Hồ sơ"][place("profile", "full_name")].value = RAW
    cell = raw(workbook, "profile", "full_name")
    assert cell.__class__ is str
    (found,) = found_in(workbook, "profile.full_name")
    assert "bảng mã cũ" in found.message  # asked about, never converted by its letters alone
    assert found.suggestion is None


def test_a_workbook_of_old_fonts_only_gets_a_plain_one(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    paste(workbook, "profile", "full_name", RAW)
    respell(
        workbook.path,
        "xl/styles.xml",
        lambda data: re.sub(rb'<name val="[^"]+"\s*/>', b'<name val=".VnTime"/>', data),
    )
    workbook.write(Update(cells={("profile", CODES[0], "full_name"): NAME}))
    assert shown(workbook, "profile", "full_name").font.name == "Arial"
    assert b'".VnTime"' in parts(workbook.path)["xl/styles.xml"]


@pytest.mark.parametrize(("from_1904", "serial"), [(False, 38545), (True, 38545 - 1462)])
def test_a_day_without_its_date_format_is_numbered_as_its_workbook_does(
    tmp_path: Path,
    from_1904: bool,  # noqa: FBT001
    serial: int,
) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        if from_1904:
            book.epoch = CALENDAR_MAC_1904
        cell = book["Hồ sơ"][place("profile", "birth_date")]
        cell.value, cell.number_format = serial, "@"
    planned = [r for r in repairing.repair(workbook, apply=True) if r.column == "birth_date"]
    assert [r.after for r in planned if r.student_code == CODES[0]] == ["2005-07-12"]
    assert shown(workbook, "profile", "birth_date").value == "12/07/2005"
