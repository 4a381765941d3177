"""Fields of a row: each reads a raw cell into canonical text and says what is wrong with what it cannot read.

They override marshmallow's `deserialize` whole: a class has thousands of cells, and a look-up serves almost all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from marshmallow import ValidationError, fields, missing

from shared import reasons
from shared.cells import choice_keys, from_cell, is_iso_date, score_tenths, score_text
from shared.columns import Column, Kind
from shared.problems import Code, Issue

_NUMBER: Final = re.compile(r"^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$", re.IGNORECASE | re.ASCII)
_SCIENTIFIC: Final = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE | re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST: Final = 255
_SERIALS: Final = (40_000, 55_000)  # days since 1900 that a score typed as a date becomes (RULEBOOK 7)
CARD_NUMBERS: Final = frozenset({"national_id", "id_card"})
FREE_SPELLED: Final = frozenset({"ethnic_group", "ethnic_group_on_birth_certificate", "student_status"})
_CODES_OF_CHOICES: Final[Mapping[str, Code]] = {
    "academic_rating": Code.HL_CODE,
    "conduct_rating": Code.HK_CODE,
    "sex": Code.SEX_VALUE,
    "foreign_language": Code.SC_NN_LANG,
    "foreign_language_2": Code.SC_NN_LANG,
}


class CellField(fields.Field[str]):
    """A cell of text; the base of the other kinds."""

    def __init__(self, column: Column) -> None:
        super().__init__(data_key=column.key)
        self.column = column
        self.known: Mapping[Any, str] = {}

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        """The canonical text of a raw cell, or nothing for a blank one; `ValidationError` holds an issue."""
        del attr, data, kwargs
        if value is None or value is missing or value == "":
            return missing
        found = self.known.get(value)
        if found is not None and value.__class__ is not bool:
            return found
        text = from_cell(self.column, value)
        if text is None:
            return missing
        bare, reason = reasons.split(text) if self.column.subject else (text, None)
        issue = self.issue(bare) if bare else None
        if issue is None and reason:
            issue = self.unfit(text)
        if issue:
            raise ValidationError([issue])
        return text

    def issue(self, text: str) -> Issue | None:
        """What is wrong with a canonical text in itself."""
        return self.unfit(text)

    def unfit(self, text: str) -> Issue | None:
        """What is wrong with any text: too long, control characters."""
        if len(text) > _LONGEST or _CONTROL.search(text):
            return Issue(Code.TEXT_CHARACTERS, self.column.key, {"value": text[:40]})
        return None


_SCORES: Final[Mapping[Any, str]] = {
    **{score_text(tenths): score_text(tenths) for tenths in range(101)},
    **{tenths / 10: score_text(tenths) for tenths in range(101)},
}


class ScoreField(CellField):
    """A score from 0 to 10 with one decimal (TT58 art. 6)."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self.known = _SCORES

    def issue(self, text: str) -> Issue | None:
        """Why a text is no score."""
        if score_tenths(text) is not None:
            return None
        return Issue(score_fault(text), self.column.key, {"value": text}, rounded(text))


def score_fault(text: str) -> Code:
    """What kind of no score a text is (RULEBOOK 7)."""
    if is_iso_date(text):
        return Code.SC_DATE
    if not _NUMBER.match(text):
        return Code.SC_TYPE
    number = Decimal(text)
    if number == number.to_integral_value():
        if _SERIALS[0] <= number <= _SERIALS[1]:
            return Code.SC_DATE
        if 10 < number <= 100:
            return Code.SC_X10
    return Code.SC_PRECISION if 0 <= number <= 10 else Code.SC_RANGE


def rounded(text: str) -> str | None:
    """A score with too many decimals, half up to one (TT58 art. 6); None for anything else."""
    if not _NUMBER.match(text) or not 0 <= (number := Decimal(text)) <= 10:
        return None
    return score_text(int((number * 10 + Decimal("0.5")) // 1))


class ChoiceField(CellField):
    """One of a column's choices; names that people spell in many ways may be unknown and are left to the checks."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self.keys = choice_keys(column)
        self.known = {c.text: c.key for c in (*column.choices, *column.also)} | {key: key for key in self.keys}
        self.free = column.key in FREE_SPELLED or column.key.endswith(".language")

    def issue(self, text: str) -> Issue | None:
        """Why a text is none of the choices."""
        if text in self.keys:
            return None
        if self.free and any(char.isalpha() for char in text):
            return super().issue(text)
        code = _CODES_OF_CHOICES.get(self.column.subject or self.column.key)
        if code is None:
            code = Code.NX_CODE if self.column.subject else Code.CATALOGUE_VALUE
        return Issue(code, self.column.key, {"choices": ", ".join(choice.text for choice in self.column.choices)})


class DateField(CellField):
    """A day of the calendar between 1900 and 2100."""

    def issue(self, text: str) -> Issue | None:
        """Why a text is no date."""
        if is_iso_date(text) and "1900" <= text[:4] <= "2100":
            return None
        code = Code.DOB_TYPE if self.column.key == "birth_date" else Code.DATE_VALUE
        return Issue(code, self.column.key, {"value": text})


class CardField(CellField):
    """A personal number of 12 digits, or an identity card's 9 (RULEBOOK 4.1)."""

    def issue(self, text: str) -> Issue | None:
        """Why a text is no such number."""
        if text.isascii() and text.isdecimal() and len(text) in {9, 12} and not lost_digits(text):
            return None
        code = Code.ID_SCI if lost_digits(text) else Code.ID_LENGTH
        return Issue(code, self.column.key, {"value": text, "digits": sum(char.isdecimal() for char in text)})


def lost_digits(text: str) -> bool:
    """Whether a spreadsheet has turned a number into powers of ten (checks.json: ID_SCI)."""
    if _SCIENTIFIC.match(text):
        return True
    return text.isdecimal() and len(text) in {11, 12} and not text.startswith("0") and text.endswith("00000")


class SubjectsField(CellField):
    """Some of a column's subjects, by key, comma-separated."""

    def issue(self, text: str) -> Issue | None:
        """Why a text is no list of subjects."""
        keys = choice_keys(self.column)
        if all(key in keys for key in text.split(",")):
            return None
        choices = ", ".join(choice.text for choice in self.column.choices)
        return Issue(Code.CATALOGUE_VALUE, self.column.key, {"choices": choices})


_FIELDS: Final[Mapping[Kind, type[CellField]]] = {Kind.SCORE: ScoreField, Kind.DATE: DateField}


def field_for(column: Column) -> CellField:
    """The field that reads a column."""
    if column.kind is Kind.SUBJECTS:
        return SubjectsField(column)
    if column.choices:
        return ChoiceField(column)
    if column.key in CARD_NUMBERS:
        return CardField(column)
    return _FIELDS.get(column.kind, CellField)(column)
