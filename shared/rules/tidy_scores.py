"""Scores that a spreadsheet has bent: dates, lost decimal points, too many decimals (RULEBOOK 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Any

from shared.cells import from_cell, score_tenths, score_text
from shared.layout import SheetLayout
from shared.problems import Code, Issue
from shared.rules.facts import plan_of, year_tenths
from shared.schemas.fields import rounded

EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet's serial numbers


def candidates(code: Code, text: str) -> tuple[int, ...]:
    """The scores, in tenths, that a bent cell may have been."""
    if code is Code.SC_PRECISION:
        tenths = score_tenths(rounded(text))
        return () if tenths is None else (tenths,)
    if code is Code.SC_X10:
        return (int(Decimal(text)),)
    if code is Code.SC_DATE:
        return date_candidates(text)
    return ()


def date_candidates(text: str) -> tuple[int, ...]:
    """Day with month as decimal, and month with day as decimal, where that is a score (checks.json: SC_DATE)."""
    day = dt.date.fromisoformat(text[:10]) if "-" in text else EPOCH + dt.timedelta(days=int(Decimal(text)))
    pairs = ((day.day, day.month), (day.month, day.day))
    return tuple(dict.fromkeys(whole * 10 + decimal for whole, decimal in pairs if whole <= 9 and decimal <= 9))


def tidy_scores(
    layout: SheetLayout, raw: Mapping[str, Any], values: Mapping[str, str], errors: Mapping[str, list[Issue]]
) -> dict[str, str]:
    """The scores to write: rounding always; a date or a lost point only when one reading makes the year's formula hold."""
    plan = plan_of(layout)
    fixed: dict[str, int] = {}
    found = {
        key: (issues[0].code, candidates(issues[0].code, from_cell(layout.by_key[key], raw[key]) or ""))
        for key, issues in errors.items()
        if issues[0].code in {Code.SC_DATE, Code.SC_X10, Code.SC_PRECISION}
    }
    for key, (code, options) in found.items():
        if code is Code.SC_PRECISION and options:
            fixed[key] = options[0]
    for subject in plan.scored:
        bent = [key for key in subject.keys if key in found and key not in fixed]
        if not bent:
            continue
        choices = [
            found[key][1] if key in bent else tuple(x for x in (_known(key, values, fixed),) if x is not None)
            for key in subject.keys
        ]
        fitting = [(a, b, c) for a, b, c in product(*choices) if c == year_tenths(a, b)]
        if len(fitting) == 1:
            fixed |= {key: score for key, score in zip(subject.keys, fitting[0], strict=True) if key in bent}
    return {key: score_text(score) for key, score in fixed.items()}


def _known(key: str, values: Mapping[str, str], fixed: Mapping[str, int]) -> int | None:
    return fixed[key] if key in fixed else score_tenths(values.get(key))
