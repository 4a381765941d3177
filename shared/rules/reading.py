"""A sheet's rows, read once: good values, scores in tenths, and what is odd about single cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from shared import phrases
from shared.cells import LegacyText, from_cell, is_iso_date, score_text, shown
from shared.layout import PROFILE, SheetLayout
from shared.problems import Code, Issue
from shared.reasons import MARK, Reason, split
from shared.records import ClassInfo, Row, Sheet
from shared.rules.facts import StudentRow, plan_for, tenths_of
from shared.rules.identity import CARD, NUMBER
from shared.rules.rating_checks import implied_rating
from shared.rules.tidy import Tidying, tidy_row
from shared.rules.tidy_profile import proves_day_first
from shared.rules.tidy_scores import date_candidates
from shared.schemas.rows import load_row
from shared.studies import Study, study_of

_BIRTH = "birth_date"
_CARD_WITHOUT_ZERO = 8  # digits of an identity card's nine (checks.json: ID_LENGTH)


def sheet_proves_day_first(sheet: Sheet) -> bool:
    """Whether a profile's own dates of birth prove that the day stands first."""
    return sheet.layout.key == PROFILE and proves_day_first(row.cells.get(_BIRTH) for row in sheet.rows)


def read_row(
    layout: SheetLayout, row: Row, *, day_first: bool, study: Study | None = None, info: ClassInfo | None = None
) -> tuple[StudentRow, list[Tidying]]:
    """A row's values as they are understood, its issues, and the tidyings among them."""
    raw = row.cells
    values, errors = load_row(layout, raw)
    reasons: dict[str, Reason] = {}
    if layout.programme and MARK in "".join(values.values()):
        values, reasons = _without_reasons(values)
    tidyings: list[Tidying] = []
    profile = layout.key == PROFILE
    if errors or profile or any(raw[key] != value and raw[key].__class__ is not float for key, value in values.items()):
        found = tidy_row(layout, raw, values, errors, day_first=day_first)
        tidyings = [tidying for tidying in found if tidying.column not in reasons]
        values = {**values, **{tidying.column: tidying.after for tidying in tidyings if tidying.before}}
    student = StudentRow(layout, row.number, row.student_code, raw, values, reasons=reasons, info=info)
    if layout.programme:
        student.tenths = tenths_of(values)
        student.study = study or study_of(layout)
        student.plan = plan_for(student.study.programme)
    if tidyings or errors:
        student.issues = list(_issues(layout, student, errors, tidyings))
    return student, tidyings


def _without_reasons(values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Reason]]:
    """The values without their reasons, and the reasons."""
    bare: dict[str, str] = {}
    reasons: dict[str, Reason] = {}
    for key, text in values.items():
        value, reason = split(text)
        if value:
            bare[key] = value
        if reason:
            reasons[key] = reason
    return bare, reasons


def _issues(
    layout: SheetLayout, student: StudentRow, errors: dict[str, list[Issue]], tidyings: Iterable[Tidying]
) -> Iterable[Issue]:
    tidied = {tidying.column: tidying for tidying in tidyings}
    for key, tidying in tidied.items():
        fixed = shown(layout.by_key[key], tidying.after)
        digits = sum(char.isdecimal() for char in tidying.before)
        tidy = key not in errors and tidying.code is not Code.PHONE_LEADING_ZERO
        facts: dict[str, Any] = {"fixed": fixed, "tidy": tidy, "digits": digits}
        if tidying.before:
            facts["value"] = tidying.before
        else:  # a blank cell to be filled in from the other number's
            facts["source"] = layout.by_key[CARD if key == NUMBER else NUMBER].words
        if isinstance(raw := student.raw.get(key), LegacyText):
            facts["font"] = raw.font
        yield Issue(tidying.code, key, facts, fixed, tidying.severity)
    for key, issues in errors.items():
        if key not in tidied:
            for issue in issues:
                told = explained(layout, student.raw, _contradicted(student, issue))
                if told.code is Code.HL_CODE:
                    told = replace(told, suggestion=implied_rating(student, key))
                yield told


def _contradicted(student: StudentRow, issue: Issue) -> Issue:
    """A number above 10 that the subject's other two scores show to be no lost decimal point."""
    if issue.code is not Code.SC_X10:
        return issue
    keys = next((each.keys for each in student.plan.scored if issue.column in each.keys), ())
    if keys and all(key in student.tenths for key in keys if key != issue.column):
        return replace(issue, code=Code.SC_RANGE)
    return issue


def explained(layout: SheetLayout, raw: Mapping[str, Any], issue: Issue) -> Issue:
    """An issue nobody can repair without asking, with what it may have been."""
    column = layout.by_key[issue.column or ""]
    text = from_cell(column, raw[column.key]) or ""
    facts = {**issue.params, "value": shown(column, text)}
    if issue.code is Code.SC_PRECISION:
        facts["fixed"] = issue.suggestion
    if issue.code is Code.ID_LENGTH:
        facts["length"] = phrases.length_of(text)
        if len(text) == _CARD_WITHOUT_ZERO and text.isascii() and text.isdecimal():
            facts["hint"] = phrases.perhaps_lost_zero(f"0{text}")
            issue = replace(issue, suggestion=f"0{text}")
    if issue.code is Code.SC_X10:
        facts["fixed"] = score_text(int(float(text)))
    if issue.code is Code.SC_DATE and is_iso_date(text):
        facts["value"] = "/".join(reversed(text.split("-")))
    if issue.code is Code.SC_DATE and (scores := date_candidates(text)):
        facts["hint"] = phrases.perhaps_scores(map(score_text, scores))
    if issue.code is Code.SC_NN_LANG:
        facts["what"] = phrases.unknown_language(text)
    if issue.code is Code.HL_CODE and text == "T":
        facts["hint"] = phrases.CONDUCT_CODE
    return Issue(issue.code, issue.column, facts, issue.suggestion, issue.severity)
