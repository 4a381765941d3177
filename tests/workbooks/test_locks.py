"""Locked blocks are protected and grey, exactly they; the user's own colours stay."""

from pathlib import Path

import openpyxl

from shared.columns import Period
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
