"""Dates and personal numbers that a spreadsheet has bent, where the rest of the profile proves them (RULEBOOK 7)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from shared.cells import clean_text, raw_text
from shared.layout import PROFILE, SheetLayout
from shared.problems import Code
from shared.rules.identity import CARD, NUMBER, agrees, is_full
from shared.rules.profile import OLDEST, YOUNGEST
from shared.rules.tidy_scores import EPOCH
from shared.schemas.fields import lost_digits

_PACKED = re.compile(r"^(\d\d)(\d\d)(\d{4})$", re.ASCII)
_SHORT_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d\d)$", re.ASCII)
_SERIAL = re.compile(r"^\d{5}$", re.ASCII)  # days since 1900: a date whose cell is no longer shown as one
_MOBILE = re.compile(r"^[35789]\d{8}$", re.ASCII)  # ten digits from 03, 05, 07, 08, 09, without the 0
_GAPS = str.maketrans("", "", " .-")
_BIRTH, PHONE = "birth_date", "phone"
_CARD_DETAILS = ("id_card_date", "id_card_place")
_LOST = (10, 11)  # digits left of twelve when zeros are lost (RULEBOOK 4.1)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def proves_day_first(cells: Iterable[Any]) -> bool:
    """Whether the dates with two-digit years of a column can only be day before month, and some prove it."""
    parts = [
        (int(m[1]), int(m[2])) for cell in cells if isinstance(cell, str) and (m := _SHORT_YEAR.match(cell.strip()))
    ]
    return any(first > 12 for first, _ in parts) and all(second <= 12 for _, second in parts)


def tidy_date(layout: SheetLayout, key: str, raw: Any, *, day_first: bool) -> str | None:
    """`ddmmyyyy`, and for births a day's serial number that the age proves, `d/m/yy` when the column proves the order."""
    text = clean_text(raw_text(raw))
    if match := _PACKED.match(text):
        day, month, year = (int(part) for part in match.groups())
        return _day(year, month, day)
    if key == _BIRTH and _SERIAL.match(text):
        born = EPOCH + dt.timedelta(days=int(text))
        return born.isoformat() if YOUNGEST <= int(layout.school_year[:4]) - born.year <= OLDEST else None
    match = _SHORT_YEAR.match(text)
    if not match or key != _BIRTH or not day_first:
        return None
    day, month, year = (int(part) for part in match.groups())
    ages = {century + year: int(layout.school_year[:4]) - century - year for century in (1900, 2000)}
    likely = [full for full, age in ages.items() if YOUNGEST <= age <= OLDEST]
    return _day(likely[0], month, day) if len(likely) == 1 else None


def tidy_number(raw: Any, values: Mapping[str, str]) -> tuple[Code, str] | None:
    """Lost zeros given back when prefix, century, sex and year then agree; spaces inside taken out (RULEBOOK 7)."""
    text = clean_text(raw_text(raw)).replace(" ", "")
    if not (text.isascii() and text.isdecimal()) or lost_digits(text):
        return None
    birth, sex = values.get(_BIRTH), values.get("sex")
    if len(text) in _LOST and birth and sex and agrees(text.zfill(12), birth, sex):
        return Code.ID_LEADING_ZERO, text.zfill(12)
    return (Code.TEXT_CHARACTERS, text) if len(text) in {9, 12} else None


def tidy_phone(number: str) -> str | None:
    """A mobile's number with the 0 that a spreadsheet took from it; None for any other."""
    digits = number.translate(_GAPS)
    return f"0{digits}" if _MOBILE.match(digits) else None


def copied_number(layout: SheetLayout, raw: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """The personal number and the card's, which are one, where either is blank (checks.json: ID_TWO_FIELDS).

    A number that contradicts the profile is not spread; a card's is filled in only for whoever has a card: its date or
    place of issue is there.
    """
    if layout.key != PROFILE:
        return {}
    empty, other = (NUMBER, CARD) if NUMBER not in values else (CARD, NUMBER)
    number, birth, sex = values.get(other), values.get(_BIRTH), values.get("sex")
    if number is None or not is_full(number) or raw_text(raw.get(empty)).strip():
        return {}
    if birth and sex and not agrees(number, birth, sex):
        return {}
    return {empty: number} if empty == NUMBER or any(key in values for key in _CARD_DETAILS) else {}
