"""A workbook and a service in memory: the same core, no file and no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from addin import local
from addin.commands import new_state
from shared.columns import Period
from shared.locks import locked_keys
from shared.merge import Gate, Outcome, apply, settle
from shared.problems import Code, Refused
from shared.records import (
    ClassData,
    ClassInfo,
    ClassKey,
    HistoryEntry,
    Lock,
    Record,
    RecordKey,
    Row,
    Sheet,
    Snapshot,
    sheets_of,
)
from shared.sync_api import Receipt, Submission, Verdict
from workbooks.port import Reading, Update
from workbooks.state import CellKey, State

KEY = ClassKey("THPT-A", "2022-2023", "12A1")
INFO = ClassInfo(KEY, "Trường mẫu", "THPT")


class FakeWorkbook:
    """A class workbook that is a value; `typed` is what a person does to it."""

    def __init__(self, state: State) -> None:
        data = sheets_of(state.base)
        for sheet in data.sheets.values():
            rows = tuple(
                replace(row, cells={**dict.fromkeys(c.key for c in sheet.layout.columns), **row.cells})
                for row in sheet.rows
            )
            data = data.with_sheet(replace(sheet, rows=rows))
        self.reading = Reading(data, state)
        self.writes: list[Update] = []
        self.hidden: set[tuple[str, ...]] = (
            set()
        )  # (sheet), (sheet, student) or (sheet, student, column): not to be read

    @classmethod
    def pulled(cls, service: FakeService) -> FakeWorkbook:
        return cls(new_state(service.pull(KEY, ("10", "11", "12")), "http://mau"))

    def read(self) -> Reading:
        sheets = {
            key: self._seen(sheet) for key, sheet in self.reading.data.sheets.items() if (key,) not in self.hidden
        }
        return replace(self.reading, data=replace(self.reading.data, sheets=sheets))

    def _seen(self, sheet: Sheet) -> Sheet:
        key = sheet.layout.key
        rows = []
        for row in sheet.rows:
            code = row.student_code if (key, row.student_code or "") not in self.hidden else "không rõ"
            cells = {k: v for k, v in row.cells.items() if (key, row.student_code or "", k) not in self.hidden}
            rows.append(replace(row, student_code=code, cells=cells))
        return replace(sheet, rows=tuple(rows))

    def write(self, update: Update) -> None:
        self.writes.append(update)
        seen = {cell for cell in update.cells if not {cell[:1], cell[:2], cell} & self.hidden}
        assert seen == set(update.cells), "only what stands on a sheet is written"
        state = update.state or self.reading.state
        data = self._with_rows(local.with_cells(self.reading.data, update.cells), update)
        names = {code: state.base.cells("profile", code).get("full_name", "") for code in state.base.roster}
        data = replace(data, roster=state.base.roster, base_names=names)
        self.reading = replace(self.reading, data=data, state=state)

    def _with_rows(self, data: ClassData, update: Update) -> ClassData:
        """Rows for students that a sheet does not have yet, as the file writer appends them."""
        for key in dict.fromkeys((sheet, code) for sheet, code, _ in update.cells):
            sheet = data.sheets[key[0]]
            if any(row.student_code == key[1] for row in sheet.rows):
                continue
            blank = dict.fromkeys(column.key for column in sheet.layout.columns)
            told = {cell[2]: value for cell, value in update.cells.items() if cell[:2] == key}
            number = max((row.number for row in sheet.rows), default=2) + 1
            row = Row(key[1], number, {**blank, "student_code": key[1], "class_name": KEY.name, **told})
            data = data.with_sheet(replace(sheet, rows=(*sheet.rows, row)))
        return data

    def typed(self, cell: CellKey, value: str | None) -> None:
        self.reading = replace(self.reading, data=local.with_cells(self.reading.data, {cell: value}))

    def value(self, cell: CellKey) -> str | None:
        return local.standing(self.reading).cells[cell[0], cell[1]].get(cell[2])


class FakeService:
    """A service for one class; `fail` says what happens to the next sends: lost before, lost after, or nothing."""

    def __init__(self, roster: tuple[str, ...], records: dict[RecordKey, Record] | None = None) -> None:
        self.roster = roster
        self.records = records or {}
        self.locks: tuple[Lock, ...] = ()
        self.history: list[HistoryEntry] = []
        self.receipts: dict[str, tuple[Submission, Receipt]] = {}
        self.fail: Iterator[str] = iter(())
        self.user = "an"
        self.tried: list[Submission] = []  # everything that was sent, whatever became of it

    def pull(self, key: ClassKey, grades: tuple[str, ...]) -> Snapshot:
        assert key == KEY
        at = f"2023-04-01T00:00:{len(self.history):06}"
        return Snapshot(
            INFO,
            len(self.receipts),
            at,
            self.roster,
            dict(self.records),
            self.locks,
            history=tuple(self.history),
            grades=grades,
        )

    def send(self, key: ClassKey, submission: Submission) -> Receipt:
        assert key == KEY
        self.tried.append(submission)
        trouble = next(self.fail, "")
        if trouble == "before":
            raise Refused(Code.NOT_REACHABLE, server="http://mau")
        receipt = self._settled(submission)
        if trouble == "after":
            raise Refused(Code.NOT_REACHABLE, server="http://mau")
        return receipt

    def receipt(self, key: ClassKey, send_id: str) -> Receipt:
        assert key == KEY
        if send_id not in self.receipts:
            raise Refused(Code.SEND_UNKNOWN, send_id=send_id)
        return self.receipts[send_id][1]

    def _settled(self, submission: Submission) -> Receipt:
        if submission.send_id in self.receipts:
            known, receipt = self.receipts[submission.send_id]
            if known != submission:
                raise Refused(Code.SEND_REUSED, send_id=submission.send_id)
            return receipt
        at = f"2023-04-01T00:00:00.{len(self.receipts):06}+00:00"
        verdicts: list[Verdict] = []
        for row in submission.rows:
            verdicts += self._row(row.sheet, row.student_code, submission, at)
        receipt = Receipt(submission.send_id, at, self.user, len(self.receipts) + 1, {}, tuple(verdicts))
        self.receipts[submission.send_id] = submission, receipt
        return receipt

    def _row(self, sheet: str, code: str, submission: Submission, at: str) -> list[Verdict]:
        change = next(row for row in submission.rows if (row.sheet, row.student_code) == (sheet, code))
        held = self.records.get((sheet, code), Record({}))
        layout = {layout.key: layout for layout in INFO.layouts(("10", "11", "12"))}[sheet]
        settled = settle(change, held.cells, Gate(locked=locked_keys(layout, self.locks)))
        if settled.applied:
            self.records[sheet, code] = Record(apply(held.cells, settled.applied), held.version + 1)
            self.history.append(
                HistoryEntry(sheet, code, at, self.user, "workbook", submission.send_id, settled.applied)
            )
        return [
            Verdict(sheet, code, key, outcome, "", held.cells.get(key), "ai đó", at)
            for key, outcome in settled.outcomes.items()
            if outcome is not Outcome.APPLIED
        ]

    def lock(self, grade: str, period: Period) -> None:
        self.locks = (*self.locks, Lock(grade, period, "2023-04-01T00:00:00+00:00", "quản trị"))

    def value(self, cell: CellKey) -> str | None:
        record = self.records.get((cell[0], cell[1]))
        return record.cells.get(cell[2]) if record else None
