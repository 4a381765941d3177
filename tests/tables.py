"""Sheets written as tables, with the real Vietnamese headers, beside the assertion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from shared.cells import from_cell
from shared.check import check
from shared.columns import Column
from shared.layout import FIRST_ROW, GRADES, PROFILE, SheetLayout, sheet_layout
from shared.problems import Code, Finding
from shared.programmes import THPT
from shared.records import ClassData, ClassInfo, ClassKey, Record, Row, Sheet, Snapshot, sheets_of
from shared.repair import Repair, repairs

YEAR = "2022-2023"
INFO = ClassInfo(ClassKey("HP01", YEAR, "12A1"), "THPT Lê Quý Đôn", THPT, stage=1)
Cells = dict[str, Any]


def layout(key: str) -> SheetLayout:
    """A sheet of the class that the tests speak of."""
    return sheet_layout(THPT, YEAR, key)


def column(sheet: SheetLayout, header: str) -> Column:
    """The column of a header as a person would say it: `Toán CN`, `Học lực HK1`, `Ngày sinh`."""
    found = [c for c in sheet.columns if header in {c.words, c.key} or header in {f"{a} {c.header}" for a in c.aliases}]
    return found[0]


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table drawn with bars; blank cells are absent."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    return [{header: cell for header, cell in zip(lines[0], line, strict=True) if cell} for line in lines[1:]]


def number(cell: Any) -> Any:
    """What a spreadsheet makes of a typed score: a number where it can."""
    try:
        return float(cell)
    except ValueError:
        return cell


def rows(key: str, text: str) -> list[Cells]:
    """A drawn sheet as raw cells by column key; scores become numbers as they do in a spreadsheet."""
    sheet = layout(key)
    found = []
    for line in table(text):
        cells: Cells = {}
        for header, cell in line.items():
            col = column(sheet, header)
            cells[col.key] = number(cell) if col.kind == "score" else cell
        found.append(cells)
    return found


# One student without a fault: every formula holds, the ratings follow, the number agrees with the profile.
_SCORES = {
    "mathematics": (8.2, 8.5, 8.4),
    "literature": (7.4, 7.9, 7.7),
    "physics": (8.8, 8.1, 8.3),
    "chemistry": (7.9, 8.6, 8.4),
    "biology": (8.3, 7.7, 7.9),
    "history": (8.6, 9.1, 8.9),
    "geography": (7.8, 8.7, 8.4),
    "civics": (9.2, 8.8, 8.9),
    "foreign_language": (7.3, 8.0, 7.8),
    "average_score": (8.4, 8.6, 8.5),
}
_TERMS = ("semester_1", "semester_2", "year")


def good_result(**changes: Any) -> Cells:
    """A faultless row of a result sheet, with some cells changed; `__` stands for the dot in a key."""
    cells: Cells = {f"{s}.{t}": score for s, three in _SCORES.items() for t, score in zip(_TERMS, three, strict=True)}
    cells |= {f"academic_rating.{t}": "G" for t in _TERMS} | {f"conduct_rating.{t}": "T" for t in _TERMS}
    cells["foreign_language.language"] = "Tiếng Anh"
    return changed(cells, changes)


def good_profile(**changes: Any) -> Cells:
    """A faultless profile, with some cells changed; `__` stands for the dot in a key."""
    cells: Cells = {
        "full_name": "Nguyễn Văn An",
        "national_id": "031205000123",
        "birth_date": "12/07/2005",
        "sex": "Nam",
        "student_status": "Đang học",
        "ethnic_group": "Kinh",
        "nationality": "Việt Nam",
        "residence.province": "Tỉnh Bắc Giang",
        "residence.district": "Huyện Lạng Giang",
        "residence.ward": "Xã Đào Mỹ",
    }
    return changed(cells, changes)


def changed(cells: Cells, changes: Mapping[str, Any]) -> Cells:
    """Some cells changed, None clears."""
    cells = {**cells, **{key.replace("__", "."): value for key, value in changes.items()}}
    return {key: value for key, value in cells.items() if value is not None}


def class_of(
    sheets: Mapping[str, Sequence[Cells]], *, stage: int = 1, names: Mapping[str, str] | None = None
) -> ClassData:
    """A class with some sheets; students are HS01, HS02, … in every sheet unless a row says otherwise."""
    info = ClassInfo(INFO.key, INFO.school_name, INFO.level, stage)
    longest = max((len(found) for found in sheets.values()), default=0)
    roster = tuple(f"HS{i + 1:02}" for i in range(longest))
    made = {}
    for key, found in sheets.items():
        sheet = layout(key)
        made[key] = Sheet(
            sheet,
            tuple(Row(cells.get("student_code", roster[i]), FIRST_ROW + i, cells) for i, cells in enumerate(found)),
            sheet.index,
        )
    return ClassData(info, roster, made, names or {})


def findings(key: str, *found: Cells, stage: int = 1) -> tuple[Finding, ...]:
    """What the checks say of one sheet."""
    return check(class_of({key: found}, stage=stage))


def codes(key: str, *found: Cells, stage: int = 1) -> list[Code]:
    """The codes that the checks find in one sheet, in reading order."""
    return [finding.code for finding in findings(key, *found, stage=stage)]


def repaired(data: ClassData, found: Sequence[Repair] | None = None) -> ClassData:
    """A class with its repairs written into the cells, as canonical values."""
    for repair in repairs(data) if found is None else found:
        sheet = data.sheets[repair.sheet_key]
        written = tuple(
            Row(row.student_code, row.number, {**row.cells, repair.column: repair.after})
            if row.student_code == repair.student_code
            else row
            for row in sheet.rows
        )
        data = data.with_sheet(Sheet(sheet.layout, written, sheet.columns))
    return data


def class_of_45(*, stage: int = 2) -> ClassData:
    """A whole class as the service holds it: a profile and three grades of forty-five students, all different."""
    roster = tuple(f"HS{i + 1:02}" for i in range(45))
    records = {}
    for i, code in enumerate(roster):
        records[PROFILE, code] = Record(_canonical(PROFILE, _student(i)))
        for grade in GRADES:
            records[grade, code] = Record(_canonical(grade, _result(i, int(grade))))
    info = ClassInfo(INFO.key, INFO.school_name, INFO.level, stage)
    return sheets_of(Snapshot(info, 1, "2023-04-01T00:00:00Z", roster, records))


def _canonical(key: str, cells: Cells) -> dict[str, str]:
    by_key = layout(key).by_key
    return {name: value for name, cell in cells.items() if (value := from_cell(by_key[name], cell))}


_GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh")
_MIDDLE = ("Thị", "Văn", "Ngọc", "Đức", "Thu")


def _student(i: int) -> Cells:
    girl = i % 2
    return good_profile(
        full_name=f"Nguyễn {_MIDDLE[i % 5]} {_GIVEN[i % 9]}",
        national_id=f"0312{'3' if girl else '2'}05{i:06}"[:3] + f"{'3' if girl else '2'}05{i:06}",
        birth_date=f"{i % 28 + 1:02}/{i % 12 + 1:02}/2005",
        sex="Nữ" if girl else "Nam",
    )


def _result(i: int, grade: int) -> Cells:
    """Scores that jump about from subject to subject and student to student, all between 8.0 and 9.6."""
    cells = good_result()
    chance = Random(f"{grade}/{i}")  # noqa: S311 (marks, not secrets)
    for subject in _SCORES:
        first = 80 + chance.randrange(16)
        second = 80 + chance.randrange(17)
        scores = (first, second, (2 * (first + 2 * second) + 3) // 6)
        cells |= {f"{subject}.{t}": tenths / 10 for t, tenths in zip(_TERMS, scores, strict=True)}
    for t in _TERMS:
        listed = [round(cells[f"{s}.{t}"] * 10) for s in _SCORES if s != "average_score"]
        cells[f"average_score.{t}"] = (2 * sum(listed) + 9) // 18 / 10
    return cells
