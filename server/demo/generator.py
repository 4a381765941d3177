"""Any number of schools for measurement: one school is invented, the others are that school under other numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from server.demo.accounts import DEPARTMENT, admin_account, homeroom_teacher
from server.demo.classes import (
    COHORT,
    STAGE1_TERMS,
    STAGE2_TERMS,
    add_results,
    class_load,
    invented_people,
    profiles_only,
)
from server.demo.people import Register, dice_of
from server.demo.printed import SCHOOL_YEAR
from server.loading import ClassLoad, SchoolLoad
from shared.catalogues import PROVINCE_PREFIXES
from shared.layout import PROFILE
from shared.programmes import THPT
from shared.records import Cells, RecordKey

_MILLION = 1_000_000
_STRIDE = 577_781  # has no factor in common with a million, so numbers of a series never meet
_PREFIXES = ("031", *(prefix for prefix in PROVINCE_PREFIXES if prefix != "031"))


def generate_schools(
    count: int, classes: int = 10, students: int = 45, seed: int = 1, *, stage: int = 1
) -> Iterator[SchoolLoad]:
    """Schools `TRUONG-0001`… with complete results of the stage; student codes and identity numbers are unique."""
    model = tuple(_invented_class(seed, number, students, stage) for number in range(1, classes + 1))
    for number in range(1, count + 1):
        yield replace(_school(number, model, students), stage=stage)


def _invented_class(seed: int, number: int, size: int, stage: int) -> ClassLoad:
    dice, register = dice_of("generator", seed, number, size), Register()
    people = invented_people(dice, register, size, COHORT["12"])
    invented = profiles_only(dice, register, people, school_number=0)
    add_results(dice, invented, terms=STAGE1_TERMS if stage == 1 else STAGE2_TERMS)
    return class_load(f"12A{number}", "12", invented)


def _school(number: int, model: tuple[ClassLoad, ...], students: int) -> SchoolLoad:
    code = f"TRUONG-{number:04}"
    first = (number - 1) * len(model) * students
    classes = tuple(_renumbered(school_class, first + i * students) for i, school_class in enumerate(model))
    staff = (
        admin_account(f"quantri-{number:04}", f"Quản trị trường {number}"),
        homeroom_teacher(f"gvcn-{number:04}", "Giáo viên chủ nhiệm 12A1", "12A1"),
    )
    name = f"Trường THPT số {number} (dữ liệu mẫu)"
    return SchoolLoad(code, name, THPT, DEPARTMENT, SCHOOL_YEAR, classes, staff)


def _renumbered(school_class: ClassLoad, first: int) -> ClassLoad:
    """The class with codes and identity numbers of its own; its results are shared with the model."""
    serials = {code: first + place for place, code in enumerate(school_class.roster)}
    records: dict[RecordKey, Cells] = {
        (sheet, _code(serials[code])): _profile(cells, serials[code]) if sheet == PROFILE else cells
        for (sheet, code), cells in school_class.records.items()
    }
    return replace(school_class, roster=tuple(map(_code, serials.values())), records=records)


def _code(serial: int) -> str:
    return f"{4_000_000_000 + serial}"


def _profile(cells: Cells, serial: int) -> Cells:
    """The profile with an identity number that no other serial has; sex and year keep their digits."""
    prefix = _PREFIXES[serial // _MILLION % len(_PREFIXES)]
    number = prefix + cells["national_id"][3:6] + f"{serial % _MILLION * _STRIDE % _MILLION:06}"
    return {**cells, "national_id": number, **({"id_card": number} if "id_card" in cells else {})}
