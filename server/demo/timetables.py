"""What an invented student studies in one grade, and by what it is rated: the numbers of the circulars, once more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from shared.columns import Kind, Programme
from shared.programmes import programme_for

LANGUAGE = "foreign_language"
LANGUAGE_2 = "foreign_language_2"
_LEAST = {"thpt_2018": 6, "gdtx_2018": 5}  # scored subjects that a level asks for (TT22 art. 9.2, TT43)
_MAIN = {  # of which one must reach a mark (TT58 art. 13 as amended by TT26; QĐ 02/2007)
    "thpt_2006": ("mathematics", "literature", LANGUAGE),
    "gdtx_2006": ("mathematics", "literature"),
}
_UNLISTED = {"thpt_2006": 3}  # Tin học, Công nghệ, GDQP-AN: scored, counted in TB môn, not reported
_SPOKEN = {LANGUAGE: "Tiếng Anh", LANGUAGE_2: "Tiếng Hàn"}


@dataclass(frozen=True, slots=True)
class Timetable:
    """One student's subjects in one grade, in sheet order."""

    scored: tuple[str, ...]
    comments: tuple[str, ...]  # only passed or not
    languages: Mapping[str, str]  # subject → the language that is taught
    unlisted: int = 0  # scored, counted in the average, not reported
    least: int | None = None  # subjects that a level asks for; None: rated by the average
    main: tuple[str, ...] = ()

    @property
    def by_levels(self) -> bool:
        """Whether it is rated by levels (T, K, Đ, CĐ) and has no average."""
        return self.least is not None


def timetable(
    level: str, school_year: str, grade: str, electives: Collection[str] = (), without: Collection[str] = ()
) -> Timetable:
    """The compulsory subjects of a grade in a school year and the electives named, less what a student is excused from."""
    programme = programme_for(level, school_year, grade)
    own = [
        subject
        for subject in programme.subjects
        if (not subject.elective or subject.key in electives) and subject.key not in without
    ]
    scored = tuple(s.key for s in own if s.kind is Kind.SCORE and s.in_average)
    return Timetable(
        scored=scored,
        comments=tuple(s.key for s in own if s.comment),
        languages={s.key: _SPOKEN[s.key] for s in own if s.with_language},
        unlisted=_UNLISTED.get(programme.key, 0),
        least=_LEAST.get(programme.key),
        main=_MAIN.get(programme.key, ()),
    )


def in_order(programme: Programme, electives: Collection[str]) -> str:
    """Electives as the profile keeps them: keys in the programme's order, comma-separated."""
    return ",".join(subject.key for subject in programme.electives if subject.key in electives)
