"""What each button does, whatever holds the workbook: check, status, refresh, send, resolve, history.

A command reads the workbook once, decides with the pure core, and writes once; only `refresh` and `send` meet the
network, and both leave the workbook able to try again whatever happens on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from addin import local
from addin.offering import offered
from addin.reconcile import Refreshed, acknowledge, reconcile
from shared.cells import shown
from shared.check import check as check_data
from shared.check import invalid_cells
from shared.layout import PROFILE
from shared.merge import Change, Outcome
from shared.messages import SEVERITIES, message
from shared.offers import Offer
from shared.phrases import BLANK
from shared.problems import Code, Finding, Refused, Severity
from shared.records import ClassKey, HistoryEntry, Snapshot
from shared.sync_api import Receipt, Submission, SyncApi, Verdict
from shared.times import local_time
from workbooks.port import ClassWorkbook, Reading, Update
from workbooks.state import CellKey, State
from workbooks.statuses import locked_text, status_text

SendOutcome = Literal["sent", "partly", "nothing", "refused", "offline"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook with everything found in it."""

    reading: Reading
    findings: tuple[Finding, ...]
    standing: local.Standing
    changes: Mapping[CellKey, Change]  # without open conflicts

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What may be put right after asking; worked out anew each time."""
        return offered(self.reading, self.findings, self.standing)


def examine(reading: Reading) -> Checked:
    """Check a reading: the file, the values, and what waits (conflicts, edits in locked blocks)."""
    found = (*reading.findings, *check_data(reading.data))
    mine = local.standing(reading, found)
    changes = local.all_changes(reading.state.base, mine)
    plain = {cell: change for cell, change in changes.items() if cell not in reading.state.conflicts}
    return Checked(reading, (*found, *_waiting(reading, mine, plain)), mine, plain)


def _waiting(reading: Reading, standing: local.Standing, changes: Mapping[CellKey, Change]) -> Iterator[Finding]:
    """What waits for the user: open conflicts, and edits parked before a lock."""
    places, state = local.Places(reading.data), reading.state
    columns = {
        (la.key, key): column for la in state.base.info.layouts(state.base.grades) for key, column in la.by_key.items()
    }

    def found(code: Code, cell: CellKey, value: str | None, **facts: str | None) -> Finding:
        column = columns[cell[0], cell[2]]
        words = {name: fact or BLANK for name, fact in facts.items()}
        sheet, address = places.of(cell)
        text = message(code, where=column.words, **words)
        return Finding(code, SEVERITIES[code], sheet, address, cell[1], f"{cell[0]}.{cell[2]}", value, text, None)

    for cell, opened in sorted(state.conflicts.items()):
        column, conflict = columns[cell[0], cell[2]], opened.conflict
        now = standing.cells[cell[:2]].get(cell[2]) if standing.has(cell) else conflict.mine
        mine, theirs = shown(column, now), shown(column, conflict.theirs)
        yield found(Code.CONFLICT, cell, mine, mine=mine, theirs=theirs, by=opened.by, at=local_time(opened.at))
    for cell, lock in sorted(local.locked_cells(state, changes).items()):
        value = shown(columns[cell[0], cell[2]], changes[cell][1])
        yield found(Code.LOCKED, cell, value, block=lock.title, by=lock.by, at=local_time(lock.at))


def statuses(checked: Checked) -> dict[tuple[str, str], str]:
    """The words of Trạng thái for every row."""
    state, titles = checked.reading.state, local.titles(checked.reading.data)
    errors, warnings = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for found in checked.findings:
        counter = {Severity.ERROR: errors, Severity.WARNING: warnings}.get(found.severity)
        if counter is not None and found.student_code and found.sheet in titles:
            counter[titles[found.sheet], found.student_code] += 1
    changed = Counter((sheet, code) for sheet, code, _ in checked.changes)
    conflicts = Counter((sheet, code) for sheet, code, _ in state.conflicts)
    locked = {key: locked_text(key, state.base.locks) for key in checked.reading.data.sheets}
    sent = _sent_rows(state)
    return {
        (key, row.student_code): status_text(
            changed=changed[key, row.student_code],
            errors=errors[key, row.student_code],
            warnings=warnings[key, row.student_code],
            conflicts=conflicts[key, row.student_code],
            locked=locked[key],
            sent_at=sent.get((key, row.student_code), ""),
        )
        for key, sheet in checked.reading.data.sheets.items()
        for row in sheet.rows
        if row.student_code
    }


def _sent_rows(state: State) -> dict[tuple[str, str], str]:
    """When the last send took each row."""
    receipt = state.receipt
    if receipt is None:
        return {}
    at = local_time(receipt.at, "%d/%m %H:%M")
    return {(e.sheet, e.student_code): at for e in state.base.history if e.send_id == receipt.send_id}


def check(workbook: ClassWorkbook) -> Checked:
    """Kiểm tra: find, and write the report and the status of each row."""
    checked = examine(workbook.read())
    workbook.write(reported(checked, Update()))
    return checked


def reported(checked: Checked, update: Update) -> Update:
    """An update that also shows what was found: the report with its offers, and the status of each row."""
    return replace(update, report=checked.findings, offers=checked.offers, statuses=statuses(checked))


@dataclass(frozen=True, slots=True)
class SendResult:
    """What a send came to, cell by cell."""

    outcome: SendOutcome
    verdicts: tuple[Verdict, ...]  # every cell that was to be sent
    receipt: Receipt | None
    checked: Checked
    refused: Refused | None = None


def withheld(checked: Checked) -> tuple[Finding, ...]:
    """The findings behind which an edit may wait that cannot be sent."""
    return local.withheld(checked.findings)


def plan(checked: Checked) -> tuple[dict[CellKey, Change], tuple[Verdict, ...]]:
    """The changes that may travel, and the verdicts on those whose value is impossible."""
    layouts = {
        layout.key: layout for layout in checked.reading.state.base.info.layouts(checked.reading.state.base.grades)
    }
    good, bad = dict(checked.changes), []
    for row in local.as_rows(checked.changes):
        after = {key: change[1] for key, change in row.cells.items()}
        for key, words in invalid_cells(layouts[row.sheet], after).items():
            if key in row.cells:
                good.pop((row.sheet, row.student_code, key), None)
                bad.append(Verdict(row.sheet, row.student_code, key, Outcome.INVALID, words, row.cells[key][0]))
    return good, tuple(bad)


def send(workbook: ClassWorkbook, api: SyncApi, mint_id: Callable[[], str]) -> SendResult:
    """Gửi: first what an earlier try left unanswered, then the changed cells; nothing travels before it is written down."""
    reading = workbook.read()
    done: list[Verdict] = []
    if reading.state.outbox is not None:
        first = _deliver(workbook, api, reading, reading.state.outbox)
        if first.receipt is None:
            return first
        done += first.verdicts
        reading = first.checked.reading
    checked = examine(reading)
    good, bad = plan(checked)
    if not good:
        checked = _close(workbook, reading)
        return _result(checked, (*done, *bad), reading.state.receipt if done else None)
    submission = Submission(mint_id(), local.as_rows(good))
    state = replace(reading.state, outbox=submission)
    workbook.write(Update(state=state))
    result = _deliver(workbook, api, replace(reading, state=state), submission)
    verdicts = (*done, *result.verdicts, *bad)
    if result.receipt is None:
        return replace(result, verdicts=verdicts)
    if any(verdict.outcome is Outcome.LOCKED for verdict in verdicts):
        with suppress(Refused):  # the locks that were met come in now, or with the next pull
            return _result(refresh(workbook, api)[1], verdicts, result.receipt)
    return _result(result.checked, verdicts, result.receipt)


# Of any other refusal it is not known whether an earlier try was carried out: the outbox stays until there is a receipt.
_NEVER_CARRIED_OUT = frozenset({Code.SEND_MALFORMED, Code.SEND_REUSED, Code.REQUEST_INVALID})


def _deliver(workbook: ClassWorkbook, api: SyncApi, reading: Reading, submission: Submission) -> SendResult:
    key = reading.state.base.info.key
    try:
        receipt = api.send(key, submission)
    except Refused as refused:
        unknown = refused.code in (Code.NOT_REACHABLE, Code.SERVICE_FAILED)
        if refused.code in _NEVER_CARRIED_OUT:
            reading = replace(reading, state=replace(reading.state, outbox=None))
            workbook.write(Update(state=reading.state))
        outcome: SendOutcome = "offline" if unknown else "refused"
        return SendResult(outcome, (), None, examine(reading), refused)
    verdicts = _all_verdicts(submission, receipt)
    state = acknowledge(reading.state, submission, receipt, verdicts)
    copies = local.copies(reading.data, state.base, reading.state.base)
    checked = _close(workbook, replace(reading, state=state), copies)
    return _result(checked, verdicts, receipt)


def _all_verdicts(submission: Submission, receipt: Receipt) -> tuple[Verdict, ...]:
    told = {(v.sheet, v.student_code, v.column): v for v in receipt.verdicts}
    return tuple(
        told.get((row.sheet, row.student_code, key)) or Verdict(row.sheet, row.student_code, key, Outcome.APPLIED)
        for row in submission.rows
        for key in row.cells
    )


def _close(
    workbook: ClassWorkbook, reading: Reading, copies: Mapping[CellKey, str | None] = MappingProxyType({})
) -> Checked:
    """Write down what is remembered, with the report and the rows' states; `copies` are names that have changed."""
    names = {code: reading.state.base.cells(PROFILE, code).get("full_name", "") for code in reading.state.base.roster}
    data = replace(local.with_cells(reading.data, copies), base_names=names)
    checked = examine(replace(reading, data=data))
    workbook.write(reported(checked, Update(copies, state=reading.state)))
    return checked


def _result(checked: Checked, verdicts: tuple[Verdict, ...], receipt: Receipt | None) -> SendResult:
    well = {Outcome.APPLIED, Outcome.UNCHANGED}
    waiting = withheld(checked)
    if not verdicts:
        return SendResult("refused" if waiting else "nothing", (), None, checked)
    last = {(v.sheet, v.student_code, v.column): v for v in verdicts}  # a cell may have gone twice: before and after
    good = sum(verdict.outcome in well for verdict in last.values())
    outcome: SendOutcome = "refused" if not good else "sent" if good == len(last) and not waiting else "partly"
    return SendResult(outcome, tuple(last.values()), receipt, checked)


def refresh(workbook: ClassWorkbook, api: SyncApi) -> tuple[Refreshed, Checked]:
    """Lấy KQHT lớp into an open workbook: what others changed comes in, what I have not sent stays."""
    reading = _answered(workbook.read(), api)
    base = reading.state.base
    theirs = api.pull(base.info.key, base.grades)
    found = reconcile(reading.state, examine(reading).standing, theirs)
    copies = local.copies(reading.data, found.state.base, base)
    workbook.write(Update({**copies, **found.cells}, locks=theirs.locks, state=found.state))
    return found, _close(workbook, workbook.read())


def _answered(reading: Reading, api: SyncApi) -> Reading:
    """The reading after asking what became of a send whose reply was lost; nothing is sent."""
    outbox = reading.state.outbox
    if outbox is None:
        return reading
    try:
        receipt = api.receipt(key_of(reading), outbox.send_id)
    except Refused as refused:
        if refused.code is not Code.SEND_UNKNOWN:
            raise
        return reading  # it never arrived: the next send delivers it
    return replace(reading, state=acknowledge(reading.state, outbox, receipt, _all_verdicts(outbox, receipt)))


def resolve(workbook: ClassWorkbook, take: Literal["mine", "theirs"], cell: CellKey | None) -> Checked:
    """Settle conflicts, all or one, and drop edits parked before a lock when theirs is taken for their cell."""
    reading = workbook.read()
    state, before = reading.state, examine(reading)
    chosen = [cell] if cell else [key for key in sorted(state.conflicts) if before.standing.has(key)]
    settled: dict[CellKey, str | None] = {}
    for key in chosen:
        if key in state.conflicts and before.standing.has(key):
            settled[key] = state.conflicts[key].conflict.theirs
        elif cell and take == "theirs" and key in before.changes:
            settled[key] = state.base.cells(key[0], key[1]).get(key[2])
        elif cell:
            raise Refused(Code.NOT_IN_CONFLICT, cell="!".join(local.Places(reading.data).of(key)))
    state = replace(
        state,
        base=local.with_base_cells(state.base, settled),
        conflicts={key: opened for key, opened in state.conflicts.items() if key not in settled},
    )
    cells = settled if take == "theirs" else {}
    after = replace(reading, state=state, data=local.with_cells(reading.data, cells))
    checked = examine(after)
    workbook.write(reported(checked, Update(cells, state=state)))
    return checked


def history(reading: Reading, cell: CellKey) -> tuple[tuple[HistoryEntry, Change], ...]:
    """Lịch sử ô: who changed the cell, newest first, from what the last pull brought."""
    sheet, code, key = cell
    entries = (e for e in reading.state.base.history if (e.sheet, e.student_code) == (sheet, code) and key in e.changes)
    return tuple((entry, entry.changes[key]) for entry in sorted(entries, key=lambda e: e.at, reverse=True))


def new_state(snapshot: Snapshot, server: str) -> State:
    """What a freshly pulled workbook remembers."""
    return State(snapshot, pulled_at=snapshot.as_of, server=server)


def key_of(reading: Reading) -> ClassKey:
    """The class a workbook belongs to."""
    return reading.state.base.info.key
