from __future__ import annotations

from sqlalchemy import Engine, event

from server.sync import SyncService
from shared.columns import Period
from shared.layout import GRADES
from shared.sync_api import Submission
from tests.schools import CODES, KEY, fill, good_cells, one
from tests.server.counting import assert_agreed, everything


class Cut(Exception):
    """The connection breaks."""


class Scissors:
    """Breaks the connection at the n-th statement, or just before the n-th commit."""

    def __init__(self, engine: Engine, at: int) -> None:
        self.engine, self.left = engine, at

    def _count(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            raise Cut

    def __enter__(self) -> None:
        event.listen(self.engine, "before_cursor_execute", self._count)
        event.listen(self.engine, "commit", self._count)

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._count)
        event.remove(self.engine, "commit", self._count)


def _tries(engine: Engine, job: object) -> int:
    """Cut the job at every place in turn; nothing may be left behind. How many places there were."""
    assert callable(job)
    before, at = everything(engine), 0
    while True:
        at += 1
        try:
            with Scissors(engine, at):
                job()
        except Cut:
            assert everything(engine) == before
        else:
            return at - 1


def test_a_send_cut_anywhere_leaves_all_or_nothing(school: Engine, teacher: SyncService) -> None:
    sent = Submission("s1", tuple(row for grade in GRADES for row in fill(grade, good_cells(grade))))
    assert _tries(school, lambda: teacher.send(KEY, sent)) > 5
    assert dict(teacher.receipt(KEY, "s1").counts) == {"applied": sum(len(row.cells) for row in sent.rows)}
    assert_agreed(school)


def test_an_undo_cut_anywhere_leaves_all_or_nothing(school: Engine, teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    assert _tries(school, lambda: teacher.undo(KEY, "s1", "u1")) > 10
    assert_agreed(school)


def test_a_lock_cut_anywhere_leaves_all_or_nothing(school: Engine, teacher: SyncService) -> None:
    teacher.send(KEY, Submission("s1", fill("10", good_cells("10"), CODES)))
    assert _tries(school, lambda: teacher.complete(KEY, "10", Period.HK1)) > 5
    assert _tries(school, lambda: teacher.reopen(KEY, "10", Period.HK1, "Nhập nhầm")) > 5
