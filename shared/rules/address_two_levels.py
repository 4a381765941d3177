"""Addresses in a school year of provinces and wards only, from 2025-2026 (QĐ 19/2025/QĐ-TTg)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared import phrases
from shared.catalogues.conversion import new_province, new_wards, old_provinces
from shared.catalogues.units import DISTRICT, PROVINCE, WARD, Address, provinces, spelled, within
from shared.catalogues.years import Edition
from shared.problems import Code
from shared.rules.address_reading import Names, districts_with, read
from shared.rules.address_remarks import Remark, arranged, blank, notes, only, short_name, unknown

_OLD = (Edition.MID_2023, Edition.JANUARY_2025)
_NEW = Edition.JULY_2025


def of_two_levels(names: Names, school_year: str) -> tuple[Remark, ...]:
    """What is to be said of an address that the list of July 2025 does not have letter by letter."""
    province, district, ward = names
    if province is None:
        return arranged(names, school_year) or _no_district(district)
    if district is not None and (olds := _old_addresses(province, district, ward)):
        return tuple(_after(names, olds))
    reading = read(_NEW, province, ward)
    if reading.unknown is None:
        return (*notes(reading), *_no_district(district))
    if olds := _old_addresses(province, None, ward):  # whatever the district says
        return tuple(_after(names, olds))
    return arranged(names, school_year) or (*_half_known(names), *_no_district(district))


def _half_known(names: Names) -> tuple[Remark, ...]:
    """A province that may be an old one, and a ward that is in no list."""
    province, _, ward = names
    home = only(_homes(province or ""))
    reading = read(_NEW, province, ward)
    if reading.path or home is None:
        return unknown(reading)
    renamed = Remark(Code.ADDR_NEW_2025, PROVINCE, home, phrases.old_unit((home,)))
    return (renamed, *unknown(read(_NEW, home, ward)))


def _homes(province: str) -> tuple[str, ...]:
    """The provinces of July 2025 that a name of a province of three levels may mean."""
    olds = [old for edition in _OLD for old in provinces(edition).named(province)]
    return tuple(dict.fromkeys(home for old in olds if (home := new_province(old))))


def _no_district(district: str | None) -> tuple[Remark, ...]:
    return (Remark(Code.ADDR_NEW_2025, DISTRICT, None, phrases.NO_DISTRICTS),) if district is not None else ()


def _old_addresses(province: str, district: str | None, ward: str | None) -> tuple[Address, ...]:
    """The addresses of three levels that the names may mean, by the first list that has any.

    The province may be written by its old name or by that of July 2025.
    """
    for edition in _OLD:
        homes = [old for new in provinces(_NEW).named(province) for old in old_provinces(new, edition)]
        olds = dict.fromkeys((*provinces(edition).named(province), *homes))
        if found := tuple(address for old in olds for address in _inside(edition, old, district, ward)):
            return found
    return ()


def _inside(edition: Edition, province: str, district: str | None, ward: str | None) -> Iterator[Address]:
    if district is None:
        yield from (Address(*path) for path in districts_with(edition, province, ward or ""))
        return
    for unit in within(edition, province).named(district):
        if ward is None:
            yield Address(province, unit)
        else:
            yield from (Address(province, unit, name) for name in within(edition, province, unit).named(ward))


def _after(names: Names, olds: tuple[Address, ...]) -> Iterable[Remark]:
    """What to write instead of an address of three levels, part by part."""
    province, district, ward = names
    homes = tuple(dict.fromkeys(home for old in olds if (home := new_province(old.province))))
    yield from _new_home(province or "", homes)
    yield from _no_district(district)
    wards = tuple(dict.fromkeys(new.ward for old in olds for new in new_wards(old) if new.ward))
    one = only(wards)
    if ward is None:
        yield from (blank(WARD, new, phrases.perhaps(new)) for new in wards if new == one)
    elif one is None or spelled(ward) != spelled(one):
        yield Remark(Code.ADDR_NEW_2025, WARD, one, phrases.old_unit(wards))


def _new_home(province: str, homes: tuple[str, ...]) -> Iterator[Remark]:
    """The province of today, when the cell has another one or a short name."""
    home = only(homes)
    if home is None or provinces(_NEW).named(province) != (home,):
        yield Remark(Code.ADDR_NEW_2025, PROVINCE, home, phrases.old_unit(homes))
    elif not provinces(_NEW).knows(province):
        yield short_name(PROVINCE, home)
