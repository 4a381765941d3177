"""Who asks, and what they may see: a school that is not in scope does not exist for its caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, func, select

from server.database import reading
from server.statements import Prepared
from server.store import School, SchoolClass, SchoolYear, StoredAccount, StoredRights
from shared.problems import Code, Refused
from shared.records import ClassInfo, ClassKey
from shared.sync_api import RIGHTS, VIEW

DEPARTMENT, SCHOOL_ADMIN, STAFF = "department", "school_admin", "staff"
ROLES = (DEPARTMENT, SCHOOL_ADMIN, STAFF)
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def at_text(time: datetime) -> str:
    """A time as it is stored and sent: `2023-05-20T01:02:03Z`."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in account."""

    account_id: int
    username: str
    role: str
    full_name: str
    department_id: int | None
    school_id: int | None
    school: str | None  # its code

    def sees(self, school_id: int, department_id: int) -> bool:
        """Whether a school is in this caller's scope."""
        if self.role == DEPARTMENT:
            return department_id == self.department_id
        return school_id == self.school_id

    def rights(self, kept: str | None) -> frozenset[str]:
        """What the caller may do in a class of a school in scope, given the rights kept for the account there."""
        if self.role == SCHOOL_ADMIN:
            return frozenset(RIGHTS)
        if self.role == DEPARTMENT:
            return frozenset({VIEW})
        return frozenset({VIEW, *kept.split()}) if kept else frozenset()


@dataclass(frozen=True, slots=True)
class FoundSchool:
    """A school in scope."""

    school_id: int
    code: str
    name: str
    level: str
    school_year: str
    department_id: int


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A class in scope, its version at the moment of reading, and the caller's rights in it."""

    school_id: int
    class_id: int
    version: int
    info: ClassInfo
    rights: frozenset[str]

    @property
    def ids(self) -> dict[str, int]:
        """The keys that every row of the class begins with."""
        return {"school_id": self.school_id, "class_id": self.class_id}


_CALLER = select(
    StoredAccount.account_id, StoredAccount.username, StoredAccount.role, StoredAccount.full_name,
    StoredAccount.department_id, StoredAccount.school_id, School.code,
).outerjoin(School, School.school_id == StoredAccount.school_id)  # fmt: skip

_CLASS = Prepared(
    select(
        School.school_id, School.department_id, School.name, School.level, SchoolClass.class_id, SchoolClass.version,
        SchoolClass.school_year, SchoolClass.grade_level, SchoolClass.specialised, School.least_subjects,
        School.chosen_subjects, SchoolYear.stage, StoredRights.rights,
    )
    .outerjoin(
        SchoolClass,
        and_(
            SchoolClass.school_id == School.school_id,
            SchoolClass.school_year == func.coalesce(bindparam("year"), School.school_year),
            SchoolClass.name == bindparam("name"),
        ),
    )
    .outerjoin(
        SchoolYear,
        and_(SchoolYear.school_id == SchoolClass.school_id, SchoolYear.school_year == SchoolClass.school_year),
    )
    .outerjoin(
        StoredRights,
        and_(
            StoredRights.school_id == SchoolClass.school_id,
            StoredRights.class_id == SchoolClass.class_id,
            StoredRights.account_id == bindparam("account"),
        ),
    )
    .where(School.code == bindparam("school"))
)  # fmt: skip


def caller_from(row: Any) -> Caller:
    """A caller from a row of `caller_query`; more columns may follow."""
    return Caller(*row[:7])


def caller_query() -> Any:
    """Selects callers; the query's user says which."""
    return _CALLER


def caller_named(engine: Engine, username: str) -> Caller:
    """The caller of a username, for use in process."""
    with reading(engine) as connection:
        row = connection.execute(_CALLER.where(StoredAccount.username == username)).first()
    if row is None:
        raise Refused(Code.ACCOUNT_UNKNOWN, username=username)
    return caller_from(row)


def find_school(connection: Connection, caller: Caller, code: str | None) -> FoundSchool:
    """A school in scope, by its code or the caller's own; the same refusal for a foreign one as for none."""
    table = School.__table__.c
    mine = School.school_id == caller.school_id if code is None else School.code == code
    row = connection.execute(
        select(table.school_id, table.code, table.name, table.level, table.school_year, table.department_id).where(mine)
    ).first()
    if row is None or not caller.sees(row.school_id, row.department_id):
        raise Refused(Code.SCHOOL_UNKNOWN, school=code or "")
    return FoundSchool(*row)


def find_class(connection: Connection, caller: Caller, key: ClassKey) -> FoundClass:
    """A class in scope, of the named year or the school's current one."""
    asked = {"school": key.school, "name": key.name, "year": key.school_year or None, "account": caller.account_id}
    row = _CLASS.first(connection, asked)
    if row is None or not caller.sees(row.school_id, row.department_id):
        raise Refused(Code.SCHOOL_UNKNOWN, school=key.school)
    rights = caller.rights(row.rights)
    if row.class_id is None or VIEW not in rights:
        raise Refused(Code.CLASS_UNKNOWN, name=key.name)
    info = ClassInfo(
        ClassKey(key.school, row.school_year, key.name), row.name, row.level, row.stage, row.specialised,
        row.least_subjects, row.chosen_subjects, row.grade_level,
    )  # fmt: skip
    return FoundClass(row.school_id, row.class_id, row.version, info, rights)


def visible_schools(caller: Caller) -> Any:
    """The condition on `schools` that keeps a query in scope."""
    if caller.role == DEPARTMENT:
        return School.department_id == caller.department_id
    return School.school_id == caller.school_id
