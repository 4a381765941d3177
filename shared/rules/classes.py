"""Rules that need the whole class: repeated numbers, pupils twice, columns alike, columns exchanged (checks.json)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from shared import phrases
from shared.cells import fold, score_text
from shared.problems import Code, Issue
from shared.rules.facts import StudentRow, plan_of
from shared.rules.identity import CARD, NUMBER
from shared.rules.patterns import holds, plain, runs, series_issue
from shared.rules.swaps import FEWEST, swap_issues

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
    yield from ((None, issue) for issue in swap_issues(rows))


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
