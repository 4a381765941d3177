"""Schools: created by their department, and moved from stage to stage by their administrators."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, insert, update
from sqlalchemy.exc import IntegrityError

from server import progress, words
from server.callers import DEPARTMENT, SCHOOL_ADMIN, STAFF, Caller, FoundSchool, find_school
from server.database import reading, writing
from server.loading import new_id
from server.store import School, SchoolYear
from shared.problems import Code, Refused

_TOLD = ("code", "name", "level", "school_year", "stage", "least_subjects", "chosen_subjects")


def schools(engine: Engine, caller: Caller) -> list[dict[str, Any]]:
    """The schools in scope."""
    with reading(engine) as connection:
        return [_told(line) for line in progress.schools(connection, caller)]


def line_of(connection: Connection, caller: Caller, found: FoundSchool) -> dict[str, Any]:
    """One school, as it is listed."""
    return next(_told(line) for line in progress.schools(connection, caller) if line["code"] == found.code)


def _told(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in _TOLD}


def department_progress(engine: Engine, caller: Caller) -> list[dict[str, Any]]:
    """One line a school, with the sums of its classes."""
    if caller.role == STAFF:
        raise Refused(Code.FORBIDDEN, what=words.SEEING_DEPARTMENT)
    with reading(engine) as connection:
        return progress.schools(connection, caller)


def create_school(engine: Engine, caller: Caller, values: dict[str, Any]) -> dict[str, Any]:
    """A new school of the caller's department, without classes."""
    if caller.role != DEPARTMENT:
        raise Refused(Code.FORBIDDEN, what=words.MANAGING_SCHOOLS)
    own = {name: values[name] for name in ("code", "name", "level", "school_year")}
    try:
        with writing(engine) as connection:
            school_id = new_id(connection, School, department_id=caller.department_id, **own)
            year = {"school_id": school_id, "school_year": own["school_year"], "stage": values["stage"]}
            connection.execute(insert(SchoolYear), year)
    except IntegrityError as error:  # taken, here or in another department: no more is said than of any code
        raise Refused(Code.REQUEST_INVALID, what=words.wrong("code"), fields=["code"]) from error
    return {**own, "stage": values["stage"]}


def set_stage(engine: Engine, caller: Caller, school: str, stage: int, school_year: str | None) -> dict[str, Any]:
    """Move a school's year to a stage (guide 2.4)."""
    with writing(engine) as connection:
        found = find_school(connection, caller, school)
        if caller.role != SCHOOL_ADMIN:
            raise Refused(Code.FORBIDDEN, what=words.MANAGING)
        year = school_year or found.school_year
        where = {"school_id": found.school_id, "school_year": year}
        if connection.execute(update(SchoolYear).filter_by(**where).values(stage=stage)).rowcount == 0:
            raise Refused(Code.REQUEST_INVALID, what=words.NO_SUCH_YEAR)
    return {"code": found.code, "name": found.name, "level": found.level, "school_year": year, "stage": stage}
