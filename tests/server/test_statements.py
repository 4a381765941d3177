"""Prepared statements do the same whichever way they run: through the driver, or through SQLAlchemy while it is heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, event, func, insert, select, update

from server.database import reading, writing
from server.sending import _put_records
from server.statements import Prepared
from server.store import Department, LockEvent, School, SchoolClass, StoredRecord
from tests.schools import CODES


class Cut(Exception):
    """The transaction fails."""


Way = Callable[[], Any]

_SCHOOLS = Prepared(
    select(
        School.code, School.name, School.department_id,
        func.coalesce(bindparam("year"), School.school_year).label("year"),
    )
    .where(School.level == "THPT", School.code.in_([bindparam("first"), bindparam("second")]))
    .order_by(School.code)
)  # fmt: skip
_CLASS = Prepared(select(SchoolClass.version).where(SchoolClass.name == bindparam("name")).with_for_update())
_ADVANCE = Prepared(
    update(SchoolClass).where(SchoolClass.name == bindparam("of_name")).values(version=SchoolClass.version + 1)
)


@contextmanager
def heard(engine: Engine) -> Iterator[list[str]]:
    """While someone listens to SQLAlchemy."""
    seen: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield seen
    event.remove(engine, "before_cursor_execute", hear)


def both_ways(engine: Engine, job: Way) -> tuple[Any, Any]:
    """What a job gives through the driver, and through SQLAlchemy."""
    plain = job()
    with heard(engine) as seen:
        told = job()
    assert seen
    return plain, told


@pytest.mark.parametrize("year", [None, "2001-2002"])
@pytest.mark.parametrize("codes", [("THPT-A", "THPT-C"), ("THPT-A", "THPT-A"), ("NOSUCH", "NOSUCH")])
def test_a_selection_gives_the_same_rows(school: Engine, year: str | None, codes: tuple[str, str]) -> None:
    def read() -> list[tuple[Any, ...]]:
        with reading(school) as connection:
            asked = {"year": year, "first": codes[0], "second": codes[1]}
            first = _SCHOOLS.first(connection, asked)
            found = _SCHOOLS.rows(connection, asked)
            assert first == (found[0] if found else None)
            assert [row.code for row in found] == [row[0] for row in found]
            return [tuple(row) for row in found]

    plain, told = both_ways(school, read)
    assert plain == told
    assert [row[0] for row in plain] == [code for code in sorted(set(codes)) if code != "NOSUCH"]
    assert all(row[-1] == (year or "2022-2023") for row in plain)


def test_a_change_counts_the_rows_it_touched(school: Engine) -> None:
    def advance(name: str) -> tuple[int, int | None]:
        with writing(school) as connection:
            touched = _ADVANCE.change(connection, {"of_name": name})
            row = _CLASS.first(connection, {"name": name})
            return touched, row and row.version

    assert both_ways(school, lambda: advance("12A1")) == ((3, 1), (3, 2))
    assert both_ways(school, lambda: advance("12Z9")) == ((0, None), (0, None))


def test_rows_are_added_with_the_columns_that_are_named(school: Engine) -> None:
    adding = Prepared(insert(LockEvent))
    event_row = {
        "school_id": 1,
        "class_id": 1,
        "grade": "10",
        "period": "hk1",
        "at": "t",
        "author": "a",
        "reason": "x%",
    }

    def add(version: int) -> None:
        with writing(school) as connection:
            rows = [{**event_row, "action": "lock", "version": number} for number in (version, version + 1)]
            adding.change_many(connection, rows)
            adding.change(connection, {"version": version + 2, "action": "unlock", **event_row})

    add(1)
    with heard(school):
        add(4)
    with reading(school) as connection:
        kept = connection.execute(select(LockEvent.__table__).order_by(LockEvent.version)).all()
    assert [(row.version, row.action, row.reason) for row in kept] == [
        (number, "unlock" if number % 3 == 0 else "lock", "x%") for number in range(1, 7)
    ]


def test_what_is_there_is_replaced(school: Engine) -> None:
    putting = _put_records(school.dialect.name)
    record = {"school_id": 1, "class_id": 1, "sheet": "10", "school_year": "2020-2021"}
    counts = {"missing_profile": 0, "missing_hk1": 1, "missing_hk2": 2}

    def put(version: int) -> list[tuple[Any, ...]]:
        with writing(school) as connection:
            rows = [{**record, **counts, "student_code": c, "version": version, "cells": f"{version}"} for c in CODES]
            putting.change_many(connection, rows)
            read = select(StoredRecord.student_code, StoredRecord.version, StoredRecord.cells)
            return [tuple(row) for row in connection.execute(read.order_by(StoredRecord.student_code))]

    versions = iter((1, 2))
    plain, told = both_ways(school, lambda: put(next(versions)))
    assert plain == [(code, 1, "1") for code in CODES]
    assert told == [(code, 2, "2") for code in CODES]


def test_both_ways_stand_in_the_transaction(school: Engine) -> None:
    adding = Prepared(insert(Department))

    def fail(name: str) -> None:
        with pytest.raises(Cut), writing(school) as connection:
            raise Cut(adding.change(connection, {"name": name}))

    fail("plain")
    with heard(school):
        fail("heard")
    with reading(school) as connection:
        assert set(connection.scalars(select(Department.name))) == {"Sở Một", "Sở Hai"}
