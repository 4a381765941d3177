"""Which cells a completed block keeps from being written (guide 2.3), asked alike by the service, a workbook and its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from shared.columns import Period
from shared.layout import PROFILE, SheetLayout
from shared.profile_fields import ELECTIVES, GRADES, SCHOOL_YEAR, SOURCE, study_key
from shared.records import Lock

Block = tuple[str, Period]  # a grade's HK I or HK II - CN
_NONE: frozenset[str] = frozenset()
_GRADE_STUDIED = {study_key(grade, fact): grade for grade in GRADES for fact in (SCHOOL_YEAR, SOURCE, ELECTIVES)}


@cache
def covered(layout: SheetLayout) -> Mapping[Block, frozenset[str]]:
    """The columns of a sheet by the block that covers them.

    How a grade was studied stands in the profile and decides what the grade must hold: either of its blocks covers it.
    """
    found: dict[Block, set[str]] = {}
    for column in layout.stored:
        if column.period is not None:
            found.setdefault((layout.key, column.period), set()).add(column.key)
        elif layout.key == PROFILE and (grade := _GRADE_STUDIED.get(column.key)):
            for period in Period:
                found.setdefault((grade, period), set()).add(column.key)
    return {block: frozenset(keys) for block, keys in found.items()}


def lockable_keys(layout: SheetLayout) -> frozenset[str]:
    """The columns of a sheet that some block covers."""
    return _NONE.union(*covered(layout).values())


def locked_keys(layout: SheetLayout, locks: Iterable[Lock]) -> frozenset[str]:
    """The columns of a sheet that may not be written because of some locks."""
    blocks = covered(layout)
    return _NONE.union(*(blocks.get((lock.grade, lock.period), _NONE) for lock in locks))


def lock_over(layout: SheetLayout, key: str, locks: Iterable[Lock]) -> Lock | None:
    """The first of some locks that covers a column."""
    blocks = covered(layout)
    return next((lock for lock in locks if key in blocks.get((lock.grade, lock.period), _NONE)), None)
