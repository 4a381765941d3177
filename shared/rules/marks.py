"""What a rating rests on in one term, and what a rule says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Marks:
    """A student's marks in one term, in tenths; what is not known counts for the student."""

    scores: Mapping[str, int]  # subject key → score
    average: int | None = None  # TB môn, where the programme has one
    failed: frozenset[str] = frozenset()  # comment subjects that were not passed
    unknown: int = 0  # scored subjects without a score
    specialised: str | None = None  # the subject of a chuyên class
    names: Mapping[str, str] = field(default_factory=dict)  # subject key → name

    def name(self, subject: str) -> str:
        """A subject's name."""
        return self.names.get(subject, subject)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The ratings that marks allow, as ranks from 0, the highest; they differ where a circular can be read in two ways."""

    best: int
    worst: int
    lifted_by: str | None = None  # the subject because of which alone the rating was lowered, and so is lifted again


class RatingRule(Protocol):
    """How a programme rates a term."""

    @property
    def article(self) -> str:
        """Where the rule stands: `Điều 13 Thông tư 58/2011`."""
        ...

    @property
    def keys(self) -> tuple[str, ...]:
        """The ratings' codes from high to low."""
        ...

    def accepted(self, marks: Marks) -> Accepted:
        """The ratings that marks allow."""
        ...

    def clause(self, rank: int) -> str:
        """Where a rating's conditions stand: `khoản 1 Điều 13 Thông tư 58/2011`."""
        ...

    def shortfalls(self, rank: int, marks: Marks) -> Iterator[str]:
        """Which conditions of a rating the marks fail, in words."""
        ...

    def met(self, rank: int, marks: Marks) -> str:
        """How the marks reach a rating, in words."""
        ...

    def proves_low(self, printed: int, implied: int, marks: Marks) -> str | None:
        """Why nothing outside the sheet explains a rating lower than its marks imply; None when something may."""
        ...
