"""Whole schools put into the database at once: demo data, the generator for measurement, a first import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from server import store
from server.counters import Done, blanks_of, counted, record_values, student_done, studied
from server.database import writing
from server.held import Blanks, Edit, Write
from server.passwords import Passwords
from shared.layout import PROFILE, sheet_layout
from shared.records import Cells, Lock, RecordKey


@dataclass(frozen=True, slots=True)
class AccountLoad:
    """An account to create; `rights` gives a staff member's rights by class name."""

    username: str
    password: str
    role: str  # department, school_admin, staff
    full_name: str
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClassLoad:
    """A class with its students in order, what is recorded of them, and what is locked."""

    name: str
    grade_level: str
    roster: tuple[str, ...]
    records: Mapping[RecordKey, Cells]
    locks: tuple[Lock, ...] = ()
    specialised: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolLoad:
    """A school of one year."""

    code: str
    name: str
    level: str
    department: str
    school_year: str
    classes: tuple[ClassLoad, ...]
    accounts: tuple[AccountLoad, ...] = ()
    stage: int = 1
    least_subjects: int | None = None
    chosen_subjects: int | None = None


def load_school(engine: Engine, school: SchoolLoad, passwords: Passwords | None = None) -> bool:
    """Put a school of one year into the database; False, and nothing done, when that year is there already."""
    kept = passwords or Passwords()
    with writing(engine) as connection:
        department = department_id(connection, school.department)
        school_id = _school_id(connection, school, department)
        year = {"school_id": school_id, "school_year": school.school_year}
        if connection.execute(select(store.SchoolYear.stage).filter_by(**year)).first():
            return False
        connection.execute(insert(store.SchoolYear), {**year, "stage": school.stage})
        class_ids = _class_ids(connection, school_id, school)
        for loaded in school.classes:
            _load_class(connection, {"school_id": school_id, "class_id": class_ids[loaded.name]}, school, loaded)
        for account in school.accounts:
            _load_account(connection, (department, school_id), account, class_ids, kept)
    return True


def department_id(connection: Connection, name: str) -> int:
    """The department of a name, created when it is new."""
    found = connection.scalar(select(store.Department.department_id).filter_by(name=name))
    if found is None:
        found = new_id(connection, store.Department, name=name)
    return found


def new_id(connection: Connection, table: type[store.Base], **values: Any) -> int:
    """Insert a row; the number that the database gave it."""
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    return int(key[0]) if key else 0


def _school_id(connection: Connection, school: SchoolLoad, department: int) -> int:
    found = connection.scalar(select(store.School.school_id).filter_by(code=school.code))
    if found is not None:
        return found
    return new_id(
        connection, store.School, code=school.code, name=school.name, level=school.level,
        department_id=department, school_year=school.school_year, least_subjects=school.least_subjects,
        chosen_subjects=school.chosen_subjects,
    )  # fmt: skip


def _class_ids(connection: Connection, school_id: int, school: SchoolLoad) -> dict[str, int]:
    highest = connection.scalar(select(func.max(store.SchoolClass.class_id)).filter_by(school_id=school_id)) or 0
    return {loaded.name: highest + i for i, loaded in enumerate(school.classes, 1)}


def _load_class(connection: Connection, keys: dict[str, int], school: SchoolLoad, loaded: ClassLoad) -> None:
    records = [{**keys, **record_values(write)} for write in _writes(school, loaded)]
    own = {
        "school_year": school.school_year,
        "name": loaded.name,
        "grade_level": loaded.grade_level,
        "version": int(bool(records)),
        "specialised": loaded.specialised,
    }
    students = [{**keys, "student_code": code, "position": i} for i, code in enumerate(loaded.roster, 1)]
    locks = [
        {**keys, "grade": lock.grade, "period": lock.period.value, "at": lock.at, "author": lock.by}
        for lock in loaded.locks
    ]
    connection.execute(insert(store.SchoolClass), {**keys, **own})
    connection.execute(insert(store.ClassCounters), {**keys, **_summary(school, loaded)})
    for table, rows in ((store.Student, students), (store.StoredRecord, records), (store.StoredLock, locks)):
        if rows:
            connection.execute(insert(table), rows)


def _writes(school: SchoolLoad, loaded: ClassLoad) -> Iterator[Write]:
    """The records of a class as they are first written."""
    for (sheet, code), cells in loaded.records.items():
        layout = sheet_layout(school.level, school.school_year, sheet)
        yield counted(layout, Edit(sheet, code, 1, cells, {}), loaded.records.get((PROFILE, code), {}))


def _summary(school: SchoolLoad, loaded: ClassLoad) -> dict[str, int]:
    @cache
    def blanks(code: str, sheet: str) -> Blanks:
        layout = sheet_layout(school.level, school.school_year, sheet)
        study = studied(layout, loaded.records.get((PROFILE, code), {}))
        return blanks_of(layout, loaded.records.get((sheet, code), {}), study)

    done = Done()
    for code in loaded.roster:
        done = done.plus(student_done(lambda sheet, code=code: blanks(code, sheet)))  # type: ignore[misc]
    return {
        "total": len(loaded.roster),
        "profile_done": done.profile,
        "stage1_done": done.stage1,
        "stage2_done": done.stage2,
    }


def _load_account(
    connection: Connection, home: tuple[int, int], account: AccountLoad, class_ids: Mapping[str, int], kept: Passwords
) -> None:
    department, school_id = home
    of_department = account.role == "department"
    found = connection.scalar(select(store.StoredAccount.account_id).filter_by(username=account.username))
    account_id = found or new_id(
        connection, store.StoredAccount, username=account.username, password_hash=kept.hashed(account.password),
        role=account.role, full_name=account.full_name, department_id=department if of_department else None,
        school_id=None if of_department else school_id, disabled=False, removed=False,
    )  # fmt: skip
    rights = [
        {"school_id": school_id, "account_id": account_id, "class_id": class_ids[name], "rights": " ".join(sorted(may))}
        for name, may in account.rights.items()
    ]
    if rights:
        connection.execute(insert(store.StoredRights), rights)
