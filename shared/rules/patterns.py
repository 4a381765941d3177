"""Patterns in a row that no pupil earns: a dragged series, a lost cell (RULEBOOK 1.8 and 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared import phrases
from shared.cells import score_text
from shared.offer_phrases import take_offer
from shared.problems import Code, Issue, offer_id
from shared.rules.facts import StudentRow, Triple
from shared.rules.shifts import fits, shift_of

SERIES = 4  # cells (checks.json: SC_SERIES)
_SURE_SERIES = 6  # even when every year average agrees

Run = tuple[int, int, int]  # start, length, step in tenths


def runs(values: Sequence[int | None]) -> list[Run]:
    """The arithmetic progressions of at least four neighbours with a step other than 0."""
    found: list[Run] = []
    start, step, before = 0, 0, None
    for i, value in enumerate((*values, None)):
        now = value - before if value is not None and before is not None else 0
        if now != step or now == 0:
            if step and i - start >= SERIES:
                found.append((start, i - start, step))
            start, step = i - 1 if now else i, now
        before = value
    return found


def holds(row: StudentRow, subject: Triple) -> bool:
    """Whether a subject has all three scores and its year average follows from the semesters."""
    return fits(row.tenths, subject)


def plain(length: int, *, agreed: bool) -> bool:
    """Whether a short series is chance: every cell of it is borne out by its year average."""
    return agreed and length < _SURE_SERIES


def series_issue(column: str, values: Sequence[int | None], run: Run) -> Issue:
    """The issue of a series among some values."""
    start, length, step = run
    first, last = values[start] or 0, values[start + length - 1] or 0
    way = phrases.RISING if step > 0 else phrases.FALLING
    facts = {"count": length, "way": way, "step": score_text(abs(step)), "first": score_text(first)}
    return Issue(Code.SC_SERIES, column, {**facts, "last": score_text(last)})


def series_issues(row: StudentRow) -> Iterator[Issue]:
    """Neighbouring subjects of one term that rise or fall by the same step: a fill handle was dragged."""
    plan = row.plan
    for keys in plan.by_term:
        values = [row.tenths.get(key) for key in keys]
        for run in runs(values):
            start, length, _ = run
            subjects = plan.scored[start : start + length]
            if not plain(length, agreed=all(holds(row, subject) for subject in subjects)):
                yield series_issue(keys[start], values, run)


def shift_issues(row: StudentRow) -> Iterator[Issue]:
    """Rows in which one cell is lost or one too many: moving the rest by one makes four more formulas hold."""
    if shift := shift_of(row):
        facts = {
            "subject": shift.subject.name,
            "what": phrases.LOST_CELL if shift.lost else phrases.EXTRA_CELL,
            "before": shift.before,
            "after": shift.after,
            "total": shift.total,
            "how": take_offer(offer_id(Code.SC_SHIFT, row.layout.key, row.code)) if row.code else "",
        }
        yield Issue(Code.SC_SHIFT, shift.column, facts)
