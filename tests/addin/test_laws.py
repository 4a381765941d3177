"""Whatever two people do to one class, in whatever order and over whatever line: no edit is lost, none is made twice."""

from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from addin import commands
from shared.columns import Period
from tests.fakes import FakeService, FakeWorkbook
from workbooks.state import CellKey

CELLS: tuple[CellKey, ...] = (
    ("11", "HS01", "mathematics.semester_1"),
    ("11", "HS01", "mathematics.semester_2"),
    ("11", "HS02", "mathematics.semester_1"),
    ("profile", "HS01", "phone"),
)
VALUES = {"11": (None, "5.0", "6.5", "8.0"), "profile": (None, "0912345678", "0987654321")}
people = st.sampled_from(("an", "binh"))
cells = st.sampled_from(CELLS)


class TwoPeople(RuleBasedStateMachine):
    """Two workbooks of one class, one service, and a line that may lose a request or its reply."""

    def __init__(self) -> None:
        super().__init__()
        self.service = FakeService(("HS01", "HS02"))
        self.books = {person: FakeWorkbook.pulled(self.service) for person in ("an", "binh")}
        self.ids = count()
        self.typed: dict[tuple[str, CellKey], set[str | None]] = {}

    @rule(person=people, cell=cells, choice=st.integers(0, 3))
    def types(self, person: str, cell: CellKey, choice: int) -> None:
        values = VALUES[cell[0]]
        self.books[person].typed(cell, values[choice % len(values)])
        self.typed.setdefault((person, cell), set()).add(values[choice % len(values)])

    @rule(person=people, cell=cells, depth=st.integers(1, 3))
    def spoils_or_mends(self, person: str, cell: CellKey, depth: int) -> None:
        """A sheet is renamed, a student's code is overtyped, a formula has no value: and all of it is put right."""
        self.books[person].hidden ^= {cell[:depth]}

    @rule(person=people, trouble=st.sampled_from(("", "", "before", "after")))
    def sends(self, person: str, trouble: str) -> None:
        book = self.books[person]
        before = commands.examine(book.read())
        mine = {cell: book.value(cell) for cell in {*before.changes, *before.reading.state.conflicts}}
        unanswered = book.read().state.outbox
        self.service.user, self.service.fail, self.service.tried = person, iter([trouble]), []
        result = commands.send(book, self.service, lambda: f"{person}-{next(self.ids)}")  # type: ignore[arg-type]
        for row in (row for sent in self.service.tried for row in sent.rows):
            for key, (_, after) in row.cells.items():
                typed = self.typed.get((person, (row.sheet, row.student_code, key)), set())
                assert after in typed, "nothing is sent that its sender did not type"
        written_down = [update.state.outbox for update in book.writes if update.state and update.state.outbox]
        assert all(sent in written_down for sent in self.service.tried), "nothing travels before it is written down"
        if unanswered is not None:
            assert self.service.tried[0] == unanswered, "what has no receipt is asked for again under its own id"
        assert {cell: book.value(cell) for cell in mine} == mine, "a send never changes what I typed"
        if not trouble:
            assert book.read().state.outbox is None
            waiting = commands.examine(book.read()).changes
            assert all(
                v.outcome != "applied" for v in result.verdicts if (v.sheet, v.student_code, v.column) in waiting
            )

    @rule(person=people)
    def pulls(self, person: str) -> None:
        book = self.books[person]
        before = commands.examine(book.read())
        commands.refresh(book, self.service)  # type: ignore[arg-type]
        for cell, (_, mine) in before.changes.items():
            assert book.value(cell) == mine, "a pull never overwrites an unsent edit"
        outbox = before.reading.state.outbox
        unanswered = {(r.sheet, r.student_code, key) for r in outbox.rows for key in r.cells} if outbox else set()
        for cell in set(CELLS) - unanswered:
            seen = before.standing.has(cell) and cell not in before.reading.state.conflicts
            if seen and cell not in before.changes:
                assert book.value(cell) == self.service.value(cell), "what I left alone comes in"
        for cell, opened in before.reading.state.conflicts.items():
            both = {opened.conflict.base, self.service.value(cell)}
            settled = len(both) == 1 or book.value(cell) in both
            assert settled or cell in book.read().state.conflicts, "a conflict stays until somebody settles it"

    @rule(person=people, take=st.sampled_from(("mine", "theirs")))
    def resolves(self, person: str, take: str) -> None:
        book = self.books[person]
        book.hidden = set()
        conflicts = dict(book.read().state.conflicts)
        mine = {cell: book.value(cell) for cell in conflicts}
        commands.resolve(book, "mine" if take == "mine" else "theirs", None)
        assert not book.read().state.conflicts
        for cell, opened in conflicts.items():
            assert book.value(cell) == (mine[cell] if take == "mine" else opened.conflict.theirs)

    @rule(period=st.sampled_from(Period))
    def locks_or_opens(self, period: Period) -> None:
        if self.service.locks:
            self.service.locks = ()
        else:
            self.service.lock("11", period)

    @invariant()
    def every_value_held_was_typed_and_every_change_is_in_the_history(self) -> None:
        replayed: dict[CellKey, str | None] = {}
        for entry in self.service.history:
            for key, (before, after) in entry.changes.items():
                cell = (entry.sheet, entry.student_code, key)
                assert replayed.get(cell) == before, "nobody overwrote what they had not seen"
                replayed[cell] = after
        assert all(self.service.value(cell) == replayed.get(cell) for cell in CELLS)

    def teardown(self) -> None:
        """In the end everyone settles and sends, and all agree."""
        self.service.locks, self.service.fail = (), iter(())
        for book in self.books.values():
            book.hidden = set()
        for person in ("an", "binh", "an"):
            book, self.service.user = self.books[person], person
            commands.refresh(book, self.service)  # type: ignore[arg-type]
            commands.resolve(book, "mine", None)
            wanted = {cell: book.value(cell) for cell in CELLS}
            commands.send(book, self.service, lambda: f"end-{next(self.ids)}")  # type: ignore[arg-type]
            assert {cell: self.service.value(cell) for cell in CELLS} == wanted
            commands.refresh(book, self.service)  # type: ignore[arg-type]
            assert {cell: book.value(cell) for cell in CELLS} == wanted, "pull after send changes nothing"
            assert not commands.examine(book.read()).changes


TwoPeople.TestCase.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
TestTwoPeople = TwoPeople.TestCase
