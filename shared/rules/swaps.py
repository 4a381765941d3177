"""Two columns of a class that have changed places, and which rows go back (checks.json: SC_COL_SWAP).

The finding and the offer both speak of the same `Swap`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared import phrases
from shared.offer_phrases import take_offer
from shared.problems import Code, Issue, offer_id
from shared.rules.facts import StudentRow, Triple, label, plan_of, year_tenths
from shared.rules.shifts import fits

FEWEST = 5  # students before a column as a whole says anything


@dataclass(frozen=True, slots=True)
class Swap:
    """Two columns to exchange: two semesters of a subject, or the same term of two subjects."""

    first: str  # column keys, in sheet order
    second: str
    subjects: tuple[Triple, ...]

    def concerns(self, row: StudentRow) -> bool:
        """Whether a student's two cells change places: not where fewer formulas would hold than now."""
        after = {key: tenths for key, tenths in row.tenths.items() if key not in {self.first, self.second}}
        for key, other in ((self.first, self.second), (self.second, self.first)):
            if other in row.tenths:
                after[key] = row.tenths[other]
        return self._held(after) >= self._held(row.tenths)

    def _held(self, tenths: Mapping[str, int]) -> int:
        return sum(fits(tenths, subject) for subject in self.subjects)

    def offer_id(self, sheet: str) -> str:
        """The name by which the exchange is taken."""
        return offer_id(Code.SC_COL_SWAP, sheet, self.first, self.second)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A subject whose formula fails for most of the class: its complete scores, by row."""

    subject: Triple
    rows: tuple[tuple[int, int, int] | None, ...]

    @property
    def complete(self) -> int:
        """How many students have all three scores."""
        return sum(row is not None for row in self.rows)

    @property
    def broken(self) -> int:
        """How many students' year does not follow from the semesters."""
        return sum(row is not None and not _follows(row) for row in self.rows)


def _suspect(subject: Triple, rows: Sequence[StudentRow]) -> Suspect:
    found: list[tuple[int, int, int] | None] = []
    for row in rows:
        a, b, c = (row.tenths.get(key) for key in subject.keys)
        found.append(None if a is None or b is None or c is None else (a, b, c))
    return Suspect(subject, tuple(found))


def swaps(rows: Sequence[StudentRow]) -> list[tuple[Suspect, Swap]]:
    """The subjects whose formula fails for most of the class, each with the exchange that makes it hold for most."""
    if not rows:
        return []
    all_scored = (_suspect(subject, rows) for subject in plan_of(rows[0].layout).scored)
    suspects = [found for found in all_scored if found.broken >= FEWEST and 2 * found.broken > len(rows)]
    found = []
    for at, mine in enumerate(suspects):
        pairs = [(other, mine) for other in suspects[:at]] + [(mine, other) for other in suspects[at + 1 :]]
        swap = _of_terms(mine) or next((swap for pair in pairs if (swap := _of_subjects(mine, *pair))), None)
        if swap:
            found.append((mine, swap))
    return found


def _of_terms(mine: Suspect) -> Swap | None:
    first, second, _ = mine.subject.keys
    held = sum(row is not None and _follows((row[1], row[0], row[2])) for row in mine.rows)
    return Swap(first, second, (mine.subject,)) if _mostly(held, mine) else None


def _of_subjects(mine: Suspect, left: Suspect, right: Suspect) -> Swap | None:
    """The term whose columns, exchanged between two subjects, make both formulas hold for most of those of one."""
    for term in range(3):
        held = sum(
            a is not None and b is not None and _follows(_with(a, term, b)) and _follows(_with(b, term, a))
            for a, b in zip(left.rows, right.rows, strict=True)
        )
        if _mostly(held, mine):
            return Swap(left.subject.keys[term], right.subject.keys[term], (left.subject, right.subject))
    return None


def _mostly(held: int, suspect: Suspect) -> bool:
    return held >= FEWEST and 2 * held > suspect.complete


def _with(row: tuple[int, int, int], term: int, other: tuple[int, int, int]) -> tuple[int, ...]:
    return (*row[:term], other[term], *row[term + 1 :])


def _follows(row: tuple[int, ...]) -> bool:
    return row[2] == year_tenths(row[0], row[1])


def swap_issues(rows: Sequence[StudentRow]) -> Iterator[Issue]:
    """Subjects whose formula fails for most of the class but holds with two columns exchanged (SC_COL_SWAP)."""
    for mine, swap in swaps(rows):
        facts = {
            "subject": mine.subject.name,
            "broken": mine.broken,
            "total": mine.complete,
            "what": _words(mine, swap),
            "how": take_offer(swap.offer_id(rows[0].layout.key)),
        }
        yield Issue(Code.SC_COL_SWAP, mine.subject.keys[2], facts)


def _words(mine: Suspect, swap: Swap) -> str:
    others = [subject for subject in swap.subjects if subject != mine.subject]
    if not others:
        return phrases.SEMESTERS_SWAPPED
    term = swap.subjects[0].keys.index(swap.first)
    return phrases.swapped_columns(label(term), others[0].name)
