"""Birth dates beside those that were pulled: day and month exchanged (checks.json: DOB_SWAP)."""

from __future__ import annotations

from collections.abc import Iterator

from shared.cells import shown
from shared.layout import PROFILE
from shared.problems import Code, Issue
from shared.records import ClassData
from shared.rules.facts import StudentRow

_BIRTH = "birth_date"


def swap_issues(data: ClassData, row: StudentRow) -> Iterator[Issue]:
    """A birth date that differs from the pulled one by nothing but the order of day and month."""
    now, before = row.values.get(_BIRTH), data.base_births.get(row.code or "")
    if row.layout.key != PROFILE or now is None or before is None or now == before:
        return
    year, month, day = now.split("-")
    if f"{year}-{day}-{month}" == before:
        pulled = shown(row.layout.by_key[_BIRTH], before)
        yield Issue(Code.DOB_SWAP, _BIRTH, {"pulled": pulled}, pulled)
