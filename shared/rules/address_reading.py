"""An address as one list of units reads it: how far its names are known, and what is wrong with the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from shared.catalogues.units import Units, levels_of, lines_of, provinces, within
from shared.catalogues.years import Edition

Names = tuple[str | None, str | None, str | None]  # province, district, ward, as the cells have them
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The units that the names mean, the largest first, and where the list stopped knowing them."""

    path: Path
    short: tuple[tuple[str, str], ...]  # level and unit of the names that are not written in full
    unknown: str | None = None  # the level whose name means no unit, or more than one
    likely: Path = ()  # the units it may mean

    @property
    def within(self) -> str:
        """The units that are known, the smallest first."""
        return ", ".join(reversed(self.path))


def read(edition: Edition, *names: str | None) -> Reading:
    """Names of units, from the province down to the first blank, looked up one within the other."""
    filled = tuple(takewhile(bool, (name or "" for name in names)))
    paths = list(_paths(edition, (), filled))
    longest = max(map(len, paths))
    ends = [path for path in paths if len(path) == longest]
    path = ends[0] if len(ends) == 1 else _common(ends)
    levels = levels_of(edition)
    short = tuple(
        (level, unit)
        for level, unit, name, depth in zip(levels, path, filled, range(3), strict=False)
        if not _under(edition, path[:depth]).knows(name)
    )
    if len(path) == len(filled):
        return Reading(path, short)
    alike = tuple(dict.fromkeys(end[len(path)] for end in ends if len(end) > len(path)))
    name = filled[len(path)]
    return Reading(path, short, levels[len(path)], alike or _under(edition, path).nearest(name))


def _under(edition: Edition, path: Path) -> Units:
    return within(edition, *path) if path else provinces(edition)


def _paths(edition: Edition, path: Path, names: Path) -> Iterator[Path]:
    """As far down as the names lead, by every unit they may mean."""
    found = _under(edition, path).named(names[0]) if names else ()
    if not found:
        yield path
    for unit in found:
        yield from _paths(edition, (*path, unit), names[1:])


def _common(paths: list[Path]) -> Path:
    """The beginning that all paths share."""
    shared = 0
    while len({path[: shared + 1] for path in paths}) == 1:
        shared += 1
    return paths[0][:shared]


def districts_with(edition: Edition, province: str, ward: str) -> tuple[Path, ...]:
    """Every (province, district, ward) of a province whose ward may have this name."""
    return tuple(
        (province, district, unit)
        for district, _ in lines_of(edition, province)
        for unit in within(edition, province, district).named(ward)
    )
