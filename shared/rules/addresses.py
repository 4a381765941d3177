"""Addresses against the administrative units of the school year (RULEBOOK 5.1): three levels, from 2025-2026 two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from shared import phrases
from shared.catalogues.units import DISTRICT, LEVELS, WARD, has, within
from shared.catalogues.years import editions_of, two_levels
from shared.problems import Code, Issue, Severity
from shared.rules.address_reading import Names, read
from shared.rules.address_remarks import Remark
from shared.rules.address_three_levels import of_three_levels
from shared.rules.address_two_levels import of_two_levels
from shared.rules.facts import StudentRow

_REQUIRED = "residence"
_PLACES = (_REQUIRED, "origin", "birth_place", "current")


@lru_cache(maxsize=8192)
def remarks(names: Names, school_year: str) -> tuple[Remark, ...]:
    """What is to be said of province, district and ward; nothing when a list of the year has them letter by letter."""
    if any(has(edition, *names) for edition in editions_of(school_year)):
        return ()
    return of_two_levels(names, school_year) if two_levels(school_year) else of_three_levels(names, school_year)


def address_issues(row: StudentRow) -> Iterator[Issue]:
    """Missing parts of the residence, and names of any address that do not fit the year's units (guide 2.1)."""
    get = row.values.get
    school_year = row.layout.school_year
    for place in _PLACES:
        names = (get(f"{place}.province"), get(f"{place}.district"), get(f"{place}.ward"))
        found = remarks(names, school_year) if any(names) else ()
        if place == _REQUIRED:
            yield from _incomplete(row, names, found)
        for remark in found:
            if remark.code is not Code.ADDR_INCOMPLETE:
                yield _issue(place, remark)


def _issue(place: str, remark: Remark) -> Issue:
    severity = None
    if remark.code is Code.ADDR_NOT_IN_CATALOGUE and place != _REQUIRED:
        severity = Severity.WARNING
    return Issue(
        remark.code,
        f"{place}.{remark.level}",
        {"what": remark.what},
        remark.suggestion,
        Severity.INFO if remark.note else severity,
    )


def _incomplete(row: StudentRow, names: Names, found: Iterable[Remark]) -> Iterator[Issue]:
    """The blank parts of the residence, each with what the other parts say it is."""
    faulty = {issue.column for issue in row.issues}
    told = {remark.level: remark for remark in found if remark.code is Code.ADDR_INCOMPLETE}
    two = two_levels(row.layout.school_year)
    for level, name in zip(LEVELS, names, strict=True):
        key = f"{_REQUIRED}.{level}"
        if name is not None or key in faulty or (two and level == DISTRICT):
            continue
        if level == WARD and not two and _has_no_wards(names, row.layout.school_year):
            continue
        remark = told.get(level)
        facts = {"hint": remark.what if remark else "", "parts": phrases.RESIDENCE_PARTS[two]}
        yield Issue(Code.ADDR_INCOMPLETE, key, facts, remark.suggestion if remark else None)


@lru_cache(maxsize=1024)
def _has_no_wards(names: Names, school_year: str) -> bool:
    """Whether the district of an address is an island without wards."""
    readings = [read(edition, *names) for edition in editions_of(school_year) if None not in names[:2]]
    return any(
        len(reading.path) == 2 and not within(edition, *reading.path).names
        for edition, reading in zip(editions_of(school_year), readings, strict=False)
    )
