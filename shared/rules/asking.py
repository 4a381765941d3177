"""Single cells that may be put right in one or more ways, but not without asking (checks.json, RULEBOOK 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.cells import compared, from_cell, raw_text, score_text
from shared.columns import STUDENT_CODE
from shared.layout import LANGUAGE_CHOICES, PROFILE
from shared.problems import Code, Issue
from shared.rules.addresses import address_issues
from shared.rules.completeness import language_issues
from shared.rules.facts import StudentRow, plan_of, triple
from shared.rules.profile import ethnic_issues
from shared.rules.scores import year_issues
from shared.rules.shifts import fits
from shared.rules.tidy_scores import candidates

_LANGUAGES = frozenset(choice.key for choice in LANGUAGE_CHOICES)
_READINGS = frozenset({Code.SC_DATE, Code.SC_X10})
_SUGGESTED = frozenset(
    {Code.ETHNIC_VALUE, Code.ADDR_INCOMPLETE, Code.ADDR_NOT_IN_CATALOGUE, Code.SC_CN_FORMULA, Code.SC_NN_LANG}
)
ASKED = _READINGS | _SUGGESTED | {Code.ID_LENGTH, Code.MOET_ID}  # findings behind which an offer may stand


@dataclass(frozen=True, slots=True)
class Question:
    """One cell of a row, and one value that it may have been meant to hold."""

    code: Code
    row: StudentRow
    column: str
    after: str  # canonical
    reading: bool = False  # one of several: its value is part of its name


def row_questions(row: StudentRow) -> Iterator[Question]:
    """What a student's row alone gives reason to ask."""
    for issue in row.issues:
        if issue.code in _READINGS and issue.suggestion is None and issue.column:
            for tenths in _readings(row, issue):
                yield Question(issue.code, row, issue.column, score_text(tenths), reading=True)
        if issue.code is Code.ID_LENGTH and issue.column and issue.suggestion:
            yield Question(issue.code, row, issue.column, issue.suggestion)
    rules = (ethnic_issues, address_issues) if row.layout.key == PROFILE else (year_issues,)
    for rule in rules:
        for issue in rule(row):
            if issue.code in _SUGGESTED and issue.suggestion and issue.column:
                after = from_cell(row.layout.by_key[issue.column], issue.suggestion) or ""
                yield Question(issue.code, row, issue.column, after)


def _readings(row: StudentRow, issue: Issue) -> tuple[int, ...]:
    """The scores that a bent cell may have been; only those that its subject bears out, when some do."""
    key = issue.column or ""
    found = candidates(issue.code, from_cell(row.layout.by_key[key], row.raw[key]) or "")
    subject = triple(key.rpartition(".")[0], "")
    return tuple(tenths for tenths in found if fits({**row.tenths, key: tenths}, subject)) or found


def language_questions(rows: Sequence[StudentRow]) -> Iterator[Question]:
    """The language of most of a column for those who have scores in one but no name (checks.json: SC_NN_LANG)."""
    for column, _ in plan_of(rows[0].layout).languages if rows else ():
        named = Counter(name for row in rows if (name := row.values.get(column)) in _LANGUAGES)
        usual, count = named.most_common(1)[0] if named else ("", 0)
        if 2 * count <= named.total():
            continue
        for row in rows:
            if not row.raw.get(column) and any(issue.column == column for issue in language_issues(row)):
                yield Question(Code.SC_NN_LANG, row, column, usual)


def code_questions(rows: Sequence[StudentRow], roster: Collection[str], names: Mapping[str, str]) -> Iterator[Question]:
    """The code of a row that has lost it, or bears a strange one: that of the only student without a row who has its name.

    A student's code never changes (TT 42/2021 art. 10).
    """
    present = {row.code for row in rows}
    missing: dict[str, list[str]] = {}
    for code in roster:
        if code not in present and code in names:
            missing.setdefault(compared(names[code]), []).append(code)
    lost = [row for row in rows if row.code is None or row.code not in roster]
    called = Counter(map(_name, lost))
    for row in lost:
        name = _name(row)
        codes = missing.get(name, []) if name else []
        if called[name] == 1 and len(codes) == 1:
            yield Question(Code.MOET_ID, row, STUDENT_CODE, codes[0])


def _name(row: StudentRow) -> str:
    return compared(raw_text(row.raw.get("full_name")))
