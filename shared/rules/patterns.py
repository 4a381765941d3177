"""Patterns in a row that no pupil earns: a dragged series, a lost cell (RULEBOOK 1.8 and 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared import phrases
from shared.cells import score_text
from shared.layout import SheetLayout
from shared.problems import Code, Issue
from shared.rules.facts import StudentRow, Triple, plan_of, year_tenths

SERIES = 4  # cells (checks.json: SC_SERIES)
_SURE_SERIES = 6  # even when every year average agrees
_GAIN = 4  # formulas that moving a row by one cell must put right (checks.json: SC_SHIFT)

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
    a, b, c = (row.tenths.get(key) for key in subject.keys)
    return a is not None and b is not None and c is not None and c == year_tenths(a, b)


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


def segments(layout: SheetLayout) -> list[list[Triple]]:
    """The scored subjects between the columns that hold no scores: a lost cell moves the rest of its segment."""
    plan = plan_of(layout)
    breaks = {key.split(".")[0] for key, _ in plan.languages}
    parts: list[list[Triple]] = [[]]
    for subject in plan.scored:
        if subject.subject in breaks:
            parts.append([])
        parts[-1].append(subject)
    return [part for part in parts if len(part) >= _GAIN]


def shift_issues(row: StudentRow) -> Iterator[Issue]:
    """Rows in which one cell is lost or one too many: moving the rest by one makes four more formulas hold."""
    for subjects in segments(row.layout):
        values = [row.tenths.get(key) for subject in subjects for key in subject.keys]
        before = _held(values)
        if before + _GAIN > len(subjects):
            continue
        best, at, lost = max(
            (after, -p, lost)
            for p in range(len(values))
            for lost, moved in (
                (True, [*values[:p], None, *values[p:-1]]),
                (False, [*values[:p], *values[p + 1 :], None]),
            )
            if (after := _held(moved)) >= 0
        )
        if best - before >= _GAIN:
            keys = [key for subject in subjects for key in subject.keys]
            what = phrases.LOST_CELL if lost else phrases.EXTRA_CELL
            facts = {
                "subject": subjects[-at // 3].name,
                "what": what,
                "before": before,
                "after": best,
                "total": len(subjects),
            }
            yield Issue(Code.SC_SHIFT, keys[-at], facts)


def _held(values: Sequence[int | None]) -> int:
    triples = zip(values[::3], values[1::3], values[2::3], strict=True)
    return sum(a is not None and b is not None and c is not None and c == year_tenths(a, b) for a, b, c in triples)
