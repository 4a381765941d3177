"""Dates and personal numbers that a spreadsheet has bent, where the rest of the profile proves them (RULEBOOK 7)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from shared.cells import clean_text, raw_text
from shared.layout import SheetLayout
from shared.problems import Code
from shared.rules.identity import agrees
from shared.rules.profile import OLDEST, YOUNGEST
from shared.schemas.fields import lost_digits

_PACKED = re.compile(r"^(\d\d)(\d\d)(\d{4})$", re.ASCII)
_SHORT_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d\d)$", re.ASCII)
_BIRTH = "birth_date"
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
    """`ddmmyyyy`, and for births `d/m/yy` when the column proves the order and the age the century."""
    text = clean_text(raw_text(raw))
    if match := _PACKED.match(text):
        day, month, year = (int(part) for part in match.groups())
        return _day(year, month, day)
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
