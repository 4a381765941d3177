"""The demo schools of the other programmes: valid in every cell, and found in them exactly what was planted."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter

import pytest

from server.demo import gdtx_centres
from server.demo.accounts import demo_accounts
from server.demo.gdtx_centres import ADULTS
from server.demo.guide_school import guide_schools
from server.demo.schools import demo_schools
from server.demo.special_students import EXEMPT, FROM_ABROAD, MOVED, PLANTED, REPEATER
from server.loading import ClassLoad, SchoolLoad
from shared.cells import from_cell
from shared.check import check
from shared.columns import Period
from shared.layout import GRADES, PROFILE, sheet_layout
from shared.problems import Code, Finding
from shared.programmes import SUBJECTS_2006
from shared.progress import missing
from shared.records import Cells
from shared.rules.identity import agrees
from shared.studies import closed_keys, study_of
from tests.loads import data_of

LATER = demo_schools()[len(guide_schools()) :]
THPT_C, GDTX_A, GDTX_B = LATER
NATURAL, SOCIAL = THPT_C.classes
CLASSES = [(school, loaded) for school in LATER for loaded in school.classes]
every_class = pytest.mark.parametrize(("school", "loaded"), CLASSES, ids=lambda value: getattr(value, "code", None))
Found = tuple[int, str, str, str]  # place in the register, column, code, severity


def cells_of(loaded: ClassLoad, place: int, sheet: str) -> Cells:
    return loaded.records.get((sheet, loaded.roster[place]), {})


def found_in(school: SchoolLoad, loaded: ClassLoad) -> list[Found]:
    def told(finding: Finding) -> Found:
        place = loaded.roster.index(finding.student_code or "")
        return place, finding.column or "", finding.code.name, finding.severity.value

    return sorted(map(told, check(data_of(school, loaded))))


def test_the_natural_science_class_holds_only_blanks_with_a_reason() -> None:
    exempt = [(EXEMPT, f"{grade}.foreign_language.semester_1", "EXEMPT", "info") for grade in GRADES]
    abroad = (FROM_ABROAD, "10.mathematics.semester_1", "EXEMPT", "info")
    assert found_in(THPT_C, NATURAL) == [abroad, *exempt]


def test_the_social_class_holds_exactly_what_was_planted() -> None:
    planted = sorted((p.place, f"{p.grade}.{p.column}", p.code, p.severity) for p in PLANTED)
    assert found_in(THPT_C, SOCIAL) == planted


@pytest.mark.parametrize("school", [GDTX_A, GDTX_B], ids=lambda school: school.code)
def test_a_centre_s_only_warnings_are_of_conduct_without_a_word(school: SchoolLoad) -> None:
    found = found_in(school, school.classes[0])
    warned = [(place, column) for place, column, _, severity in found if severity == "warning"]
    due = {"10": 3, "11": 3, "12": 1 if school.stage == 1 else 3}
    terms = ("semester_1", "semester_2", "year")
    assert warned == [
        (gdtx_centres.UNRATED, f"{grade}.conduct_rating.{term}") for grade in GRADES for term in terms[: due[grade]]
    ]
    assert {severity for *_, severity in found} == {"warning", "info"}
    reasons = Counter(place for place, _, code, _ in found if code == Code.EXEMPT.name)
    assert reasons == dict.fromkeys(gdtx_centres.UNRATED_WITH_WORD, 3)


@every_class
def test_every_cell_is_canonical_and_open_to_its_student(school: SchoolLoad, loaded: ClassLoad) -> None:
    for (sheet, code), cells in loaded.records.items():
        layout = sheet_layout(school.level, school.school_year, sheet)
        assert {key: from_cell(layout.by_key[key], value) for key, value in cells.items()} == cells
        if sheet != PROFILE:
            closed = closed_keys(layout, study_of(layout, loaded.records[PROFILE, code]))
            planted = {"physics.semester_1"} if loaded is SOCIAL else set()
            assert closed & cells.keys() <= planted


@every_class
def test_what_the_stage_asks_is_there(school: SchoolLoad, loaded: ClassLoad) -> None:
    for place in range(len(loaded.roster)):
        profile = cells_of(loaded, place, PROFILE)
        for grade in GRADES:
            layout = sheet_layout(school.level, school.school_year, grade)
            blank = missing(layout, cells_of(loaded, place, grade), study_of(layout, profile))
            asked = [n for period, n in blank.items() if (grade, school.stage, period) != ("12", 1, Period.HK2)]
            assert not any(asked)
            assert bool(blank[Period.HK2]) == (len(asked) < len(blank))  # nothing of stage 2 in stage 1


def test_students_of_one_class_have_chosen_differently() -> None:
    chosen = Counter(
        cells_of(NATURAL, place, PROFILE).get("grade_10.electives") for place in range(len(NATURAL.roster))
    )
    science = "physics,chemistry,biology,"
    assert chosen == {
        science + "informatics": 34,
        science + "technology": 5,
        "physics,chemistry,geography,informatics": 1,  # at the school of before
        None: 2,  # a year of before, and one abroad
    }
    social = Counter(cells_of(SOCIAL, place, PROFILE)["grade_12.electives"] for place in range(len(SOCIAL.roster)))
    own = "geography,economics_law,informatics,"
    assert social == {own + "music": 38, own + "foreign_language_2,music": 2}


def test_the_repeater_was_in_grade_10_by_the_old_programme() -> None:
    profile, cells = cells_of(NATURAL, REPEATER, PROFILE), cells_of(NATURAL, REPEATER, "10")
    assert profile["grade_10.school_year"] == "2021-2022"
    assert {key.split(".")[0] for key in cells} == {
        *(subject.key for subject in SUBJECTS_2006), "average_score", "academic_rating", "conduct_rating",
    }  # fmt: skip
    assert {value for key, value in cells.items() if key.startswith("academic_rating")} <= {"G", "K", "TB"}
    assert "defence.year" in cells_of(NATURAL, REPEATER, "11")
    assert profile["birth_date"] < "2007"


def test_where_results_come_from_is_said() -> None:
    sources = {
        place: cells_of(NATURAL, place, PROFILE).get("grade_10.source") for place in (MOVED, FROM_ABROAD, EXEMPT)
    }
    assert sources == {MOVED: "transferred", FROM_ABROAD: "abroad", EXEMPT: None}
    assert cells_of(NATURAL, FROM_ABROAD, "10") == {}


def test_learners_of_continuing_education_differ() -> None:
    loaded = GDTX_A.classes[0]
    subjects = Counter(
        frozenset(key.split(".")[0] for key in cells_of(loaded, place, "11")) & {"foreign_language", "civics"}
        for place in range(len(loaded.roster))
    )
    assert set(subjects) == {
        frozenset(), frozenset({"civics"}), frozenset({"foreign_language"}), frozenset({"civics", "foreign_language"}),
    }  # fmt: skip
    for place in ADULTS:
        profile = cells_of(loaded, place, PROFILE)
        assert 2022 - int(profile["birth_date"][:4]) >= 30
        assert agrees(profile["national_id"], profile["birth_date"], profile["sex"])


def test_nobody_shares_a_code_or_a_number_with_anybody() -> None:
    loads = [loaded for school in demo_schools() for loaded in school.classes]
    codes = Counter(code for loaded in loads for code in loaded.roster)
    profiles = [cells for loaded in loads for (sheet, _), cells in loaded.records.items() if sheet == PROFILE]
    numbers = Counter(cells["national_id"] for cells in profiles if "national_id" in cells)
    assert max(codes.values()) == max(numbers.values()) == 1


def test_the_guides_schools_come_first_and_as_they_are() -> None:
    assert demo_schools()[:2] == guide_schools()
    assert all("dữ liệu mẫu" in school.name for school in demo_schools())


def test_each_school_has_an_administrator_and_a_homeroom_teacher() -> None:
    accounts = demo_accounts(demo_schools())
    assert len({account["username"] for account in accounts}) == len(accounts)
    for school in LATER:
        own = [account for account in accounts if account["school"] == school.code]
        assert {account["school_year"] for account in own} == {school.school_year}
        assert [account["role"] for account in own][:2] == ["school_admin", "staff"]
        assert {"complete", "results"} & set(own[1]["rights"]["12A1"])


def digest() -> str:
    classes = [(c.name, c.roster, c.records) for school in demo_schools() for c in school.classes]
    return hashlib.sha256(repr(classes).encode()).hexdigest()


def test_another_process_invents_the_same() -> None:
    program = "from tests.unit.test_demo_later_schools import digest; print(digest())"
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, env=environment)
    assert ran.stdout.strip() == digest()
