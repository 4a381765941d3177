"""Rules that need the whole class: repeated numbers, pupils twice, columns alike, columns exchanged (checks.json)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared import phrases
from shared.cells import fold, score_text
from shared.problems import Code, Issue
from shared.rules.facts import Plan, StudentRow, Triple, label, plan_of, year_tenths
from shared.rules.identity import CARD, NUMBER
from shared.rules.patterns import holds, plain, runs, series_issue

FEWEST = 5  # students before a column as a whole says anything

Placed = tuple[StudentRow | None, Issue]  # None: the sheet as a whole


def duplicate_issues(rows: Sequence[StudentRow]) -> Iterator[Placed]:
    """The same personal number, or the same name and birth date, on two rows."""
    holders: dict[str, list[tuple[StudentRow, str]]] = defaultdict(list)
    people: dict[tuple[str, str], list[StudentRow]] = defaultdict(list)
    for row in rows:
        for column in (NUMBER, CARD):
            if (number := row.values.get(column)) and all(found[0] is not row for found in holders[number]):
                holders[number].append((row, column))
        name, birth = row.values.get("full_name"), row.values.get("birth_date")
        if name and birth:
            people[fold(name), birth].append(row)
    for found in holders.values():
        for i, (row, column) in enumerate(found if len(found) > 1 else ()):
            other = found[0 if i else 1][0]
            facts = {"other": other.values.get("full_name", ""), "row": other.number}
            yield row, Issue(Code.ID_DUP_FILE, column, facts)
    for same in people.values():
        for i, row in enumerate(same if len(same) > 1 else ()):
            yield row, Issue(Code.DUP_STUDENT, "full_name", {"row": same[0 if i else 1].number})


def column_issues(rows: Sequence[StudentRow]) -> Iterator[Placed]:
    """Columns of one value, columns alike, series down a column, columns exchanged."""
    if not rows:
        return
    plan = plan_of(rows[0].layout)
    triples = (*plan.scored, *((plan.average,) if plan.average else ()))
    alike: dict[tuple[int | None, ...], str] = {}
    for subject in triples:
        for key in subject.keys:
            column = tuple([row.tenths.get(key) for row in rows])
            if issue := _alike_issue(rows[0], alike, key, column):
                yield None, issue
            for run in runs(column):
                start, length, _ = run
                agreed = subject is plan.average or all(holds(row, subject) for row in rows[start : start + length])
                if not plain(length, agreed=agreed):
                    yield rows[start], series_issue(key, column, run)
    yield from ((None, issue) for issue in swap_issues(plan, rows))


def _alike_issue(
    row: StudentRow, alike: dict[tuple[int | None, ...], str], key: str, column: tuple[int | None, ...]
) -> Issue | None:
    filled = [score for score in column if score is not None]
    if len(filled) < FEWEST:
        return None
    words = row.layout.by_key[key].words
    if len(filled) == len(column) and len(set(column)) == 1:
        score = score_text(filled[0])
        return Issue(Code.SC_CONSTANT, key, {"what": phrases.constant_column(score, words)})
    other = alike.setdefault(column, key)
    if other == key:
        return None
    return Issue(Code.SC_CONSTANT, key, {"what": phrases.same_columns(words, row.layout.by_key[other].words)})


@dataclass(frozen=True, slots=True)
class _Scores:
    """A subject's complete scores over the class."""

    subject: Triple
    rows: tuple[tuple[int, int, int] | None, ...]

    @property
    def complete(self) -> int:
        return sum(row is not None for row in self.rows)

    @property
    def broken(self) -> int:
        return sum(row is not None and row[2] != year_tenths(row[0], row[1]) for row in self.rows)


def _scores(subject: Triple, rows: Sequence[StudentRow]) -> _Scores:
    found: list[tuple[int, int, int] | None] = []
    for row in rows:
        a, b, c = (row.tenths.get(key) for key in subject.keys)
        found.append(None if a is None or b is None or c is None else (a, b, c))
    return _Scores(subject, tuple(found))


def swap_issues(plan: Plan, rows: Sequence[StudentRow]) -> Iterator[Issue]:
    """Subjects whose formula fails for most of the class but holds with two columns exchanged (SC_COL_SWAP)."""
    suspects = []
    for subject in plan.scored:
        wrong = sum(any(i.column == subject.keys[2] and i.code in _BROKEN for i in row.issues) for row in rows)
        if wrong >= FEWEST and 2 * wrong > len(rows):
            suspects.append(_scores(subject, rows))
    for at, scores in enumerate(suspects):
        what = _swapped_terms(scores) or next(
            (words for other in suspects[:at] + suspects[at + 1 :] if (words := _swapped_columns(scores, other))), None
        )
        if what:
            facts = {"subject": scores.subject.name, "broken": scores.broken, "total": scores.complete, "what": what}
            yield Issue(Code.SC_COL_SWAP, scores.subject.keys[2], facts)


_BROKEN = frozenset({Code.SC_CN_FORMULA, Code.SC_CN_RETEST})


def _mostly(held: int, scores: _Scores) -> bool:
    return held >= FEWEST and 2 * held > scores.complete


def _swapped_terms(scores: _Scores) -> str | None:
    held = sum(row is not None and row[2] == year_tenths(row[1], row[0]) for row in scores.rows)
    return phrases.SEMESTERS_SWAPPED if _mostly(held, scores) else None


def _swapped_columns(mine: _Scores, other: _Scores) -> str | None:
    """Which term's column of two subjects, exchanged, makes both formulas hold for most."""
    for term in range(3):
        held = sum(
            a is not None and b is not None and _held(_with(a, term, b)) and _held(_with(b, term, a))
            for a, b in zip(mine.rows, other.rows, strict=True)
        )
        if _mostly(held, mine):
            return phrases.swapped_columns(label(term), other.subject.name)
    return None


def _with(row: tuple[int, int, int], term: int, other: tuple[int, int, int]) -> tuple[int, ...]:
    return (*row[:term], other[term], *row[term + 1 :])


def _held(row: tuple[int, ...]) -> bool:
    return row[2] == year_tenths(row[0], row[1])
