"""Carrying out a send: read and decide first, then lock, look again, and write everything in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from server import words
from server.callers import Caller, FoundClass, find_class
from server.counters import json_text, record_values
from server.database import reading, writing
from server.deciding import Author, Decision, decide
from server.held import Held, Holding
from server.snapshots import locks_of, of_class
from server.statements import Prepared
from server.store import ClassCounters, HistoryRow, SchoolClass, Send, StoredRecord, Student
from shared.merge import Outcome, RowChange
from shared.problems import Code, Refused
from shared.records import ClassKey, RecordKey
from shared.schemas.wire import dump_receipt
from shared.sync_api import Receipt, Submission

_NAMED_STUDENTS = 200  # above that many named students, reading the whole class is the shorter way
_AUTHOR_ROWS = 2000
_SHORT = 10  # rows; a longer send is read and decided before the write lock is taken

Deciding = Callable[[Connection, FoundClass], Decision]


@dataclass(frozen=True, slots=True)
class Order:
    """A send to be carried out: its id, what makes it the same send, and how its cells are decided."""

    send_id: str
    source: str
    digest: str
    decide: Deciding
    short: bool = False  # deciding it takes no longer than a transaction of its own would


_HELD = (
    select(
        Student.student_code.label("student"), StoredRecord.sheet, StoredRecord.version, StoredRecord.missing_profile,
        StoredRecord.missing_hk1, StoredRecord.missing_hk2, StoredRecord.cells,
    )
    .outerjoin(
        StoredRecord,
        (StoredRecord.school_id == Student.school_id)
        & (StoredRecord.class_id == Student.class_id)
        & (StoredRecord.student_code == Student.student_code),
    )
    .where(*of_class(Student))
)  # fmt: skip
_FEW_STUDENTS = (1, 5, 20, _NAMED_STUDENTS)  # how many a statement can name; it is made once for each size
_AUTHORS = (  # newest first, by the table's own order
    select(HistoryRow.sheet, HistoryRow.student_code, HistoryRow.author, HistoryRow.at, HistoryRow.changes)
    .where(*of_class(HistoryRow), HistoryRow.student_code.in_(bindparam("codes", expanding=True)))
    .order_by(HistoryRow.version.desc())
    .limit(_AUTHOR_ROWS)
)
_KEPT = Prepared(
    select(Send.class_id, Send.version, Send.digest, Send.receipt).where(
        Send.school_id == bindparam("school_id"), Send.send_id == bindparam("send_id")
    )
)
_VERSION = Prepared(select(SchoolClass.version).where(*of_class(SchoolClass)).with_for_update())
_ADVANCE = Prepared(  # takes the class for writing and moves it on, unless someone else has moved it since it was read
    update(SchoolClass)
    .where(
        SchoolClass.school_id == bindparam("of_school"),
        SchoolClass.class_id == bindparam("of_class"),
        SchoolClass.version == bindparam("seen"),
    )
    .values(version=SchoolClass.version + 1)
)
_COUNT = Prepared(
    update(ClassCounters)
    .where(ClassCounters.school_id == bindparam("of_school"), ClassCounters.class_id == bindparam("of_class"))
    .values(
        profile_done=ClassCounters.profile_done + bindparam("more_profile"),
        stage1_done=ClassCounters.stage1_done + bindparam("more_stage1"),
        stage2_done=ClassCounters.stage2_done + bindparam("more_stage2"),
    )
)
_ADD_HISTORY = Prepared(insert(HistoryRow))
_ADD_SEND = Prepared(insert(Send))


@cache
def _put_records(dialect: str) -> Prepared:
    adding: Any = (sqlite if dialect == "sqlite" else postgresql).insert(StoredRecord)
    fresh = ("school_year", "version", "missing_profile", "missing_hk1", "missing_hk2", "cells")
    keys = ["school_id", "class_id", "student_code", "sheet"]
    return Prepared(
        adding.on_conflict_do_update(index_elements=keys, set_={name: adding.excluded[name] for name in fresh})
    )


@cache
def _held_named(size: int) -> Prepared:
    return Prepared(_HELD.where(Student.student_code.in_([bindparam(f"code_{i}") for i in range(size)])))


def holding(connection: Connection, found: FoundClass, codes: frozenset[str]) -> Holding:
    """What the class holds of some students; the cost grows with them, not with the class."""
    if len(codes) > _NAMED_STUDENTS:
        rows = connection.execute(_HELD, found.ids).all()
    else:
        size = next(size for size in _FEW_STUDENTS if size >= len(codes))
        named = [*codes, *(next(iter(codes), ""),) * (size - len(codes))]  # the rest named twice
        rows = _held_named(size).rows(connection, found.ids | {f"code_{i}": code for i, code in enumerate(named)})
    return Holding(
        found=found,
        locks=locks_of(connection, found),
        students=frozenset(row.student for row in rows),
        records={(row.sheet, row.student): Held._make(row[2:]) for row in rows if row.sheet is not None},
    )


def authors(
    connection: Connection, found: FoundClass, records: Sequence[RecordKey]
) -> dict[tuple[str, str, str], Author]:
    """Who last wrote the cells of some records, and when."""
    wanted = frozenset(records)
    written: dict[tuple[str, str, str], Author] = {}
    codes = list({code for _, code in wanted})[:_NAMED_STUDENTS]
    for row in connection.execute(_AUTHORS, {**found.ids, "codes": codes}):
        if (row.sheet, row.student_code) in wanted:
            for key in orjson.loads(row.changes):
                written.setdefault((row.sheet, row.student_code, key), (row.author, row.at))
    return written


def order_of(key: ClassKey, submission: Submission) -> Order:
    """The order that a submission makes."""
    if len({(row.sheet, row.student_code) for row in submission.rows}) < len(submission.rows):
        raise Refused(Code.SEND_MALFORMED, what=words.ROW_TWICE)

    def deciding(connection: Connection, found: FoundClass) -> Decision:
        codes = frozenset(row.student_code for row in submission.rows)
        held = holding(connection, found, codes)
        return decide(held, submission.rows, lambda records: authors(connection, found, records))

    short = len(submission.rows) <= _SHORT
    return Order(submission.send_id, submission.source, digest_of(key, submission.rows), deciding, short)


def digest_of(key: ClassKey, rows: Sequence[RowChange]) -> str:
    """What a submission says, in 64 digits: SHA-256 of its class and its rows in canonical order."""
    told = sorted(((row.sheet, row.student_code, row.cells) for row in rows), key=itemgetter(0, 1))
    parts = (key.school, key.name, told)
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()


def kept_receipt(connection: Connection, found: FoundClass, order: Order) -> str | None:
    """The receipt of an order that was carried out before; the same id for anything else is refused."""
    row = _KEPT.first(connection, {"school_id": found.school_id, "send_id": order.send_id})
    if row is None:
        return None
    if row.digest != order.digest or row.class_id != found.class_id:
        raise Refused(Code.SEND_REUSED, send_id=order.send_id)
    return str(row.receipt)


def kept_send(connection: Connection, found: FoundClass, send_id: str) -> Any:
    """The stored send of an id in this class."""
    row = _KEPT.first(connection, {"school_id": found.school_id, "send_id": send_id})
    if row is None or row.class_id != found.class_id:
        raise Refused(Code.SEND_UNKNOWN, send_id=send_id)
    return row


def carry_out(engine: Engine, caller: Caller, key: ClassKey, order: Order, at: str) -> str:
    """Carry out an order once; its receipt as the JSON text that is stored with the effect."""

    def decided(connection: Connection) -> tuple[FoundClass, Decision]:
        found = find_class(connection, caller, key)
        return found, order.decide(connection, found)

    try:
        if order.short:
            with writing(engine) as connection:
                return _carried_out(connection, decided(connection), caller, order, at)
        with reading(engine) as connection:
            before = decided(connection)
        with writing(engine) as connection:
            return _carried_out(connection, before, caller, order, at)
    except (IntegrityError, engine.dialect.loaded_dbapi.IntegrityError):
        # The id is known: nothing was done, and the receipt stored with its effect is the answer.
        with reading(engine) as connection:
            if kept := kept_receipt(connection, find_class(connection, caller, key), order):
                return kept
        raise


def lock_class(connection: Connection, found: FoundClass) -> FoundClass:
    """Take the class for writing: nobody else changes it before this transaction ends."""
    return replace(found, version=_VERSION.first(connection, found.ids).version)


def _carried_out(
    connection: Connection, before: tuple[FoundClass, Decision], caller: Caller, order: Order, at: str
) -> str:
    found, decision = before
    while decision.writes and not _advanced(connection, found):
        found = lock_class(connection, found)
        decision = order.decide(connection, found)
    version = found.version + 1 if decision.writes else found.version
    receipt = Receipt(
        order.send_id, at, caller.username, version, decision.counts, decision.verdicts, order.digest, decision.skipped
    )
    text = json_text(dump_receipt(receipt))
    stamp = {"send_id": order.send_id, "author": caller.username, "at": at, "version": version}
    if decision.writes:
        _write(connection, found, decision, {**stamp, "source": order.source})
    sent = {"digest": order.digest, "applied": decision.counts.get(Outcome.APPLIED.value, 0), "receipt": text}
    _ADD_SEND.change(connection, {**found.ids, **stamp, **sent})
    return text


def _advanced(connection: Connection, found: FoundClass) -> bool:
    where = {"of_school": found.school_id, "of_class": found.class_id, "seen": found.version}
    return _ADVANCE.change(connection, where) == 1


def _write(connection: Connection, found: FoundClass, decision: Decision, stamp: Mapping[str, Any]) -> None:
    ids = found.ids
    records = [{**ids, **record_values(write)} for write in (*decision.writes, *decision.recounts)]
    history = [
        {**ids, **stamp, "student_code": w.student_code, "sheet": w.sheet, "changes": json_text(w.changes)}
        for w in decision.writes
    ]
    _put_records(connection.dialect.name).change_many(connection, records)
    _ADD_HISTORY.change_many(connection, history)
    if any(decision.done):
        where = {"of_school": found.school_id, "of_class": found.class_id}
        profile, stage1, stage2 = decision.done
        more = {"more_profile": profile, "more_stage1": stage1, "more_stage2": stage2}
        _COUNT.change(connection, {**where, **more})
