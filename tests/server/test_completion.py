from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from server.sync import SyncService
from shared.columns import Period
from shared.problems import Code, Refused
from shared.sync_api import Submission
from tests.schools import CODES, KEY, change, fill, good_cells
from tests.server.conftest import Clock, Http
from tests.server.counting import rows

Service = Callable[[str], SyncService]


@pytest.fixture
def filled(teacher: SyncService) -> SyncService:
    teacher.send(KEY, Submission("fill", fill("10", good_cells("10"))))
    return teacher


def refusal(job: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        job()
    return refused.value


def test_a_whole_block_is_locked_and_says_when_and_by_whom(school: Engine, filled: SyncService) -> None:
    lock = filled.complete(KEY, "10", Period.HK1)
    assert (lock.title, lock.at, lock.by) == ("Lớp 10 HK I", "2023-05-20T01:02:03Z", "teacher.a")
    held = filled.pull(KEY)
    assert (held.locks, held.version) == ((lock,), 2)
    assert filled.classes()[0].locks == (lock,)
    assert len(rows(school, "SELECT 1 FROM lock_events WHERE action = 'lock'")) == 1


def test_a_locked_cell_is_not_written_and_its_neighbours_are(filled: SyncService) -> None:
    filled.complete(KEY, "10", Period.HK1)
    sent = change("10", CODES[0], physics__semester_1=("8.0", "9.0"), physics__semester_2=("8.0", "9.0"))
    receipt = filled.send(KEY, Submission("s1", (sent,)))
    assert dict(receipt.counts) == {"applied": 1, "locked": 1}
    assert "Lớp 10 HK I" in receipt.verdicts[0].message


def test_blanks_keep_a_block_open(filled: SyncService) -> None:
    filled.send(KEY, Submission("s1", (change("10", CODES[0], physics__semester_1=("8.0", None)),)))
    refused = refusal(lambda: filled.complete(KEY, "10", Period.HK1))
    assert (refused.code, refused.params["blanks"], refused.params["errors"]) == (Code.LOCK_INCOMPLETE, 1, 0)
    assert [f.column for f in refused.params["findings"]] == ["10.physics.semester_1"]


def test_errors_keep_a_block_open(filled: SyncService) -> None:
    filled.send(KEY, Submission("s1", (change("10", CODES[0], mathematics__year=("8.0", "3.0")),)))
    refused = refusal(lambda: filled.complete(KEY, "10", Period.HK2))
    assert refused.code is Code.LOCK_INCOMPLETE
    assert refused.params["errors"] == len(refused.params["findings"]) > 0
    assert filled.complete(KEY, "10", Period.HK1)


def test_a_block_is_locked_once(filled: SyncService) -> None:
    filled.complete(KEY, "10", Period.HK1)
    refused = refusal(lambda: filled.complete(KEY, "10", Period.HK1))
    assert (refused.code, refused.params["at"]) == (Code.ALREADY_LOCKED, "2023-05-20T01:02:03Z")


def test_reopening_needs_a_reason_and_is_recorded(school: Engine, filled: SyncService) -> None:
    filled.complete(KEY, "10", Period.HK1)
    assert refusal(lambda: filled.reopen(KEY, "10", Period.HK1, "  ")).code is Code.REQUEST_INVALID
    told = filled.reopen(KEY, "10", Period.HK1, "Nhập nhầm")
    assert (told["by"], told["reason"], told["version"]) == ("teacher.a", "Nhập nhầm", 3)
    assert filled.pull(KEY).locks == ()
    assert refusal(lambda: filled.reopen(KEY, "10", Period.HK1, "Lại")).code is Code.NOT_LOCKED
    events = rows(school, "SELECT action, reason FROM lock_events ORDER BY version")
    assert [tuple(event) for event in events] == [("lock", ""), ("unlock", "Nhập nhầm")]


def test_who_locked_and_unlocked_what_is_told_the_newest_first(
    service: Service, filled: SyncService, clock: Clock
) -> None:
    assert filled.lock_events(KEY) == []
    filled.complete(KEY, "10", Period.HK1)
    clock.pass_(hours=1)
    service("admin.a").reopen(KEY, "10", Period.HK1, " Nhập nhầm ")
    told = service("viewer.a").lock_events(KEY)
    block = {"grade": "10", "period": "hk1"}
    assert told == [
        {
            **block,
            "version": 3,
            "action": "unlock",
            "reason": "Nhập nhầm",
            "by": "admin.a",
            "at": "2023-05-20T02:02:03Z",
        },
        {**block, "version": 2, "action": "lock", "reason": "", "by": "teacher.a", "at": "2023-05-20T01:02:03Z"},
    ]
    assert service("admin.a").lock_events(replace(KEY, name="12A2")) == []


def test_lock_events_over_http(http: Http, filled: SyncService) -> None:
    filled.complete(KEY, "10", Period.HK1)
    answer = http("GET", "/schools/THPT-A/classes/12A1/lock-events", "viewer.a").get_json()
    assert [(event["action"], event["by"]) for event in answer["lock_events"]] == [("lock", "teacher.a")]


@pytest.mark.parametrize("username", ["viewer.a", "scores.a", "department.1"])
def test_locking_needs_the_right(service: Service, filled: SyncService, username: str) -> None:
    assert filled
    assert refusal(lambda: service(username).complete(KEY, "10", Period.HK1)).code is Code.FORBIDDEN
    assert refusal(lambda: service(username).reopen(KEY, "10", Period.HK1, "x")).code is Code.FORBIDDEN
