"""Where each column of a sheet stands, found by the words of its headers, never by position. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from shared.cells import fold, raw_text
from shared.columns import STUDENT_CODE, Column, Term
from shared.layout import SheetLayout

SEARCH_ROWS = 15  # someone may have put a title above
_TERM_WORDS = {
    Term.SEMESTER_1: ("HK1", "HKI", "HK 1", "Học kỳ 1", "Học kỳ I", "Học kì 1", "Học kì I", "Kỳ 1", "Kỳ I"),
    Term.SEMESTER_2: ("HK2", "HKII", "HK 2", "Học kỳ 2", "Học kỳ II", "Học kì 2", "Học kì II", "Kỳ 2", "Kỳ II"),
    Term.YEAR: ("CN", "Cả năm", "Cả năm học"),
}
_folded = lru_cache(maxsize=4096)(fold)
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Headers:
    """The header rows of a sheet as found; columns count from 0, `first` is the number of the first row below."""

    columns: Mapping[str, int]
    first: int
    missing: tuple[Column, ...] = ()
    twice: tuple[tuple[Column, int, int], ...] = ()
    moved: tuple[Column, ...] = ()
    extra: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class _Found:
    columns: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[Column, int, int]] = field(default_factory=list)
    extra: list[tuple[int, str]] = field(default_factory=list)


_NAMES: dict[int, tuple[SheetLayout, dict[Name, Column]]] = {}


def _names(layout: SheetLayout) -> Mapping[Name, Column]:
    """Every pair of header words → its column."""
    kept = _NAMES.get(id(layout))
    if kept is None or kept[0] is not layout:
        names: dict[Name, Column] = {}
        for column in layout.columns:
            lower = (column.header, *_TERM_WORDS.get(column.term, ())) if column.term else (column.header,)
            for upper in (column.group, *column.aliases):
                for word in lower:
                    names.setdefault((_folded(upper), _folded(word)), column)
        kept = _NAMES[id(layout)] = (layout, names)
    return kept[1]


def find_headers(layout: SheetLayout, grid: Sequence[Sequence[Any]]) -> Headers | None:
    """The headers of a sheet, or None when no row names the student's code."""
    names = _names(layout)
    for at, row in enumerate(grid[:SEARCH_ROWS]):
        upper = [_word(value) for value in row]
        code = next((i for i, word in enumerate(upper) if _column(names, (word, "")) == STUDENT_CODE), None)
        if code is None:
            continue
        below = grid[at + 1] if at + 1 < len(grid) else ()
        two = len(below) > code and not _word(below[code])
        lower = [_word(value) for value in below] if two else [""] * len(upper)
        found = _match(names, (upper, lower), (row, below if two else ()))
        return _headers(layout, found, at + (2 if two else 1) + 1)
    return None


def _word(value: Any) -> str:
    return _folded(value if value.__class__ is str else raw_text(value)) if value != "" else ""


def _column(names: Mapping[Name, Column], name: Name) -> str | None:
    column = names.get(name)
    return column.key if column else None


def _match(
    names: Mapping[Name, Column], words: tuple[list[str], list[str]], raw: tuple[Sequence[Any], Sequence[Any]]
) -> _Found:
    """Each column of the sheet by its words; the words of a merged header apply to the right."""
    found, group = _Found(), ""
    for i, (upper, lower) in enumerate(zip(*words, strict=True)):
        group = upper or group
        if not upper and not lower:
            continue
        column = names.get((group if lower else upper, lower)) or names.get((upper or lower, ""))
        if column is None:
            label = " ".join(raw_text(row[i]) for row in raw if len(row) > i and row[i] != "")
            found.extra.append((i, label))
        elif column.key in found.columns:
            found.twice.append((column, found.columns[column.key], i))
        else:
            found.columns[column.key] = i
    return found


def _headers(layout: SheetLayout, found: _Found, first: int) -> Headers:
    order = [found.columns[column.key] for column in layout.columns if column.key in found.columns]
    still = _longest_rising(order)
    return Headers(
        columns=found.columns,
        first=first,
        missing=tuple(column for column in layout.columns if column.key not in found.columns),
        twice=tuple(found.twice),
        moved=tuple(c for c in layout.columns if c.key in found.columns and found.columns[c.key] not in still),
        extra=tuple(found.extra),
    )


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """The longest run of numbers that still stand in rising order; the rest has been moved."""
    tops: list[int] = []
    chains: list[tuple[int, ...]] = []
    for number in numbers:
        at = bisect_left(tops, number)
        chain = (*(chains[at - 1] if at else ()), number)
        tops[at : at + 1] = [number]
        chains[at : at + 1] = [chain]
    return frozenset(chains[-1]) if chains else frozenset()
