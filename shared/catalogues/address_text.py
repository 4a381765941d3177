"""A whole address written as one text, small to big or big to small, taken apart by the lists of units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from shared.catalogues.units import Address, Units, bare, is_typed, lines_of, provinces, spelled, within
from shared.catalogues.years import Edition, two_levels
from shared.cells import fold

_SEPARATORS = re.compile(r"\s*(?:[,;\n|]|(?<!\d)[-–]|[-–](?!\d))\s*")  # 5-7 is a house
_STREET = re.compile(
    r"\d|^(?:số|thôn|xóm|tổ|khu|ấp|bản|buôn|làng|đường|phố|ngõ|ngách|hẻm|kiệt|đội|khóm)\b", re.IGNORECASE
)
_COUNTRY = frozenset({"vietnam", "vn"})
_LONGEST_NAME = 2  # pieces: Bà Rịa - Vũng Tàu


@lru_cache(maxsize=8192)
def parse_address(text: str, school_year: str) -> Address | None:
    """The address that a text means, in the full names of a list; None when a part is unknown or more than one fits.

    Names must have their accents; types may be short or absent but not wrong; what stands before the ward is the
    street. The lists of the school year come first, then the others, so that old addresses are understood in a new year.
    """
    with_street: Address | None = None
    for edition in _order(school_year):
        whole = {address: weight for address, weight in _readings(edition, text) if address.street is None}
        if whole:
            return _heaviest(whole)
        with_street = with_street or _heaviest(dict(_readings(edition, text)))
    return with_street


def _order(school_year: str) -> tuple[Edition, ...]:
    old = (Edition.MID_2023, Edition.JANUARY_2025)
    return (Edition.JULY_2025, *old) if two_levels(school_year) else (*old, Edition.JULY_2025)


Weight = tuple[int, bool]  # how many units, and whether the district is among them


def _heaviest(readings: dict[Address, Weight]) -> Address | None:
    most = max(readings.values(), default=None)
    found = [address for address, weight in readings.items() if weight == most]
    return found[0] if len(found) == 1 else None


def _readings(edition: Edition, text: str) -> Iterator[tuple[Address, Weight]]:
    """Every way to read a text from its big end, at the right or at the left."""
    pieces = tuple(piece for piece in _SEPARATORS.split(text) if piece)
    for small_first in (True, False):
        line = _Line(pieces[::-1] if small_first else pieces, small_first=small_first)
        for names, ward, rest in _paths(edition, line.without_country()):
            if not rest.pieces or (names[2] and rest.is_street(sure=None not in names or is_typed(ward))):
                weight = sum(name is not None for name in names), names[1] is not None
                yield Address(*names, rest.text or None), weight


@dataclass(frozen=True, slots=True)
class _Line:
    """The pieces of an address, the big end first, as they were written or turned round."""

    pieces: tuple[str, ...]
    small_first: bool

    def joined(self, count: int, sign: str) -> str:
        """The first pieces in the order they were written."""
        return sign.join(self.pieces[:count][::-1] if self.small_first else self.pieces[:count])

    @property
    def text(self) -> str:
        """All pieces in the order they were written."""
        return self.joined(len(self.pieces), ", ")

    def after(self, count: int) -> _Line:
        """The line without its first pieces."""
        return _Line(self.pieces[count:], self.small_first)

    def without_country(self) -> _Line:
        """The line without “Việt Nam” at its big end."""
        return self.after(1) if self.pieces and fold(self.pieces[0]) in _COUNTRY else self

    def is_street(self, *, sure: bool) -> bool:
        """Whether what is left is a street and no unit that the list lacks; `sure` when the ward before it is."""
        return not any(map(is_typed, self.pieces)) and (sure or bool(_STREET.search(self.pieces[0])))


_Names = tuple[str, str | None, str | None]


def _paths(edition: Edition, line: _Line) -> Iterator[tuple[_Names, str, _Line]]:
    """Units down from a province, the last one as it was written, and the pieces that are left."""
    for province, written, inside in _first(provinces(edition), line):
        yield (province, None, None), written, inside
        if edition is Edition.JULY_2025:
            for ward, as_written, rest in _first(within(edition, province), inside):
                yield (province, None, ward), as_written, rest
        else:
            yield from _three_levels(edition, province, inside)


def _three_levels(edition: Edition, province: str, line: _Line) -> Iterator[tuple[_Names, str, _Line]]:
    """Districts and wards of a province; a ward may stand without its district."""
    for district, written, inside in _first(within(edition, province), line):
        yield (province, district, None), written, inside
        for ward, as_written, rest in _first(within(edition, province, district), inside):
            yield (province, district, ward), as_written, rest
    for district, _ in lines_of(edition, province):
        for ward, as_written, rest in _first(within(edition, province, district), line):
            yield (province, None, ward), as_written, rest


def _first(units: Units, line: _Line) -> Iterator[tuple[str, str, _Line]]:
    """The units that the first pieces may name, how they were written, and the pieces after; a type must be right."""
    for count in range(1, min(_LONGEST_NAME, len(line.pieces)) + 1):
        name = line.joined(count, " ")
        for unit in units.named(name):
            if units.knows(name) or not is_typed(name) or spelled(name) == bare(unit):
                yield unit, name, line.after(count)
