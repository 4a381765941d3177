from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import Engine, event

from server.callers import caller_named
from server.database import open_engine
from server.sync import SyncService
from shared.columns import Period
from shared.layout import GRADES
from shared.merge import RowChange
from shared.problems import Code, Refused
from shared.sync_api import Receipt, Submission
from tests.schools import CODES, KEY, change, fill, good_cells
from tests.server.counting import assert_agreed, rows

SENDERS, SENDS = 6, 8
KEYS = ("mathematics.year", "physics.year", "history.semester_1", "civics.semester_2")


def send_many(service: SyncService, sender: int) -> list[Receipt]:
    """Send random overlapping cells again and again, each time on what was just pulled."""
    dice, receipts = Random(sender), []  # noqa: S311
    for number in range(SENDS):
        held = service.pull(KEY)
        sent = []
        for code in CODES:
            sheet = dice.choice(GRADES)
            cells = {
                key: (held.cells(sheet, code).get(key), f"{dice.randrange(10)}.{sender}")
                for key in dice.sample(KEYS, 2)
            }
            sent.append(RowChange(sheet, code, cells))
        receipts.append(service.send(KEY, Submission(f"{sender}.{number}", tuple(sent))))
    return receipts


def assert_serial(engine: Engine, receipts: list[Receipt]) -> None:
    """The end is that of some serial order: history is whole, and every receipt agrees with it."""
    assert_agreed(engine)
    sent = {row.send_id: row.applied for row in rows(engine, "SELECT send_id, applied FROM sends")}
    assert sent == {receipt.send_id: receipt.counts.get("applied", 0) for receipt in receipts}
    versions = [receipt.version for receipt in receipts if receipt.counts.get("applied")]
    assert sorted(versions) == list(range(1, len(versions) + 1))


def test_senders_at_the_same_moment_lose_nothing(school: Engine) -> None:
    start = Barrier(SENDERS)

    def work(sender: int) -> list[Receipt]:
        service = SyncService(school, caller_named(school, "teacher.a" if sender % 2 else "scores.a"))
        start.wait()
        return send_many(service, sender)

    with ThreadPoolExecutor(SENDERS) as pool:
        receipts = [receipt for found in pool.map(work, range(SENDERS)) for receipt in found]
    assert_serial(school, receipts)
    assert any(receipt.counts.get("conflict") for receipt in receipts)


def test_one_send_tried_by_many_at_once_happens_once(school: Engine) -> None:
    start = Barrier(SENDERS)
    sent = Submission("s1", tuple(RowChange("10", code, {"physics.year": (None, "8.0")}) for code in CODES))

    def work(_: int) -> str:
        service = SyncService(school, caller_named(school, "teacher.a"))
        start.wait()
        return service.send_json(KEY, sent)

    with ThreadPoolExecutor(SENDERS) as pool:
        receipts = set(pool.map(work, range(SENDERS)))
    assert len(receipts) == 1
    assert len(rows(school, "SELECT 1 FROM sends")) == 1
    assert_agreed(school)


def test_one_id_for_two_classes_at_once_is_refused_for_one(school: Engine) -> None:
    if school.dialect.name == "sqlite":
        pytest.skip("one writer at a time: the second finds the first one's receipt")
    admin, other = SyncService(school, caller_named(school, "admin.a")), replace(KEY, name="12A2")
    sent, done = Submission("s1", ()), list[str]()

    def come_first(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO sends") and not done:
            done.append(statement)
            admin.send(other, sent)

    event.listen(school, "before_cursor_execute", come_first)
    with pytest.raises(Refused) as refused:
        admin.send(KEY, sent)
    event.remove(school, "before_cursor_execute", come_first)
    assert refused.value.code is Code.SEND_REUSED
    assert admin.receipt(other, "s1")


def test_a_class_that_changes_while_it_is_being_locked_is_checked_again(school: Engine) -> None:
    teacher, done = SyncService(school, caller_named(school, "teacher.a")), list[str]()
    teacher.send(KEY, Submission("fill", fill("10", good_cells("10"))))

    def spoil(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM history" not in statement and "FROM records" in statement and not done:
            done.append(statement)
            teacher.send(KEY, Submission("s1", (change("10", CODES[0], physics__year=("8.0", None)),)))

    event.listen(school, "after_cursor_execute", spoil)
    with pytest.raises(Refused) as refused:
        teacher.complete(KEY, "10", Period.HK2)
    event.remove(school, "after_cursor_execute", spoil)
    assert (refused.value.code, refused.value.params["blanks"]) == (Code.LOCK_INCOMPLETE, 1)
    assert teacher.pull(KEY).locks == ()


_PROCESS = """
import sys
from tests.server.test_parallel import send_from
send_from(sys.argv[1], int(sys.argv[2]))
"""


def send_from(url: str, sender: int) -> None:
    """What one of several processes does."""
    engine = open_engine(url)
    send_many(SyncService(engine, caller_named(engine, "teacher.a")), sender)
    engine.dispose()


def test_senders_in_different_processes_lose_nothing(school: Engine, database_url: str) -> None:
    running = [subprocess.Popen([sys.executable, "-c", _PROCESS, database_url, str(sender)]) for sender in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    service = SyncService(school, caller_named(school, "teacher.a"))
    sent = [row.send_id for row in rows(school, "SELECT send_id FROM sends")]
    assert len(sent) == 3 * SENDS
    assert_serial(school, [service.receipt(KEY, send_id) for send_id in sent])
