"""Addresses against the administrative units of 2023 (RULEBOOK 5.1): matched by name, tone placement and prefix aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from shared import phrases
from shared.cells import fold, tone_last
from shared.problems import Code, Issue, Severity
from shared.rules.facts import StudentRow

_LEVELS = ("province", "district", "ward")
_PLACES = ("residence", "origin", "birth_place", "current")
_REQUIRED = "residence"
_SHORT = {
    "tp": "thành phố",
    "t": "tỉnh",
    "q": "quận",
    "h": "huyện",
    "tx": "thị xã",
    "tt": "thị trấn",
    "x": "xã",
    "p": "phường",
}
_SHORT_PREFIX = re.compile(r"^(tp|tx|tt|t|q|h|x|p)(?:\.\s*|\s+(?=\S))", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def spelled(name: str) -> str:
    """A name for comparing: tones at the end of each word (òa = oà), prefixes written out, no case, `01` as `1`."""
    name = _SHORT_PREFIX.sub(lambda found: _SHORT[found.group(1).lower()] + " ", name).casefold()
    return " ".join(_toned(word) for word in name.replace("-", " ").split())


def _toned(word: str) -> str:
    if word.isdecimal():
        return str(int(word))
    return tone_last(word)


def _bare(name: str) -> str:
    return _BARE_PREFIX.sub("", spelled(name))


_BARE_PREFIX = re.compile(
    "^(?:"
    + "|".join(
        " ".join(_toned(word) for word in words.split())
        for words in ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "thị trấn", "xã", "phường")
    )
    + r")\s+"
)


@dataclass(frozen=True, slots=True)
class Units:
    """Some units of one level: their names by spelling, whole and without the type."""

    names: tuple[str, ...]
    whole: Mapping[str, str]
    bare: Mapping[str, tuple[str, ...]]

    def find(self, name: str) -> str | None:
        """The unit of a name, or None when there is none or more than one."""
        if found := self.whole.get(spelled(name)):
            return found
        alike = self.bare.get(_bare(name), ())
        return alike[0] if len(alike) == 1 else None

    def nearest(self, name: str) -> str | None:
        """The unit whose name is most like another, by letters without accents first."""
        wanted = fold(_bare(name))
        folded = {fold(key): names[0] for key, names in self.bare.items()}
        close = [wanted] if wanted in folded else get_close_matches(wanted, folded, 1, 0.8)
        return folded[close[0]] if close else None


def _units(names: Iterable[str]) -> Units:
    kept = tuple(names)
    bare: dict[str, tuple[str, ...]] = {}
    for name in kept:
        bare[_bare(name)] = (*bare.get(_bare(name), ()), name)
    return Units(kept, {spelled(name): name for name in kept}, bare)


@cache
def _catalogue() -> Mapping[str, str]:
    from shared.catalogues.units_2023 import PROVINCES  # noqa: PLC0415 (200 kB that most commands never need)

    return PROVINCES


@cache
def provinces() -> Units:
    """All provinces."""
    return _units(_catalogue())


@cache
def districts(province: str) -> Units:
    """The districts of a province."""
    return _units(line.partition(":")[0] for line in _catalogue()[province].split("\n"))


@cache
def wards(province: str, district: str) -> Units:
    """The wards of a district."""
    line = next(line for line in _catalogue()[province].split("\n") if line.startswith(f"{district}:"))
    return _units(line.partition(":")[2].split(","))


@lru_cache(maxsize=1024)
def district_of(province: str | None, ward: str | None) -> str | None:
    """The one district of a province that has a ward of this name (checks.json: ADDR_NOT_IN_CATALOGUE)."""
    found = provinces().find(province) if province else None
    if found is None or ward is None:
        return None
    having = [name for name in districts(found).names if wards(found, name).find(ward)]
    return having[0] if len(having) == 1 else None


@cache
def _new_wards(province: str) -> Units:
    """The wards of a province since 1 July 2025."""
    from shared.catalogues.units_2025 import PROVINCES  # noqa: PLC0415 (needed only by an address that 2023 lacks)

    found = _units(PROVINCES).find(province)
    return _units(PROVINCES[found].split(",") if found else ())


def is_new_ward(province: str | None, ward: str | None) -> bool:
    """Whether a ward that 2023 does not know is one of those made on 1 July 2025 (QĐ 19/2025/QĐ-TTg)."""
    return province is not None and ward is not None and _new_wards(province).find(ward) is not None


Fault = tuple[str, str | None, str]  # level, unit to suggest, unit within which it was looked for


@lru_cache(maxsize=8192)
def faults(province: str | None, district: str | None, ward: str | None) -> tuple[Fault, ...]:
    """The parts of an address that the catalogue does not know, or knows under a fuller name."""
    if province is None:
        return ()
    found: list[Fault] = []
    units, within = provinces(), ""
    path: list[str] = []
    for level, name in zip(_LEVELS, (province, district, ward), strict=True):
        if name is None:
            break
        unit = units.find(name)
        if unit is None or spelled(unit) != spelled(name):
            found.append((level, unit or units.nearest(name), within if unit is None else unit))
        if unit is None:
            break
        path.append(unit)
        within = ", ".join(reversed(path))
        if level != _LEVELS[-1]:
            units = districts(unit) if level == _LEVELS[0] else wards(path[0], unit)
    return tuple(found)


def address_issues(row: StudentRow) -> Iterator[Issue]:
    """Missing parts of the residence, and names of any address that the catalogue does not have (guide 2.1)."""
    get = row.values.get
    for place in _PLACES:
        keys = tuple(f"{place}.{level}" for level in _LEVELS)
        names = tuple(get(key) for key in keys)
        if place == _REQUIRED and None in names:
            yield from _incomplete(row, dict(zip(keys, names, strict=True)))
        province, district, ward = names
        for level, unit, within in faults(*names):
            if level == _LEVELS[-1] and unit != within and is_new_ward(province, ward):
                yield Issue(Code.ADDR_NEW_2025, keys[-1])
            else:
                yield _unknown(f"{place}.{level}", unit, within)
        if district is None and district_of(province, ward) is None and is_new_ward(province, ward):
            yield Issue(Code.ADDR_NEW_2025, keys[-1])


def _incomplete(row: StudentRow, parts: Mapping[str, str | None]) -> Iterator[Issue]:
    faulty = {issue.column for issue in row.issues}
    province, _, ward = parts.values()
    for key, name in parts.items():
        if name is None and key not in faulty:
            district = district_of(province, ward) if key.endswith(".district") else None
            hint = phrases.ward_lies_in(ward, district) if ward and district else ""
            yield Issue(Code.ADDR_INCOMPLETE, key, {"hint": hint}, district)


def _unknown(column: str, unit: str | None, within: str) -> Issue:
    if unit is not None and unit == within:  # known, but the sector's import wants the full name (RULEBOOK 5.1)
        what = phrases.write_full_name(unit)
        return Issue(Code.ADDR_NOT_IN_CATALOGUE, column, {"what": what}, unit, Severity.INFO)
    what = phrases.not_in_catalogue(within, unit)
    severity = None if column.startswith(_REQUIRED) else Severity.WARNING
    return Issue(Code.ADDR_NOT_IN_CATALOGUE, column, {"what": what}, unit, severity)
