"""Rows against the class list: codes that are lost, unknown or doubled, rows pasted over others (TT 42/2021 art. 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shared.cells import clean_text, raw_text
from shared.columns import CLASS_NAME, STUDENT_CODE
from shared.layout import PROFILE
from shared.problems import Code, Issue
from shared.records import Cells, ClassData, Sheet
from shared.rules.facts import StudentRow

_NAME = "full_name"


def code_issues(row: StudentRow, roster: Mapping[str, int], seen: dict[str, int]) -> Iterator[Issue]:
    """A row's code against the class list and the rows above; `seen` remembers where codes stand."""
    if row.code is None:
        if row.values:
            yield Issue(Code.MOET_ID, STUDENT_CODE)
        return
    if row.code not in roster:
        yield Issue(Code.MOET_ID_UNKNOWN, STUDENT_CODE)
    first = seen.setdefault(row.code, row.number)
    if first != row.number:
        yield Issue(Code.MOET_ID_DUPLICATE, STUDENT_CODE, {"row": first})


def row_issues(data: ClassData, row: StudentRow, profiles: Mapping[str, Cells]) -> Iterator[Issue]:
    """A row of another class, or another student's row pasted over this one; `profiles` by student code."""
    get = row.raw.get
    school_class = clean_text(raw_text(get(CLASS_NAME)))
    if school_class and school_class != data.info.key.name:
        yield Issue(Code.TPL_CLASS, CLASS_NAME, {"wanted": data.info.key.name})
    if row.layout.key == PROFILE or row.code is None:
        return
    pulled = data.base_names.get(row.code)
    name = clean_text(raw_text(get(_NAME)))
    if pulled and name and name not in {pulled, profiles.get(row.code, {}).get(_NAME)}:
        yield Issue(Code.ROW_IDENTITY, _NAME, {"student": row.code, "name": pulled})


def absent(data: ClassData, sheet: Sheet) -> Iterator[tuple[str, Issue]]:
    """The students of the class list who have no row on a sheet."""
    present = {row.student_code for row in sheet.rows}
    for code in data.roster:
        if code not in present:
            name = data.base_names.get(code)
            student = f"{code} ({name})" if name else code
            yield code, Issue(Code.ROW_MISSING, None, {"sheet": sheet.layout.title, "student": student})


def count_issue(data: ClassData, sheet: Sheet) -> Iterator[Issue]:
    """A sheet with more or fewer students than the class list (checks.json: TPL_COUNT)."""
    count = sum(row.student_code is not None for row in sheet.rows)
    if count != len(data.roster):
        yield Issue(Code.TPL_COUNT, None, {"sheet": sheet.layout.title, "count": count, "wanted": len(data.roster)})
