"""Addresses in a school year of provinces, districts and wards, until 2024-2025 (RULEBOOK 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared import phrases
from shared.catalogues.conversion import old_provinces, old_wards
from shared.catalogues.units import DISTRICT, PROVINCE, WARD, Address, bare, lines_of, provinces, spelled
from shared.catalogues.years import Edition, editions_of
from shared.nearness import nearest
from shared.problems import Code
from shared.rules.address_reading import Names, Reading, districts_with, read
from shared.rules.address_remarks import Remark, arranged, blank, notes, only, unknown

Editions = tuple[Edition, ...]


def of_three_levels(names: Names, school_year: str) -> tuple[Remark, ...]:
    """What is to be said of an address that the year's lists do not have letter by letter."""
    province, district, ward = names
    editions = editions_of(school_year)
    if province is None:
        return arranged(names, school_year)
    best = _best(names, editions)
    if best.unknown is not None:
        hint = _lies_elsewhere(province, ward, editions) if best.unknown == WARD else ""
        told = not hint and (_new_unit(names, editions) or arranged(names, school_year))
        return told or unknown(best, hint)
    if district is None and ward is not None:
        having = _districts(province, ward, editions)
        told = (_district_of(ward, having),) if having else _new_unit(names, editions)
        if told:
            return (*notes(best), *told)
        return arranged(names, school_year) or (*notes(best), _nowhere(province, ward, editions))
    return notes(best)


def _best(names: Names, editions: Iterable[Edition]) -> Reading:
    """The reading of the list that knows the names best, the first one among equals."""
    readings: list[Reading] = []
    for edition in editions:
        readings.append(read(edition, *names))
        if readings[-1].unknown is None and not readings[-1].short:
            break
    return min(readings, key=lambda reading: (reading.unknown is not None, -len(reading.path), len(reading.short)))


def _districts(province: str, ward: str, editions: Iterable[Edition]) -> tuple[str, ...]:
    """The districts of a province that have a ward of this name, by the first list that has any."""
    for edition in editions:
        paths = [path for name in provinces(edition).named(province) for path in districts_with(edition, name, ward)]
        if paths:
            return tuple(dict.fromkeys(district for _, district, _ in paths))
    return ()


def _lies_elsewhere(province: str, ward: str | None, editions: Iterable[Edition]) -> str:
    districts = _districts(province, ward, editions) if ward else ()
    return phrases.ward_lies_in(ward or "", districts) if districts else ""


def _district_of(ward: str, districts: tuple[str, ...]) -> Remark:
    """The blank district of a ward, where the catalogue tells it."""
    district = only(districts)
    return blank(DISTRICT, district, phrases.ward_lies_in(ward, districts) if district else "")


def _nowhere(province: str, ward: str, editions: Editions) -> Remark:
    """A ward that no district of its province has, where no district is written."""
    edition, unit = next((edition, unit) for edition in editions for unit in provinces(edition).named(province))
    wards = dict.fromkeys(name for _, names in lines_of(edition, unit) for name in names)
    likely = nearest(ward, wards, bare)
    what = phrases.not_in_catalogue(unit, likely, "")
    return Remark(Code.ADDR_NOT_IN_CATALOGUE, WARD, only(likely), what)


def _new_unit(names: Names, editions: Editions) -> tuple[Remark, ...]:
    """A province or a ward that there is only since 1 July 2025, and what it was before where one unit became it."""
    province, _, ward = names
    new = read(Edition.JULY_2025, province, ward)
    if not new.path:
        return ()
    if len(new.path) == 2:
        return tuple(_before(names, old_wards(*new.path, editions), editions))
    if province is None or any(provinces(edition).named(province) for edition in editions):
        return ()
    olds = old_provinces(new.path[0], editions[0])
    return (Remark(Code.ADDR_NEW_2025, PROVINCE, only(olds), phrases.new_unit(olds)),)


def _before(names: Names, olds: tuple[Address | None, ...], editions: Editions) -> Iterator[Remark]:
    """What to write instead of a ward of July 2025, part by part."""
    province, district, ward = names
    homes = tuple(dict.fromkeys(old.province for old in olds if old is not None))
    moved = len(homes) == 1 and _differs(province, homes[0])
    if moved:
        known = any(provinces(edition).named(province or "") for edition in editions)
        what = phrases.other_home(homes[0]) if known else phrases.new_unit(homes)
        yield Remark(Code.ADDR_NEW_2025, PROVINCE, homes[0], what)
    one = olds[0] if len(olds) == 1 else None
    if one is None:
        wards = tuple(f"{old.ward}, {old.district}" for old in olds if old is not None)
        what = phrases.new_unit(wards if len(wards) == len(olds) else ())
        yield Remark(Code.ADDR_NEW_2025, WARD, None, what)
        return
    if district is None:
        yield blank(DISTRICT, one.district, phrases.perhaps(one.district))
    elif _differs(district, one.district or ""):
        yield Remark(Code.ADDR_NEW_2025, DISTRICT, one.district, phrases.other_home(one.district or ""))
    if one.ward is None:
        yield Remark(Code.ADDR_NEW_2025, WARD, None, phrases.NO_WARDS)
    elif not moved or _differs(ward, one.ward):
        yield Remark(Code.ADDR_NEW_2025, WARD, one.ward, phrases.new_unit((one.ward,)))


def _differs(name: str | None, unit: str) -> bool:
    return name is None or spelled(name) != spelled(unit)
