"""What has not been entered yet: believable gaps in profiles and in the results of stage 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from server.demo.classes import Student
from shared.columns import Term
from shared.layout import GRADES, PROFILE
from shared.programmes import SUBJECTS_2006

_NO_CARD = ("national_id", "id_card", "id_card_date", "id_card_place")
_PROFILE_GAPS: tuple[tuple[str, ...], ...] = (
    _NO_CARD,
    ("residence.ward", "residence.street"),
    _NO_CARD,
    ("residence.district", "residence.ward", "residence.street"),
    ("birth_date",),
    ("ethnic_group",),
)
_RATINGS = ("average_score", "academic_rating", "conduct_rating")


def leave_profile_gap(student: Student, number: int) -> None:
    """Leave out one thing the guide requires; the kinds of gaps take turns."""
    for key in _PROFILE_GAPS[number % len(_PROFILE_GAPS)]:
        student.sheets[PROFILE].pop(key, None)


def leave_results_gap(dice: Random, student: Student, *, locked: Sequence[str] = ()) -> None:
    """Leave out some of stage 1, never in a grade that is locked: what is locked was complete."""
    open_grades = [grade for grade in GRADES if grade not in locked]
    gap = dice.choice(_RESULTS_GAPS)
    gap(dice, student, dice.choice(open_grades))


def _one_subject(dice: Random, student: Student, grade: str) -> None:
    """A subject teacher has not handed in the first semester, so the year is missing too."""
    subject = dice.choice(SUBJECTS_2006[:8]).key
    _drop(student, grade, [f"{subject}.{Term.SEMESTER_1}", f"{subject}.{Term.YEAR}"])


def _ratings(_dice: Random, student: Student, grade: str) -> None:
    """The homeroom teacher has not rated the last term that is over."""
    term = Term.SEMESTER_1 if grade == "12" else Term.YEAR
    _drop(student, grade, [f"{key}.{term}" for key in _RATINGS])


def _language(_dice: Random, student: Student, grade: str) -> None:
    """The foreign language waits for a list from another class."""
    _drop(student, grade, [f"foreign_language.{term}" for term in Term])


def _transferred(dice: Random, student: Student, grade: str) -> None:
    """A student who came from another province after grade 10, which must be entered by hand."""
    if grade == "10":
        student.sheets[grade].clear()
    else:
        _one_subject(dice, student, grade)


def _drop(student: Student, grade: str, keys: Sequence[str]) -> None:
    for key in keys:
        student.sheets[grade].pop(key, None)


_RESULTS_GAPS: tuple[Callable[[Random, Student, str], None], ...] = (
    _one_subject,
    _one_subject,
    _ratings,
    _ratings,
    _language,
    _transferred,
)
