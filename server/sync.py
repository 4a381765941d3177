"""`SyncApi` on the database, for one signed-in caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Engine, select

from server import progress, words
from server.callers import DEPARTMENT, Caller, Clock, at_text, find_class, utc_now
from server.completion import Block, complete, lock_events, reopen
from server.database import reading
from server.sending import Order, carry_out, kept_send, order_of
from server.snapshots import HISTORY, history_fragment, snapshot, snapshot_json
from server.store import HistoryRow, School, SchoolClass, StoredRights
from server.undoing import undo_order
from shared.check import check
from shared.columns import Period
from shared.layout import GRADES, PROFILE, split_public
from shared.problems import Code, Finding, Refused
from shared.records import ClassKey, Lock, Snapshot, sheets_of
from shared.schemas.wire import load_receipt
from shared.sync_api import Account, ClassSummary, Receipt, Submission

HISTORY_PAGE = 500  # entries; a page ends where a send ends, so that none is cut in two


class SyncService:
    """The service as a workbook's commands see it; every method is one request to one school."""

    def __init__(self, engine: Engine, caller: Caller, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._caller = caller
        self._clock = clock

    @property
    def _at(self) -> str:
        return at_text(self._clock())

    def me(self) -> Account:
        """The account that is signed in; `classes` are those of the school's current year."""
        caller = self._caller
        query = (
            select(SchoolClass.name, StoredRights.rights)
            .join(
                StoredRights,
                (StoredRights.school_id == SchoolClass.school_id) & (StoredRights.class_id == SchoolClass.class_id),
            )
            .join(School, (School.school_id == SchoolClass.school_id) & (School.school_year == SchoolClass.school_year))
            .where(StoredRights.school_id == caller.school_id, StoredRights.account_id == caller.account_id)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        classes = {name: caller.rights(kept) for name, kept in rows}
        return Account(caller.username, caller.role, caller.school, caller.full_name, classes)

    def classes(self, school: str | None = None, school_year: str | None = None) -> tuple[ClassSummary, ...]:
        """The classes I may open, with locks and progress."""
        with reading(self._engine) as connection:
            return progress.classes(connection, self._caller, school, school_year)

    def progress(self, school: str | None = None, school_year: str | None = None) -> tuple[ClassSummary, ...]:
        """The table of progress, one line a class."""
        return self.classes(school, school_year)

    def pull(self, key: ClassKey, grades: tuple[str, ...] = GRADES) -> Snapshot:
        """The class as it is now."""
        with reading(self._engine) as connection:
            found = find_class(connection, self._caller, key)
            return snapshot(connection, found, _grades(grades), self._at)

    def pull_json(self, key: ClassKey, grades: Sequence[str] = GRADES) -> bytes:
        """The same in its wire form."""
        with reading(self._engine) as connection:
            found = find_class(connection, self._caller, key)
            return snapshot_json(connection, found, _grades(grades), self._at)

    def send(self, key: ClassKey, submission: Submission) -> Receipt:
        """Settle every changed cell in one transaction."""
        return load_receipt(orjson.loads(self.send_json(key, submission)))

    def send_json(self, key: ClassKey, submission: Submission) -> str:
        """The same; the receipt as it is stored."""
        return self._carry_out(key, order_of(key, submission))

    def _carry_out(self, key: ClassKey, order: Order) -> str:
        if self._caller.role == DEPARTMENT:
            with reading(self._engine) as connection:
                find_class(connection, self._caller, key)
            raise Refused(Code.FORBIDDEN, what=words.SENDING)
        return carry_out(self._engine, self._caller, key, order, self._at)

    def receipt(self, key: ClassKey, send_id: str) -> Receipt:
        """The stored receipt of a submission."""
        return load_receipt(orjson.loads(self.receipt_json(key, send_id)))

    def receipt_json(self, key: ClassKey, send_id: str) -> str:
        """The same as it is stored."""
        with reading(self._engine) as connection:
            found = find_class(connection, self._caller, key)
            return str(kept_send(connection, found, send_id).receipt)

    def undo(self, key: ClassKey, send_id: str, undo_id: str) -> Receipt:
        """A compensating submission: values as before `send_id`, except cells edited since."""
        return load_receipt(orjson.loads(self.undo_json(key, send_id, undo_id)))

    def undo_json(self, key: ClassKey, send_id: str, undo_id: str) -> str:
        """The same; the receipt as it is stored."""
        return self._carry_out(key, undo_order(key, send_id, undo_id))

    def findings(self, key: ClassKey) -> tuple[Finding, ...]:
        """The checks on the records held."""
        with reading(self._engine) as connection:
            found = find_class(connection, self._caller, key)
            held = snapshot(connection, found, GRADES, self._at, with_history=False)
        return check(sheets_of(held))

    def complete(self, key: ClassKey, grade: str, period: Period) -> Lock:
        """Lock a block."""
        return complete(self._engine, self._caller, key, Block(grade, period), self._at)

    def reopen(self, key: ClassKey, grade: str, period: Period, reason: str) -> Mapping[str, Any]:
        """Unlock a block for a stated reason."""
        return reopen(self._engine, self._caller, key, Block(grade, period), (self._at, reason))

    def lock_events(self, key: ClassKey) -> list[dict[str, Any]]:
        """Who locked and unlocked what, when and why; the newest first."""
        with reading(self._engine) as connection:
            return lock_events(connection, find_class(connection, self._caller, key))

    def history_json(
        self, key: ClassKey, student_code: str | None = None, column: str | None = None, before: int | None = None
    ) -> bytes:
        """The newest changes of a class, a student or one public column, older than a version, in their wire form.

        `next` is the version before which the next page begins; none when there is nothing older.
        """
        sheet, cell = split_public(column) if column else (None, None)
        query = HISTORY.add_columns(HistoryRow.version)
        if student_code:
            query = query.where(HistoryRow.student_code == student_code)
        if sheet:
            query = query.where(HistoryRow.sheet == sheet)
        if before is not None:
            query = query.where(HistoryRow.version < before)
        with reading(self._engine) as connection:
            found = find_class(connection, self._caller, key)
            with connection.execute(query, found.ids, execution_options={"yield_per": HISTORY_PAGE}) as rows:
                entries, following = _page(row for row in rows if not cell or cell in orjson.loads(row.changes))
        return orjson.dumps({"history": entries, "next": following})


def _page(rows: Iterable[Any]) -> tuple[list[dict[str, Any]], int | None]:
    """The first entries, and the version before which there are more."""
    entries: list[dict[str, Any]] = []
    last: int | None = None
    for row in rows:
        if len(entries) >= HISTORY_PAGE and row.version != last:
            return entries, last
        entries.append(history_fragment(row[:-1]))
        last = row.version
    return entries, None


def _grades(grades: Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(grade for grade in GRADES if grade in grades)
    if not chosen or not set(grades) <= {PROFILE, *GRADES}:
        raise Refused(Code.REQUEST_INVALID, what=words.wrong("grades"), fields=["grades"])
    return chosen
