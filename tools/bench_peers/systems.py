"""What every system under test does: make its requests for a step beforehand, remember what the answers tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import httpx

from server.loading import ClassLoad
from shared.layout import GRADES
from shared.records import RecordKey

Rows = Mapping[RecordKey, Mapping[str, str]]  # a student-year: (grade, student code) → cells
FIVE_KEY = "conduct_rating.semester_1"


class Step(StrEnum):
    """The four things that are timed, in this order on every class."""

    PUSH = "push"
    OVERWRITE = "overwrite"
    FIVE = "five"
    PULL = "pull"


WORDS = {
    Step.PUSH: "gửi cả lớp lần đầu",
    Step.OVERWRITE: "ghi đè cả lớp",
    Step.FIVE: "gửi năm ô",
    Step.PULL: "lấy lớp",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, its body already made."""

    method: str
    path: str
    body: bytes | None = None


class System(Protocol):
    """A running service that holds classes."""

    name: str
    http: httpx.Client

    def requests(self, step: Step, number: int, contents: Contents) -> list[Request]:
        """The requests of a step on one class."""
        ...

    def learn(self, step: Step, number: int, answers: Sequence[httpx.Response]) -> None:
        """Remember what later steps need; refuse answers that do not say it was done."""
        ...


@dataclass(frozen=True, slots=True)
class Contents:
    """What one class holds after each step."""

    pushed: Rows
    overwritten: Rows  # every student has the results of the next one
    five: Rows  # five whole rows in which one cell is new

    def of(self, step: Step) -> Rows:
        """The rows that a step writes."""
        return {Step.PUSH: self.pushed, Step.OVERWRITE: self.overwritten, Step.FIVE: self.five}[step]


def contents_of(loaded: ClassLoad) -> Contents:
    """The three states of a class of the generator."""
    pushed = {key: cells for key, cells in loaded.records.items() if key[0] in GRADES}
    following = dict(zip(loaded.roster, (*loaded.roster[1:], loaded.roster[0]), strict=True))
    overwritten = {(grade, code): pushed[grade, following[code]] for grade, code in pushed}
    five = {}
    for code in loaded.roster[:5]:
        cells = overwritten["11", code]
        five["11", code] = {**cells, FIVE_KEY: "TB" if cells[FIVE_KEY] != "TB" else "K"}
    return Contents(pushed, overwritten, five)


def parts(rows: Rows, size: int) -> list[list[tuple[RecordKey, Mapping[str, str]]]]:
    """The rows in batches."""
    items = list(rows.items())
    return [items[i : i + size] for i in range(0, len(items), size)]
