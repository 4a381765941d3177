"""What comes in over HTTP and how it is answered: bodies, problems, pages, headers."""

from __future__ import annotations

import gzip
import html
import json
import logging
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from server.api.bodies import MAX_BODY
from server.app import create_app
from server.database import open_engine
from shared.layout import GRADES
from shared.merge import RowChange
from shared.problems import Code
from shared.schemas.wire import dump_submission, load_receipt, load_snapshot
from shared.sync_api import Submission
from tests.schools import CODES, KEY, fill, good_cells, one
from tests.server.conftest import Http

SENDS = "/schools/THPT-A/classes/12A1/sends"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tested here does not depend on the database."""
    return sqlite_url


def test_a_send_and_a_pull_are_their_wire_forms(http: Http, service: Any) -> None:
    answer = http("POST", SENDS, "teacher.a", dump_submission(one("s1", None, "8.0")))
    assert load_receipt(answer.get_json()) == service("teacher.a").receipt(KEY, "s1")
    again = http("POST", SENDS, "teacher.a", dump_submission(one("s1", None, "8.0")))
    assert again.get_data() == answer.get_data() == http("GET", f"{SENDS}/s1", "teacher.a").get_data()
    pulled = http("GET", "/schools/THPT-A/classes/12A1/snapshot", "teacher.a").get_json()
    assert load_snapshot(pulled) == service("teacher.a").pull(KEY)


def test_grades_and_year_may_be_chosen(http: Http) -> None:
    snapshot = "/schools/THPT-A/classes/12A1/snapshot"
    assert http("GET", f"{snapshot}?grades=11", "teacher.a").get_json()["grades"] == ["11"]
    assert http("GET", f"{snapshot}?grades=13", "teacher.a").status_code == 400
    assert http("GET", f"{snapshot}?school_year=2022-2023", "teacher.a").status_code == 200
    assert http("GET", f"{snapshot}?school_year=1999-2000", "teacher.a").status_code == 404
    assert http("GET", f"{snapshot}?school_year=x", "teacher.a").status_code == 400


def test_history_of_one_cell(http: Http) -> None:
    http("POST", SENDS, "teacher.a", dump_submission(one("s1", None, "8.0")))
    history = "/schools/THPT-A/classes/12A1/history"
    for query, found in {
        "": 1,
        f"?student_code={CODES[0]}": 1,
        f"?student_code={CODES[1]}": 0,
        "?column=11.mathematics.year": 1,
        "?column=11.physics.year": 0,
    }.items():
        assert len(http("GET", history + query, "teacher.a").get_json()["history"]) == found, query


def test_history_comes_page_by_page_and_no_send_is_cut(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.sync.HISTORY_PAGE", 2)
    http("POST", SENDS, "teacher.a", dump_submission(Submission("all", fill("10", {"physics.year": "8.0"}))))
    held: dict[str, str] = {}
    for number in range(7):
        column, value = "physics.year" if number % 3 == 0 else "history.year", f"{number}.0"
        row = RowChange("11", CODES[0], {column: (held.get(column), value)})
        http("POST", SENDS, "teacher.a", dump_submission(Submission(f"s{number}", (row,))))
        held[column] = value

    def pages(query: str) -> list[list[str]]:
        found, before = [], ""
        while True:
            told = http("GET", f"/schools/THPT-A/classes/12A1/history?{query}{before}", "teacher.a").get_json()
            found.append([entry["send_id"] for entry in told["history"]])
            if told["next"] is None:
                return found
            before = f"&before={told['next']}"

    assert pages("") == [["s6", "s5"], ["s4", "s3"], ["s2", "s1"], ["s0", "all", "all", "all"]]
    assert pages("column=11.physics.year") == [["s6", "s3"], ["s0"]]
    assert pages("column=10.physics.year") == [["all"] * 3]
    assert pages(f"student_code={CODES[1]}") == [["all"]]


@pytest.mark.parametrize("before", ["0", "-1", "x", "1.5", "9" * 30])
def test_a_page_of_history_begins_at_a_version(http: Http, before: str) -> None:
    answer = http("GET", f"/schools/THPT-A/classes/12A1/history?before={before}", "teacher.a")
    assert answer.status_code == 400
    assert "mốc lịch sử" in answer.get_json()["detail"]


@pytest.mark.parametrize("source", ["import", "undo", "", 7])
def test_a_client_sends_from_a_workbook(http: Http, source: Any) -> None:
    answer = http("POST", SENDS, "teacher.a", {**dump_submission(one("s1", None, "8.0")), "source": source})
    assert (answer.status_code, answer.get_json()["code"]) == (400, Code.SEND_MALFORMED)
    assert "phải là workbook" in answer.get_json()["detail"]


def test_a_gzipped_body_is_understood(http: Http) -> None:
    body = gzip.compress(json.dumps(dump_submission(one("s1", None, "8.0"))).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert http("POST", SENDS, "teacher.a", data=body, headers=headers).get_json()["counts"] == {"applied": 1}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b'{"send_id": "s1"}', {}, 400),
        (b'{"send_id": "s1", "rows": [{"sheet": "\\ud800"}]}', {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"x" * 100, {"Content-Encoding": "gzip"}, 400),
        (gzip.compress(b"{}", mtime=0)[:-4], {"Content-Encoding": "gzip"}, 400),
        (gzip.compress(b" " * (MAX_BODY + 1), mtime=0), {"Content-Encoding": "gzip"}, 413),
        (b" " * (MAX_BODY + 1), {}, 413),
    ],
)
def test_what_is_no_submission_is_a_problem(http: Http, body: bytes, headers: dict[str, str], status: int) -> None:
    answer = http("POST", SENDS, "teacher.a", data=body, headers={"Content-Type": "application/json", **headers})
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.get_json()["code"] in {Code.REQUEST_INVALID, Code.SEND_MALFORMED}


@pytest.mark.parametrize(("method", "path"), [("GET", "/me"), ("POST", "/login"), ("GET", "/nothing")])
def test_a_body_that_says_it_is_too_large_is_not_read(http: Http, method: str, path: str) -> None:
    class Unread:
        def read(self, *_: object) -> bytes:
            raise AssertionError

    coming = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(MAX_BODY + 1)}
    answer = http.client.open(f"/api/v1{path}", method=method, environ_overrides=coming)
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")
    assert "quá lớn" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", "gzip"), ("br, gzip;q=0.5", "gzip"), ("*", "gzip"), ("gzip;q=0", None), ("br", None), (None, None)],
)
def test_a_large_answer_is_packed_for_whoever_takes_it(http: Http, accepted: str | None, packed: str | None) -> None:
    many = tuple(row for grade in GRADES for row in fill(grade, good_cells(grade)))
    http("POST", SENDS, "teacher.a", dump_submission(Submission("s1", many)))
    for path in ("snapshot", "history"):
        headers = {"Accept-Encoding": accepted} if accepted else {}
        large = http("GET", f"/schools/THPT-A/classes/12A1/{path}", "teacher.a", headers=headers)
        plain = http("GET", f"/schools/THPT-A/classes/12A1/{path}", "teacher.a").get_data()
        assert large.headers.get("Content-Encoding") == packed
        assert "Accept-Encoding" in large.headers["Vary"]
        assert (gzip.decompress(large.get_data()) if packed else large.get_data()) == plain
        assert large.content_length == len(large.get_data()) < len(plain) / 3 or not packed


def test_a_small_answer_is_not_packed(http: Http) -> None:
    answer = http("GET", "/me", "teacher.a", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "//me",
        "/me/",
        "/",
        "",
        "/schools/THPT-A/classes/12A%001/snapshot",
        "/schools/%00/classes",
        "/schools/THPT-A/classes/%2e%2e%2f/snapshot",
        "/schools/THPT-A/classes//snapshot",
        "/schools/THPT-A//classes",
        "/schools/%2e%2e/%2e%2e/%2fetc",
        "/%5c%5celsewhere",
    ],
)
def test_an_unknown_address_is_a_problem(http: Http, path: str) -> None:
    answer = http("GET", path, "teacher.a")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.get_json()["code"] == "request.not_found"


def test_a_wrong_method_is_a_problem(http: Http) -> None:
    answer = http("DELETE", "/me", "teacher.a")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")


def test_a_failure_shows_a_reference_and_no_more(http: Http, caplog: pytest.LogCaptureFixture) -> None:
    token = http.token("teacher.a")
    with open_engine_of(http.app).begin() as connection:
        connection.execute(text("DROP TABLE sends"))
    with caplog.at_level(logging.ERROR, "kqht.server"):
        answer = http.client.get(f"/api/v1{SENDS}/s1", headers={"Authorization": f"Bearer {token}"})
    told = answer.get_json()
    assert (answer.status_code, told["code"]) == (500, "service.failed")
    assert "sends" not in answer.get_data(as_text=True)
    assert told["params"]["reference"] in caplog.text


def open_engine_of(app: Flask) -> Any:
    return app.extensions["kqht"].engine


def test_signs_of_life(http: Http) -> None:
    assert http.client.get("/healthz").get_json() == {"status": "ok"}
    assert http.client.get("/readyz").get_json() == {"status": "ok"}
    with open_engine_of(http.app).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert http.client.get("/readyz").status_code == 503
    nowhere = create_app(engine=open_engine("sqlite:////nowhere/at/all.db")).test_client()
    assert nowhere.get("/healthz").status_code == 200
    assert nowhere.get("/readyz").status_code == 503


def test_the_pages_need_nothing_from_elsewhere(http: Http) -> None:
    for path in ("/", "/api/docs"):
        page = http.client.get(path)
        assert page.status_code == 200
        assert 'lang="vi"' in page.get_data(as_text=True)
        assert "://" not in page.get_data(as_text=True)
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_the_description_names_every_endpoint_and_the_page_shows_it(http: Http) -> None:
    spec = http.client.get("/api/openapi.json").get_json()
    page = http.client.get("/api/docs").get_data(as_text=True)
    rules = {r.rule for r in http.app.url_map.iter_rules() if r.rule.startswith("/api/v1")}
    assert spec["openapi"].startswith("3.")
    assert {path.replace("{", "<").replace("}", ">") for path in spec["paths"]} == rules
    assert all(path in page for path in spec["paths"])
    for schema in ("Snapshot", "Submission", "Receipt", "Problem", "ClassSummary"):
        assert schema in spec["components"]["schemas"]
        assert f'id="{schema}"' in page


def test_the_description_is_true_of_problems_and_has_nothing_to_spare(http: Http) -> None:
    spec = http.client.get("/api/openapi.json").get_json()
    written = json.dumps(spec)
    assert all(f'"#/components/schemas/{name}"' in written for name in spec["components"]["schemas"])
    assert "responses" not in spec["components"]
    assert "\\\\Z" not in written
    page = http.client.get("/api/docs").get_data(as_text=True)
    for path, methods in spec["paths"].items():
        for operation in (methods[method] for method in methods if method != "parameters"):
            assert not operation["summary"].isascii()
            assert html.escape(operation["summary"]) in page
            answers = operation["responses"]
            assert answers.keys() <= {"200", "201", "204", "400", "401", "403", "404", "409", "413", "422", "429"}
            assert ("400" in answers) >= ("requestBody" in operation)
            assert ("413" in answers) == ("requestBody" in operation)
            assert ("404" in answers) == ("{" in path)
            assert "401" in answers
            for status, answer in answers.items():
                problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
                assert status < "400" or answer["content"] == problem
                assert ("content" in answer) == (status != "204")


def test_the_title_of_a_problem_is_in_words(http: Http) -> None:
    titles = {http("GET", path, "teacher.a").get_json()["title"] for path in ("/nothing", "/progress")}
    assert titles == {"không có, hoặc ngoài phạm vi được xem", "không có quyền"}


def test_answers_of_the_api_are_not_stored(http: Http) -> None:
    answer = http("GET", "/me", "teacher.a")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
