"""The colours of what a check finds: exactly its cells, the worst first, and nothing of the user's is touched."""

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from shared.columns import STUDENT_CODE
from shared.problems import Code, Finding, Severity
from tests.workbooks.sample import CODES, LOCKS, edited, parts, respell, state, used, written
from workbooks.files import FileWorkbook
from workbooks.marks import MARK, Mark
from workbooks.port import Update
from workbooks.sheet_plan import LOCK_MARK, MARK_COLOURS

SHEET_12 = "xl/worksheets/sheet4.xml"
_KIND = re.compile(rf'"{MARK}(\w+)"')


def found(cell: str, severity: Severity = Severity.ERROR, code: Code = Code.SC_RANGE, sheet: str = "Lớp 12") -> Finding:
    return Finding(code, severity, sheet, cell, None, None, "11", "Sai rồi.", None)


def marked(workbook: FileWorkbook, title: str = "Lớp 12") -> dict[str, Mark]:
    """The marked cells of a sheet as a spreadsheet program would work them out."""
    sheet = openpyxl.load_workbook(workbook.path)[title]
    result: dict[str, Mark] = {}
    rules = [(rule.priority, block, rule) for block in sheet.conditional_formatting for rule in block.rules]
    for _, block, rule in sorted(rules, key=lambda known: -known[0]):
        formula = rule.formula[0]
        kind = _KIND.search(formula)
        if kind is None:
            continue
        mark = Mark(kind.group(1))
        assert (rule.dxf.fill.bgColor.rgb, rule.dxf.font.color.rgb) == tuple(f"FF{c}" for c in MARK_COLOURS[mark])
        named = re.search(r'\$([A-Z]+)(\d+)(&"")?=', formula)
        for area in block.sqref.ranges:
            assert named is None or int(named.group(2)) == area.min_row
            for row, at in area.cells:
                code = sheet[f"{named.group(1)}{row}"].value if named else None
                if named is None or f'="{"" if code is None else code}"' in formula:
                    result[f"{get_column_letter(at)}{row}"] = mark
    return result


def test_each_cell_has_the_colour_of_the_worst_that_was_found(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    report = (
        found("F3", Severity.WARNING),
        found("F3", Severity.ERROR),
        found("G3", Severity.WARNING),
        found("G4", Severity.WARNING, Code.CONFLICT),
        found("G4", Severity.WARNING),
        found("H5", Severity.ERROR, Code.LOCKED),
        found("H6", Severity.ERROR, Code.LOCKED),
        found("H6", Severity.ERROR),
        found("I7", Severity.INFO),
        found(""),
        found("K9", sheet="Lớp 11"),
        found("K10", sheet=""),
    )
    workbook.write(Update(report=report))
    assert marked(workbook) == {
        "F3": Mark.ERROR, "G3": Mark.WARNING, "G4": Mark.CONFLICT, "H5": Mark.LOCKED, "H6": Mark.ERROR,
    }  # fmt: skip
    assert marked(workbook, "Lớp 11") == {"K9": Mark.ERROR}
    assert marked(workbook, "Hồ sơ") == marked(workbook, "Lớp 10") == {}


def test_a_new_report_replaces_the_marks_and_a_clean_one_takes_them_away(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    workbook.write(Update(report=()))  # the report's own looks
    sizes, sheets = set(), parts(workbook.path)[SHEET_12]
    for cells in (("F3", "G4"), ("AQ9", "F3", "F14"), ("G4",)) * 2:
        workbook.write(Update(report=tuple(map(found, cells))))
        assert marked(workbook) == dict.fromkeys(cells, Mark.ERROR)
        sizes.add(len(parts(workbook.path)["xl/styles.xml"]))
    workbook.write(Update(report=()))
    assert parts(workbook.path)[SHEET_12] == sheets
    assert len(sizes) == 1


def test_the_same_report_again_writes_nothing(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    update = Update(report=(found("F3"), found("C1"), found("G3", Severity.WARNING)), locks=LOCKS)
    workbook.write(update)
    before = workbook.path.stat().st_mtime_ns
    workbook.write(update)
    assert workbook.path.stat().st_mtime_ns == before


def test_a_write_without_a_report_leaves_the_marks(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    workbook.write(Update(report=(found("F3"),)))
    workbook.write(Update({("12", CODES[0], "physics.year"): "5.0"}, locks=(), state=state()))
    assert marked(workbook) == {"F3": Mark.ERROR}


def test_marks_go_along_when_rows_are_sorted(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    workbook.write(Update(report=(found("F3"), found("G3"), found("G4", Severity.WARNING))))
    with edited(workbook) as book:
        sheet = book["Lớp 12"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=14)]
        for number, row in enumerate(reversed(rows), 3):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at).value = value
    assert marked(workbook) == {"F14": Mark.ERROR, "G14": Mark.ERROR, "G13": Mark.WARNING}


def test_cells_that_no_code_tells_apart_are_marked_where_they_stand(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        sheet = book["Lớp 12"]
        sheet["C5"], sheet["C6"], sheet["C7"] = None, CODES[0], int(CODES[4])
    cells = ("F3", "F5", "C5", "C6", "F7", "G2", "F8")
    workbook.write(Update(report=tuple(map(found, cells))))
    assert marked(workbook) == dict.fromkeys(cells, Mark.ERROR)


def test_no_mark_wanders_to_another_student(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"]["C5"] = None
    workbook.write(Update(report=(found("C5"), found("F5"), found("H1"))))
    with edited(workbook) as book:
        sheet = book["Lớp 12"]
        sheet["C5"], sheet["C6"] = CODES[8], None
    assert marked(workbook) == {"H1": Mark.ERROR}


def test_a_code_that_holds_quotes(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"]["C3"] = 'a"b'
    workbook.write(Update(report=(found("F3"),)))
    assert 'C3="a""b"' in parts(workbook.path)[SHEET_12].decode()


def test_the_users_colours_and_rules_stay_and_come_first(tmp_path: Path) -> None:
    workbook = used(tmp_path)
    workbook.write(Update(report=(found("F3"), found("F4"))))
    with edited(workbook) as book:  # a program puts rules of the same area in one block
        sheet = book["Lớp 12"]
        rule = FormulaRule(formula=["F3=10"], fill=PatternFill(bgColor="00FF00"))  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add("F3:F14", rule)
    workbook = FileWorkbook(workbook.path)
    workbook.write(Update(report=(found("F4"), found("G3")), locks=LOCKS))
    sheet = openpyxl.load_workbook(workbook.path)["Lớp 12"]
    assert (sheet["F4"].fill.fgColor.rgb, sheet["F4"].comment.text) == ("00FFFF00", "hỏi lại cô Minh")
    rules = {rule.formula[0]: rule.priority for block in sheet.conditional_formatting for rule in block.rules}
    own = [rules.pop("5"), rules.pop("F3=10")]
    assert max(own) < min(rules.values())
    assert marked(workbook) == {"F4": Mark.ERROR, "G3": Mark.ERROR}
    workbook.write(Update(report=()))
    sheet = openpyxl.load_workbook(workbook.path)["Lớp 12"]
    assert [rule.formula for block in sheet.conditional_formatting for rule in block.rules] == [["5"], ["F3=10"]]


@pytest.mark.parametrize("locks_first", [True, False])
def test_marks_stand_before_the_grey_of_locks(tmp_path: Path, locks_first: bool) -> None:  # noqa: FBT001
    workbook = written(tmp_path)
    updates = [Update(locks=LOCKS), Update(report=(found("F3", code=Code.LOCKED, sheet="Lớp 10"),))]
    for update in updates if locks_first else reversed(updates):
        workbook.write(update)
    sheet = openpyxl.load_workbook(workbook.path)["Lớp 10"]
    rules = [(rule.priority, rule.formula[0]) for block in sheet.conditional_formatting for rule in block.rules]
    assert [MARK in formula for _, formula in rules] == [True, False]
    assert LOCK_MARK in rules[1][1]
    assert rules[0][0] < rules[1][0]
    assert marked(workbook, "Lớp 10") == {"F3": Mark.LOCKED}


def test_a_sheet_with_prefixes_and_moved_columns_is_marked_too(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        sheet = book["Lớp 12"]
        for area in [str(area) for area in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        sheet.insert_cols(1)
    at = workbook.read().data.sheets["12"].columns[STUDENT_CODE]
    assert at == 3
    prefixed = lambda data: re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", data).replace(b'xmlns="http', b'xmlns:x="http')  # noqa: E731
    respell(workbook.path, SHEET_12, prefixed)
    workbook = FileWorkbook(workbook.path)
    workbook.write(Update(report=(found("G3"),)))
    assert marked(workbook) == {"G3": Mark.ERROR}


def test_a_class_with_everything_wrong(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    cells = [f"{get_column_letter(at)}{row}" for row in range(3, 15) for at in range(6, 43)]
    workbook.write(Update(report=tuple(map(found, cells))))
    assert marked(workbook) == dict.fromkeys(cells, Mark.ERROR)
    assert parts(workbook.path)[SHEET_12].count(b"<cfRule") == 1
