"""A student's row as the rules see it: good values, scores in tenths, and which columns make up each subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from shared.cells import score_text
from shared.columns import TERM_HEADERS, Kind, Programme, Subject, Term
from shared.layout import SheetLayout
from shared.problems import Issue

TENTHS: Mapping[str, int] = {score_text(tenths): tenths for tenths in range(101)}
PASSED, FAILED = "Đ", "CĐ"
TERMS = (Term.SEMESTER_1, Term.SEMESTER_2, Term.YEAR)


@dataclass(frozen=True, slots=True)
class Triple:
    """The three columns of a subject: HK1, HK2, CN."""

    subject: str
    name: str
    keys: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns of a result sheet belong together."""

    programme: Programme
    scored: tuple[Triple, ...]  # subjects that count in the average, in sheet order
    average: Triple | None
    ratings: tuple[Triple, ...]
    by_term: tuple[tuple[str, ...], ...]  # the scored subjects' columns of each term
    names: Mapping[str, str]  # subject key → name
    languages: tuple[tuple[str, tuple[str, str, str]], ...]  # column of the language's name, its score columns
    comments: tuple[Triple, ...]  # subjects that are only passed or not
    electives: frozenset[str]  # subjects that only some students study

    def rating(self, subject: str) -> Triple | None:
        """The columns of a rating, if the programme has it."""
        return next((triple for triple in self.ratings if triple.subject == subject), None)


def triple(subject: str, name: str) -> Triple:
    """The columns of a subject."""
    return Triple(subject, name, (f"{subject}.semester_1", f"{subject}.semester_2", f"{subject}.year"))


@cache
def plan_of(layout: SheetLayout) -> Plan:
    """The plan of a result sheet."""
    programme = layout.programme
    if programme is None:
        raise ValueError(layout.key)
    averaged = frozenset(programme.averaged)
    scored = tuple(triple(s.key, s.name) for s in programme.subjects if s.key in averaged)
    means = [triple(s.key, s.name) for s in programme.subjects if s.kind is Kind.SCORE and not s.in_average]
    return Plan(
        programme=programme,
        scored=scored,
        average=means[0] if means else None,
        ratings=tuple(triple(s.key, s.name) for s in programme.subjects if s.kind is Kind.RATING),
        by_term=tuple(tuple(t.keys[i] for t in scored) for i in range(3)),
        names={s.key: s.name for s in programme.subjects},
        languages=tuple(
            (f"{s.key}.language", triple(s.key, s.name).keys) for s in programme.subjects if s.with_language
        ),
        comments=tuple(triple(s.key, s.name) for s in programme.subjects if _is_comment(s)),
        electives=frozenset(s.key for s in programme.subjects if s.elective),
    )


def _is_comment(subject: Subject) -> bool:
    return subject.kind is Kind.RATING and {choice.key for choice in subject.choices} == {PASSED, FAILED}


@dataclass(slots=True)
class StudentRow:
    """A row once read: what each filled cell means, and what the reading found."""

    layout: SheetLayout
    number: int
    code: str | None
    raw: Mapping[str, Any]
    values: Mapping[str, str]
    issues: list[Issue] = field(default_factory=list)
    tenths: Mapping[str, int] = field(default_factory=dict)


def studied(row: StudentRow) -> tuple[Triple, ...]:
    """The scored subjects of one student: an elective without any mark is not studied."""
    plan = plan_of(row.layout)
    if not plan.electives:
        return plan.scored
    return tuple(
        subject
        for subject in plan.scored
        if subject.subject not in plan.electives or any(key in row.tenths for key in subject.keys)
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
