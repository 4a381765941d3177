"""Completing a block of a class (guide 2.3): who may, when it is refused, and the record of every lock and unlock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from server import words
from server.callers import Caller, FoundClass, find_class
from server.database import reading, writing
from server.sending import lock_class
from server.snapshots import locks_of, snapshot
from server.store import LockEvent, SchoolClass, StoredLock
from shared.check import block_findings, check
from shared.columns import Period
from shared.layout import GRADES, PROFILE
from shared.problems import Code, Finding, Refused
from shared.progress import missing
from shared.records import ClassKey, Lock, Snapshot, block_title, sheets_of
from shared.studies import study_of
from shared.sync_api import COMPLETE_RIGHT

_OF_BLANKS = (Code.SC_BLANK_STAGE1, Code.SC_BLANK_STAGE2)  # counted as blanks, not as errors

_OF_STAGE_2 = ("12", Period.HK2)  # guide 2.4


@dataclass(frozen=True, slots=True)
class Block:
    """A grade's HK I or HK II - CN."""

    grade: str
    period: Period

    @property
    def title(self) -> str:
        """The block in words."""
        return block_title(self.grade, self.period)

    @property
    def columns(self) -> dict[str, str]:
        """The block as the tables name it."""
        return {"grade": self.grade, "period": self.period.value}


def complete(engine: Engine, caller: Caller, key: ClassKey, block: Block, at: str) -> Lock:
    """Lock a block that has neither errors nor blanks."""
    with reading(engine) as connection:
        found = _allowed(connection, caller, key)
        _refuse_incomplete(connection, found, block, at)
    with writing(engine) as connection:
        now = lock_class(connection, found)
        if now.version != found.version:
            _refuse_incomplete(connection, now, block, at)
        row = {**now.ids, **block.columns, "at": at, "author": caller.username}
        connection.execute(insert(StoredLock), row)
        _record(connection, now, {**row, "action": "lock", "reason": ""})
    return Lock(block.grade, block.period, at, caller.username)


def reopen(engine: Engine, caller: Caller, key: ClassKey, block: Block, stamp: tuple[str, str]) -> dict[str, Any]:
    """Unlock a block at a time for a reason."""
    at, reason = stamp[0], stamp[1].strip()
    with reading(engine) as connection:
        found = _allowed(connection, caller, key)
    if not reason:
        raise Refused(Code.REQUEST_INVALID, what=words.REASON_MISSING)
    with writing(engine) as connection:
        now = lock_class(connection, found)
        if _lock(locks_of(connection, now), block) is None:
            raise Refused(Code.NOT_LOCKED, block=block.title, name=key.name)
        connection.execute(delete(StoredLock).filter_by(**now.ids, **block.columns))
        event = {**now.ids, **block.columns, "at": at, "author": caller.username, "reason": reason}
        version = _record(connection, now, {**event, "action": "unlock"})
    return {**block.columns, "at": at, "by": caller.username, "reason": reason, "version": version}


def lock_events(connection: Connection, found: FoundClass) -> list[dict[str, Any]]:
    """Every lock and unlock of a class, the newest first."""
    table: Any = LockEvent
    told = (table.version, table.grade, table.period, table.action, table.reason, table.author.label("by"), table.at)
    of_class = (table.school_id == found.school_id, table.class_id == found.class_id)
    rows = connection.execute(select(*told).where(*of_class).order_by(table.version.desc()))
    return [dict(row) for row in rows.mappings()]


def _allowed(connection: Connection, caller: Caller, key: ClassKey) -> FoundClass:
    found = find_class(connection, caller, key)
    if COMPLETE_RIGHT not in found.rights:
        raise Refused(Code.FORBIDDEN, what=words.COMPLETING)
    return found


def _refuse_incomplete(connection: Connection, found: FoundClass, block: Block, at: str) -> None:
    held = snapshot(connection, found, GRADES, at, with_history=False)
    name = found.info.key.name
    if lock := _lock(held.locks, block):
        raise Refused(Code.ALREADY_LOCKED, block=block.title, name=name, at=lock.at, by=lock.by)
    if (block.grade, block.period) == _OF_STAGE_2:  # whoever completes it has come to stage 2: its blanks count
        held = replace(held, info=replace(held.info, stage=2))
    findings: Sequence[Finding] = block_findings(check(sheets_of(held)), block.grade, block.period)
    errors = [finding for finding in findings if finding.code not in _OF_BLANKS]
    blanks = _blanks(held, block)
    if findings or blanks:
        raise Refused(
            Code.LOCK_INCOMPLETE, block=block.title, name=name, errors=len(errors), blanks=blanks,
            findings=tuple(findings),
        )  # fmt: skip


def _blanks(held: Snapshot, block: Block) -> int:
    layout = next(layout for layout in held.info.layouts(GRADES) if layout.key == block.grade)
    return sum(
        missing(layout, held.cells(block.grade, code), study_of(layout, held.cells(PROFILE, code)))[block.period]
        for code in held.roster
    )


def _lock(locks: Sequence[Lock], block: Block) -> Lock | None:
    return next((lock for lock in locks if (lock.grade, lock.period) == (block.grade, block.period)), None)


def _record(connection: Connection, found: FoundClass, event: dict[str, Any]) -> int:
    version = found.version + 1
    connection.execute(insert(LockEvent), {**event, "version": version})
    connection.execute(update(SchoolClass).filter_by(**found.ids).values(version=version))
    return version
