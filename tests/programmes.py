"""Rows of the other programmes without a fault, and classes of them, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from shared.check import check
from shared.layout import FIRST_ROW, PROFILE, sheet_layout
from shared.problems import Code, Finding
from shared.programmes import GDTX, THPT
from shared.records import ClassData, ClassInfo, ClassKey, Row, Sheet
from tests.tables import Cells, changed, good_profile, good_result

TT22_YEAR = "2024-2025"
INFO_2018 = ClassInfo(ClassKey("HP01", TT22_YEAR, "12A1"), "THPT Lê Quý Đôn", THPT)
INFO_GDTX = ClassInfo(ClassKey("TX01", "2022-2023", "12B"), "TTGDTX Số 1", GDTX)
INFO_GDTX_2018 = ClassInfo(ClassKey("TX01", TT22_YEAR, "12B"), "TTGDTX Số 1", GDTX)
TERMS = ("semester_1", "semester_2", "year")
CHOSEN = ("physics", "chemistry", "geography", "informatics")

# Seven of the nine scores reach 8.0 in every term, none lies below 6.5: Tốt by TT22 art. 9.2.
_SCORES_2018 = {
    "mathematics": (8.2, 8.5, 8.4),
    "literature": (7.4, 7.9, 7.7),
    "physics": (8.8, 8.1, 8.3),
    "chemistry": (8.1, 8.6, 8.4),
    "history": (8.6, 9.1, 8.9),
    "geography": (8.0, 8.7, 8.5),
    "informatics": (9.2, 8.8, 8.9),
    "defence": (8.4, 9.0, 8.8),
    "foreign_language": (7.3, 8.0, 7.8),
}
_COMMENTS = ("physical_education", "experiential_activities", "local_education")


def terms_of(subject: str, *values: Any) -> Cells:
    """A subject's three cells."""
    return {f"{subject}.{term}": value for term, value in zip(TERMS, values, strict=True)}


def result_2018(**changes: Any) -> Cells:
    """A faultless row by TT22: Tốt in both ratings; `__` stands for the dot in a key."""
    cells: Cells = {"foreign_language.language": "Tiếng Anh"}
    for subject, three in _SCORES_2018.items():
        cells |= terms_of(subject, *three)
    for subject in (*_COMMENTS, "academic_rating", "conduct_rating"):
        cells |= terms_of(subject, *(["T"] if subject.endswith("rating") else ["Đ"]) * 3)
    return changed(cells, changes)


def result_gdtx(**changes: Any) -> Cells:
    """A faultless row of GDTX by the 2006 programme, Ngoại ngữ and GDCD included."""
    return good_result(**changes)


def result_gdtx_2018(**changes: Any) -> Cells:
    """A faultless row of GDTX by the 2018 programme."""
    cells = result_2018(**changes)
    left_out = ("defence", "physical_education", "experiential_activities", "local_education", "foreign_language")
    return {key: cell for key, cell in cells.items() if not key.startswith(left_out)}


def class_in(info: ClassInfo, sheets: Mapping[str, Sequence[Cells]], **facts: Any) -> ClassData:
    """A class of some programme; students are HS01, HS02, … on every sheet."""
    info = replace(info, **facts)
    longest = max(len(found) for found in sheets.values())
    roster = tuple(f"HS{i + 1:02}" for i in range(longest))
    made = {}
    for key, found in sheets.items():
        layout = sheet_layout(info.level, info.key.school_year, key)
        rows = tuple(Row(roster[i], FIRST_ROW + i, cells) for i, cells in enumerate(found))
        made[key] = Sheet(layout, rows, layout.index)
    return ClassData(info, roster, made)


def found_in(
    info: ClassInfo, grade: str, cells: Cells, profile: Mapping[str, Any] | None = None, **facts: Any
) -> tuple[Finding, ...]:
    """What the checks say of one row, with some cells of its profile."""
    sheets = {grade: [cells]}
    if profile is not None:
        born = "12/07/2007" if info.key.school_year == TT22_YEAR else "12/07/2005"
        number = f"0312{born[-2:]}000123"
        sheets = {PROFILE: [{**good_profile(birth_date=born, national_id=number), **profile}], **sheets}
    return check(class_in(info, sheets, **facts))


def codes_in(
    info: ClassInfo, grade: str, cells: Cells, profile: Mapping[str, Any] | None = None, **facts: Any
) -> list[Code]:
    """The codes that the checks find in one row, in reading order."""
    return [finding.code for finding in found_in(info, grade, cells, profile, **facts)]
