"""Writing in a workbook that people have used: what is named changes, everything else keeps its bytes."""

import re
from dataclasses import replace
from pathlib import Path

import openpyxl

from shared.cells import from_cell
from shared.columns import STATUS
from shared.layout import FINDINGS_TITLE
from shared.problems import Code, Finding, Severity
from shared.records import Record
from tests.workbooks.sample import (
    CODES,
    LOCKS,
    canonical,
    edited,
    full_state,
    parts,
    respell,
    rezip,
    row_of,
    set_cell,
    sheet_layout_of,
    snapshot,
    state,
    used,
    written,
)
from workbooks.files import FileWorkbook
from workbooks.hidden import HIDDEN_TITLE
from workbooks.marks import MARK
from workbooks.port import Update
from workbooks.state import CellKey

PROFILE_PART, SHEET_10, SHEET_11, SHEET_12, REPORT, HIDDEN = (f"xl/worksheets/sheet{i}.xml" for i in range(1, 7))
CELL = ("12", CODES[2], "mathematics.semester_1")
FINDING = Finding(
    Code.SC_RANGE,
    Severity.ERROR,
    "Lớp 12",
    "F5",
    CODES[2],
    "12.mathematics.semester_1",
    "11",
    "Điểm ngoài thang.",
    "1.1",
)


def changed_parts(workbook: FileWorkbook, update: Update) -> set[str]:
    """The parts that a write changes; each is still there."""
    before = parts(workbook.path)
    workbook.write(update)
    after = parts(workbook.path)
    assert list(before) == list(after)[: len(before)]
    openpyxl.load_workbook(workbook.path)
    return {name for name in after if before.get(name) != after[name]}


def test_one_value_changes_one_part(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    assert changed_parts(workbook, Update(cells={CELL: "6.5"})) == {SHEET_12}
    assert row_of(workbook, "12", CODES[2]).cells["mathematics.semester_1"] == 6.5


def test_an_update_of_nothing_writes_nothing(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    before = workbook.path.stat().st_mtime_ns
    workbook.write(Update())
    workbook.write(Update(statuses={("12", CODES[0]): "○ Chưa sửa"}, locks=LOCKS))
    assert workbook.path.stat().st_mtime_ns == before


def test_what_the_user_made_survives(tmp_path: Path) -> None:
    workbook = used(tmp_path)
    names = {name for name in parts(workbook.path) if re.search(r"chart|drawing|media|comment|vmlDrawing", name)}
    assert len(names) >= 5
    update = Update({CELL: "6.5"}, {("12", CODES[2]): "✎ Đã sửa 1 ô"}, (FINDING,), (), full_state())
    changed = changed_parts(workbook, update)
    assert not changed & names
    sheets = {PROFILE_PART, SHEET_10, SHEET_11, SHEET_12, REPORT, HIDDEN}
    assert changed <= {*sheets, "xl/styles.xml", "xl/workbook.xml"}
    book = openpyxl.load_workbook(workbook.path)
    sheet = book["Lớp 12"]
    assert (sheet["F4"].fill.fgColor.rgb, sheet["F4"].comment.text) == ("00FFFF00", "hỏi lại cô Minh")
    rules = [rule.formula[0] for block in sheet.conditional_formatting for rule in block.rules]
    assert [formula for formula in rules if MARK not in formula] == ["5"]
    assert book["Thống kê riêng"]["A1"].value == "=AVERAGE('Lớp 12'!F3:F14)"


def test_a_formula_elsewhere_is_calculated_again(tmp_path: Path) -> None:
    workbook = used(tmp_path)
    workbook.write(Update(cells={CELL: "6.5"}))
    assert b'fullCalcOnLoad="1"' in parts(workbook.path)["xl/workbook.xml"]


def test_every_kind_of_value_is_written_as_the_sheet_shows_it(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    code = CODES[1]
    texts = {
        "full_name": " Lê & <An> _x0041_ ",
        "birth_date": "2005-09-05",
        "national_id": "001205000001",
        "religion": None,
    }
    cells: dict[CellKey, str | None] = {("profile", code, key): value for key, value in texts.items()}
    cells |= {
        ("12", code, "academic_rating.year"): "KEM",
        ("12", code, "physics.year"): "10.0",
        ("12", code, "full_name"): "Lê An",
    }
    workbook.write(Update(cells=cells))
    profile, result = row_of(workbook, "profile", code).cells, row_of(workbook, "12", code).cells
    assert [profile[key] for key in texts] == [" Lê & <An> _x0041_ ", "05/09/2005", "001205000001", None]
    assert (result["academic_rating.year"], result["physics.year"], result["full_name"]) == ("Kém", 10.0, "Lê An")


def test_cells_are_found_after_sort_insert_and_move(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        sheet = book["Lớp 12"]
        for area in [str(area) for area in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        sheet.insert_rows(1, 3)
        sheet.insert_cols(2)
        sheet.move_range("A9:AR9", rows=20)
    others = canonical(workbook.read().data)
    workbook.write(Update(cells={("12", code, "civics.year"): "1.5" for code in CODES}))
    after = canonical(workbook.read().data)
    assert {after["12", code]["civics.year"] for code in CODES} == {"1.5"}
    for code in CODES:
        others["12", code] = {**others["12", code], "civics.year": "1.5"}
    assert after == others


def test_a_formula_gives_way_to_a_value(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    set_cell(workbook.path, SHEET_12, "F5", '<c r="F5" s="3"><f>G5</f><v>4</v></c>')
    found = parts(workbook.path)
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="application/x"/></Types>'
    )
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" '
        b'Target="calcChain.xml"/></Relationships>',
    )
    found["xl/calcChain.xml"] = b"<calcChain/>"
    rezip(workbook.path, found)
    workbook.write(Update(cells={CELL: "6.5"}))
    after = parts(workbook.path)
    assert b'<c r="F5" s="3"><v>6.5</v></c>' in after[SHEET_12]
    assert not [name for name, data in after.items() if b"calcChain" in data or "calcChain" in name]


def test_formulas_that_leaned_on_a_replaced_one_stand_alone(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    set_cell(workbook.path, SHEET_12, "F5", '<c r="F5"><f t="shared" ref="F5:F7" si="0">G5+$H$3</f><v>4</v></c>')
    set_cell(workbook.path, SHEET_12, "F6", '<c r="F6"><f t="shared" si="0"/><v>5</v></c>')
    set_cell(workbook.path, SHEET_12, "F7", '<c r="F7"><f t="shared" si="0"/><v>6</v></c>')
    workbook.write(Update(cells={CELL: "6.5"}))
    sheet = openpyxl.load_workbook(workbook.path)["Lớp 12"]
    assert [sheet[place].value for place in ("F5", "F6", "F7")] == [6.5, "=G6+$H$3", "=G7+$H$3"]


def test_a_student_who_joined_gets_a_row_with_all_that_is_known(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"]["D15"] = None
        book["Lớp 12"]["D16"] = "Người lập bảng"
    new = "3199999999"
    base = snapshot()
    records = {
        **base.records,
        ("profile", new): Record({"full_name": "Vũ Mới"}),
        ("12", new): Record({"physics.year": "9.0"}),
    }
    base = replace(base, roster=(*base.roster, new), records=records)
    workbook.write(Update({("12", new, "mathematics.year"): "7.5"}, {("12", new): "○"}, state=state(base=base)))
    row = row_of(workbook, "12", new)
    assert row.number == 15
    known = {key: value for key, value in row.cells.items() if value is not None}
    assert known == {
        "position": 13, "class_name": "12A1", "student_code": new, "full_name": "Vũ Mới", "physics.year": 9.0,
        "mathematics.year": 7.5, STATUS: "○",
    }  # fmt: skip
    sheet = openpyxl.load_workbook(workbook.path)["Lớp 12"]
    assert (sheet["F15"].number_format, sheet["F15"].protection.locked, sheet["C15"].protection.locked) == (
        "0.0",
        False,
        True,
    )
    assert sheet.auto_filter.ref == "A2:AQ15"


def test_a_row_that_was_deleted_comes_back_whole(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"].delete_rows(5)
    workbook.write(Update({CELL: "7.5"}))
    cells = row_of(workbook, "12", CODES[2]).cells
    layout = sheet_layout_of("12")
    found = {c.key: value for c in layout.stored if (value := from_cell(c, cells[c.key])) is not None}
    assert found == {**snapshot().cells("12", CODES[2]), "mathematics.semester_1": "7.5"}


def test_a_student_of_no_class_and_a_column_of_no_sheet_are_passed_over(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    assert not changed_parts(
        workbook, Update({("12", "x", "physics.year"): "1.0", ("9", CODES[0], "y"): "1.0"}, {("12", "x"): "?"})
    )


def test_the_memory_moves(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    assert changed_parts(workbook, Update(state=full_state())) == {HIDDEN}
    assert workbook.read().state == full_state()
    assert openpyxl.load_workbook(workbook.path)[HIDDEN_TITLE].sheet_state == "veryHidden"


def test_a_deleted_report_is_made_again(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        del book[FINDINGS_TITLE]
    workbook.write(Update(report=(FINDING,)))
    book = openpyxl.load_workbook(workbook.path)
    assert book.sheetnames[-1] == FINDINGS_TITLE
    assert book[FINDINGS_TITLE]["H6"].value == "1.1"
    workbook.write(Update(report=()))
    assert workbook.read().findings == ()


def test_a_file_without_addresses_or_with_prefixes_is_written_too(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    respell(workbook.path, SHEET_12, lambda data: re.sub(rb'(<(?:c|row)) r="[A-Z0-9]+"', rb"\1", data))
    prefixed = lambda data: re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", data).replace(b'xmlns="http', b'xmlns:x="http')  # noqa: E731
    respell(workbook.path, SHEET_11, prefixed)
    cells: dict[CellKey, str | None] = {CELL: "6.5", ("11", CODES[4], "academic_rating.year"): "KEM"}
    workbook.write(Update(cells, locks=()))
    assert row_of(workbook, "12", CODES[2]).cells["mathematics.semester_1"] == 6.5
    assert row_of(workbook, "11", CODES[4]).cells["academic_rating.year"] == "Kém"
    openpyxl.load_workbook(workbook.path)


def test_names_that_other_programs_may_ignore_stay_declared(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    extra = (
        b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        b'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
    )
    respell(workbook.path, SHEET_12, lambda data: data.replace(b"<worksheet ", extra, 1))
    workbook.write(Update({CELL: "6.5"}, locks=()))
    head = parts(workbook.path)[SHEET_12][:900]
    assert all(word in head for word in (b'mc:Ignorable="x14ac xr"', b"xmlns:x14ac=", b"xmlns:xr="))
