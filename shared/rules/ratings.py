"""The academic rating that scores allow: TT58/2011 art. 13 as amended by TT26/2020, a table for each programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared import phrases
from shared.cells import score_text
from shared.rules.scores import TYPICAL_UNLISTED, unlisted_range


@dataclass(frozen=True, slots=True)
class Level:
    """A rating and the least that each of its conditions asks, in tenths."""

    key: str
    name: str
    average: int = 0
    one_of: int = 0
    floor: int = 0
    comments: bool = False  # every comment subject passed
    clause: str = ""


@dataclass(frozen=True, slots=True)
class RatingRule:
    """How a programme rates: levels from high to low, and the lift when one subject alone pulls down (13.6)."""

    subject: str
    circular: str
    one_of: tuple[str, ...]
    levels: tuple[Level, ...]
    lifts: Mapping[tuple[int, int], int]  # (level the average reaches, level it falls to) → level given
    proven: tuple[int, int]  # (printed, implied): only an unlisted score below a floor explains it

    def rank(self, key: str) -> int | None:
        """How high a rating is; 0 is the highest."""
        return next((i for i, level in enumerate(self.levels) if level.key == key), None)


TT58 = RatingRule(
    subject="academic_rating",
    circular="Điều 13 Thông tư 58/2011, sửa đổi bởi Thông tư 26/2020",
    one_of=("mathematics", "literature", "foreign_language"),
    levels=(
        Level("G", "Giỏi", 80, 80, 65, comments=True, clause="khoản 1"),
        Level("K", "Khá", 65, 65, 50, comments=True, clause="khoản 2"),
        Level("TB", "Trung bình", 50, 50, 35, comments=True, clause="khoản 3"),
        Level("Y", "Yếu", 35, 0, 20, clause="khoản 4"),
        Level("KEM", "Kém"),
    ),
    lifts={(0, 2): 1, (0, 3): 2, (1, 3): 2, (1, 4): 3},
    proven=(1, 0),
)

RATING_RULES: Mapping[str, RatingRule] = {"thpt_2006": TT58}


@dataclass(frozen=True, slots=True)
class Marks:
    """What a rating rests on in one term, in tenths."""

    scores: Mapping[str, int]  # subject key → score
    average: int
    failed_comments: int = 0

    def best_of(self, rule: RatingRule) -> int:
        """The highest of the subjects one of which must reach a mark; not yet known counts as reached."""
        found = [self.scores[key] for key in rule.one_of if key in self.scores]
        return max(found) if len(found) == len(rule.one_of) else 100


def accepted(rule: RatingRule, marks: Marks) -> tuple[int, int]:
    """The highest and the lowest rating that marks allow; they differ where art. 13.6 can be read in two ways.

    Two readings stand side by side: “reaches the level” by the average alone or with one of three subjects too; and
    whether a fall that 13.6 does not list from the higher level may be judged from the next one (RULEBOOK 1.4).
    """
    best_of = marks.best_of(rule)
    base = _base(rule, marks, best_of)
    if base < 2:
        return base, base
    found = {
        result
        for reached in (_reached(rule, marks.average, 100), _reached(rule, marks.average, best_of))
        for result in (_lifted(rule, marks, base, reached[:1]), _lifted(rule, marks, base, reached))
    }
    return min(found), max(found)


def _base(rule: RatingRule, marks: Marks, best_of: int) -> int:
    lowest = min(marks.scores.values(), default=100)
    for i, level in enumerate(rule.levels):
        if (
            marks.average >= level.average
            and best_of >= level.one_of
            and lowest >= level.floor
            and not (level.comments and marks.failed_comments)
        ):
            return i
    return len(rule.levels) - 1


def _reached(rule: RatingRule, average: int, best_of: int) -> list[int]:
    return [i for i, level in enumerate(rule.levels[:2]) if average >= level.average and best_of >= level.one_of]


def _lifted(rule: RatingRule, marks: Marks, base: int, reached: Sequence[int]) -> int:
    """The rating after 13.6: lifted when exactly one subject lies below the floor of the level reached."""
    lifts = [
        rule.lifts.get((level, base), base)
        for level in reached
        if sum(score < rule.levels[level].floor for score in marks.scores.values()) + marks.failed_comments == 1
    ]
    return min(lifts, default=base)


def shortfalls(rule: RatingRule, level: Level, marks: Marks, names: Mapping[str, str]) -> Iterator[str]:
    """Which conditions of a level the marks fail, in words (TT58 art. 13)."""
    if marks.average < level.average:
        yield phrases.average_short(level.name, score_text(level.average), score_text(marks.average))
    best_of = marks.best_of(rule)
    if best_of < level.one_of:
        subjects = (names.get(key, key) for key in rule.one_of)
        yield phrases.one_of_short(level.name, subjects, score_text(level.one_of), score_text(best_of))
    low = [f"{names[key]} {score_text(score)}" for key, score in marks.scores.items() if score < level.floor]
    if low:
        yield phrases.subjects_short(level.name, score_text(level.floor), low)
    if level.comments and marks.failed_comments:
        yield phrases.comments_short(level.name)


def unlisted_below(total: int, count: int, average: int, floor: int) -> bool:
    """Whether some unlisted subject may lie below a floor, given the average (RULEBOOK 1.7)."""
    for unlisted in range(1, TYPICAL_UNLISTED + 1):
        found = unlisted_range(total, count, average, unlisted)
        if found and found[0] - 100 * (unlisted - 1) < floor:
            return True
    return False
