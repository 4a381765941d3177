"""Files that are not ours are read whatever their form, within bounds, or refused in words."""

from __future__ import annotations

import datetime as dt
import struct
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from shared.problems import Code, Refused
from tests import libreoffice
from workbooks.foreign import read_foreign
from workbooks.foreign_bounds import MAX_ROWS

HEADER = ["STT", "Họ và tên", "Toán", None, "Ngày sinh"]
STUDENT = [1, "Lê Văn An", 8.5, "7,5", dt.date(2005, 7, 12)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets, one hidden; a merged header, a hidden row, a formula that was never calculated."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Lớp 11"
    for row in (["TRƯỜNG THPT"], [], HEADER, STUDENT, [2, "Trần Bình", "=1+1"]):
        sheet.append(row)
    sheet.merge_cells("C3:D3")
    sheet.row_dimensions[4].hidden = True
    workbook.create_sheet("Nháp").sheet_state = "hidden"
    path = tmp_path / "xuat.xlsx"
    workbook.save(path)
    return path


def rows(grid: Any) -> list[list[Any]]:
    """The values of a grid without the blanks at the end of its rows."""
    return [row[: max((i for i, v in enumerate(row, 1) if v != ""), default=0)] for row in map(list, grid)]


def test_an_xlsx_with_its_merged_header_hidden_row_and_unknown_formula(book: Path) -> None:
    sheet, hidden = read_foreign(book)
    assert (sheet.title, sheet.visible, hidden.visible) == ("Lớp 11", True, False)
    assert sheet.merged == ((2, 2, 2, 3),)
    assert sheet.hidden_rows == {3}
    assert sheet.empty_formulas == 1
    assert rows(sheet.grid)[3] == STUDENT


def test_an_old_sheet_in_a_font_of_tcvn3_is_read_as_it_shows(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Hä vµ tªn", "To¸n"])
    sheet.append(["NguyÔn V¨n An", 8.5])
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name=".VnTime")
    workbook.save(tmp_path / "cu.xlsx")
    (read,) = read_foreign(tmp_path / "cu.xlsx")
    assert rows(read.grid) == [["Họ và tên", "Toán"], ["Nguyễn Văn An", 8.5]]


@pytest.mark.skipif(bool(libreoffice.why_not()), reason=libreoffice.why_not() or "")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_the_same_sheet_in_the_forms_of_other_programs(book: Path, tmp_path: Path, kind: str) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    sheet = read_foreign(tmp_path / "out" / f"xuat.{kind}")[0]
    found = rows(sheet.grid)
    header = next(i for i, row in enumerate(found) if "STT" in row)
    assert found[header][:3] == ["STT", "Họ và tên", "Toán"]
    student = [str(value) for value in found[header + 1]]
    assert student[0] in {"1", "1.0"}
    assert student[1:4] == ["Lê Văn An", "8.5", "7,5"]
    assert (header, 2, header, 3) in sheet.merged
    if kind == "ods":
        assert sheet.hidden_rows == {header + 1}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_of_any_separator_and_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    name = "Trân Văn An" if encoding == "cp1258" else "Lê Thị Hiền"
    score = "8,5" if separator != "," else '"8,5"'
    lines = [["STT", "Ho ten", "Toan"], ["1", name, score], ["2", name, score]]
    path = tmp_path / "diem.csv"
    path.write_bytes("\r\n".join(map(separator.join, lines)).encode(encoding))
    (sheet,) = read_foreign(path)
    assert list(map(list, sheet.grid)) == [["STT", "Ho ten", "Toan"], ["1", name, "8,5"], ["2", name, "8,5"]]
    assert sheet.title == "diem"


def test_a_page_that_calls_itself_xls(tmp_path: Path) -> None:
    path = tmp_path / "diem.xls"
    page = """<html><meta charset="utf-8"><body><table><tr><td>
        <table><tr><th rowspan="2">Họ tên</th><th colspan="2">Toán</th></tr><tr><th>HK1</th><th>CN</th></tr>
        <tr><td>Lê An</td><td>8,0</td><td>8.5</td></tr></table></td></tr></table></body></html>"""
    path.write_text(page, "utf-8")
    (sheet,) = read_foreign(path)
    assert rows(sheet.grid) == [["Họ tên", "Toán"], ["", "HK1", "CN"], ["Lê An", "8,0", "8.5"]]
    assert set(sheet.merged) == {(0, 0, 1, 0), (0, 1, 0, 2)}


def _record(kind: int, body: bytes) -> bytes:
    kinds = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return kinds + bytes([len(body)]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, row: int) -> Path:
    """A binary workbook of one sheet with `Họ tên`, 8.5 in a row counted from 0 ([MS-XLSB] 2.4)."""
    cells = _record(0, struct.pack("<I", row) + bytes(13)) + _record(6, struct.pack("<II", 0, 0) + _wide("Họ tên"))
    cells += _record(5, struct.pack("<IId", 1, 0, 8.5))
    size = _record(148, struct.pack("<IIII", row, row, 0, 1))
    sheet = _record(129, b"") + size + _record(145, b"") + cells + _record(146, b"") + _record(130, b"")
    tab = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Lớp 11"))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", _record(143, b"") + tab + _record(144, b"") + _record(132, b""))
        archive.writestr("xl/_rels/workbook.bin.rels", rels)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_a_binary_workbook_and_one_whose_values_stand_absurdly_far_away(tmp_path: Path) -> None:
    (sheet,) = read_foreign(xlsb(tmp_path / "gan.xlsb", 1))
    assert (sheet.title, rows(sheet.grid)[1]) == ("Lớp 11", ["Họ tên", 8.5])
    assert "dòng 20000" in refused(xlsb(tmp_path / "xa.xlsb", 1_000_000))


def test_a_file_that_ends_its_reader_is_refused_like_any_broken_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = xlsb(tmp_path / "no.xlsb", 1)
    with zipfile.ZipFile(path, "a") as archive:  # texts that would take a hundred gigabytes
        archive.writestr("xl/sharedStrings.bin", _record(159, struct.pack("<II", 1, 0xFFFF_FFFF)))
    assert "đứt hoặc hỏng" in refused(path)
    assert capfd.readouterr().err == "", "the reader's last words are nobody's business"


def sheet_xml(path: Path, book: Path, rows_xml: str) -> Path:
    """A copy of a workbook with other rows on its first sheet."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                data = f'<worksheet xmlns="{space}"><sheetData>{rows_xml}</sheetData></worksheet>'.encode()
            copy.writestr(name, data)
    return path


def test_a_million_ghost_rows_and_cells_far_to_the_right_cost_nothing(book: Path, tmp_path: Path) -> None:
    student = '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2"><v>9</v></c></row>'
    ghosts = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 200_000))
    last = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    sheet = read_foreign(sheet_xml(tmp_path / "ma.xlsx", book, student + ghosts + last))[0]
    assert rows(sheet.grid) == [[], [1]]


def test_values_beyond_the_bounds_are_refused_rather_than_dropped(book: Path, tmp_path: Path) -> None:
    far = f'<row r="{MAX_ROWS + 1}"><c r="A{MAX_ROWS + 1}"><v>9</v></c></row>'
    assert "dòng 20000" in refused(sheet_xml(tmp_path / "xa.xlsx", book, far))


def ods(path: Path, table_rows: str, secret: str = "") -> Path:
    """An OpenDocument sheet of some rows."""
    spaces = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for p, n in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="T">{table_rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}">{secret}</manifest:manifest>'
        )
    return path


def test_endless_repetitions_of_an_ods(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="8"><text:p>8</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="16383"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    (sheet,) = read_foreign(ods(tmp_path / "a.ods", f"<table:table-row>{cell}{blank}</table:table-row>{rest}"))
    assert rows(sheet.grid)[0] == [8]
    full = f'<table:table-row table:number-rows-repeated="1048570">{cell}</table:table-row>'
    assert "dòng 20000" in refused(ods(tmp_path / "b.ods", full))


def refused(path: Path) -> str:
    """The reason for which a file is refused."""
    with pytest.raises(Refused) as found:
        read_foreign(path)
    assert found.value.code is Code.FILE_UNREADABLE
    return str(found.value.params["reason"])


def test_what_is_no_table_is_refused_with_the_reason(tmp_path: Path, book: Path) -> None:
    bad = {
        "rong.xlsx": (b"", "tệp rỗng"),
        "anh.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "không phải bảng tính"),
        "van-ban.pdf": (b"%PDF-1.7\x00\x01", "không phải bảng tính"),
        "cat.xlsx": (book.read_bytes()[:900], "đứt hoặc hỏng"),
        "cat.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "đứt hoặc hỏng"),
        "khoa.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        "excel2003.xls": (b'<?xml version="1.0"?><Workbook/>', "không phải bảng tính"),
    }
    for name, (data, words) in bad.items():
        (tmp_path / name).write_bytes(data)
        assert words in refused(tmp_path / name), name
    assert "mật khẩu" in refused(ods(tmp_path / "khoa.ods", "", "<manifest:encryption-data/>"))
    assert "thư mục" in refused(tmp_path)
    with pytest.raises(Refused) as found:
        read_foreign(tmp_path / "khong-co.xlsx")
    assert found.value.code is Code.FILE_MISSING


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1_000_000))
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "quá lớn" in refused(path)
