"""Sending to the Ministry (guide 2.5): in which order the four dossiers go, and what has changed since it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared import phrases
from shared.problems import Code, Refused


class Dossier(StrEnum):
    """The four dossiers, in the order in which they are sent (guide 2.5)."""

    SCHOOL = "school"
    CLASS = "class"
    STUDENT = "student"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Sent:
    """How far a dossier has been sent."""

    total: int
    sent: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left to send."""
        return self.sent >= self.total


def refuse_out_of_order(dossier: Dossier, progress: Mapping[Dossier, Sent]) -> None:
    """`Refused(SEND_ORDER)` when one before it has not been sent whole: Trường → Lớp → Học sinh → KQHT."""
    before = list(Dossier)[: list(Dossier).index(dossier)]
    waiting = [one for one in before if one not in progress or not progress[one].whole]
    if waiting:
        names = [phrases.DOSSIERS[one.value] for one in waiting]
        raise Refused(Code.SEND_ORDER, what=phrases.DOSSIERS[dossier.value], before=", ".join(names))


def is_stale(version: int, sent_version: int | None) -> bool:
    """Whether a record has changed since its last successful send (checks.json: SEND_STALE)."""
    return sent_version is not None and version > sent_version
