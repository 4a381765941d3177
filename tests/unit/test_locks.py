"""Which columns a completed block covers: the service, a workbook's memory and its sheets ask the same."""

from __future__ import annotations

import pytest

from addin import local
from server.callers import FoundClass
from server.held import Holding
from shared.columns import Period
from shared.layout import GRADES, PROFILE, sheet_layout
from shared.locks import lock_over, lockable_keys, locked_keys
from shared.programmes import THPT
from shared.records import ClassInfo, ClassKey, Lock, Snapshot
from shared.sync_api import RIGHTS
from workbooks.sheet_plan import sheet_plan
from workbooks.state import State

YEAR = "2024-2025"
INFO = ClassInfo(ClassKey("S", YEAR, "12A1"), "Trường", THPT)
SHEETS = (PROFILE, *GRADES)
LOCKS = [Lock(grade, period, "2025-01-01T00:00:00Z", "gv") for grade in GRADES for period in Period]


def test_a_block_covers_its_results_and_how_its_grade_was_studied() -> None:
    lock = Lock("11", Period.HK1, "2025-01-01T00:00:00Z", "gv")
    locked = {sheet: locked_keys(sheet_layout(THPT, YEAR, sheet), (lock,)) for sheet in SHEETS}
    assert locked[PROFILE] == {"grade_11.school_year", "grade_11.source", "grade_11.electives"}
    assert {"mathematics.semester_1", "foreign_language.language"} < locked["11"]
    assert all(key.endswith((".semester_1", ".language")) for key in locked["11"])
    assert locked["10"] == locked["12"] == frozenset()


def test_nothing_else_of_the_profile_can_be_locked() -> None:
    layout = sheet_layout(THPT, YEAR, PROFILE)
    facts = ("school_year", "source", "electives")
    assert lockable_keys(layout) == {f"grade_{grade}.{fact}" for grade in GRADES for fact in facts}
    assert locked_keys(layout, LOCKS) == lockable_keys(layout)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.title)
@pytest.mark.parametrize("sheet", SHEETS)
def test_service_and_workbook_lock_the_same_cells(sheet: str, lock: Lock) -> None:
    layout = sheet_layout(THPT, YEAR, sheet)
    holding = Holding(FoundClass(1, 1, 1, INFO, frozenset(RIGHTS)), (lock,), frozenset(), {})
    state = State(Snapshot(INFO, 1, "", ("24",), {}, (lock,)), "", "")
    known = local.locked_cells(state, [(sheet, "24", key) for key in layout.by_key])
    plan = sheet_plan(layout)
    shown = {column.key for column in layout.stored if plan.is_locked(column, (lock,))}
    assert holding.gate(sheet).locked == {key for _, _, key in known} == shown
    assert {lock_over(layout, key, (lock,)) for key in shown} <= {lock}
