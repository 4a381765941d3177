from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from server.sync import SyncService
from shared.columns import Period
from shared.merge import Outcome
from shared.problems import Code, Refused
from shared.records import ClassKey
from shared.sync_api import Submission
from tests.schools import CODES, HOME, KEY, YEAR, change, fill, good_cells, one
from tests.server.counting import assert_agreed, everything, records_of


def test_an_undo_puts_back_what_was_there(school: Engine, teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    before = records_of(school)
    teacher.send(
        KEY, Submission("s2", (change("11", CODES[0], mathematics__year=("8.0", "9.0"), physics__year=(None, "7.0")),))
    )
    receipt = teacher.undo(KEY, "s2", "u1")
    assert (dict(receipt.counts), receipt.skipped) == ({"applied": 2}, ())
    assert records_of(school) == before
    newest = teacher.pull(KEY).history[0]
    assert (newest.source, newest.send_id) == ("undo", "u1")
    assert_agreed(school)


def test_cells_edited_since_are_left_alone_and_listed(school: Engine, teacher: SyncService) -> None:
    teacher.send(
        KEY, Submission("s1", (change("11", CODES[0], mathematics__year=(None, "8.0"), physics__year=(None, "7.0")),))
    )
    teacher.send(KEY, one("s2", "8.0", "9.0"))
    receipt = teacher.undo(KEY, "s1", "u1")
    assert receipt.skipped == ("11.mathematics.year",)
    assert dict(receipt.counts) == {"applied": 1, "conflict": 1}
    assert [(v.student_code, v.column, v.current) for v in receipt.verdicts] == [(CODES[0], "mathematics.year", "9.0")]
    assert records_of(school)["11", CODES[0]] == {"mathematics.year": "9.0"}


def test_undoing_twice_is_harmless_and_an_undo_can_be_undone(school: Engine, teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    first = teacher.undo_json(KEY, "s1", "u1")
    before = everything(school)
    assert teacher.undo_json(KEY, "s1", "u1") == first
    assert everything(school) == before
    teacher.undo(KEY, "u1", "u2")
    assert records_of(school)["11", CODES[0]] == {"mathematics.year": "8.0"}


def test_an_undo_respects_locks(teacher: SyncService) -> None:
    teacher.send(KEY, Submission("s1", fill("10", good_cells("10"))))
    teacher.complete(KEY, "10", Period.HK1)
    receipt = teacher.undo(KEY, "s1", "u1")
    locked = {("10", code, key) for key in good_cells("10", Period.HK1) for code in CODES}
    applied = len(good_cells("10", Period.HK2)) * len(CODES)
    assert dict(receipt.counts) == {"applied": applied, "locked": len(locked)}
    assert {(v.sheet, v.student_code, v.column) for v in receipt.verdicts} == locked
    assert {v.outcome for v in receipt.verdicts} == {Outcome.LOCKED}
    assert all("Lớp 10 HK I" in v.message and v.current for v in receipt.verdicts)
    assert receipt.skipped == ()


def test_an_undo_respects_rights(service: Callable[[str], SyncService], teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    assert dict(service("viewer.a").undo(KEY, "s1", "u1").counts) == {"forbidden": 1}


@pytest.mark.parametrize(("key", "send_id"), [(KEY, "never"), (ClassKey(HOME, YEAR, "12A2"), "s1")])
def test_a_send_of_no_or_another_class_is_unknown(
    service: Callable[[str], SyncService], key: ClassKey, send_id: str
) -> None:
    admin = service("admin.a")
    admin.send(KEY, one("s1", None, "8.0"))
    with pytest.raises(Refused) as refused:
        admin.undo(key, send_id, "u1")
    assert refused.value.code is Code.SEND_UNKNOWN


def test_an_id_used_for_a_send_is_no_id_for_an_undo(teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    with pytest.raises(Refused) as refused:
        teacher.undo(KEY, "s1", "s1")
    assert refused.value.code is Code.SEND_REUSED
