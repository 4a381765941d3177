"""Học lực from all scored subjects of a term (TT58 art. 13 as amended by TT26), for invented students only.

The rules of the program judge what can be judged without the unlisted subjects; here all scores are known.
"""

from __future__ import annotations

from collections.abc import Sequence

RATINGS = ("G", "K", "TB", "Y", "KEM")
_AVERAGE = (80, 65, 50, 35, 0)
_ONE_OF_THREE = (80, 65, 50, 0, 0)
_EVERY_SUBJECT = (65, 50, 35, 20, 0)
_MAIN = (0, 1, 8)  # Toán, Ngữ văn, Ngoại ngữ among the listed nine
_RAISED = {("G", "TB"): "K", ("G", "Y"): "TB", ("K", "Y"): "TB", ("K", "KEM"): "Y"}


def academic_rating(average: int, scores: Sequence[int], main: Sequence[int] = _MAIN) -> str:
    """The rating of a term from its average and all scores, in tenths; `main` are the places of the main subjects."""
    best = max(scores[i] for i in main)
    plain = _level(average, best, min(scores))
    without_lowest = _level(average, best, sorted(scores)[1])
    return _RAISED.get((without_lowest, plain), plain)


def _level(average: int, main: int, lowest: int) -> str:
    reached = zip(RATINGS, _AVERAGE, _ONE_OF_THREE, _EVERY_SUBJECT, strict=True)
    return next(level for level, a, m, s in reached if average >= a and main >= m and lowest >= s)


def may_move_up(rating: str) -> bool:
    """Whether a student with this rating of the year moves up (TT58 art. 15)."""
    return rating in {"G", "K", "TB"}
