"""Administrative units looked up by name in one of the lists; a list is loaded when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from shared.catalogues.years import Edition
from shared.nearness import nearest
from shared.spelling import toned

PROVINCE, DISTRICT, WARD = "province", "district", "ward"
LEVELS = (PROVINCE, DISTRICT, WARD)
_TYPES: Mapping[str, tuple[str, ...]] = {
    PROVINCE: ("tỉnh", "thành phố"),
    DISTRICT: ("quận", "huyện", "thị xã", "thành phố"),
    WARD: ("xã", "phường", "thị trấn", "đặc khu"),
}
_SHORT = {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "đk": "đặc khu",
    "t": "tỉnh",
    "q": "quận",
    "h": "huyện",
    "x": "xã",
    "p": "phường",
}
_SHORT_PREFIX = re.compile(r"^(t\.?p|t\.?x|t\.?t|đ\.?k|t|q|h|x|p)(?:\.\s*|\s+(?=\S)|(?=\d))", re.IGNORECASE)
_HCM = re.compile(r"^(?:tp|thành phố)?[\s.]*hcm$", re.IGNORECASE)  # written so more often than not


@dataclass(frozen=True, slots=True)
class Address:
    """An address in the full names of a list; parts that are not known are None."""

    province: str
    district: str | None = None
    ward: str | None = None
    street: str | None = None

    @property
    def names(self) -> tuple[str, str | None, str | None]:
        """Province, district and ward."""
        return self.province, self.district, self.ward


@lru_cache(maxsize=65_536)
def spelled(name: str) -> str:
    """A unit's name for comparing: its type written out, then as `toned`."""
    name = _HCM.sub("Thành phố Hồ Chí Minh", name)
    return toned(_SHORT_PREFIX.sub(lambda found: _SHORT[found[1].lower().replace(".", "")] + " ", name.strip()))


_LEVELS_OF_TYPE: Mapping[str, frozenset[str]] = {
    toned(word): frozenset(level for level, words in _TYPES.items() if word in words)
    for words in _TYPES.values()
    for word in words
}
_TYPE = re.compile(f"^({'|'.join(_LEVELS_OF_TYPE)}) (?=.)")


def bare(name: str) -> str:
    """A unit's name for comparing, without its type."""
    return _TYPE.sub("", spelled(name))


_PLAIN_TYPE = re.compile(r"^(?:tinh|thanh pho|quan|huyen|thi xa|thi tran|dac khu|xa|phuong) (?=.)", re.IGNORECASE)


def _nearly_bare(name: str) -> str:
    """A name without its type, also where both lack their accents."""
    return _PLAIN_TYPE.sub("", bare(name)) if name.isascii() else bare(name)


def is_typed(name: str) -> bool:
    """Whether a name begins with the type of a unit, short or long."""
    return _TYPE.match(spelled(name)) is not None


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one level within another: their names by spelling, whole and without the type."""

    level: str
    names: tuple[str, ...]
    whole: Mapping[str, str]
    bare: Mapping[str, tuple[str, ...]]

    def knows(self, name: str) -> bool:
        """Whether a name is written in full, as the list has it."""
        return spelled(name) in self.whole

    def named(self, name: str) -> tuple[str, ...]:
        """The units that a name may mean: the one written in full, or all of that name whatever their type."""
        wanted = spelled(name)
        if found := self.whole.get(wanted):
            return (found,)
        kind = _TYPE.match(wanted)
        if kind is None:
            return self.bare.get(wanted, ())
        if wanted in self.bare:  # a ward whose own name begins with such a word: Phường Đúc
            return self.bare[wanted]
        return self.bare.get(bare(name), ()) if self.level in _LEVELS_OF_TYPE[kind[1]] else ()

    def nearest(self, name: str) -> tuple[str, ...]:
        """The units whose names are most like another."""
        return nearest(name, self.names, _nearly_bare)


def _units(level: str, names: Iterable[str], later: Mapping[str, str]) -> Units:
    """`later` holds other full names of the same units: later name → name."""
    kept = tuple(names)
    by_bare: dict[str, tuple[str, ...]] = {}
    for name in kept:
        by_bare[bare(name)] = (*by_bare.get(bare(name), ()), name)
    known = {spelled(name): unit for name, unit in later.items()}
    return Units(level, kept, {**known, **{spelled(name): name for name in kept}}, by_bare)


@cache
def table(edition: Edition) -> Mapping[str, str]:
    """A list's provinces, each with its units as one text."""
    if edition is Edition.JULY_2025:
        from shared.catalogues.units_2025 import PROVINCES as NEW  # noqa: PLC0415 (loaded when asked for)

        return NEW
    if edition is Edition.JANUARY_2025:
        from shared.catalogues.ward_map import PROVINCES as OLD  # noqa: PLC0415

        return OLD
    from shared.catalogues.units_2023 import PROVINCES, WITHOUT_WARDS  # noqa: PLC0415

    bare_lines = {p: "".join(f"\n{district}:" for district in found) for p, found in WITHOUT_WARDS.items()}
    return {province: text + bare_lines.get(province, "") for province, text in PROVINCES.items()}


def lines_of(edition: Edition, province: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The districts of a province, each with its wards; three levels only."""
    split = (line.partition(":") for line in table(edition)[province].split("\n"))
    return tuple((district, tuple(wards.split(",")) if wards else ()) for district, _, wards in split)


def levels_of(edition: Edition) -> tuple[str, ...]:
    """The levels of a list, the largest first."""
    return (PROVINCE, WARD) if edition is Edition.JULY_2025 else LEVELS


@cache
def provinces(edition: Edition) -> Units:
    """The provinces of a list."""
    later: Mapping[str, str] = {}
    if edition is Edition.JULY_2025:
        from shared.catalogues.units_2025 import LATER_NAMES as later  # noqa: N811, PLC0415
    return _units(PROVINCE, table(edition), later)


@lru_cache(maxsize=4096)
def within(edition: Edition, *path: str) -> Units:
    """The units right under a province, or under a province and a district."""
    if edition is Edition.JULY_2025:
        pairs = [ward.partition("|") for ward in table(edition)[path[0]].split(",")]
        return _units(WARD, (name for name, _, _ in pairs), {later: name for name, _, later in pairs if later})
    lines = dict(lines_of(edition, path[0]))
    return _units(DISTRICT, lines, {}) if len(path) == 1 else _units(WARD, lines[path[1]], {})


def has(edition: Edition, province: str | None, district: str | None, ward: str | None) -> bool:
    """Whether an address stands in a list letter by letter: answered without comparing names."""
    text = table(edition).get(province or "")
    if text is None or ward is None:
        return False
    if edition is Edition.JULY_2025:
        return district is None and ward in text.replace("|", ",").split(",")
    if district is None:
        return False
    _, _, rest = f"\n{text}".partition(f"\n{district}:")
    return ward in rest.partition("\n")[0].split(",")
