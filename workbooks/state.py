"""What a class workbook remembers: where it came from, what was pulled, what is under way. Kept in its hidden sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.merge import Conflict
from shared.records import Snapshot
from shared.sync_api import Receipt, Submission

CellKey = tuple[str, str, str]  # sheet key, student code, column key


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A cell that both sides changed and nobody has settled yet; the sheet shows mine."""

    conflict: Conflict
    by: str | None = None  # who wrote theirs
    at: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Everything the workbook carries beside the cells one sees."""

    base: Snapshot  # as last pulled or acknowledged: the merge base, the locks, the history
    pulled_at: str
    server: str = ""  # address of the service it was pulled from
    conflicts: Mapping[CellKey, OpenConflict] = field(default_factory=dict)
    outbox: Submission | None = None  # sent, or about to be, and no receipt yet
    receipt: Receipt | None = None  # of the last send
