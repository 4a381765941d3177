"""Three-way merge per cell: what was pulled (base), what I have (mine), what the service holds (theirs). Pure.

Untouched and cleared are different: a cell equal to its base is untouched and never travels; a cell emptied by its
writer is a change whose `after` is None. A change carries what its writer saw, so no edit is overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shared.records import Cells

Change = tuple[str | None, str | None]  # what its writer saw, what they made of it


class Outcome(StrEnum):
    """What became of one cell that was sent."""

    APPLIED = "applied"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    LOCKED = "locked"
    INVALID = "invalid"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class RowChange:
    """The changed cells of one record."""

    sheet: str
    student_code: str
    cells: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Gate:
    """Which cells of a record may not be written now: by lock, by right, or because the value is impossible."""

    locked: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    invalid: Mapping[str, str] = field(default_factory=dict)  # column key → message


@dataclass(frozen=True, slots=True)
class Settled:
    """A row change held against the record: what to write, and the outcome of each cell."""

    applied: Mapping[str, Change]
    outcomes: Mapping[str, Outcome]


def diff(base: Cells, mine: Cells) -> dict[str, Change]:
    """The cells that differ from their base, each with what its writer saw."""
    keys = base.keys() | mine.keys()
    return {key: (base.get(key), mine.get(key)) for key in sorted(keys) if base.get(key) != mine.get(key)}


def apply(cells: Cells, changes: Mapping[str, Change]) -> dict[str, str]:
    """The cells after the changes; a cleared cell is absent."""
    merged = {**cells, **{key: after for key, (_, after) in changes.items() if after is not None}}
    for key, (_, after) in changes.items():
        if after is None:
            merged.pop(key, None)
    return merged


def settle(change: RowChange, current: Cells, gate: Gate) -> Settled:
    """Decide every cell of a row change; the service writes exactly `applied`."""
    cells, held = change.cells, current.get
    barred = (gate.forbidden, gate.locked, gate.invalid.keys())
    if all(before == held(key) != after for key, (before, after) in cells.items()) and all(
        map(cells.keys().isdisjoint, barred)
    ):  # the usual row: nobody else was here, and every cell is new
        return Settled(cells, dict.fromkeys(cells, Outcome.APPLIED))
    outcomes = {key: _outcome(key, cell, current.get(key), gate) for key, cell in cells.items()}
    applied = {
        key: (current.get(key), change.cells[key][1]) for key, outcome in outcomes.items() if outcome is Outcome.APPLIED
    }
    return Settled(applied, outcomes)


def _outcome(key: str, change: Change, current: str | None, gate: Gate) -> Outcome:
    before, after = change
    if after == current:
        return Outcome.UNCHANGED
    if key in gate.forbidden:
        return Outcome.FORBIDDEN
    if key in gate.locked:
        return Outcome.LOCKED
    if key in gate.invalid:
        return Outcome.INVALID
    return Outcome.APPLIED if before == current else Outcome.CONFLICT


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that both sides changed: what both saw, and what each made of it."""

    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A record after a pull: the cells to show, and those that both sides changed (shown with mine)."""

    cells: dict[str, str]
    conflicts: dict[str, Conflict]


def merge(base: Cells, mine: Cells, theirs: Cells) -> Merged:
    """Bring in what others changed and keep what I changed; a cell changed to two different values is a conflict."""
    cells: dict[str, str] = {}
    conflicts: dict[str, Conflict] = {}
    for key in base.keys() | mine.keys() | theirs.keys():
        before, my, their = base.get(key), mine.get(key), theirs.get(key)
        if my not in (before, their) and their != before:
            conflicts[key] = Conflict(before, my, their)
        value = their if my == before else my
        if value is not None:
            cells[key] = value
    return Merged(cells, conflicts)


def inverse(changes: Mapping[str, Change], current: Cells) -> tuple[dict[str, Change], tuple[str, ...]]:
    """The changes that undo `changes`, and the keys left alone because they have been edited since."""
    undone = {key: (after, before) for key, (before, after) in changes.items() if current.get(key) == after}
    return undone, tuple(sorted(changes.keys() - undone.keys()))


def count(rows: Iterable[RowChange]) -> int:
    """How many cells the changes of some rows touch."""
    return sum(len(row.cells) for row in rows)
