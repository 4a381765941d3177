"""Which names of a catalogue are nearest to one that nobody knows: to be suggested, never taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shared.cells import fold
from shared.spelling import toned

LETTERS_A_SLIP = 4  # one slip of the keyboard is forgiven for so many letters of a name


def slips(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or swapped with the next to make one text the other."""
    older: list[int] = []
    old = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (char != wanted))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        older, old = old, row
    return old[-1]


def nearest(name: str, names: Iterable[str], key: Callable[[str], str] = str) -> tuple[str, ...]:
    """The names most like another, accents looked at last; several when equally like, none when all are far.

    `key` takes from a name the part to compare, such as a unit's name without its type.
    """
    wanted = fold(key(name))
    allowed = len(wanted) // LETTERS_A_SLIP
    likeness: dict[str, tuple[int, int]] = {}
    for candidate in names:
        folded = fold(key(candidate))
        if abs(len(folded) - len(wanted)) <= allowed and (distance := slips(wanted, folded)) <= allowed:
            likeness[candidate] = (distance, slips(toned(name), toned(candidate)))
    least = min(likeness.values(), default=None)
    return tuple(candidate for candidate, found in likeness.items() if found == least)


def the_nearest(name: str, names: Iterable[str], key: Callable[[str], str] = str) -> str | None:
    """The one name most like another, or None when there is none or more than one."""
    found = nearest(name, names, key)
    return found[0] if len(found) == 1 else None
