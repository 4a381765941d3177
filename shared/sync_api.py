"""What a client asks of the service, as one Protocol that both ends implement, and the values it speaks in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from shared.columns import Period
from shared.merge import Outcome, RowChange
from shared.problems import Finding
from shared.records import ClassKey, Lock, Snapshot

# What an account may do in a class; a school administrator may do all in the own school, a department only look.
VIEW, PROFILE_RIGHT, RESULTS_RIGHT, COMPLETE_RIGHT = "view", "profile", "results", "complete"
RIGHTS = (VIEW, PROFILE_RIGHT, RESULTS_RIGHT, COMPLETE_RIGHT)


@dataclass(frozen=True, slots=True)
class Submission:
    """Changed cells of one class under an id that is minted before the first try and kept until a receipt arrives."""

    send_id: str
    rows: tuple[RowChange, ...]
    source: str = "workbook"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one cell; for a conflict also what the service holds, who wrote it and when."""

    sheet: str
    student_code: str
    column: str
    outcome: Outcome
    message: str = ""
    current: str | None = None
    by: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The stored answer to a submission. `verdicts` lists only the cells that were not applied; the rest were."""

    send_id: str
    at: str
    by: str
    version: int  # of the class, after
    counts: Mapping[str, int]  # outcome → cells
    verdicts: tuple[Verdict, ...] = ()
    digest: str = ""  # SHA-256 of the submission
    skipped: tuple[str, ...] = ()  # undo only: public columns edited since, left alone


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """One line of the table of progress (guide 2.4), with locks and rights."""

    key: ClassKey
    total: int
    profile_done: int
    stage1_done: int
    stage2_done: int
    locks: tuple[Lock, ...] = ()
    rights: frozenset[str] = frozenset()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in, and where."""

    username: str
    role: str  # department, school_admin, staff
    school: str | None
    full_name: str = ""
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)


class SyncApi(Protocol):
    """The service as a workbook's commands see it; every method may raise `Refused`."""

    def me(self) -> Account:
        """The account that is signed in."""
        ...

    def classes(self, school: str | None = None, school_year: str | None = None) -> tuple[ClassSummary, ...]:
        """The classes I may open, with locks and progress; a department names the school."""
        ...

    def pull(self, key: ClassKey, grades: tuple[str, ...]) -> Snapshot:
        """The class as it is now."""
        ...

    def send(self, key: ClassKey, submission: Submission) -> Receipt:
        """Settle every changed cell in one transaction; the same `send_id` again gives the same receipt."""
        ...

    def receipt(self, key: ClassKey, send_id: str) -> Receipt:
        """The stored receipt of a submission; `Refused(SEND_UNKNOWN)` when it never arrived."""
        ...

    def undo(self, key: ClassKey, send_id: str, undo_id: str) -> Receipt:
        """A compensating submission: values as before `send_id`, except cells edited since."""
        ...

    def findings(self, key: ClassKey) -> tuple[Finding, ...]:
        """The checks on the records held, exactly as the workbook would show them."""
        ...

    def complete(self, key: ClassKey, grade: str, period: Period) -> Lock:
        """Lock a block (guide 2.3); `Refused(LOCK_INCOMPLETE)` lists the errors and blanks that remain."""
        ...

    def reopen(self, key: ClassKey, grade: str, period: Period, reason: str) -> Mapping[str, Any]:
        """Unlock a block for a stated reason."""
        ...

    def progress(self, school: str | None = None, school_year: str | None = None) -> tuple[ClassSummary, ...]:
        """The table of progress (guide 2.4), one line a class."""
        ...
