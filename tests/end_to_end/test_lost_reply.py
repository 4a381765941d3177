"""A reply lost at any byte leaves the workbook able to send again with the same effect."""

from __future__ import annotations

from itertools import count

from addin import commands
from addin.client import HttpClient, sign_in
from kqht.cutting_proxy import CuttingProxy
from tests.end_to_end.conftest import School
from tests.fakes import FakeWorkbook
from workbooks.state import CellKey

LONGEST = 4096  # bytes of a reply; the loop ends when a whole one has come through
STRIDE = 3


def test_the_reply_is_cut_at_every_third_byte(school: School) -> None:
    account = school.account("staff", classes=["12A1"])
    token = sign_in(school.server, account["username"], account["password"])["token"]
    ids = (f"cut-{n}" for n in count())
    with HttpClient(school.server, token) as line, CuttingProxy(school.server) as proxy:
        key = line.classes()[0].key
        book = FakeWorkbook(commands.new_state(line.pull(key, ("12",)), school.server))
        cell: CellKey = ("12", book.read().data.roster[1], "mathematics.semester_1")
        for cut in range(0, LONGEST, STRIDE):
            typed = f"{cut % 9}.{cut % 7}"
            book.typed(cell, typed)
            proxy.cut_after = cut
            with HttpClient(proxy.address, token) as bad_line:
                first = commands.send(book, bad_line, lambda: next(ids))
            if first.outcome == "sent":
                break
            assert first.outcome == "offline"
            assert book.value(cell) == typed, "nothing is lost"
            again = commands.send(book, line, lambda: next(ids))
            assert again.outcome in ("sent", "nothing"), again
            assert book.read().state.outbox is None
        else:
            raise AssertionError("no reply came through whole")
        held = line.pull(key, ("12",))
        sent = {e.send_id for e in held.history if (e.sheet, e.student_code) == cell[:2] and cell[2] in e.changes}
        assert held.cells(*cell[:2])[cell[2]] == typed
        assert not commands.examine(book.read()).changes
        assert cut > 200, "headers and body were both cut"
        assert len(sent) <= cut + 1, "no change was made twice"
