"""A student's row as the rules see it: good values, scores in tenths, and which columns make up each subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from shared.cells import score_text
from shared.columns import FAILED, PASSED, TERM_HEADERS, Choice, Kind, Programme, Term
from shared.layout import SheetLayout
from shared.problems import Issue
from shared.reasons import Reason
from shared.records import ClassInfo
from shared.studies import Study

__all__ = ["FAILED", "PASSED"]
TENTHS: Mapping[str, int] = {score_text(tenths): tenths for tenths in range(101)}
TERMS = (Term.SEMESTER_1, Term.SEMESTER_2, Term.YEAR)


@dataclass(frozen=True, slots=True)
class Triple:
    """The three columns of a subject: HK1, HK2, CN."""

    subject: str
    name: str
    keys: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns of a result sheet belong together in a programme."""

    programme: Programme
    scored: tuple[Triple, ...]  # subjects that count in the average, in sheet order
    average: Triple | None
    ratings: tuple[Triple, ...]
    by_term: tuple[tuple[str, ...], ...]  # the scored subjects' columns of each term
    names: Mapping[str, str]  # subject key → name
    choices: Mapping[str, tuple[Choice, ...]]  # subject key → its choices, for what is rated
    codes: Mapping[str, frozenset[str]]  # the same, by their keys alone
    languages: tuple[tuple[str, tuple[str, str, str]], ...]  # column of the language's name, its score columns
    comments: tuple[Triple, ...]  # subjects that are only passed or not
    electives: frozenset[str]  # subjects that only some students study

    def rating(self, subject: str) -> Triple | None:
        """The columns of a rating, if the programme has it."""
        return next((triple for triple in self.ratings if triple.subject == subject), None)


def triple(subject: str, name: str) -> Triple:
    """The columns of a subject."""
    return Triple(subject, name, (f"{subject}.semester_1", f"{subject}.semester_2", f"{subject}.year"))


def plan_of(layout: SheetLayout) -> Plan:
    """The plan of a result sheet: that of the programme which the class went through."""
    if layout.programme is None:
        raise ValueError(layout.key)
    return plan_for(layout.programme)


@cache
def plan_for(programme: Programme) -> Plan:
    """The plan of a programme."""
    averaged = frozenset(programme.averaged)
    subjects = programme.subjects
    scored = tuple(triple(s.key, s.name) for s in subjects if s.key in averaged)
    means = [triple(s.key, s.name) for s in subjects if s.kind is Kind.SCORE and not s.in_average]
    return Plan(
        programme=programme,
        scored=scored,
        average=means[0] if means else None,
        ratings=tuple(triple(s.key, s.name) for s in subjects if s.kind is Kind.RATING and not s.comment),
        by_term=tuple(tuple(t.keys[i] for t in scored) for i in range(3)),
        names={s.key: s.name for s in subjects},
        choices={s.key: s.choices for s in subjects if s.choices},
        codes={s.key: frozenset(choice.key for choice in s.choices) for s in subjects if s.choices},
        languages=tuple((f"{s.key}.language", triple(s.key, s.name).keys) for s in subjects if s.with_language),
        comments=tuple(triple(s.key, s.name) for s in subjects if s.comment),
        electives=frozenset(s.key for s in subjects if s.elective),
    )


NO_PLAN = plan_for(Programme("", "", ()))  # of a profile


@dataclass(slots=True)
class StudentRow:
    """A row once read: what each filled cell means, and what the reading found."""

    layout: SheetLayout
    number: int
    code: str | None
    raw: Mapping[str, Any]
    values: Mapping[str, str]  # without their reasons
    issues: list[Issue] = field(default_factory=list)
    tenths: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)  # column key → why it is blank or unusual
    study: Study | None = None  # of a result sheet: how the student went through its grade
    plan: Plan = NO_PLAN  # of the programme by which the student is rated
    info: ClassInfo | None = None

    @property
    def programme(self) -> Programme:
        """The programme by which this student is rated."""
        return self.plan.programme

    def has(self, key: str) -> bool:
        """Whether a cell holds a value or the reason why it holds none."""
        return key in self.values or key in self.reasons


def studied(row: StudentRow) -> tuple[Triple, ...]:
    """The scored subjects of one student: an elective without any mark or word is not studied."""
    plan, study = row.plan, row.study
    if not plan.electives or study is None:
        return plan.scored
    if study.electives is not None:
        own = study.electives
        return tuple(s for s in plan.scored if s.subject not in plan.electives or s.subject in own)
    return tuple(
        subject
        for subject in plan.scored
        if subject.subject not in plan.electives or any(row.has(key) for key in subject.keys)
    )


def tenths_of(values: Mapping[str, str]) -> dict[str, int]:
    """The scores among some values, in tenths of a point."""
    get = TENTHS.get
    return {key: tenths for key, value in values.items() if (tenths := get(value)) is not None and "." in key}


def year_tenths(first: int, second: int) -> int:
    """A subject's year average from its semesters, in tenths: (HK1 + 2 HK2) / 3 (TT58 art. 11); never a tie."""
    return (2 * (first + 2 * second) + 3) // 6


def label(term: int) -> str:
    """A term's header: `HK1`, `HK2`, `CN`."""
    return TERM_HEADERS[TERMS[term]]
