"""What a class and a school are set to: who may, what is refused, and that a pull brings it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from server.app import create_app
from server.callers import caller_named
from server.loading import AccountLoad, SchoolLoad, load_school
from server.settings import change_class, class_profile
from server.sync import SyncService
from shared.problems import Code, Refused
from shared.programmes import GDTX
from shared.records import ClassKey
from shared.sync_api import Submission
from tests.schools import CHEAP, CODES, HOME, KEY, PASSWORD, change, one, school_load
from tests.server.conftest import Http
from tests.server.counting import everything

CLASS, SCHOOL = f"/schools/{HOME}/classes/12A1", f"/schools/{HOME}"
CENTRE = "GDTX-A"


@pytest.fixture
def centre(engine: Engine) -> Http:
    """A centre of continuing education in its first year of the 2018 programme in all grades."""
    load = replace(school_load(CENTRE, "Sở Một", "g"), level=GDTX, school_year="2024-2025")
    load_school(engine, load, CHEAP)
    return Http(create_app(engine=engine, passwords=CHEAP))


def told(answer: Any, status: int) -> str:
    body = answer.get_json()
    assert answer.status_code == status, body
    return str(body["detail"])


def test_the_profile_of_a_class_names_the_programme_of_each_grade(http: Http) -> None:
    profile = http("GET", CLASS, "viewer.a").get_json()
    assert [(p["grade"], p["school_year"], p["circular"]) for p in profile["programmes"]] == [
        ("10", "2020-2021", "TT 58/2011, TT 26/2020"),
        ("11", "2021-2022", "TT 58/2011, TT 26/2020"),
        ("12", "2022-2023", "TT 58/2011, TT 26/2020"),
    ]
    unset = {"grade": "12", "specialised": None, "least_subjects": None, "chosen_subjects": None, "version": 0}
    assert {name: profile[name] for name in unset} == unset


def test_a_class_is_made_chuyen_and_plain_again(http: Http) -> None:
    answers = [
        http("PATCH", CLASS, "admin.a", body).get_json()
        for body in ({"specialised": "physics"}, {"specialised": "physics"}, {}, {"specialised": None})
    ]
    assert [(a["specialised"], a["version"]) for a in answers] == [
        ("physics", 1),
        ("physics", 1),
        ("physics", 1),
        (None, 2),
    ]


def test_a_pull_brings_the_setting_and_a_new_version(
    school: Engine, teacher: SyncService, service: Callable[[str], SyncService]
) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    change_class(school, caller_named(school, "admin.a"), KEY, {"specialised": "mathematics"})
    held = teacher.pull(KEY)
    assert (held.info.specialised, held.version) == ("mathematics", 2)
    assert teacher.send(KEY, one("s2", "8.0", "9.0")).version == 3
    assert [line.version for line in service("admin.a").classes()] == [3, 0]


def test_the_rating_of_a_chuyen_class_asks_for_its_subject(school: Engine, teacher: SyncService) -> None:
    row = {
        f"{s}.year": (None, "8.5")
        for s in ("mathematics", "literature", "history", "geography", "civics", "average_score")
    }
    teacher.send(
        KEY,
        Submission(
            "s1", (change("11", CODES[0], **row, physics__year=(None, "7.0"), academic_rating__year=(None, "G")),)
        ),
    )
    assert Code.HL_TOO_HIGH not in {f.code for f in teacher.findings(KEY)}
    change_class(school, caller_named(school, "admin.a"), KEY, {"specialised": "physics"})
    assert [f.column for f in teacher.findings(KEY) if f.code is Code.HL_TOO_HIGH] == ["11.academic_rating.year"]


@pytest.mark.parametrize("subject", ["astronomy", "Toán", "conduct_rating", "average_score", "informatics", ""])
def test_a_subject_without_scores_in_the_class_is_refused_with_those_that_have(http: Http, subject: str) -> None:
    detail = told(http("PATCH", CLASS, "admin.a", {"specialised": subject}), 400)
    assert f"“{subject}”" in detail
    assert "mathematics (Toán)" in detail
    assert http("GET", CLASS, "admin.a").get_json()["specialised"] is None


def test_a_refused_setting_changes_nothing(school: Engine) -> None:
    before = everything(school)
    for name, code in (
        ("teacher.a", Code.FORBIDDEN),
        ("nobody.a", Code.CLASS_UNKNOWN),
        ("admin.b", Code.SCHOOL_UNKNOWN),
    ):
        with pytest.raises(Refused) as refused:
            change_class(school, caller_named(school, name), KEY, {"specialised": "physics"})
        assert refused.value.code is code
    assert everything(school) == before


def test_a_class_of_another_year_is_set_by_its_year(school: Engine) -> None:
    load_school(school, replace(school_load(HOME, "Sở Một", "a"), school_year="2023-2024"), CHEAP)
    admin = caller_named(school, "admin.a")
    later = ClassKey(HOME, "2023-2024", "12A1")
    assert change_class(school, admin, later, {"specialised": "history"})["school_year"] == "2023-2024"
    assert class_profile(school, admin, KEY)["specialised"] is None


@pytest.mark.parametrize("who", ["admin.g", "department.g"])
def test_a_centre_s_numbers_are_set_and_cleared(centre: Http, engine: Engine, who: str) -> None:
    department(engine)
    path = f"/schools/{CENTRE}"
    assert centre("PATCH", path, who, {"least_subjects": 4, "chosen_subjects": 3}).status_code == 200
    changed = centre("PATCH", path, who, {"chosen_subjects": None}).get_json()
    assert (changed["least_subjects"], changed["chosen_subjects"], changed["code"]) == (4, None, CENTRE)
    (line,) = centre("GET", "/schools", "teacher.g").get_json()["schools"]
    assert (line["least_subjects"], line["chosen_subjects"]) == (4, None)
    snapshot = centre("GET", f"{path}/classes/12A1/snapshot", "teacher.g").get_json()
    assert (snapshot["class"]["least_subjects"], snapshot["class"]["chosen_subjects"]) == (4, None)


def department(engine: Engine) -> None:
    """An account of the centre's department."""
    account = AccountLoad("department.g", PASSWORD, "department", "Chuyên viên")
    load_school(engine, SchoolLoad(CENTRE, "", GDTX, "Sở Một", "2023-2024", (), (account,)), CHEAP)


def test_a_school_of_thpt_has_its_numbers_in_the_circular(http: Http) -> None:
    for body in ({"least_subjects": 5}, {"chosen_subjects": 3, "least_subjects": None}):
        assert "chỉ trường GDTX" in told(http("PATCH", SCHOOL, "admin.a", body), 400)
    assert http("PATCH", SCHOOL, "admin.a", {"least_subjects": None}).status_code == 200


@pytest.mark.parametrize("number", [0, 13, 2.5, "sáu"])
def test_a_number_of_subjects_is_from_1_to_12(centre: Http, number: Any) -> None:
    detail = told(centre("PATCH", f"/schools/{CENTRE}", "admin.g", {"chosen_subjects": number}), 400)
    assert "số môn lựa chọn phải là số nguyên từ 1 đến 12" in detail


def test_settings_are_loaded_with_a_school(engine: Engine) -> None:
    load = replace(
        school_load(CENTRE, "Sở Một", "g"), level=GDTX, school_year="2024-2025", least_subjects=4, chosen_subjects=3
    )
    chuyen = replace(load.classes[0], grade_level="11", specialised="mathematics")
    load_school(engine, replace(load, classes=(chuyen, load.classes[1])), CHEAP)
    info = SyncService(engine, caller_named(engine, "admin.g")).pull(ClassKey(CENTRE, "", "12A1")).info
    assert (info.specialised, info.least_subjects, info.chosen_subjects, info.grade) == ("mathematics", 4, 3, "11")
