"""How one student went through one grade: in which year, by which programme, with which subjects, and from where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from shared.columns import PERIOD_OF_TERM, Period, Programme, Term
from shared.layout import SheetLayout
from shared.problems import Refused
from shared.profile_fields import ABROAD, ELECTIVES, INDIVIDUAL, SCHOOL_YEAR, SOURCE, study_key
from shared.programmes import programme_for

Keys = frozenset[str]
STUDY_PREFIX = "grade_"  # of the profile's keys that say how a grade was studied


@dataclass(frozen=True, slots=True)
class Study:
    """A student's grade: `electives` is None when nobody has said which were chosen."""

    programme: Programme
    school_year: str
    electives: Keys | None = None
    source: str | None = None

    @property
    def excused(self) -> bool:
        """Whether results may be lacking: earned abroad, or by a plan of the student's own (RULEBOOK 6.4)."""
        return self.source in {ABROAD, INDIVIDUAL}


@cache
def _usual(layout: SheetLayout) -> Study:
    if layout.programme is None:
        raise ValueError(layout.key)
    return Study(layout.programme, layout.school_year)


def study_of(layout: SheetLayout, profile: Mapping[str, str] | None = None) -> Study:
    """How a student went through the grade of a sheet, as the profile says; otherwise as the class did."""
    if not profile or layout.programme is None:
        return _usual(layout)
    grade = layout.key
    year = profile.get(study_key(grade, SCHOOL_YEAR))
    electives, source = profile.get(study_key(grade, ELECTIVES)), profile.get(study_key(grade, SOURCE))
    if year is electives is source is None:
        return _usual(layout)
    return _study(layout, year, electives, source)


@lru_cache(maxsize=4096)
def _study(layout: SheetLayout, year: str | None, electives: str | None, source: str | None) -> Study:
    usual = _usual(layout)
    programme = usual.programme
    if year is not None:
        try:
            programme = programme_for(layout.level, year, layout.key)
        except Refused:  # a year that is none is said where it stands
            year = None
    chosen = None if electives is None or not programme.chosen else frozenset(electives.split(","))
    return Study(programme, year or usual.school_year, chosen, source)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a programme asks a student's sheet to hold: keys by lock, of everyone and of each elective."""

    everyone: Mapping[Period, Keys]
    elective: Mapping[str, Mapping[Period, Keys]]  # subject key → its cells; in sheet order
    counted: tuple[str, ...]  # the electives of which some must be chosen


@cache
def demands_of(programme: Programme) -> Demands:
    """What a programme asks for (guide 2.4: TB môn is not named)."""
    everyone: dict[Period, set[str]] = {period: set() for period in Period}
    elective: dict[str, dict[Period, Keys]] = {}
    for subject in programme.subjects:
        keys = {period: frozenset(_keys(subject.key, period)) for period in Period}
        if subject.elective:
            elective[subject.key] = keys
        elif subject.required:
            for period in Period:
                everyone[period] |= keys[period]
    counted = tuple(s.key for s in programme.electives if not s.on_request) if programme.chosen else ()
    return Demands({period: frozenset(keys) for period, keys in everyone.items()}, elective, counted)


def _keys(subject: str, period: Period) -> list[str]:
    return [f"{subject}.{term}" for term in Term if PERIOD_OF_TERM[term] is period]


def studied_electives(study: Study, cells: Collection[str]) -> tuple[str, ...]:
    """The electives of a student: those named in the profile, else those with any mark, in sheet order."""
    elective = demands_of(study.programme).elective
    if study.electives is not None:
        return tuple(key for key in elective if key in study.electives)
    return tuple(
        subject for subject, keys in elective.items() if any(not keys[period].isdisjoint(cells) for period in Period)
    )


@cache
def closed_keys(layout: SheetLayout, study: Study) -> Keys:
    """The cells of a sheet that a student has nothing to enter in: subjects not studied, and of another programme.

    Without a word in the profile every subject of the student's programme stays open.
    """
    own = {subject.key for subject in study.programme.subjects}
    elective = {subject.key for subject in study.programme.electives}
    left_out = elective - study.electives if study.electives is not None else frozenset()
    return frozenset(
        column.key
        for column in layout.stored
        if column.subject and (column.subject not in own or column.subject in left_out)
    )
