"""Commands about what a class and a school are set to: the class's programmes, a chuyên subject, a centre's numbers."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from addin.client import HttpClient
from kqht.cli import Result
from kqht.doors import client
from kqht.shown import table
from shared.cells import fold
from shared.columns import Subject
from shared.layout import GRADES, class_layouts
from shared.problems import Code, Refused
from shared.programmes import GDTX

CLEARED = "none"
_NUMBERS = ("least_subjects", "chosen_subjects")
_OF_PROGRAMME = "theo chương trình"


def class_profile(given: argparse.Namespace) -> Result:
    """The programme of each grade of a class, and its chuyên subject, which an administrator may set."""
    with client() as api:
        path = f"/schools/{_school(api, given)}/classes/{quote(given.school_class, safe='')}"
        found = api.request("GET", path, school_year=given.year)
        if given.specialised is not None:
            body = {"specialised": _subject_key(found, given.specialised)}
            found = api.request("PATCH", path, body, school_year=given.year)
    return Result(found, _class_lines(found))


def _subject_key(found: Mapping[str, Any], words: str) -> str | None:
    """A subject of the class by its key, its name or another word for it; what is none is for the service to refuse."""
    if words == CLEARED:
        return None
    said = fold(words)
    for subject in _subjects(found):
        if words == subject.key or said in {fold(name) for name in (subject.name, *subject.aliases)}:
            return subject.key
    return words


def _subjects(found: Mapping[str, Any]) -> list[Subject]:
    layouts = class_layouts(found["level"], found["school_year"], GRADES)
    return [subject for layout in layouts if layout.programme for subject in layout.programme.subjects]


def _class_lines(found: Mapping[str, Any]) -> list[str]:
    names = {subject.key: subject.name for subject in _subjects(found)}
    specialised = found["specialised"]
    return [
        f"Lớp {found['name']}, khối {found['grade']}, năm học {found['school_year']}",
        f"{found['school_name']}, {found['level']}, giai đoạn {found['stage']}",
        *table(
            ("Khối", "Năm học", "Đánh giá theo"),
            [(line["grade"], line["school_year"], line["circular"]) for line in found["programmes"]],
        ),
        f"Môn chuyên: {names.get(specialised, specialised) if specialised else 'không'}",
        *_number_lines(found),
    ]


def school(given: argparse.Namespace) -> Result:
    """A school, its year and stage, and the numbers that the 2018 programme of GDTX leaves open."""
    body = {name: _number(value) for name in _NUMBERS if (value := getattr(given, name)) is not None}
    with client() as api:
        code = _school(api, given)
        found = _listed(api, code) if not body else api.request("PATCH", f"/schools/{code}", body)
    about = f"{found['code']}: {found['name']}, {found['level']}, năm học {found['school_year']}, giai đoạn {found['stage']}"
    return Result(found, [about, *_number_lines(found)])


def _listed(api: HttpClient, code: str) -> dict[str, Any]:
    schools: list[dict[str, Any]] = api.request("GET", "/schools")["schools"]
    for found in schools:
        if quote(found["code"], safe="") == code:
            return found
    raise Refused(Code.SCHOOL_UNKNOWN, school=code)


def _number(value: str) -> int | None:
    return None if value == CLEARED else int(value)


def _number_lines(found: Mapping[str, Any]) -> list[str]:
    if found["level"] != GDTX:
        return []
    return [
        f"Số môn tối thiểu của một mức (GDTX): {found['least_subjects'] or _OF_PROGRAMME}",
        f"Số môn lựa chọn (GDTX): {found['chosen_subjects'] or _OF_PROGRAMME}",
    ]


def _school(api: HttpClient, given: argparse.Namespace) -> str:
    code = given.school or api.me().school
    if not code:
        raise Refused(Code.REQUEST_INVALID, what="hãy nêu mã trường bằng --school")
    return quote(code, safe="")
