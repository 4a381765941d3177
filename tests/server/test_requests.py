"""What a request must be, and the sentence that says so: in Vietnamese, without a name that only programs know."""

from __future__ import annotations

from typing import Any

import pytest

from server import words
from server.api import forms
from shared.problems import Code
from tests.schools import CODES
from tests.server.conftest import Http
from tests.server.test_every_endpoint import CELL, TABLE, address

USERS = "/schools/THPT-A/users"
CLASS = "/schools/THPT-A/classes/12A1"
USER = {"username": "new.a", "password": "long-enough", "role": "staff"}
SCHOOL = {"code": "NEW", "name": "Mới", "level": "THPT", "school_year": "2022-2023"}
WITH_BODY = [endpoint for endpoint, (body, _) in TABLE.items() if body is not None]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tested here does not depend on the database."""
    return sqlite_url


def role_for(endpoint: tuple[str, str]) -> str | None:
    """Someone who may do it."""
    _, statuses = TABLE[endpoint]
    who = {1: "department.1", 2: "admin.a"}
    return next((name for place, name in who.items() if statuses[place] < 300), None)


def detail(answer: Any, status: int = 400) -> str:
    told = answer.get_json()
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), told
    return str(told["detail"])


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=" ".join)
def test_a_field_that_is_not_known_is_refused_by_name(http: Http, endpoint: tuple[str, str]) -> None:
    method, rule = endpoint
    body, _ = TABLE[endpoint]
    answer = http(method, address(rule), role_for(endpoint) or "admin.a", {**body, "khong_co": 1})
    assert "“khong_co”" in detail(answer)
    assert "khong_co" in answer.get_json()["params"]["fields"]


def test_a_field_of_a_row_that_is_not_known_is_refused_by_name(http: Http) -> None:
    sent = {"send_id": "s9", "rows": [{**CELL, "khong_co": 1}]}
    answer = http("POST", f"{CLASS}/sends", "teacher.a", sent)
    assert "“khong_co”" in detail(answer)
    assert answer.get_json()["code"] == Code.SEND_MALFORMED


def test_every_field_of_a_request_has_a_name_in_words() -> None:
    asked = (
        forms.SignIn, forms.SignOut, forms.PasswordChange, forms.OfYear, forms.SnapshotQuery, forms.HistoryQuery,
        forms.Submission, forms.UndoForm, forms.ReopeningForm, forms.SchoolForm, forms.StageForm, forms.NewUser,
        forms.UserChanges, forms.ClassChanges, forms.SchoolSettings,
    )  # fmt: skip
    named = {name for form in asked for name, field in form().fields.items() if not field.dump_only}
    assert named == set(words.FIELDS)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({**USER, "password": "short"}, "mật khẩu phải có ít nhất 8 ký tự"),
        ({"username": "new.a", "role": "staff"}, "thiếu mật khẩu"),
        ({**USER, "username": "có dấu cách"}, "tên đăng nhập phải gồm chữ"),
        ({**USER, "role": "king"}, "vai trò phải là staff hoặc school_admin"),
        ({**USER, "role": "department"}, "vai trò phải là staff hoặc school_admin"),
        ({**USER, "full_name": "x" * 201}, "họ tên phải là chữ trên một dòng"),
        ({**USER, "full_name": "a\nb"}, "họ tên phải là chữ trên một dòng"),
        ({**USER, "classes": ["12A1"]}, "các lớp và quyền phải có dạng"),
        ({**USER, "classes": {"12A1": {"value": 0}}}, "các lớp và quyền phải có dạng"),
        ({**USER, "classes": {"12Z9": ["view"]}}, "không có lớp “12Z9”"),
        ({**USER, "classes": {"12A1": ["view", "everything"]}}, "“everything”"),
        ({**USER, "password": "x", "role": "x"}, "; "),
        ([], "nội dung phải là một đối tượng JSON"),
        ({f"f{i}": i for i in range(100)}, "và 98 chỗ khác"),
        ({"x\x00" * 5000: 1, **USER}, "“xxx"),
    ],
)
def test_what_is_wrong_with_an_account_is_said(http: Http, body: Any, told: str) -> None:
    answer = http("POST", USERS, "admin.a", body)
    assert told in detail(answer)
    assert len(detail(answer)) < 700
    assert http("GET", USERS, "admin.a").get_data(as_text=True).count("new.a") == 0


@pytest.mark.parametrize("changes", [{"classes": {"12Z9": ["view"]}}, {"classes": {"12A1": ["everything"]}}])
def test_wrong_rights_change_nothing(http: Http, changes: dict[str, Any]) -> None:
    before = http("GET", USERS, "admin.a").get_data()
    ((name, rights),) = changes["classes"].items()
    told = detail(http("PATCH", f"{USERS}/teacher.a", "admin.a", {"full_name": "Khác", **changes}))
    assert (name if name == "12Z9" else rights[0]) in told
    assert http("GET", USERS, "admin.a").get_data() == before


@pytest.mark.parametrize("year", ["x", "2022", "2022-2024", "1" * 5000 + "-1", "2022-2023x", "²022-2023"])
def test_a_year_is_two_years_in_turn(http: Http, year: str) -> None:
    told = detail(http("GET", f"{CLASS}/snapshot", "teacher.a", query_string={"school_year": year}))
    assert "năm học phải có dạng 2022-2023" in told
    assert "school_year" not in told


def test_the_grades_of_a_pull_are_named(http: Http) -> None:
    assert "các khối phải là 10, 11, 12" in detail(http("GET", f"{CLASS}/snapshot?grades=13", "teacher.a"))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (5, "dòng thứ 2 không đọc được"),
        (CELL, "dòng thứ 2 không đọc được"),
        ({**CELL, "sheet": 5}, "dòng thứ 2 không đọc được"),
        ({**CELL, "student_code": CODES[1], "cells": {"a.b": 5}}, "dòng thứ 2 không đọc được"),
    ],
)
def test_a_row_that_cannot_be_read_is_counted(http: Http, row: Any, told: str) -> None:
    answer = http("POST", f"{CLASS}/sends", "teacher.a", {"send_id": "s9", "rows": [CELL, row]})
    assert told in detail(answer)
    assert answer.get_json()["code"] == Code.SEND_MALFORMED


def test_a_school_code_that_is_taken_elsewhere_is_like_any_that_cannot_be_used(http: Http) -> None:
    answers = [
        http("POST", "/schools", "department.1", {**SCHOOL, "code": code}).get_data()
        for code in ("THPT-C", "THPT-A", "with space", "x" * 33)
    ]
    assert len(set(answers)) == 1
    assert "mã trường không dùng được" in answers[0].decode()


def test_a_name_that_is_taken_elsewhere_is_like_one_taken_here(http: Http) -> None:
    taken = ("teacher.a", "teacher.b", "admin.c", "department.2")
    answers = {
        http("POST", USERS, "admin.a", {**USER, "username": name}).get_data(as_text=True).replace(name, "X")
        for name in taken
    }
    assert len(answers) == 1
    assert "account.exists" in answers.pop()
