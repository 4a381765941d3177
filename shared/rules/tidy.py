"""Cells that can be put right without a question: read in one way only, or confirmed by the rest of the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.cells import LegacyText, raw_text, shown
from shared.columns import Column, Kind
from shared.layout import SheetLayout
from shared.problems import Code, Issue, Severity
from shared.rules.tidy_profile import PHONE, copied_number, tidy_date, tidy_number, tidy_phone
from shared.rules.tidy_scores import tidy_scores
from shared.schemas.fields import CARD_NUMBERS

Errors = Mapping[str, list[Issue]]

_FORM_CODES: Mapping[Kind, Code] = {
    Kind.SCORE: Code.SC_DECIMAL,
    Kind.DATE: Code.DATE_VALUE,
    Kind.NAME: Code.NAME_FORMAT,
}
_CHOICE_CODES: Mapping[str, Code] = {
    "academic_rating": Code.HL_CODE,
    "conduct_rating": Code.HK_CODE,
    "sex": Code.SEX_VALUE,
    "ethnic_group": Code.ETHNIC_VALUE,
    "ethnic_group_on_birth_certificate": Code.ETHNIC_VALUE,
    "birth_date": Code.DOB_TYPE,
    "foreign_language": Code.SC_NN_LANG,
}


@dataclass(frozen=True, slots=True)
class Tidying:
    """What one cell says, and what it should say."""

    code: Code
    column: str
    before: str  # as the cell shows it
    after: str  # canonical
    severity: Severity


def form_code(column: Column) -> Code:
    """The code for a value that is understood but written in another form."""
    own = _CHOICE_CODES.get(column.key) or _CHOICE_CODES.get(column.subject or "")
    if own is not None and column.kind is not Kind.SCORE:
        return own
    return Code.CATALOGUE_VALUE if column.choices else _FORM_CODES.get(column.kind, Code.TEXT_CHARACTERS)


def raw_shown(raw: Any) -> str:
    """A raw cell as a person sees it; a text in an old font as its letters are."""
    if isinstance(raw, LegacyText):
        return str(raw)
    if isinstance(raw, dt.date):
        return f"{raw.day:02}/{raw.month:02}/{raw.year}"
    return raw_text(raw)


def is_untidy(column: Column, raw: Any, value: str) -> bool:
    """Whether a cell that is understood stands in another form than the one that would be written."""
    if raw == value or raw.__class__ in {float, int}:
        return raw != value and column.key in CARD_NUMBERS
    return bool(raw != shown(column, value))


def form_tidying(column: Column, raw: Any, value: str) -> Tidying:
    """The tidying of a cell that is understood as it is."""
    code = form_code(column)
    legacy = isinstance(raw, LegacyText)  # asks for a look: the name's only proof is the font
    severity = Severity.WARNING if legacy or code is Code.SC_DECIMAL else Severity.INFO
    return Tidying(code, column.key, raw_shown(raw), value, severity)


def tidy_row(
    layout: SheetLayout, raw: Mapping[str, Any], values: Mapping[str, str], errors: Errors, *, day_first: bool
) -> list[Tidying]:
    """Every tidying of a row; `day_first` says that the sheet's own two-digit dates prove day before month."""
    found = {
        key: form_tidying(layout.by_key[key], raw[key], value)
        for key, value in values.items()
        if is_untidy(layout.by_key[key], raw[key], value)
    }
    if PHONE in values and (phone := tidy_phone(values[PHONE])):
        found[PHONE] = Tidying(Code.PHONE_LEADING_ZERO, PHONE, raw_shown(raw[PHONE]), phone, Severity.WARNING)
    if errors:
        found |= _put_right(layout, raw, values, errors, day_first=day_first)
    known = {**values, **{key: tidying.after for key, tidying in found.items()}}
    for key, number in copied_number(layout, raw, known).items():
        found[key] = Tidying(Code.ID_TWO_FIELDS, key, "", number, Severity.INFO)
    return list(found.values())


def _put_right(
    layout: SheetLayout, raw: Mapping[str, Any], values: Mapping[str, str], errors: Errors, *, day_first: bool
) -> dict[str, Tidying]:
    """The tidyings of cells that are errors as they stand."""
    after: dict[str, tuple[Code, str]] = {}
    if layout.programme:
        after |= {key: (errors[key][0].code, value) for key, value in tidy_scores(layout, raw, values, errors).items()}
    for key in errors:
        if layout.by_key[key].kind is Kind.DATE and (date := tidy_date(layout, key, raw[key], day_first=day_first)):
            after[key] = (errors[key][0].code, date)
    known = {**values, **{key: value for key, (_, value) in after.items()}}
    for key in CARD_NUMBERS & errors.keys():
        if fixed := tidy_number(raw[key], known):
            after[key] = fixed
    return {key: Tidying(code, key, raw_shown(raw[key]), value, Severity.ERROR) for key, (code, value) in after.items()}
