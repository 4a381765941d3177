"""Kết quả học tập and rèn luyện of TT22/2021 for invented students, all of whose marks are known.

Written from articles 8 and 9 themselves and not from the program's rules, so that the two can be set against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

LEVELS = ("T", "K", "Đ", "CĐ")
SIX = 6  # scored subjects that a level asks for (art. 9.2); TT43 asks GDTX learners for fewer


def plain_level(scores: Sequence[int], failed: int = 0, least: int = SIX) -> str:
    """The level of a term by art. 9.2 alone, from scores in tenths and how many comment subjects were not passed."""
    lowest = min(scores)

    def enough(mark: int) -> bool:
        return sum(score >= mark for score in scores) >= least

    if failed == 0 and lowest >= 65 and enough(80):
        return "T"
    if failed == 0 and lowest >= 50 and enough(65):
        return "K"
    if failed <= 1 and lowest >= 35 and enough(50):
        return "Đ"
    return "CĐ"


def learning_level(scores: Sequence[int], failed: int = 0, least: int = SIX) -> str:
    """The level of a term with art. 9.3: raised by one when one subject alone has cost two levels or more."""
    plain = LEVELS.index(plain_level(scores, failed, least))
    spared = (LEVELS.index(plain_level(marks, fails, least)) for marks, fails in _one_without_fault(scores, failed))
    return LEVELS[plain - 1] if plain - min(spared) >= 2 else LEVELS[plain]


def _one_without_fault(scores: Sequence[int], failed: int) -> Iterator[tuple[Sequence[int], int]]:
    """The same marks had one subject been as good as can be, subject by subject."""
    for place in range(len(scores)):
        yield [*scores[:place], 100, *scores[place + 1 :]], failed
    yield scores, max(failed - 1, 0)


def training_year(first: str, second: str) -> str:
    """Rèn luyện of a year from its semesters (art. 8.2)."""
    if second == "CĐ":
        return "CĐ"
    if second == "T":
        return "T" if first in {"T", "K"} else "K"
    if second == "K":
        return "Đ" if first == "CĐ" else "K"
    return "K" if first == "T" else "Đ"
