"""The guide's school has the guide's numbers and rows; everything else in it is invented and clean."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter

from server.demo.accounts import demo_accounts
from server.demo.guide_school import BOY_PLACE, guide_schools
from server.demo.guide_tables import CLASS_LIST, FORM_12A1, FORM_12A3, INCOMPLETE, PROGRESS
from server.demo.printed import result_sheet_columns
from server.demo.sample import SAMPLE_FIRST, t2_cells
from server.loading import ClassLoad
from shared.columns import Period
from shared.layout import GRADES, PROFILE, class_layouts
from shared.progress import missing, stage1_done, stage2_done
from shared.records import Cells

FIRST, SECOND = guide_schools()
CLASSES = {school_class.name: school_class for school_class in FIRST.classes}


def cells_of(school_class: ClassLoad, place: int, sheet: str) -> Cells:
    return school_class.records[sheet, school_class.roster[place]]


def form_of(school_class: ClassLoad, place: int, lines: int) -> list[tuple[str, ...]]:
    """A student's three years laid out as the guide's form."""
    keys = [column.key for column in result_sheet_columns("11") if column.term]
    return [
        tuple(cells_of(school_class, place, grade).get(key, "") for grade in GRADES for key in keys[i : i + 3])
        for i in range(0, 3 * lines, 3)
    ]


def test_the_classes_are_the_guides() -> None:
    assert [(c.name, len(c.roster)) for c in FIRST.classes] == [(line[0], int(line[1])) for line in PROGRESS]
    assert (FIRST.school_year, FIRST.stage, FIRST.level) == ("2022-2023", 1, "THPT")


def progress_of(school_class: ClassLoad) -> tuple[int, int, int]:
    """Profiles done, stage 1 done, stage 2 done, by the program's own rule."""
    layouts = {layout.key: layout for layout in class_layouts("THPT", "2022-2023")}
    done = Counter[str]()
    for code in school_class.roster:
        blank = {key: missing(layout, school_class.records.get((key, code), {})) for key, layout in layouts.items()}
        done["profile"] += not any(blank[PROFILE].values())
        done["stage 1"] += stage1_done(blank["10"], blank["11"], blank["12"])
        done["stage 2"] += stage2_done(blank["12"])
    return done["profile"], done["stage 1"], done["stage 2"]


def test_progress_is_the_guides_class_by_class() -> None:
    printed = {line[0]: (int(line[2]), int(line[4]), int(line[6])) for line in PROGRESS}
    assert {name: progress_of(school_class) for name, school_class in CLASSES.items()} == printed
    sums = [sum(column) for column in zip(*printed.values(), strict=True)]
    assert (sum(len(c.roster) for c in FIRST.classes), *sums) == (423, 410, 322, 0)


def test_the_first_five_of_12a1_are_the_class_list() -> None:
    columns = [column.key for column in result_sheet_columns("11")]
    printed = [dict(zip(columns, line, strict=True)) for line in CLASS_LIST]
    assert [cells_of(CLASSES["12A1"], place, "11") for place in range(5)] == printed
    assert printed[0]["academic_rating.year"] == "T"


def test_the_boy_of_the_form_is_in_12a1() -> None:
    assert form_of(CLASSES["12A1"], BOY_PLACE, 12) == list(FORM_12A1)
    profile = cells_of(CLASSES["12A1"], BOY_PLACE, PROFILE)
    assert (profile["sex"], profile["birth_date"]) == ("Nam", "2004-07-12")


def test_the_girl_of_the_form_is_in_12a3() -> None:
    places = [p for p in range(44) if form_of(CLASSES["12A3"], p, 9) == list(FORM_12A3)]
    assert len(places) == 1
    assert cells_of(CLASSES["12A3"], places[0], PROFILE)["sex"] == "Nữ"
    assert "academic_rating.semester_1" not in cells_of(CLASSES["12A3"], places[0], "12")


def test_grade_10_of_the_first_five_classes_is_locked() -> None:
    locks = {(c.name, lock.grade, lock.period, lock.at, lock.by) for c in FIRST.classes for lock in c.locks}
    assert locks == {
        (f"12A{number}", "10", period, at, "quantri-a")
        for number in range(1, 6)
        for period, at in ((Period.HK1, "2022-03-29T08:52:47Z"), (Period.HK2, "2022-03-29T08:52:52Z"))
    }


def test_a_locked_block_has_no_blanks() -> None:
    for name in ("12A3", "12A4", "12A5"):
        school_class = CLASSES[name]
        for code in school_class.roster:
            assert {column.key for column in result_sheet_columns("10")} == school_class.records["10", code].keys()


def test_the_late_girls_of_12a3() -> None:
    school_class = CLASSES["12A3"]
    required = {c.key for c in result_sheet_columns("12") if c.required and c.term == "semester_1"}
    whole = {c.key for c in result_sheet_columns("11") if c.required}
    late = [
        code
        for code in school_class.roster
        if required - school_class.records["12", code].keys() or whole - school_class.records["11", code].keys()
    ]
    found = [
        (school_class.records[PROFILE, code]["sex"], school_class.records[PROFILE, code]["ethnic_group"])
        for code in late
    ]
    assert found == [line[1:] for line in INCOMPLETE]


def test_the_second_school_has_the_numbers_of_the_sending_table() -> None:
    with_results = {code for c in SECOND.classes for (sheet, code) in c.records if sheet != PROFILE}
    seniors = {code for c in SECOND.classes if c.grade_level == "12" for code in c.roster}
    assert (len(SECOND.classes), sum(len(c.roster) for c in SECOND.classes), len(with_results)) == (31, 1394, 445)
    assert with_results == seniors
    assert {c.grade_level for c in SECOND.classes} == set(GRADES)


def test_codes_and_identity_numbers_are_unique() -> None:
    codes = Counter(code for school in (FIRST, SECOND) for c in school.classes for code in c.roster)
    numbers = Counter(
        cells["national_id"]
        for school in (FIRST, SECOND)
        for c in school.classes
        for (sheet, _), cells in c.records.items()
        if sheet == PROFILE and "national_id" in cells
    )
    assert max(codes.values()) == max(numbers.values()) == 1
    assert all(len(code) == 10 and code.isdigit() for code in codes)


def test_the_accounts() -> None:
    accounts = demo_accounts(guide_schools())
    assert {account["role"] for account in accounts} == {"department", "school_admin", "staff"}
    assert all(len(account["password"]) >= 10 for account in accounts)
    assert len({account["username"] for account in accounts}) == len(accounts)
    assert sum(account["classes"] == ["12A1"] and account["school"] == "THPT-A" for account in accounts) == 2
    assert {account["school"] for account in accounts} == {None, "THPT-A", "THPT-B"}


def test_the_sample_is_typed_on_the_rows_after_the_class_list() -> None:
    rows = t2_cells()
    assert (SAMPLE_FIRST, len(rows)) == (5, 6)
    assert all(len(row) == 29 for row in rows)
    assert (rows[3]["civics.year"], rows[3]["foreign_language.language"]) == ("Tiếng Anh", "8.2")
    assert (rows[4]["average_score.semester_1"], rows[4]["foreign_language.year"]) == ("9.3", None)


def digest() -> str:
    classes = [(c.name, c.roster, c.records, c.locks) for school in guide_schools() for c in school.classes]
    return hashlib.sha256(repr(classes).encode()).hexdigest()


def test_another_process_invents_the_same() -> None:
    program = "from tests.unit.test_demo_guide_school import digest; print(digest())"
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, env=environment)
    assert ran.stdout.strip() == digest()
