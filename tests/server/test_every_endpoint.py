"""Every endpoint as every role, from the own school and from another; a new endpoint fails until it stands here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from server.api.pages import SPEC
from server.callers import caller_named
from server.database import open_engine
from server.sync import SyncService
from shared.columns import Period
from shared.sync_api import Submission
from tests.schools import KEY, fill, good_cells, load_schools
from tests.server.conftest import Http

ROLES = (
    None, "department.1", "admin.a", "teacher.a", "viewer.a", "nobody.a",
    "department.2", "admin.b", "teacher.b",
)  # fmt: skip
CELL = {"sheet": "11", "student_code": "2400000001", "cells": {"physics.year": [None, "7.0"]}}
HK1 = {"grade": "10", "period": "hk1"}
SCHOOL = {"code": "NEW", "name": "Mới", "level": "THPT", "school_year": "2022-2023"}
USER = {"username": "new.a", "password": "long-enough", "role": "staff"}
S, C = "/schools/<school>", "/schools/<school>/classes/<name>"

# endpoint → body, and the status for each of ROLES in that order
TABLE: dict[tuple[str, str], tuple[Any, tuple[int, ...]]] = {
    ("POST", "/login"): ({"username": "x", "password": "y"}, (401,) * 9),
    ("POST", "/logout"): ({}, (401, *(204,) * 8)),
    ("GET", "/me"): (None, (401, *(200,) * 8)),
    ("PUT", "/me/password"): ({"current": "wrong", "new": "long-enough"}, (401, *(401,) * 8)),
    ("GET", "/schools"): (None, (401, *(200,) * 8)),
    ("POST", "/schools"): (SCHOOL, (401, 201, 403, 403, 403, 403, 201, 403, 403)),
    ("GET", "/progress"): (None, (401, 200, 200, 403, 403, 403, 200, 200, 403)),
    ("PATCH", S): ({"least_subjects": None}, (401, 200, 200, 403, 403, 403, 404, 404, 404)),
    ("PUT", f"{S}/stage"): ({"stage": 2}, (401, 403, 200, 403, 403, 403, 404, 404, 404)),
    ("GET", f"{S}/users"): (None, (401, 200, 200, 403, 403, 403, 404, 404, 404)),
    ("POST", f"{S}/users"): (USER, (401, 403, 201, 403, 403, 403, 404, 404, 404)),
    ("PATCH", f"{S}/users/<username>"): ({"full_name": "A"}, (401, 403, 200, 403, 403, 403, 404, 404, 404)),
    ("DELETE", f"{S}/users/<username>"): (None, (401, 403, 204, 403, 403, 403, 404, 404, 404)),
    ("GET", f"{S}/classes"): (None, (401, 200, 200, 200, 200, 200, 404, 404, 404)),
    ("GET", f"{S}/progress"): (None, (401, 200, 200, 200, 200, 200, 404, 404, 404)),
    ("GET", C): (None, (401, 200, 200, 200, 200, 404, 404, 404, 404)),
    ("PATCH", C): ({"specialised": "physics"}, (401, 403, 200, 403, 403, 404, 404, 404, 404)),
    ("GET", f"{C}/snapshot"): (None, (401, 200, 200, 200, 200, 404, 404, 404, 404)),
    ("POST", f"{C}/sends"): ({"send_id": "s2", "rows": [CELL]}, (401, 403, 200, 200, 200, 404, 404, 404, 404)),
    ("GET", f"{C}/sends/<send_id>"): (None, (401, 200, 200, 200, 200, 404, 404, 404, 404)),
    ("POST", f"{C}/sends/<send_id>/undo"): ({"undo_id": "u1"}, (401, 403, 200, 200, 200, 404, 404, 404, 404)),
    ("GET", f"{C}/history"): (None, (401, 200, 200, 200, 200, 404, 404, 404, 404)),
    ("GET", f"{C}/lock-events"): (None, (401, 200, 200, 200, 200, 404, 404, 404, 404)),
    ("GET", f"{C}/findings"): (None, (401, 200, 200, 200, 200, 404, 404, 404, 404)),
    ("POST", f"{C}/completions"): (HK1, (401, 403, 200, 200, 403, 404, 404, 404, 404)),
    ("POST", f"{C}/reopenings"): ({**HK1, "grade": "11", "reason": "x"}, (401, 403, 200, 200, 403, 404, 404, 404, 404)),
}  # fmt: skip
PLACES = {"school": KEY.school, "name": KEY.name, "send_id": "s1", "username": "scores.a"}


@pytest.fixture(scope="session")
def filled_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "kqht.db"
    shutil.copy(sqlite_template, file)
    engine = open_engine(f"sqlite:///{file}")
    load_schools(engine)
    teacher = SyncService(engine, caller_named(engine, "teacher.a"))
    teacher.send(KEY, Submission("s1", (*fill("10", good_cells("10")), *fill("11", good_cells("11")))))
    teacher.complete(KEY, "11", Period.HK1)
    engine.dispose()
    return file


@pytest.fixture
def school(filled_template: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(filled_template, tmp_path / "kqht.db")
    engine = open_engine(f"sqlite:///{tmp_path}/kqht.db")
    yield engine
    engine.dispose()


@pytest.fixture
def filled(http: Http) -> Http:
    return http


def address(rule: str, **places: str) -> str:
    for name, value in {**PLACES, **places}.items():
        rule = rule.replace(f"<{name}>", value)
    return rule


def endpoints(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def described(app: Flask, endpoint: tuple[str, str]) -> Any:
    """The answers that the API's description knows of an endpoint."""
    spec: dict[str, Any] = app.extensions[SPEC].to_dict()
    path = "/api/v1" + endpoint[1].replace("<", "{").replace(">", "}")
    return spec["paths"][path][endpoint[0].lower()]["responses"]


def test_no_endpoint_is_forgotten(app: Flask) -> None:
    assert endpoints(app) == set(TABLE)


@pytest.mark.parametrize("endpoint", TABLE, ids=" ".join)
@pytest.mark.parametrize("role", range(len(ROLES)), ids=[str(role) for role in ROLES])
def test_who_may_do_what(filled: Http, endpoint: tuple[str, str], role: int) -> None:
    method, rule = endpoint
    body, statuses = TABLE[endpoint]
    answer = filled(method, address(rule), ROLES[role], body)
    assert answer.status_code == statuses[role], answer.get_data(as_text=True)
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"
        assert {"type", "title", "status", "code", "detail"} <= answer.get_json().keys()
    assert str(answer.status_code) in described(filled.app, endpoint)


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in TABLE if "<school>" in endpoint[1]], ids=" ".join)
@pytest.mark.parametrize("stranger", ["department.2", "admin.b", "teacher.b"])
def test_another_school_cannot_be_told_from_none(filled: Http, endpoint: tuple[str, str], stranger: str) -> None:
    method, rule = endpoint
    body = TABLE[endpoint][0]
    there = filled(method, address(rule), stranger, body)
    nowhere = filled(method, address(rule, school="NOSUCH"), stranger, body)
    assert there.status_code == nowhere.status_code == 404
    assert there.get_data(as_text=True).replace(KEY.school, "NOSUCH") == nowhere.get_data(as_text=True)


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in TABLE if "<name>" in endpoint[1]], ids=" ".join)
def test_a_class_without_rights_cannot_be_told_from_none(filled: Http, endpoint: tuple[str, str]) -> None:
    method, rule = endpoint
    body = TABLE[endpoint][0]
    there = filled(method, address(rule), "nobody.a", body)
    nowhere = filled(method, address(rule, name="12Z9"), "nobody.a", body)
    assert there.status_code == nowhere.status_code == 404
    assert there.get_data(as_text=True).replace(KEY.name, "12Z9") == nowhere.get_data(as_text=True)
