from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

from sqlalchemy import Engine

from server.callers import caller_named
from server.database import open_engine
from server.sync import SyncService
from shared.layout import GRADES
from shared.merge import RowChange
from shared.sync_api import Receipt, Submission
from tests.schools import CODES, KEY
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
