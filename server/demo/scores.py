"""Invented results of one student in one year that keep every rule: CN by the formula, TB môn with three unlisted subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from server.demo.ratings import academic_rating, may_move_up
from shared.cells import score_text
from shared.columns import Term
from shared.programmes import SUBJECTS_2006

TERMS = (Term.SEMESTER_1, Term.SEMESTER_2, Term.YEAR)
Row = Sequence[int | None]  # tenths in sheet order, None where nothing stands
Marks = Mapping[Term, tuple[int, ...]]  # tenths of a point: the nine listed subjects, then the three unlisted

_LISTED = len(SUBJECTS_2006)
_UNLISTED = 3  # Tin học, Công nghệ, GDQP-AN: scored, counted in the average, not reported
_HARD = {"mathematics": -4, "foreign_language": -3, "civics": 5, "geography": 3, "history": 2}
_RUN = 4  # so many scores in even steps look like a dragged fill handle


@dataclass
class Column:
    """The last scores of the students above, so that no column falls into even steps by chance."""

    above: list[Row] = field(default_factory=list)

    def fits(self, row: Row) -> bool:
        """Whether the row makes no even steps, neither along itself nor down a column."""
        if len(self.above) < _RUN - 1:
            return not _has_run(row)
        return not _has_run(row) and not any(_even(column) for column in zip(*self.above, row, strict=True))

    def add(self, row: Row) -> None:
        """Remember a row."""
        self.above = [*self.above, row][-(_RUN - 1) :]


@dataclass
class ClassColumns:
    """The rows of a class and grade as they are filled in, one `Column` a term."""

    terms: Mapping[Term, Column] = field(default_factory=lambda: {term: Column() for term in TERMS})

    def fits(self, marks: Marks) -> bool:
        """Whether no term of the row makes even steps."""
        return all(self.terms[term].fits(_shown(row)) for term, row in marks.items())

    def add(self, marks: Marks) -> None:
        """Remember a row."""
        for term, row in marks.items():
            self.terms[term].add(_shown(row))


def _shown(row: tuple[int, ...]) -> tuple[int, ...]:
    return (*row[:_LISTED], average(row))


def _even(values: Row) -> bool:
    known = [value for value in values if value is not None]
    steps = {after - before for before, after in pairwise(known)}
    return len(steps) == 1 and len(known) == len(values)


def _has_run(row: Row) -> bool:
    return any(_even(row[i : i + _RUN]) for i in range(len(row) - _RUN + 1))


def year_mean(first: int, second: int) -> int:
    """The year's score in tenths: (HK1 + 2 x HK2) / 3; thirds are never a tie."""
    return (first + 2 * second + 1) // 3


def average(scores: Sequence[int]) -> int:
    """The plain mean in tenths, half up."""
    return (2 * sum(scores) + len(scores)) // (2 * len(scores))


def draw_marks(dice: Random, ability: float, terms: Iterable[Term]) -> Marks:
    """Scores around an ability, in tenths; the unlisted subjects are the easy ones."""
    firsts, seconds = [], []
    for key in [subject.key for subject in SUBJECTS_2006] + [""] * _UNLISTED:
        level = dice.gauss(ability + _HARD.get(key, 0), 5) if key else max(dice.gauss(ability + 12, 4), 72)
        firsts.append(_tenths(dice.gauss(level - 2, 4), unlisted=not key))
        seconds.append(_tenths(dice.gauss(level + 2, 4), unlisted=not key))
    years = [year_mean(first, second) for first, second in zip(firsts, seconds, strict=True)]
    drawn = {Term.SEMESTER_1: tuple(firsts), Term.SEMESTER_2: tuple(seconds), Term.YEAR: tuple(years)}
    return {term: drawn[term] for term in terms}


def _tenths(value: float, *, unlisted: bool) -> int:
    return min(max(round(value), 68 if unlisted else 30), 98)


def plausible(marks: Marks) -> bool:
    """Whether the student moves up and the averages of the terms agree with the year's within a tenth."""
    if Term.YEAR not in marks:
        return academic_rating(average(marks[Term.SEMESTER_1]), marks[Term.SEMESTER_1]) != "KEM"
    first, second, year = (average(marks[term]) for term in TERMS)
    return may_move_up(academic_rating(year, marks[Term.YEAR])) and abs(year_mean(first, second) - year) <= 1


def draw_year(dice: Random, ability: float, terms: Sequence[Term], columns: ClassColumns) -> Marks:
    """Marks of one year that no check has anything to say about."""
    while True:
        marks = draw_marks(dice, ability, terms)
        if plausible(marks) and columns.fits(marks):
            columns.add(marks)
            return marks


def conduct(dice: Random, ability: float, terms: Iterable[Term]) -> dict[Term, str]:
    """Conduct by term; the year follows the second semester."""
    good = 0.97 if ability > 72 else 0.85
    first, second = ("T" if dice.random() < good else "K" for _ in range(2))
    rated = {Term.SEMESTER_1: first, Term.SEMESTER_2: second, Term.YEAR: second}
    return {term: rated[term] for term in terms}


def result_cells(marks: Marks, behaviour: Mapping[Term, str], language: str = "Tiếng Anh") -> dict[str, str]:
    """The cells of a result sheet: scores, language, averages and ratings of the terms that are over."""
    cells = {"foreign_language.language": language}
    for term, row in marks.items():
        cells |= {
            f"{subject.key}.{term}": score_text(tenths) for subject, tenths in zip(SUBJECTS_2006, row, strict=False)
        }
        cells[f"average_score.{term}"] = score_text(average(row))
        cells[f"academic_rating.{term}"] = academic_rating(average(row), row)
        cells[f"conduct_rating.{term}"] = behaviour[term]
    return cells
