"""Which programme rates by which rule (data/rule_sets.json; RULEBOOK 1.4, 2.4, 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from shared.columns import Programme
from shared.rules.marks import RatingRule
from shared.rules.rating_2006 import GDTX_2006, TT58, TT58_BEFORE_2020
from shared.rules.rating_2018 import TT22, TT43, Rule2018

RATING_RULES: Mapping[str, RatingRule] = {
    "thpt_2006": TT58,
    "thpt_2006_before_2020": TT58_BEFORE_2020,
    "thpt_2018": TT22,
    "gdtx_2006": GDTX_2006,
    "gdtx_2018": TT43,
}


@cache
def rule_for(programme: Programme, least: int | None = None) -> RatingRule | None:
    """A programme's rule; `least` sets how many subjects a level asks for where the circular's number is not known."""
    rule = RATING_RULES.get(programme.key)
    if least is not None and not programme.sure and isinstance(rule, Rule2018):
        return replace(rule, least=least)
    return rule
