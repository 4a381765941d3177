"""Invented marks of one student in one grade of any programme, and the cells they make: CN by the formula, ratings by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from server.demo.levels_2018 import learning_level, training_year
from server.demo.ratings import academic_rating
from server.demo.scores import TERMS, Column, average, year_mean
from server.demo.timetables import Timetable
from shared.cells import score_text
from shared.columns import FAILED, PASSED, Term

Three = tuple[int, int, int]  # HK1, HK2, CN in tenths
Words = tuple[str, str, str]  # the same of what is rated in words

_HARD = {
    "mathematics": -4, "physics": -2, "foreign_language": -3, "foreign_language_2": -1, "history": 2, "geography": 3,
    "civics": 5, "economics_law": 4, "informatics": 3, "technology": 5, "defence": 9,
}  # fmt: skip
_EASY = 12  # so much above the ability lie subjects that are not reported
_OLD_CONDUCT = ("T", "K", "TB", "Y")
_NEW_CONDUCT = ("T", "K", "Đ", "CĐ")


@dataclass(frozen=True, slots=True)
class YearMarks:
    """A student's year before it is rated."""

    scores: Mapping[str, Three]
    unlisted: tuple[Three, ...] = ()
    comments: Mapping[str, Words] = field(default_factory=dict)

    def all_scores(self, term: int) -> list[int]:
        """Every score that counts in a term, the unlisted after the listed."""
        return [three[term] for three in (*self.scores.values(), *self.unlisted)]

    def mean(self, term: int) -> int:
        """TB môn of a term."""
        return average(self.all_scores(term))

    def row(self, order: Iterable[str], term: int) -> tuple[int | None, ...]:
        """The scores of a term as they stand beside each other on a sheet."""
        return tuple(self.scores[key][term] if key in self.scores else None for key in order)


def draw_marks(dice: Random, ability: float, table: Timetable, spread: float = 4) -> YearMarks:
    """Marks around an ability, in tenths; CN by the formula, a comment subject's CN is its HK2 (TT22 art. 9.1)."""
    return YearMarks(
        scores={key: _three(dice, ability + _HARD.get(key, 0), spread) for key in table.scored},
        unlisted=tuple(_three(dice, ability + _EASY, spread) for _ in range(table.unlisted)),
        comments={key: _comments(dice, ability) for key in table.comments},
    )


def _three(dice: Random, ability: float, spread: float) -> Three:
    level = dice.gauss(ability, 1.2 * spread)
    first, second = (min(max(round(dice.gauss(level + step, spread)), 0), 100) for step in (-2, 2))
    return first, second, year_mean(first, second)


def _comments(dice: Random, ability: float) -> Words:
    fails = 0.01 if ability > 60 else 0.12
    first, second = (FAILED if dice.random() < fails else PASSED for _ in range(2))
    return first, second, second


def rating(table: Timetable, marks: YearMarks, term: int) -> str:
    """Học lực or kết quả học tập of a term."""
    scores = marks.all_scores(term)
    if table.least is None:
        return academic_rating(marks.mean(term), scores, [table.scored.index(key) for key in table.main])
    failed = sum(words[term] == FAILED for words in marks.comments.values())
    return learning_level(scores, failed, table.least)


def draw_conduct(dice: Random, ability: float, table: Timetable) -> Words:
    """Hạnh kiểm or rèn luyện: the year follows HK2 in the old programme, the table of TT22 art. 8 in the new."""
    weights = (85, 13, 2, 0) if ability > 65 else (60, 30, 10, 0) if ability > 45 else (25, 25, 25, 25)
    first, second = dice.choices(_NEW_CONDUCT if table.by_levels else _OLD_CONDUCT, weights, k=2)
    return first, second, training_year(first, second) if table.by_levels else second


def year_cells(table: Timetable, marks: YearMarks, conduct: Words, terms: Iterable[Term] = TERMS) -> dict[str, str]:
    """The cells of a result sheet for the terms that are over."""
    cells = {f"{subject}.language": name for subject, name in table.languages.items()}
    for term in terms:
        at = TERMS.index(term)
        cells |= {f"{subject}.{term}": score_text(three[at]) for subject, three in marks.scores.items()}
        cells |= {f"{subject}.{term}": words[at] for subject, words in marks.comments.items()}
        if not table.by_levels:
            cells[f"average_score.{term}"] = score_text(marks.mean(at))
        cells[f"academic_rating.{term}"] = rating(table, marks, at)
        cells[f"conduct_rating.{term}"] = conduct[at]
    return cells


@dataclass
class SheetColumns:
    """The rows of a sheet as they are filled in, so that no four neighbours rise or fall by even steps."""

    order: Sequence[str]  # the scored subjects of the class in sheet order
    terms: tuple[Column, ...] = field(default_factory=lambda: tuple(Column() for _ in TERMS))

    def fits(self, marks: YearMarks) -> bool:
        """Whether no term of the row makes even steps."""
        return all(column.fits(marks.row(self.order, term)) for term, column in enumerate(self.terms))

    def add(self, marks: YearMarks) -> None:
        """Remember a row."""
        for term, column in enumerate(self.terms):
            column.add(marks.row(self.order, term))


def draw_year(dice: Random, ability: float, table: Timetable, columns: SheetColumns) -> YearMarks:
    """Marks of a student who moves up, of which no check has anything to say."""
    while True:
        marks = draw_marks(dice, ability, table)
        if _believable(table, marks) and columns.fits(marks):
            columns.add(marks)
            return marks


def _believable(table: Timetable, marks: YearMarks) -> bool:
    """Whether the student moves up; where there is an average, whether it is that of most students (RULEBOOK 1.7)."""
    if rating(table, marks, 2) in {"CĐ", "Y", "KEM"}:
        return False
    if table.by_levels:
        return True
    first, second, year = map(marks.mean, range(3))
    return min(first, second) >= 50 and abs(year_mean(first, second) - year) <= 1
