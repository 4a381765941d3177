"""The guide's own tables, noise and all: the program says of each row what the rulebook says (1.8)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from shared.check import check
from shared.problems import Code, Finding, Severity
from tests.tables import Cells, class_of, column, layout, number

TABLES: Mapping[str, Any] = {
    table["id"]: table
    for table in json.loads((Path(__file__).parents[2] / "data" / "seed_tables.json").read_text("utf-8"))["tables"]
}
BLANK = {Code.SC_BLANK_STAGE1, Code.SC_BLANK_STAGE2}


def row(table: str, stt: str) -> Cells:
    found = next(row for row in TABLES[table]["rows"] if row["stt"] == stt)
    sheet, cells = layout("11"), {"foreign_language.language": found["foreign_language"]}
    for subject, terms in found["results"].items():
        for term, mark in terms.items():
            if mark:
                cells[column(sheet, f"{subject} {term}").key] = number(mark)
    return cells


def student(table: str) -> dict[str, list[Cells]]:
    """A student's three grades, from a form with a line for each subject."""
    sheets: dict[str, list[Cells]] = {}
    for grade in ("10", "11", "12"):
        cells: Cells = {"foreign_language.language": "Tiếng Anh"}
        for line in TABLES[table]["rows"]:
            for term, mark in line[grade].items():
                if mark:
                    cells[column(layout(grade), f"{line['subject_as_printed']} {term}").key] = number(mark)
        sheets[grade] = [cells]
    return sheets


def said(sheets: Mapping[str, list[Cells]]) -> list[Finding]:
    return [finding for finding in check(class_of(sheets)) if finding.code not in BLANK]


def codes(found: Iterable[Finding]) -> list[Code]:
    return [finding.code for finding in found]


@pytest.mark.parametrize("stt", ["2", "4", "5"])
def test_correct_rows_of_a_class_draw_nothing(stt: str) -> None:
    assert said({"11": [row("T1", stt)]}) == []


def test_a_conduct_code_among_the_academic_ratings_is_named_as_a_shift() -> None:
    (found,) = said({"11": [row("T1", "1")]})
    assert (found.code, found.severity, found.column) == (Code.HL_CODE, Severity.ERROR, "11.academic_rating.year")
    assert "lệch cột" in found.message


def test_a_rating_below_the_listed_subjects_is_a_warning() -> None:
    (found,) = said({"11": [row("T1", "3")]})
    assert (found.code, found.severity, found.column) == (Code.HL_LOWER, Severity.WARNING, "11.academic_rating.year")


def test_a_garbage_row_fails_in_every_subject() -> None:
    found = said({"11": [row("T2", "1")]})
    assert codes(found).count(Code.SC_CN_FORMULA) == 9
    assert found[0].suggestion == "9.1"


def test_a_dragged_series_is_seen_beside_its_broken_formulas() -> None:
    found = said({"11": [row("T2", "2")]})
    assert codes(found).count(Code.SC_CN_FORMULA) == 8
    assert [f.column for f in found if f.code is Code.SC_SERIES] == ["11.mathematics.semester_2", "11.mathematics.year"]


def test_a_row_without_the_second_semester_of_one_subject_is_only_incomplete() -> None:
    assert said({"11": [row("T2", "3")]}) == []


def test_a_lost_cell_is_found_where_it_was_lost() -> None:
    found = said({"11": [row("T2", "4")]})
    (shift,) = [f for f in found if f.code is Code.SC_SHIFT]
    assert shift.severity is Severity.ERROR
    assert shift.column == "11.chemistry.semester_1"
    assert "Từ môn Hóa học" in shift.message
    assert "8/8" in shift.message
    assert "SC_SHIFT:11:HS01" in shift.message


def test_an_impossible_average_is_an_error() -> None:
    (found,) = said({"11": [row("T2", "5")]})
    assert (found.code, found.severity, found.column) == (
        Code.SC_TB_FEASIBLE,
        Severity.ERROR,
        "11.average_score.semester_1",
    )


def test_a_slip_of_one_digit_names_every_cell_that_would_explain_it() -> None:
    (found,) = said({"11": [row("T2", "6")]})
    assert (found.code, found.value, found.suggestion) == (Code.SC_CN_FORMULA, "8.4", "8.7")
    assert "HK2 thành 8.4 hoặc 8.5" in found.message


@pytest.mark.parametrize("table", ["T3", "T4"])
def test_students_forms_are_correct_in_every_grade(table: str) -> None:
    assert said(student(table)) == []


def test_the_average_of_a_year_is_not_held_to_its_semesters() -> None:
    cells = row("T1", "5")
    assert [cells[f"average_score.{t}"] for t in ("semester_1", "semester_2", "year")] == [7.5, 8.0, 7.9]
    assert said({"11": [cells]}) == []
