"""What can be said of any address, whatever the year: names not in full, unknown names, cells filled in another order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from shared import phrases
from shared.catalogues.address_text import parse_address
from shared.catalogues.units import LEVELS, Address, bare, spelled
from shared.problems import Code
from shared.rules.address_reading import Names, Reading


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of one part of an address."""

    code: Code
    level: str
    suggestion: str | None
    what: str
    note: bool = False  # the name is understood and only not written in full


def only(names: tuple[str, ...]) -> str | None:
    """The one name, or None when there are several or none."""
    return names[0] if len(names) == 1 else None


def short_name(level: str, unit: str) -> Remark:
    """A name that is understood, though the sector's import wants it in full (RULEBOOK 5.1)."""
    return Remark(Code.ADDR_NOT_IN_CATALOGUE, level, unit, phrases.write_full_name(unit), note=True)


def notes(reading: Reading) -> tuple[Remark, ...]:
    """The names of a reading that are not written in full."""
    return tuple(short_name(level, unit) for level, unit in reading.short)


def unknown(reading: Reading, hint: str = "") -> tuple[Remark, ...]:
    """The first name that a list does not have, after the names that are only short."""
    if reading.unknown is None:
        return notes(reading)
    what = phrases.not_in_catalogue(reading.within, reading.likely, hint)
    return (*notes(reading), Remark(Code.ADDR_NOT_IN_CATALOGUE, reading.unknown, only(reading.likely), what))


def blank(level: str, unit: str | None, hint: str) -> Remark:
    """A part that is not filled, and what the others say it is."""
    return Remark(Code.ADDR_INCOMPLETE, level, unit, hint)


def arranged(names: Names, school_year: str) -> tuple[Remark, ...]:
    """A whole address in one cell, or parts in each other's cells: what each cell should hold."""
    filled = [name for name in names if name is not None]
    found = {address for order in permutations(filled) if (address := _sound(order, filled, school_year))}
    found |= set(_whole_in_one(filled, school_year))
    address = found.pop() if len(found) == 1 else None
    return tuple(_moves(names, address, whole=len(filled) == 1)) if address else ()


def _sound(order: Sequence[str], filled: Sequence[str], school_year: str) -> Address | None:
    """The address that cells make in some order; a street among them only where the order is their own."""
    address = parse_address(", ".join(reversed(order)), school_year)
    return None if address and address.street and list(order) != filled else _telling(address)


def _telling(address: Address | None) -> Address | None:
    """An address of two parts or more: a single name may be that of many places."""
    return address if address and sum(name is not None for name in address.names) > 1 else None


def _whole_in_one(filled: Sequence[str], school_year: str) -> Iterator[Address]:
    """Cells that hold a whole address while the other cells repeat its parts."""
    for name in filled:
        if address := _telling(parse_address(name, school_year)):
            parts = {bare(part) for part in address.names if part is not None}
            if all(other is name or bare(other) in parts for other in filled):
                yield address


def _moves(names: Names, address: Address, *, whole: bool) -> Iterator[Remark]:
    what = phrases.misplaced(address.names, address.street, whole=whole)
    for level, name, unit in zip(LEVELS, names, address.names, strict=True):
        if name is None and unit is not None:
            yield blank(level, unit, phrases.perhaps(unit))
        elif name is not None and unit is not None and bare(name) == bare(unit):
            if spelled(name) != spelled(unit):
                yield short_name(level, unit)
        elif name is not None:
            yield Remark(Code.ADDR_NOT_IN_CATALOGUE, level, unit, what)
