"""Học lực of the 2006 programme: TT58/2011 art. 13, amended by TT26/2020 (RULEBOOK 1.4); GDTX as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from shared import phrases
from shared.cells import score_text
from shared.rules.marks import Accepted, Marks
from shared.rules.scores import TYPICAL_UNLISTED, unlisted_range

_REACHED = 100  # of a subject that is not known: it counts for the student


@dataclass(frozen=True, slots=True)
class Level:
    """A rating and the least that each of its conditions asks, in tenths."""

    key: str
    name: str
    average: int = 0
    main: int = 0  # of one of the main subjects, and of a chuyên class's own
    floor: int = 0  # of every subject
    comments: bool = False  # every comment subject passed
    clause: str = ""


@dataclass(frozen=True)
class Rule2006:
    """Levels from high to low, and the lift when one subject alone pulls down (13.6)."""

    article: str
    main: tuple[str, ...]  # one of them must reach a mark
    levels: tuple[Level, ...]
    lifts: Mapping[tuple[int, int], int]  # (level that the average reaches, level fallen to) → level given

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The ratings' codes from high to low."""
        return tuple(level.key for level in self.levels)

    def accepted(self, marks: Marks) -> Accepted:
        """The ratings that marks allow.

        Art. 13.6 can be read in two ways, twice over, and every reading is accepted: “reaches the level” by the average
        alone or with the main subjects too; and whether a fall that 13.6 does not list from the higher level may be
        judged from the next one (RULEBOOK 1.4).
        """
        base = self._base(marks)
        if base < 2:
            return Accepted(base, base)
        found = {
            result
            for strict in (False, True)
            for reached in [self._reached(marks, strict=strict)]
            for result in (self._lifted(marks, base, reached[:1]), self._lifted(marks, base, reached))
        }
        best, worst = min(found), max(found)
        return Accepted(best, worst, self._culprit(marks) if worst < base else None)

    def _base(self, marks: Marks) -> int:
        lowest, average = min(marks.scores.values(), default=_REACHED), _average(marks)
        main = min(self._best_main(marks), _special(marks))
        for i, level in enumerate(self.levels):
            if (
                average >= level.average
                and main >= level.main
                and lowest >= level.floor
                and not (level.comments and marks.failed)
            ):
                return i
        return len(self.levels) - 1

    def _best_main(self, marks: Marks) -> int:
        """The highest of the main subjects; one that is not known counts as reached."""
        return max([marks.scores.get(key, _REACHED) for key in self.main])

    def _reached(self, marks: Marks, *, strict: bool) -> list[int]:
        """The two highest levels that the average reaches; strictly, the main subjects too."""
        main = min(self._best_main(marks), _special(marks)) if strict else _REACHED
        return [i for i, level in enumerate(self.levels[:2]) if _average(marks) >= level.average and main >= level.main]

    def _lifted(self, marks: Marks, base: int, reached: Sequence[int]) -> int:
        """The rating after 13.6: lifted when exactly one subject lies below the floor of the level reached."""
        lifts = [self.lifts.get((level, base), base) for level in reached if len(self._below(marks, level)) == 1]
        return min(lifts, default=base)

    def _below(self, marks: Marks, level: int) -> list[str]:
        floor = self.levels[level].floor
        return [*(key for key, score in marks.scores.items() if score < floor), *sorted(marks.failed)]

    def _culprit(self, marks: Marks) -> str | None:
        below = (self._below(marks, level) for level in self._reached(marks, strict=False))
        return next((found[0] for found in below if len(found) == 1), None)

    def shortfalls(self, rank: int, marks: Marks) -> Iterator[str]:
        """Which conditions of a rating the marks fail, in words (art. 13)."""
        level, best, special = self.levels[rank], self._best_main(marks), _special(marks)
        if _average(marks) < level.average:
            yield phrases.average_short(level.name, score_text(level.average), score_text(_average(marks)))
        if best < level.main:
            highest = max(self.main, key=marks.scores.__getitem__)
            found = f"{marks.name(highest)} {score_text(best)}"
            yield phrases.one_of_short(level.name, map(marks.name, self.main), score_text(level.main), found)
        if special < level.main:
            subject = f"{marks.name(marks.specialised or '')} {score_text(special)}"
            yield phrases.special_short(level.name, score_text(level.main), subject)
        low = [f"{marks.name(key)} {score_text(score)}" for key, score in marks.scores.items() if score < level.floor]
        if low:
            yield phrases.subjects_short(level.name, score_text(level.floor), low)
        if level.comments and marks.failed:
            yield phrases.comments_short(level.name, sorted(map(marks.name, marks.failed)))

    def clause(self, rank: int) -> str:
        """Where a rating's conditions stand: `khoản 1 Điều 13 Thông tư 58/2011`."""
        return f"{self.levels[rank].clause} {self.article}".strip()

    def met(self, rank: int, marks: Marks) -> str:
        """How the marks reach a rating: the average, the best main subject, the lowest subject (art. 13)."""
        level = self.levels[rank]
        best = max(self.main, key=lambda key: marks.scores.get(key, _REACHED))
        lowest = min(marks.scores, key=marks.scores.__getitem__)
        return phrases.met(
            score_text(_average(marks)),
            f"{marks.name(best)} {score_text(marks.scores.get(best, _REACHED))}" if level.main else None,
            f"{marks.name(lowest)} {score_text(marks.scores[lowest])}",
        )

    def proves_low(self, printed: int, implied: int, marks: Marks) -> str | None:
        """Khá instead of Giỏi takes an unlisted subject below Giỏi's floor: none is possible when the average says so."""
        floor = self.levels[implied].floor
        if (printed, implied) != (1, 0) or marks.average is None:
            return None
        if unlisted_below(sum(marks.scores.values()), len(marks.scores), marks.average, floor):
            return None
        return phrases.no_unlisted_below(score_text(marks.average), score_text(floor))


def _average(marks: Marks) -> int:
    return _REACHED if marks.average is None else marks.average


def _special(marks: Marks) -> int:
    """The score of a chuyên class's own subject; one that is not reported counts as reached."""
    return marks.scores.get(marks.specialised, _REACHED) if marks.specialised else _REACHED


def unlisted_below(total: int, count: int, average: int, floor: int) -> bool:
    """Whether some unlisted subject may lie below a floor, given the average (RULEBOOK 1.7)."""
    for unlisted in range(1, TYPICAL_UNLISTED + 1):
        found = unlisted_range(total, count, average, unlisted)
        if found and found[0] - 100 * (unlisted - 1) < floor:
            return True
    return False


TT58 = Rule2006(
    article="Điều 13 Thông tư 58/2011, sửa đổi bởi Thông tư 26/2020",
    main=("mathematics", "literature", "foreign_language"),
    levels=(
        Level("G", "Giỏi", 80, 80, 65, comments=True, clause="khoản 1"),
        Level("K", "Khá", 65, 65, 50, comments=True, clause="khoản 2"),
        Level("TB", "Trung bình", 50, 50, 35, comments=True, clause="khoản 3"),
        Level("Y", "Yếu", 35, 0, 20, clause="khoản 4"),
        Level("KEM", "Kém"),
    ),
    lifts={(0, 2): 1, (0, 3): 2, (1, 3): 2, (1, 4): 3},
)
TT58_BEFORE_2020 = replace(TT58, article="Điều 13 Thông tư 58/2011", main=("mathematics", "literature"))
GDTX_2006 = replace(
    TT58, article="Quyết định 02/2007, sửa đổi bởi Thông tư 26/2014", main=("mathematics", "literature")
)
