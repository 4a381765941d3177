"""Blank cells by stage, and what was filled too early (guide 2.4); the name of the foreign language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from shared import phrases
from shared.columns import Period
from shared.layout import LANGUAGE_CHOICES, PROFILE
from shared.nearness import the_nearest
from shared.problems import Code, Issue
from shared.progress import missing_keys
from shared.rules.facts import StudentRow, plan_of

_LAST_GRADE = "12"
_LANGUAGES = frozenset(choice.key for choice in LANGUAGE_CHOICES)
_BARE_LANGUAGE = partial(re.compile(r"^ti[eế]ng\s+", re.IGNORECASE).sub, "")
_LANGUAGE_LIST = ", ".join(choice.text for choice in LANGUAGE_CHOICES)
_OWN_CODES = frozenset({"national_id", "passport", "residence.province", "residence.district", "residence.ward"})


def blank_issues(row: StudentRow, stage: int) -> Iterator[Issue]:
    """Required results that are not there, one issue a cell (guide 2.4: stage 1, stage 2)."""
    blank = missing_keys(row.layout, {**row.values, **dict.fromkeys(_misread(row), "")})
    for key in blank[Period.HK1]:
        yield Issue(Code.SC_BLANK_STAGE1, key)
    if row.layout.key != _LAST_GRADE:
        for key in blank[Period.HK2]:
            yield Issue(Code.SC_BLANK_STAGE1, key)
    elif stage == 2:
        for key in blank[Period.HK2]:
            yield Issue(Code.SC_BLANK_STAGE2, key)
    elif issue := _early_issue(row):
        yield issue


def _misread(row: StudentRow) -> Iterator[str]:
    """Cells that hold something, though nothing usable: what is wrong with them is said already."""
    return (issue.column for issue in row.issues if issue.column)


def _early_issue(row: StudentRow) -> Issue | None:
    """HK II and the year of grade 12 must be empty in stage 1 (checks.json: SC_BLANK_STAGE2)."""
    required = row.layout.required[Period.HK2]
    early = [column.key for column in row.layout.stored if column.key in required and column.key in row.values]
    return Issue(Code.SC_EARLY_STAGE2, early[0], {"count": len(early)}) if early else None


def profile_blank_issues(row: StudentRow) -> Iterator[Issue]:
    """Required cells of the profile that are blank; numbers and addresses have codes of their own (guide 2.1)."""
    present: Mapping[str, str] = {**row.values, **dict.fromkeys(_misread(row), "")}
    if row.layout.key == PROFILE:
        for key in missing_keys(row.layout, present)[None] - _OWN_CODES:
            yield Issue(Code.PROFILE_MISSING, key)


def language_issues(row: StudentRow) -> Iterator[Issue]:
    """Scores of a foreign language without the language's name, or with a name that is none (guide 2.2)."""
    for column, keys in plan_of(row.layout).languages:
        name = row.values.get(column)
        if name is None:
            if any(key in row.tenths for key in keys) and all(issue.column != column for issue in row.issues):
                facts = {"what": phrases.LANGUAGE_MISSING, "choices": _LANGUAGE_LIST}
                yield Issue(Code.SC_NN_LANG, column, facts)
        elif name not in _LANGUAGES:
            facts = {"what": phrases.unknown_language(name), "choices": _LANGUAGE_LIST}
            yield Issue(Code.SC_NN_LANG, column, facts, the_nearest(name, _LANGUAGES, _BARE_LANGUAGE))


def language_change_issues(row: StudentRow, earlier: StudentRow) -> Iterator[Issue]:
    """A language other than that of the grade before: allowed, but seldom meant (checks.json: SC_NN_CHANGE)."""
    for column, _ in plan_of(row.layout).languages:
        now, before = row.values.get(column), earlier.values.get(column)
        if now and before and now != before:
            yield Issue(Code.SC_NN_CHANGE, column, {"other": before, "grade": earlier.layout.key})
