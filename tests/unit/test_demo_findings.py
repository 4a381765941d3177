"""What the checks find in the demo: the guide's noise and the gaps left on purpose, and nothing in what is invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from server.demo.generator import generate_schools
from server.demo.guide_school import guide_schools
from server.demo.sample import SAMPLE_FIRST, SAMPLE_GRADE, t2_cells
from server.loading import ClassLoad
from shared.check import check
from shared.problems import Code, Finding
from shared.records import Row
from tests.loads import data_of

FIRST, SECOND = guide_schools()
GAPS = {Code.SC_BLANK_STAGE1, Code.ID_MISSING, Code.ADDR_INCOMPLETE, Code.PROFILE_MISSING}


def codes(findings: tuple[Finding, ...]) -> Counter[Code]:
    return Counter(finding.code for finding in findings)


@pytest.mark.parametrize("loaded", FIRST.classes, ids=lambda loaded: loaded.name)
def test_only_the_guides_noise_and_the_gaps_are_found(loaded: ClassLoad) -> None:
    noise = {
        "12A1": {("11.academic_rating.year", Code.HL_CODE, "T"), ("11.academic_rating.year", Code.HL_LOWER, "K")},
        "12A3": {("profile.ethnic_group", Code.ETHNIC_VALUE, "Tây")},
    }
    found = [finding for finding in check(data_of(FIRST, loaded)) if finding.code not in GAPS]
    assert {(finding.column, finding.code, finding.value) for finding in found} == noise.get(loaded.name, set())
    assert len(found) == len(noise.get(loaded.name, ()))


def test_as_many_students_have_gaps_as_the_guide_counts() -> None:
    found = [finding for loaded in FIRST.classes for finding in check(data_of(FIRST, loaded))]
    late = {finding.student_code for finding in found if finding.code is Code.SC_BLANK_STAGE1}
    no_profile = {finding.student_code for finding in found if finding.code in GAPS - {Code.SC_BLANK_STAGE1}}
    assert (len(no_profile), len(late)) == (13, 101)


@pytest.mark.parametrize("loaded", [c for c in SECOND.classes if c.grade_level == "12"], ids=lambda loaded: loaded.name)
def test_the_second_school_is_clean(loaded: ClassLoad) -> None:
    assert check(data_of(SECOND, loaded)) == ()


@pytest.mark.parametrize("stage", [1, 2])
def test_a_generated_class_is_clean(stage: int) -> None:
    school = next(generate_schools(1, classes=2, stage=stage))
    assert [check(data_of(school, loaded)) for loaded in school.classes] == [(), ()]


def test_the_excel_sample_keeps_its_noise() -> None:
    data = data_of(FIRST, FIRST.classes[0])
    sheet = data.sheets[SAMPLE_GRADE]
    rows = list(sheet.rows)
    for place, typed in enumerate(t2_cells(), start=SAMPLE_FIRST):
        row = rows[place]
        rows[place] = Row(row.student_code, row.number, {**row.cells, **typed})
    found = check(data.with_sheet(replace(sheet, rows=tuple(rows))))
    by_row = {place: codes(tuple(f for f in found if f.student_code == data.roster[place])) for place in range(5, 11)}
    assert by_row[5][Code.SC_CN_FORMULA] == 9
    assert Code.SC_SERIES in by_row[6]
    assert Code.SC_BLANK_STAGE1 in by_row[7]
    assert Code.SC_SHIFT in by_row[8]
    assert Code.SC_TB_FEASIBLE in by_row[9]
    assert by_row[10][Code.SC_CN_FORMULA] == 1
