from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.columns import Period
from shared.layout import GRADES
from shared.merge import Outcome, RowChange
from shared.problems import Code, Finding, Refused, Severity
from shared.records import ClassInfo, ClassKey, HistoryEntry, Lock, Record, Snapshot
from shared.schemas import wire
from shared.schemas.wire_fields import MOST_CELLS
from shared.sync_api import Account, ClassSummary, Receipt, Submission, Verdict

KEY = ClassKey("S", "2022-2023", "12A1")
LOCK = Lock("10", Period.HK1, "2023-05-15T01:00:00Z", "admin")
ENTRY = HistoryEntry("11", "24", "2023-05-15T01:00:00Z", "gv", "workbook", "s1", {"physics.year": (None, "8.0")})
SNAPSHOT = Snapshot(
    ClassInfo(KEY, "Trường", "THPT", 2, "physics", 5, 3, "11"), 3, "2023-05-15T01:00:00Z", ("24", "25"),
    {("11", "24"): Record({"physics.year": "8.0"}, 2)}, (LOCK,), frozenset({"view", "results"}), (ENTRY,), ("11",),
)  # fmt: skip
SUBMISSION = Submission("s1", (RowChange("11", "24", {"physics.year": (None, "8.0"), "history.year": ("1.0", None)}),))
RECEIPT = Receipt(
    "s1", "t", "gv", 4, {"applied": 1, "conflict": 1},
    (
        Verdict("11", "24", "physics.year", Outcome.CONFLICT, "m", "8.0", "gv", "t"),
        Verdict("11", "24", "history.year", Outcome.UNCHANGED),
    ), "d", ("11.physics.year",),
)  # fmt: skip
SUMMARY = ClassSummary(KEY, 45, 44, 43, 0, (LOCK,), frozenset({"view"}), 7)
ACCOUNT = Account("gv", "staff", "S", "Lê An", {"12A1": frozenset({"view", "results"})})
FINDING = Finding(Code.SC_RANGE, Severity.ERROR, "Lớp 11", "F3", "24", "11.physics.year", "11", "m", None)

ROUND: list[tuple[Any, Callable[[Any], Any], Callable[[Any], Any]]] = [
    (SNAPSHOT, wire.dump_snapshot, wire.load_snapshot),
    (SUBMISSION, wire.dump_submission, wire.load_submission),
    (RECEIPT, wire.dump_receipt, wire.load_receipt),
    (SUMMARY, wire.dump_class_summary, wire.load_class_summary),
    (ACCOUNT, wire.dump_account, wire.load_account),
    (LOCK, wire.dump_lock, wire.load_lock),
    (FINDING, wire.dump_finding, wire.load_finding),
    (ENTRY, wire.dump_history_entry, wire.load_history_entry),
]
IDS = [type(value).__name__ for value, _, _ in ROUND]


@pytest.mark.parametrize(("value", "dump", "load"), ROUND, ids=IDS)
def test_what_travels_arrives(value: Any, dump: Callable[[Any], Any], load: Callable[[Any], Any]) -> None:
    assert load(orjson.loads(orjson.dumps(dump(value)))) == value


@pytest.mark.parametrize(("value", "dump", "load"), ROUND, ids=IDS)
def test_fields_of_a_newer_program_are_ignored(
    value: Any, dump: Callable[[Any], Any], load: Callable[[Any], Any]
) -> None:
    assert load({**dump(value), "newer": 1}) == value


def test_a_class_of_an_older_service_is_set_to_nothing() -> None:
    older = wire.dump_snapshot(SNAPSHOT)
    for name in ("specialised", "least_subjects", "chosen_subjects", "grade"):
        del older["class"][name]
    assert wire.load_snapshot(older).info == ClassInfo(KEY, "Trường", "THPT", 2)


@pytest.mark.parametrize(("value", "dump", "load"), ROUND, ids=IDS)
def test_what_is_broken_is_refused(value: Any, dump: Callable[[Any], Any], load: Callable[[Any], Any]) -> None:
    whole = dump(value)
    for key in whole:
        with pytest.raises(Refused):
            load({**whole, key: object()})
    others: tuple[Any, ...] = (None, [], "x", 1)
    for other in others:
        with pytest.raises(Refused):
            load(other)


_SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
_KEYS = st.sampled_from(["send_id", "source", "rows", "sheet", "student_code", "cells"])
_NEAR = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(max_size=5), inner, max_size=6),
    max_leaves=20,
)


@given(st.fixed_dictionaries({"send_id": st.just("s1"), "rows": _NEAR}) | _NEAR)
def test_a_submission_is_understood_or_refused(data: Any) -> None:
    found = understood(data)
    if isinstance(found, Submission):
        assert wire.load_submission(wire.dump_submission(found)) == found
    else:
        assert found.code is Code.SEND_MALFORMED
        assert found.params["what"]


def understood(data: Any) -> Submission | Refused:
    try:
        return wire.load_submission(data)
    except Refused as refused:
        return refused


@pytest.mark.parametrize("code", ["", "a\x00b", "a\nb", "x" * 65, 1, None])
def test_what_is_no_student_code_is_refused(code: object) -> None:
    row = {"sheet": GRADES[0], "student_code": code, "cells": {}}
    with pytest.raises(Refused):
        wire.load_submission({"send_id": "s1", "rows": [row]})


@pytest.mark.parametrize(
    "cells",
    [{"x" * 65: [None, "1"]}, {f"k{i}": [None, "1"] for i in range(MOST_CELLS + 1)}, {"k": [None, 1]}, {"k": ["1"]}],
)
def test_what_is_no_change_is_refused(cells: object) -> None:
    with pytest.raises(Refused):
        wire.load_submission({"send_id": "s1", "rows": [{"sheet": "10", "student_code": "24", "cells": cells}]})
