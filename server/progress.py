"""The table of progress (guide 2.4) and the list of classes, from the summaries; no record is read."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, and_, func, select

from server import words
from server.callers import Caller, FoundSchool, find_school, visible_schools
from server.store import ClassCounters, School, SchoolClass, SchoolYear, StoredLock, StoredRights
from shared.columns import Period
from shared.problems import Code, Refused
from shared.records import ClassKey, Lock
from shared.sync_api import VIEW, ClassSummary


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that puts 12A10 after 12A9."""
    return tuple((int(digits or 0), text) for digits, text in re.findall(r"(\d+)|(\D+)", name))


def classes(
    connection: Connection, caller: Caller, school: str | None, school_year: str | None
) -> tuple[ClassSummary, ...]:
    """The classes of a school and a year that the caller may open; a year that is asked for must have some."""
    found = find_school(connection, caller, school)
    year = school_year or found.school_year
    locks = _locks(connection, found, year)
    summaries = []
    for row in connection.execute(_classes_query(caller, found, year)):
        rights = caller.rights(row.rights)
        if VIEW in rights:
            counts = (row.total, row.profile_done, row.stage1_done, row.stage2_done)
            key = ClassKey(found.code, year, row.name)
            summaries.append(ClassSummary(key, *counts, tuple(locks[row.class_id]), rights, row.version))
    if school_year and not summaries:
        raise Refused(Code.CLASS_UNKNOWN, name=words.ANY_OF_YEAR.format(year=year), school_year=year)
    return tuple(sorted(summaries, key=lambda summary: natural(summary.key.name)))


def _classes_query(caller: Caller, found: FoundSchool, year: str) -> Any:
    counters = ClassCounters
    return (
        select(
            SchoolClass.class_id, SchoolClass.name, SchoolClass.version, counters.total, counters.profile_done,
            counters.stage1_done, counters.stage2_done, StoredRights.rights,
        )
        .join(
            counters, and_(counters.school_id == SchoolClass.school_id, counters.class_id == SchoolClass.class_id)
        )
        .outerjoin(
            StoredRights,
            and_(
                StoredRights.school_id == SchoolClass.school_id,
                StoredRights.class_id == SchoolClass.class_id,
                StoredRights.account_id == caller.account_id,
            ),
        )
        .where(SchoolClass.school_id == found.school_id, SchoolClass.school_year == year)
    )  # fmt: skip


def _locks(connection: Connection, found: FoundSchool, year: str) -> dict[int, list[Lock]]:
    query = (
        select(StoredLock.class_id, StoredLock.grade, StoredLock.period, StoredLock.at, StoredLock.author)
        .join(
            SchoolClass,
            and_(SchoolClass.school_id == StoredLock.school_id, SchoolClass.class_id == StoredLock.class_id),
        )
        .where(StoredLock.school_id == found.school_id, SchoolClass.school_year == year)
        .order_by(StoredLock.grade, StoredLock.period)
    )
    locks: dict[int, list[Lock]] = defaultdict(list)
    for row in connection.execute(query):
        locks[row.class_id].append(Lock(row.grade, Period(row.period), row.at, row.author))
    return locks


def schools(connection: Connection, caller: Caller) -> list[dict[str, Any]]:
    """The schools in scope, each with its current year and stage, its settings and the sums of its classes."""
    own = (
        School.code, School.name, School.level, School.school_year, SchoolYear.stage, School.least_subjects,
        School.chosen_subjects,
    )  # fmt: skip
    query = (
        select(
            *own,
            func.count(ClassCounters.class_id).label("classes"),
            *(
                func.coalesce(func.sum(column), 0).label(column.key)
                for column in (
                    ClassCounters.total, ClassCounters.profile_done, ClassCounters.stage1_done, ClassCounters.stage2_done
                )
            ),
        )
        .join(SchoolYear, and_(SchoolYear.school_id == School.school_id, SchoolYear.school_year == School.school_year))
        .outerjoin(
            SchoolClass,
            and_(SchoolClass.school_id == School.school_id, SchoolClass.school_year == School.school_year),
        )
        .outerjoin(
            ClassCounters,
            and_(ClassCounters.school_id == SchoolClass.school_id, ClassCounters.class_id == SchoolClass.class_id),
        )
        .where(visible_schools(caller))
        .group_by(*own)
        .order_by(School.code)
    )  # fmt: skip
    return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001
