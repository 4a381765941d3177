"""Blank cells by stage and what was filled too early (guide 2.4), blanks with a reason, the name of the foreign language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from shared import phrases
from shared.columns import Period
from shared.layout import LANGUAGE_CHOICES, PROFILE
from shared.nearness import the_nearest
from shared.problems import Code, Issue, Severity
from shared.progress import TOO_FEW, missing_keys
from shared.rules.facts import StudentRow
from shared.studies import Study, closed_keys, demands_of, studied_electives

_LAST_GRADE = "12"
_CONDUCT = "conduct_rating"
_LANGUAGES = frozenset(choice.key for choice in LANGUAGE_CHOICES)
_BARE_LANGUAGE = partial(re.compile(r"^ti[eế]ng\s+", re.IGNORECASE).sub, "")
_LANGUAGE_LIST = ", ".join(choice.text for choice in LANGUAGE_CHOICES)
_NO_CELL = frozenset({TOO_FEW})
_OWN_CODES = frozenset({"national_id", "passport", "residence.province", "residence.district", "residence.ward"})


def blank_issues(row: StudentRow, stage: int) -> Iterator[Issue]:
    """Required results that are not there, one issue a cell (guide 2.4: stage 1, stage 2)."""
    present = row.values
    if row.issues or row.reasons:
        present = {**row.values, **dict.fromkeys((*_misread(row), *row.reasons), "")}
    blank = missing_keys(row.layout, present, row.study)
    for period, code in due(row.layout.key, stage):
        for key in blank[period] - _NO_CELL:
            yield Issue(code, key)
        if not (row.programme.sure or _is_excused(row)):
            yield from _unrated_conduct(row, period, code)
    if row.layout.key == _LAST_GRADE and stage == 1 and (issue := _early_issue(row)):
        yield issue


def due(grade: str, stage: int) -> Iterator[tuple[Period, Code]]:
    """The blocks of a grade that must be filled in a stage, and the code for what they lack (guide 2.4)."""
    yield Period.HK1, Code.SC_BLANK_STAGE1
    if grade != _LAST_GRADE:
        yield Period.HK2, Code.SC_BLANK_STAGE1
    elif stage == 2:
        yield Period.HK2, Code.SC_BLANK_STAGE2


def _is_excused(row: StudentRow) -> bool:
    return row.study is not None and row.study.excused


def _misread(row: StudentRow) -> Iterator[str]:
    """Cells that hold something, though nothing usable: what is wrong with them is said already."""
    return (issue.column for issue in row.issues if issue.column and row.raw.get(issue.column) not in {None, ""})


def _unrated_conduct(row: StudentRow, period: Period, code: Code) -> Iterator[Issue]:
    """Some learners of GDTX are not rated for conduct: a blank is no error, but asks for a reason (RULEBOOK 3)."""
    columns = row.plan.rating(_CONDUCT)
    if columns is None:
        return
    for key in columns.keys:
        if row.layout.by_key[key].period is period and not row.has(key) and key not in set(_misread(row)):
            yield Issue(code, key, {"hint": f" {phrases.UNRATED_CONDUCT}"}, severity=Severity.WARNING)


def _early_issue(row: StudentRow) -> Issue | None:
    """HK II and the year of grade 12 must be empty in stage 1 (checks.json: SC_BLANK_STAGE2)."""
    early = [
        column.key
        for column in row.layout.stored
        if column.required and column.period is Period.HK2 and column.key in row.values
    ]
    return Issue(Code.SC_EARLY_STAGE2, early[0], {"count": len(early)}) if early else None


def reason_issues(row: StudentRow) -> Iterator[Issue]:
    """Blanks that a reason explains, once for each reason; and a grade's blanks that its source explains (RULEBOOK 6.4)."""
    by_words: dict[str, list[str]] = {}
    for key, reason in row.reasons.items():
        if key not in row.values:
            by_words.setdefault(reason.words, []).append(key)
    for words, keys in by_words.items():
        yield _reason_issue(row, words, keys)
    if row.study is not None and _is_excused(row) and row.study.source:
        expected = [key for keys in demands_of(row.study.programme).everyone.values() for key in keys]
        blank = [column.key for column in row.layout.stored if column.key in expected and not row.has(column.key)]
        if blank:
            yield _reason_issue(row, phrases.SOURCE_WORDS[row.study.source], blank)


def _reason_issue(row: StudentRow, words: str, keys: list[str]) -> Issue:
    names = phrases.cells_words([row.layout.by_key[key].words for key in keys])
    return Issue(Code.EXEMPT, keys[0], {"count": len(keys), "reason": words, "names": names})


def elective_issues(row: StudentRow) -> Iterator[Issue]:
    """Results of subjects that the student does not study, and too few or too many chosen ones (TT13/2022)."""
    study = row.study
    if study is None:
        return
    closed = closed_keys(row.layout, study)
    if not (closed.isdisjoint(row.values) and closed.isdisjoint(row.reasons)):
        yield from _unstudied_issues(row, study, closed)
    if study.electives is None and row.plan.electives and not study.excused:
        yield from _count_issue(row)
        yield from _free_issue(row)


def _unstudied_issues(row: StudentRow, study: Study, closed: frozenset[str]) -> Iterator[Issue]:
    """One issue for each subject in which there is nothing to enter, at its first cell."""
    filled = [column for column in row.layout.stored if column.key in closed and row.has(column.key)]
    told: set[str | None] = set()
    for column in filled:
        if column.subject in told:
            continue
        told.add(column.subject)
        own = column.subject in row.plan.names
        if own:
            what = phrases.not_chosen(row.plan.names[key] for key in row.plan.names if key in (study.electives or ()))
        else:
            what = phrases.not_in_programme(study.programme.circular)
        place = phrases.study_place(row.layout.key, chosen=own)
        yield Issue(Code.MH_UNSTUDIED, column.key, {"what": what, "place": place})


def _count_issue(row: StudentRow) -> Iterator[Issue]:
    """Electives as the marks show them, where the profile does not say which were chosen."""
    study = row.study
    if study is None or not study.programme.chosen:
        return
    counted = demands_of(study.programme).counted
    own = [key for key in studied_electives(study, (*row.values, *row.reasons)) if key in counted]
    wanted = chosen_count(row)
    if len(own) != wanted:
        names = [row.plan.names[key] for key in own]
        facts = {
            "what": phrases.electives_found(names),
            "wanted": wanted,
            "place": phrases.study_place(row.layout.key, chosen=True),
        }
        sure = study.programme.sure and len(own) < wanted
        yield Issue(Code.MH_COUNT, f"{counted[0]}.semester_1", facts, severity=None if sure else Severity.WARNING)


def chosen_count(row: StudentRow) -> int:
    """How many electives a student chooses; a setting where the circular's number is not known."""
    set_count = row.info.chosen_subjects if row.info and not row.programme.sure else None
    return set_count or row.programme.chosen


def _free_issue(row: StudentRow) -> Iterator[Issue]:
    """GDTX of the 2006 programme: Ngoại ngữ and GDCD may be blank (RULEBOOK 3)."""
    if row.programme.sure or row.programme.chosen or row.study is None:
        return
    own = studied_electives(row.study, (*row.values, *row.reasons, *_misread(row)))
    free = [subject for subject in row.programme.electives if subject.key not in own]
    if free:
        names = ", ".join(subject.name for subject in free)
        yield Issue(Code.GDTX_SUBJECTS, f"{free[0].key}.semester_1", {"names": names})


def profile_blank_issues(row: StudentRow) -> Iterator[Issue]:
    """Required cells of the profile that are blank; numbers and addresses have codes of their own (guide 2.1)."""
    present: Mapping[str, str] = {**row.values, **dict.fromkeys(_misread(row), "")}
    if row.layout.key == PROFILE:
        for key in missing_keys(row.layout, present)[None] - _OWN_CODES:
            yield Issue(Code.PROFILE_MISSING, key)


def language_issues(row: StudentRow) -> Iterator[Issue]:
    """Scores of a foreign language without the language's name, or with a name that is none (guide 2.2)."""
    for column, keys in row.plan.languages:
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
    for column, _ in row.plan.languages:
        now, before = row.values.get(column), earlier.values.get(column)
        if now and before and now != before:
            yield Issue(Code.SC_NN_CHANGE, column, {"other": before, "grade": earlier.layout.key})
