from __future__ import annotations

import pytest

from tests.schools import PASSWORD
from tests.server.conftest import Http

USERS = "/schools/THPT-A/users"
NEW = {
    "username": "new.a",
    "password": "long-enough",
    "role": "staff",
    "full_name": "Lê Mới",
    "classes": {"12A2": ["view"]},
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tested here does not depend on the database."""
    return sqlite_url


def test_an_account_is_created_with_its_rights(http: Http) -> None:
    answer = http("POST", USERS, "admin.a", NEW)
    assert answer.status_code == 201
    told = {
        "username": "new.a",
        "role": "staff",
        "full_name": "Lê Mới",
        "disabled": False,
        "classes": {"12A2": ["view"]},
    }
    assert answer.get_json() == told
    assert told in http("GET", USERS, "admin.a").get_json()["users"]
    signed = http("POST", "/login", body={"username": "new.a", "password": "long-enough"})
    assert signed.get_json()["account"]["classes"] == {"12A2": ["view"]}


def test_a_taken_name_is_refused(http: Http) -> None:
    answer = http("POST", USERS, "admin.a", {**NEW, "username": "teacher.a"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "account.exists")


@pytest.mark.parametrize(
    "change",
    [
        {"password": "short"},
        {"username": "with space"},
        {"role": "king"},
        {"classes": {"12A1": ["everything"]}},
        {"classes": {"12Z9": ["view"]}},
        {"classes": ["12A1"]},
        {"full_name": "x" * 201},
    ],
)
def test_what_is_no_account_is_refused(http: Http, change: dict[str, object]) -> None:
    answer = http("POST", USERS, "admin.a", {**NEW, **change})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "request.invalid")
    assert http("PATCH", f"{USERS}/new.a", "admin.a", {}).status_code == 404


@pytest.mark.parametrize(
    ("creator", "role", "status"),
    [
        ("admin.a", "school_admin", 201),
        ("admin.a", "staff", 201),
        ("admin.a", "department", 400),
        ("department.1", "school_admin", 201),
        ("department.1", "staff", 403),
        ("department.1", "department", 400),
        ("teacher.a", "school_admin", 403),
        ("teacher.a", "staff", 403),
        ("admin.b", "school_admin", 404),
        ("department.2", "school_admin", 404),
    ],
)
def test_who_may_create_whom(http: Http, creator: str, role: str, status: int) -> None:
    answer = http("POST", USERS, creator, {**NEW, "role": role})
    assert (answer.status_code, answer.content_type.split("/")[1]) == (
        status,
        "json" if status == 201 else "problem+json",
    )
    signed = http("POST", "/login", body={"username": "new.a", "password": "long-enough"})
    assert signed.status_code == (200 if status == 201 else 401)


def signed_in(http: Http, username: str, password: str) -> str:
    answer = http("POST", "/login", body={"username": username, "password": password})
    http.tokens[username] = answer.get_json()["token"]
    return username


def test_a_new_administrator_may_do_all_in_the_own_school_and_nothing_elsewhere(http: Http) -> None:
    assert http("POST", USERS, "admin.a", {**NEW, "role": "school_admin"}).status_code == 201
    new = signed_in(http, "new.a", "long-enough")
    classes = http("GET", "/schools/THPT-A/classes", new).get_json()["classes"]
    assert [(line["name"], line["rights"]) for line in classes] == [
        (name, ["complete", "profile", "results", "view"]) for name in ("12A1", "12A2")
    ]
    assert http("PUT", "/schools/THPT-A/stage", new, {"stage": 2}).status_code == 200
    assert http("POST", USERS, new, {**NEW, "username": "newer.a"}).status_code == 201
    assert http("DELETE", f"{USERS}/admin.a", new).status_code == 204
    assert http("GET", "/schools/THPT-B/classes", new).status_code == 404
    assert http("POST", "/schools/THPT-B/users", new, NEW).status_code == 404
    assert http("POST", "/schools", new, {}).status_code in {400, 403}


def test_a_new_member_of_staff_may_do_what_was_given(http: Http) -> None:
    assert http("POST", USERS, "admin.a", NEW).status_code == 201
    new = signed_in(http, "new.a", "long-enough")
    (line,) = http("GET", "/schools/THPT-A/classes", new).get_json()["classes"]
    assert (line["name"], line["rights"]) == ("12A2", ["view"])
    assert http("GET", USERS, new).status_code == 403
    assert http("PUT", "/schools/THPT-A/stage", new, {"stage": 2}).status_code == 403


def test_a_role_is_changed_and_holds_at_once(http: Http) -> None:
    assert http("GET", USERS, "viewer.a").status_code == 403
    assert http("PATCH", f"{USERS}/viewer.a", "admin.a", {"role": "school_admin"}).get_json()["role"] == "school_admin"
    assert http("GET", USERS, "viewer.a").status_code == 200
    assert http("PATCH", f"{USERS}/admin.a", "admin.a", {"role": "staff"}).status_code == 400
    assert http("PATCH", f"{USERS}/viewer.a", "department.1", {"role": "staff"}).status_code == 403
    assert http("PATCH", f"{USERS}/teacher.a", "department.1", {"role": "school_admin"}).status_code == 403
    assert http("PATCH", f"{USERS}/viewer.a", "admin.a", {"role": "staff"}).status_code == 200
    assert http("GET", USERS, "viewer.a").status_code == 403


def test_rights_are_replaced_and_hold_at_once(http: Http) -> None:
    assert http("GET", "/schools/THPT-A/classes/12A1/snapshot", "viewer.a").status_code == 200
    changed = http("PATCH", f"{USERS}/viewer.a", "admin.a", {"classes": {"12A2": ["view", "results"]}})
    assert changed.get_json()["classes"] == {"12A2": ["results", "view"]}
    assert http("GET", "/schools/THPT-A/classes/12A1/snapshot", "viewer.a").status_code == 404
    assert http("GET", "/schools/THPT-A/classes/12A2/snapshot", "viewer.a").status_code == 200


@pytest.mark.parametrize("change", [{"password": "another-one"}, {"disabled": True}, {"revoke_tokens": True}])
def test_a_new_password_or_a_disabled_account_is_signed_out(http: Http, change: dict[str, object]) -> None:
    assert http("GET", "/me", "viewer.a").status_code == 200
    assert http("PATCH", f"{USERS}/viewer.a", "admin.a", change).status_code == 200
    assert http("GET", "/me", "viewer.a").status_code == 401
    again = http("POST", "/login", body={"username": "viewer.a", "password": PASSWORD})
    assert again.status_code == (200 if "revoke_tokens" in change else 401)


def test_a_removed_account_is_gone_and_its_name_stays_taken(http: Http) -> None:
    assert http("DELETE", f"{USERS}/viewer.a", "admin.a").status_code == 204
    assert http("POST", "/login", body={"username": "viewer.a", "password": PASSWORD}).status_code == 401
    assert "viewer.a" not in str(http("GET", USERS, "admin.a").get_json())
    assert http("POST", USERS, "admin.a", {**NEW, "username": "viewer.a"}).status_code == 409


@pytest.mark.parametrize(("method", "body"), [("DELETE", None), ("PATCH", {"disabled": True})])
def test_nobody_locks_themselves_out(http: Http, method: str, body: dict[str, object] | None) -> None:
    assert http(method, f"{USERS}/admin.a", "admin.a", body).status_code == 400


def test_a_department_manages_the_administrators_of_its_schools_only(http: Http) -> None:
    users = http("GET", USERS, "department.1").get_json()["users"]
    assert [user["username"] for user in users] == ["admin.a"]
    assert http("POST", USERS, "department.1", NEW).status_code == 403
    assert http("POST", USERS, "department.1", {**NEW, "role": "school_admin", "classes": {}}).status_code == 201
    assert http("PATCH", f"{USERS}/teacher.a", "department.1", {"disabled": True}).status_code == 403
    assert http("PATCH", f"{USERS}/admin.a", "department.1", {"password": "a-new-password"}).status_code == 200


def test_a_department_creates_a_school_and_its_first_administrator(http: Http) -> None:
    school = {"code": "THPT-D", "name": "Trường mới", "level": "THPT", "school_year": "2022-2023"}
    assert http("POST", "/schools", "department.1", school).status_code == 201
    assert http("POST", "/schools", "department.1", school).status_code == 400
    admin = {"username": "admin.d", "password": "long-enough", "role": "school_admin"}
    assert http("POST", "/schools/THPT-D/users", "department.1", admin).status_code == 201
    codes = [line["code"] for line in http("GET", "/progress", "department.1").get_json()["schools"]]
    assert codes == ["THPT-A", "THPT-B", "THPT-D"]
    assert "THPT-D" not in http("GET", "/schools", "department.2").get_data(as_text=True)


def test_the_stage_belongs_to_the_school_s_administrator(http: Http) -> None:
    stage = http("PUT", "/schools/THPT-A/stage", "admin.a", {"stage": 2})
    assert stage.get_json()["stage"] == 2
    assert http("GET", "/schools/THPT-A/classes/12A1/snapshot", "teacher.a").get_json()["class"]["stage"] == 2
    assert http("PUT", "/schools/THPT-A/stage", "admin.a", {"stage": 3}).status_code == 400
    assert http("PUT", "/schools/THPT-A/stage", "admin.a", {"stage": 1.5}).status_code == 400
    assert http("PUT", "/schools/THPT-A/stage?school_year=1999-2000", "admin.a", {"stage": 1}).status_code == 400
    assert http("PUT", "/schools/THPT-A/stage?school_year=2022-2023", "admin.a", {"stage": 1}).status_code == 200
    assert http("PUT", "/schools/THPT-A/stage", "admin.a", {"stage": 1, "school_year": "1999-2000"}).status_code == 400
