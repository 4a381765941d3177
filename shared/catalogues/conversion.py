"""What became of an address on 1 July 2025, and what it was before: the ward map (QĐ 19/2025/QĐ-TTg), both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from shared.catalogues.units import Address, lines_of, provinces, spelled, table, within
from shared.catalogues.years import Edition

_HUE_2023, _HUE_2025 = "Tỉnh Thừa Thiên Huế", "Thành phố Huế"  # one unit until 31/12/2024 and after (NQ 175/2024/QH15)


@cache
def _homes() -> Mapping[str, str]:
    from shared.catalogues.ward_map import NEW_PROVINCES  # noqa: PLC0415 (loaded when asked for)

    return NEW_PROVINCES


@cache
def _targets(province: str) -> Mapping[tuple[str, str | None], tuple[Address, ...]]:
    """The wards of a province in January 2025 and what each became, the likeliest first."""
    from shared.catalogues.ward_map import NEW_WARDS  # noqa: PLC0415

    home = _homes()[province]
    names = within(Edition.JULY_2025, home).names
    found: dict[tuple[str, str | None], tuple[Address, ...]] = {}
    lines = zip(lines_of(Edition.JANUARY_2025, province), NEW_WARDS[province].split("\n"), strict=True)
    for (district, wards), places in lines:
        for ward, place in zip(wards or (None,), places.split(","), strict=True):
            found[district, ward] = tuple(Address(home, None, names[int(index)]) for index in place.split("/"))
    return found


def _in_january(province: str) -> str | None:
    """The name in January 2025 of a province of any list of three levels."""
    if province == _HUE_2023:
        return _HUE_2025
    found = provinces(Edition.JANUARY_2025).named(province)
    return found[0] if found else None


def new_province(old: str) -> str | None:
    """The province of July 2025 that a province of three levels went into; no province was divided."""
    january = _in_january(old)
    return _homes()[january] if january else None


def old_provinces(new: str, edition: Edition) -> tuple[str, ...]:
    """The provinces of a list of three levels that became one of July 2025."""
    return tuple(old for old in table(edition) if new_province(old) == new)


@lru_cache(maxsize=4096)
def new_wards(old: Address) -> tuple[Address, ...]:
    """What became of an address of three levels, the likeliest first; nothing when the map does not tell."""
    january = _in_january(old.province)
    if january is None:
        return ()
    targets = _targets(january)
    places = _same_places(old, Edition.JANUARY_2025, january)
    return targets[places[0].district or "", places[0].ward] if len(places) == 1 else ()


@cache
def _sources(province: str) -> Mapping[str, tuple[Address, ...]]:
    """The wards of a province of July 2025 and the addresses of January 2025 that went into each."""
    found: dict[str, tuple[Address, ...]] = {}
    for old in old_provinces(province, Edition.JANUARY_2025):
        for (district, ward), targets in _targets(old).items():
            for target in targets:
                name = target.ward or ""
                found[name] = (*found.get(name, ()), Address(old, district, ward))
    return found


@lru_cache(maxsize=4096)
def old_wards(province: str, ward: str, editions: tuple[Edition, ...]) -> tuple[Address | None, ...]:
    """The addresses that became a ward of July 2025, in the names of the first list that has each; None in none."""
    return tuple(_renamed(old, editions) for old in _sources(province).get(ward, ()))


def _renamed(old: Address, editions: tuple[Edition, ...]) -> Address | None:
    """An address of January 2025 in the names of some lists."""
    for edition in editions:
        if edition is Edition.JANUARY_2025:
            return old
        found = [
            place
            for province in table(edition)
            if _in_january(province) == old.province
            for place in _same_places(old, edition, province)
        ]
        if len(found) == 1:
            return found[0]
    return None


def _same_places(address: Address, edition: Edition, province: str) -> tuple[Address, ...]:
    """The addresses of the other list of three levels that an address may be: in its district, or in one made since."""
    districts = within(edition, province).named(address.district or "")
    found = [place for district in districts for place in _wards_in(address, edition, province, district)]
    return tuple(found or _moved(address, edition, province))


def _wards_in(address: Address, edition: Edition, province: str, district: str) -> Iterator[Address]:
    units = within(edition, province, district)
    if address.ward is not None:
        yield from (Address(province, district, ward) for ward in units.named(address.ward))
    elif not units.names:
        yield Address(province, district)


def _moved(address: Address, edition: Edition, province: str) -> Iterator[Address]:
    """A ward of the same full name in a district that had no such ward in the address's own list."""
    own = Edition.MID_2023 if edition is Edition.JANUARY_2025 else Edition.JANUARY_2025
    if address.ward is None or address.province not in table(own):
        return
    for district, wards in lines_of(edition, province):
        for ward in wards:
            if spelled(ward) == spelled(address.ward) and not _had(own, address.province, district, ward):
                yield Address(province, district, ward)


def _had(edition: Edition, province: str, district: str, ward: str) -> bool:
    districts = within(edition, province).named(district)
    return any(within(edition, province, name).named(ward) for name in districts)
