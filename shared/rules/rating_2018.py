"""Kết quả học tập of the 2018 programme: TT22/2021 art. 9.2 (RULEBOOK 2.4); TT43/2021 for GDTX as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from shared import phrases
from shared.cells import score_text
from shared.rules.marks import Accepted, Marks

_LIFTED = 2  # levels that one subject alone must have cost before the rating is lifted by one


@dataclass(frozen=True, slots=True)
class Level:
    """A level: the least of every score and of some, in tenths; how many comment subjects may be failed."""

    key: str
    name: str
    floor: int = 0
    mark: int = 0  # that at least `least` subjects must reach
    failed: int | None = 0  # None: any number
    clause: str = ""


@dataclass(frozen=True)
class Rule2018:
    """Levels from high to low; `least` is how many subjects must reach a level's mark."""

    article: str
    least: int
    levels: tuple[Level, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The levels' codes from high to low."""
        return tuple(level.key for level in self.levels)

    def accepted(self, marks: Marks) -> Accepted:
        """The levels that marks allow; two readings of “because of one subject only”: without it, or had it been perfect."""
        base = self._base(marks.scores, marks.failed, marks.unknown)
        culprits = [self._culprit(marks, base, perfect=perfect) for perfect in (False, True)]
        lifted = [base if culprit is None else base - 1 for culprit in culprits]
        best, worst = min(lifted), max(lifted)
        return Accepted(best, worst, next((c for c in culprits if c), None) if worst < base else None)

    def _base(self, scores: Mapping[str, int], failed: frozenset[str], unknown: int) -> int:
        for i, level in enumerate(self.levels):
            if (
                not self._lacking(level, scores, unknown)
                and not any(score < level.floor for score in scores.values())
                and (level.failed is None or len(failed) <= level.failed)
            ):
                return i
        return len(self.levels) - 1

    def _lacking(self, level: Level, scores: Mapping[str, int], unknown: int) -> int:
        """How many more subjects must reach a level's mark; who has fewer subjects at all is asked for those."""
        wanted = min(self.least, len(scores) + unknown) if level.mark else 0
        return max(0, wanted - unknown - sum(score >= level.mark for score in scores.values()))

    def _culprit(self, marks: Marks, base: int, *, perfect: bool) -> str | None:
        """The subject without which the level would be two higher or more."""
        if base < _LIFTED:
            return None
        for subject in (*marks.scores, *sorted(marks.failed)):
            scores = {key: score for key, score in marks.scores.items() if key != subject}
            unknown = marks.unknown + (perfect and subject in marks.scores)
            if base - self._base(scores, marks.failed - {subject}, unknown) >= _LIFTED:
                return subject
        return None

    def shortfalls(self, rank: int, marks: Marks) -> Iterator[str]:
        """Which conditions of a level the marks fail, in words (art. 9.2)."""
        level = self.levels[rank]
        low = [f"{marks.name(key)} {score_text(score)}" for key, score in marks.scores.items() if score < level.floor]
        if low:
            yield phrases.subjects_short(level.name, score_text(level.floor), low)
        if self._lacking(level, marks.scores, marks.unknown):
            reached = sum(score >= level.mark for score in marks.scores.values())
            yield phrases.count_short(level.name, self.least, score_text(level.mark), reached)
        if level.failed is not None and len(marks.failed) > level.failed:
            yield phrases.comments_short(level.name, sorted(map(marks.name, marks.failed)), level.failed)

    def clause(self, rank: int) -> str:
        """Where a level's conditions stand."""
        return f"{self.levels[rank].clause} {self.article}".strip()

    def met(self, rank: int, marks: Marks) -> str:
        """How the marks reach a level: how many subjects reach its mark, and the lowest (art. 9.2)."""
        level = self.levels[rank]
        reached = sum(score >= level.mark for score in marks.scores.values())
        lowest = min(marks.scores, key=marks.scores.__getitem__)
        return phrases.met_count(
            reached, score_text(level.mark), f"{marks.name(lowest)} {score_text(marks.scores[lowest])}"
        )

    def proves_low(self, printed: int, implied: int, marks: Marks) -> str | None:
        """Every subject of this programme is reported: nothing outside the sheet explains a lower level."""
        del printed, implied
        return phrases.ALL_REPORTED if not marks.unknown else None


TT22 = Rule2018(
    article="khoản 2 Điều 9 Thông tư 22/2021",
    least=6,
    levels=(
        Level("T", "Tốt", 65, 80, failed=0, clause="điểm a"),
        Level("K", "Khá", 50, 65, failed=0, clause="điểm b"),
        Level("Đ", "Đạt", 35, 50, failed=1, clause="điểm c"),
        Level("CĐ", "Chưa đạt", clause="điểm d"),
    ),
)
TT43 = replace(TT22, article="Thông tư 43/2021", least=5, levels=tuple(replace(v, clause="") for v in TT22.levels))
