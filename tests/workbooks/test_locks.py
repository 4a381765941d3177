"""Locked blocks are protected and grey, exactly they; the user's own colours stay."""

from pathlib import Path
from typing import Any

import openpyxl

from shared.columns import Period
from shared.layout import GRADES
from shared.problems import Code, Finding, Severity
from shared.records import Lock
from tests.workbooks.sample import CODES, LOCKS, parts, snapshot, state, used, written
from workbooks.files import FileWorkbook
from workbooks.port import Update

FINDING = Finding(Code.SC_RANGE, Severity.ERROR, "Lớp 12", "F5", CODES[2], None, "11", "Điểm ngoài thang.", "1.1")


def _locked(workbook: FileWorkbook, title: str) -> list[bool]:
    sheet = openpyxl.load_workbook(workbook.path)[title]
    return [bool(sheet.cell(row, 6 + i).protection.locked) for row in (3, 14) for i in range(3)]


def test_locks_protect_and_grey_exactly_their_blocks(tmp_path: Path) -> None:
    workbook = used(tmp_path)
    locks = (Lock("12", Period.HK2, "2023-05-01T00:00:00Z", "gv.lan"), LOCKS[2])
    workbook.write(Update(locks=locks))
    assert _locked(workbook, "Lớp 10") == [False] * 6
    assert _locked(workbook, "Lớp 11") == [True, False, False] * 2
    assert _locked(workbook, "Lớp 12") == [False, True, True] * 2
    book = openpyxl.load_workbook(workbook.path)
    grey = {
        title: [
            str(block.sqref).split()[0]
            for block in book[title].conditional_formatting
            if "kqht" in str(block.rules[0].formula)
        ]
        for title in ("Lớp 10", "Lớp 11", "Lớp 12")
    }
    assert grey == {"Lớp 10": [], "Lớp 11": ["F3:F44"], "Lớp 12": ["G3:H44"]}
    yellow = book["Lớp 12"]["F4"]
    assert yellow.fill.fgColor.rgb == "00FFFF00"
    workbook.write(Update(locks=LOCKS))
    assert _locked(workbook, "Lớp 12") == [False] * 6


def test_locking_again_and_again_adds_no_styles(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    sizes = []
    for _ in range(3):
        workbook.write(Update(locks=(), report=(FINDING,)))
        workbook.write(Update(locks=LOCKS, report=()))
        sizes.append(len(parts(workbook.path)["xl/styles.xml"]))
    assert len(set(sizes)) == 1


def test_students_who_join_an_empty_class(tmp_path: Path) -> None:
    workbook = written(tmp_path, state(base=snapshot(())))
    workbook.write(
        Update({(key, CODES[i], "full_name"): "Lê An" for i in (0, 1) for key in ("profile", "12")}, state=state())
    )
    assert [(row.number, row.student_code) for row in workbook.read().data.sheets["12"].rows] == [
        (3, CODES[0]),
        (4, CODES[1]),
    ]
    assert _locked(workbook, "Lớp 12")[:3] == [False] * 3


def _studies(workbook: FileWorkbook) -> tuple[dict[str, bool], set[str]]:
    """Which cells of the first student that say how a grade was studied are protected, and which columns are grey."""
    sheet = openpyxl.load_workbook(workbook.path)["Hồ sơ"]
    columns = [column for column in workbook.read().data.sheets["profile"].layout.stored if column.key in STUDIES]
    places = workbook.read().data.sheets["profile"].columns
    protected = {c.key: bool(sheet.cell(3, places[c.key] + 1).protection.locked) for c in columns}
    grey = [
        area
        for block in sheet.conditional_formatting
        if "kqht:lock" in str(block.rules[0].formula)
        for area in str(block.sqref).split()
    ]
    inside = {key for key in STUDIES for area in grey if sheet.cell(3, places[key] + 1).coordinate in _row(sheet, area)}
    return protected, inside


def _row(sheet: Any, area: str) -> set[str]:
    return {cell.coordinate for cell in sheet[area][0]}


STUDIES = {f"grade_{grade}.{fact}" for grade in GRADES for fact in ("school_year", "source")}


def test_how_a_locked_grade_was_studied_is_locked_in_the_profile(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    of_10_and_11 = {key for key in STUDIES if not key.startswith("grade_12")}
    assert _studies(workbook) == ({key: key in of_10_and_11 for key in STUDIES}, of_10_and_11)
    workbook.write(Update(locks=(Lock("12", Period.HK2, "2023-05-01T00:00:00Z", "gv.lan"),)))
    of_12 = STUDIES - of_10_and_11
    assert _studies(workbook) == ({key: key in of_12 for key in STUDIES}, of_12)
    workbook.write(Update(locks=()))
    assert _studies(workbook) == (dict.fromkeys(STUDIES, False), set())
