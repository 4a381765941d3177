"""What cannot be placed on its sheet is neither lost, nor sent, nor taken for an edit once it can be placed again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addin import commands
from shared.problems import Code, Refused
from shared.records import Record
from tests.fakes import FakeService, FakeWorkbook
from workbooks.state import CellKey

CELL: CellKey = ("11", "HS01", "mathematics.semester_1")
OTHER: CellKey = ("11", "HS02", "physics.semester_1")


def send(book: FakeWorkbook, service: FakeService) -> commands.SendResult:
    ids = iter(f"s{len(service.receipts)}-{n}" for n in range(9))
    return commands.send(book, service, lambda: next(ids))  # type: ignore[arg-type]


@pytest.fixture
def service() -> FakeService:
    return FakeService(("HS01", "HS02"))


@pytest.fixture
def book(service: FakeService) -> FakeWorkbook:
    return FakeWorkbook.pulled(service)


@pytest.fixture
def colleague(service: FakeService) -> FakeWorkbook:
    return FakeWorkbook.pulled(service)


@pytest.mark.parametrize("depth", [1, 2, 3], ids=["sheet", "row", "cell"])
def test_a_colleague_s_value_is_not_reverted_when_what_was_hidden_comes_back(
    service: FakeService, book: FakeWorkbook, colleague: FakeWorkbook, depth: int
) -> None:
    book.hidden = {CELL[:depth]}
    colleague.typed(CELL, "7.9")
    send(colleague, service)
    found, _ = commands.refresh(book, service)  # type: ignore[arg-type]
    assert (found.brought, found.left) == (0, 1)

    book.hidden = set()
    assert commands.examine(book.read()).changes == {}, "nobody typed anything"
    assert send(book, service).outcome == "nothing"
    commands.refresh(book, service)  # type: ignore[arg-type]
    assert book.value(CELL) == "7.9"
    assert service.value(CELL) == "7.9"


def test_a_deleted_row_comes_back_with_a_pull_and_was_never_an_edit(service: FakeService, book: FakeWorkbook) -> None:
    book.typed(CELL, "8.0")
    send(book, service)
    sheet = book.reading.data.sheets["11"]
    gone = replace(sheet, rows=tuple(row for row in sheet.rows if row.student_code != "HS01"))
    book.reading = replace(book.reading, data=book.reading.data.with_sheet(gone))
    assert send(book, service).outcome == "nothing"
    found, _ = commands.refresh(book, service)  # type: ignore[arg-type]
    assert found.cells[CELL] == "8.0"
    assert service.value(CELL) == "8.0"


def test_a_send_says_what_it_had_to_withhold(service: FakeService, book: FakeWorkbook) -> None:
    book.typed(CELL, "8.0")
    sheet = book.reading.data.sheets["11"]
    twice = replace(sheet, rows=(*sheet.rows, replace(sheet.rows[0], number=9)))
    book.reading = replace(book.reading, data=book.reading.data.with_sheet(twice))
    alone = send(book, service)
    assert alone.outcome == "refused"
    book.typed(OTHER, "6.5")
    result = send(book, service)
    assert result.outcome == "partly"
    assert {f.code for f in commands.withheld(result.checked)} == {Code.MOET_ID_DUPLICATE}
    assert service.value(OTHER) == "6.5"
    assert service.value(CELL) is None


def test_a_conflict_that_cannot_be_placed_waits(
    service: FakeService, book: FakeWorkbook, colleague: FakeWorkbook
) -> None:
    book.typed(CELL, "6.0")
    colleague.typed(CELL, "7.9")
    send(colleague, service)
    send(book, service)
    assert list(book.read().state.conflicts) == [CELL]
    book.hidden = {CELL[:1]}
    commands.resolve(book, "theirs", None)
    commands.refresh(book, service)  # type: ignore[arg-type]
    book.hidden = set()
    assert list(book.read().state.conflicts) == [CELL]
    commands.resolve(book, "theirs", None)
    assert book.value(CELL) == "7.9"
    assert send(book, service).outcome == "nothing"


def overtype(book: FakeWorkbook, old: str, new: str, sheet_key: str = "11") -> None:
    sheet = book.reading.data.sheets[sheet_key]
    rows = tuple(replace(row, student_code=new) if row.student_code == old else row for row in sheet.rows)
    book.reading = replace(book.reading, data=book.reading.data.with_sheet(replace(sheet, rows=rows)))


def test_a_doubled_code_is_not_taken_for_a_missing_row(
    service: FakeService, book: FakeWorkbook, colleague: FakeWorkbook
) -> None:
    sheet = book.reading.data.sheets["11"]
    overtype(book, "HS02", "HS01")
    colleague.typed(OTHER, "6.0")
    send(colleague, service)
    commands.refresh(book, service)  # type: ignore[arg-type]
    assert len(book.reading.data.sheets["11"].rows) == len(sheet.rows), "nothing is appended beside it"
    book.reading = replace(book.reading, data=book.reading.data.with_sheet(sheet))
    assert send(book, service).outcome == "nothing", "nobody typed anything"
    assert service.value(OTHER) == "6.0"


NAME: CellKey = ("profile", "HS01", "full_name")


@pytest.fixture
def named() -> FakeService:
    records = {
        ("profile", code): Record({"full_name": name}) for code, name in (("HS01", "Lê An"), ("HS02", "Trần Bình"))
    }
    return FakeService(("HS01", "HS02"), dict(records))


def test_a_corrected_name_does_not_freeze_the_student_s_results(named: FakeService) -> None:
    book, colleague = FakeWorkbook.pulled(named), FakeWorkbook.pulled(named)
    book.typed(NAME, "Lê Ân")
    assert send(book, named).outcome == "sent"
    book.typed(CELL, "8.0")
    assert send(book, named).outcome == "sent"
    assert book.read().data.sheets["11"].rows[0].cells["full_name"] == "Lê Ân"

    colleague.typed(NAME, "Lê Anh")
    colleague.typed(OTHER, "7.0")
    assert send(colleague, named).outcome == "partly", "the name is a conflict"
    commands.refresh(colleague, named)  # type: ignore[arg-type]
    colleague.typed(("12", "HS01", "physics.semester_1"), "5.0")
    send(colleague, named)
    assert named.value(("12", "HS01", "physics.semester_1")) == "5.0", "a conflict blocks nothing else"
    commands.resolve(colleague, "mine", None)
    assert send(colleague, named).outcome == "sent"
    colleague.typed(("12", "HS01", "physics.semester_1"), "6.0")
    assert send(colleague, named).outcome == "sent"


def test_a_row_pasted_over_another_keeps_what_was_pasted(named: FakeService) -> None:
    book = FakeWorkbook.pulled(named)
    book.typed(("11", "HS01", "full_name"), "Trần Bình")
    book.typed(CELL, "9.0")
    assert send(book, named).outcome == "refused"
    commands.refresh(book, named)  # type: ignore[arg-type]
    assert book.read().data.sheets["11"].rows[0].cells["full_name"] == "Trần Bình"
    assert named.value(CELL) is None


def test_a_student_who_joins_comes_with_one_pull(service: FakeService, book: FakeWorkbook) -> None:
    service.roster = ("HS01", "HS02", "HS03")
    service.records["profile", "HS03"] = Record({"full_name": "Vũ Chi"})
    found, _ = commands.refresh(book, service)  # type: ignore[arg-type]
    assert found.left == 0
    assert all("HS03" in {row.student_code for row in sheet.rows} for sheet in book.read().data.sheets.values())
    book.typed(("11", "HS03", "physics.year"), "7.0")
    assert send(book, service).outcome == "sent"


def test_a_conflict_of_a_student_who_left_goes_with_the_student(
    service: FakeService, book: FakeWorkbook, colleague: FakeWorkbook
) -> None:
    book.typed(CELL, "6.0")
    colleague.typed(CELL, "7.9")
    send(colleague, service)
    send(book, service)
    service.roster = ("HS02",)
    commands.refresh(book, service)  # type: ignore[arg-type]
    assert book.read().state.conflicts == {}


def test_a_send_of_unknown_fate_is_kept_when_a_later_try_is_refused(
    service: FakeService, book: FakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.typed(CELL, "8.0")
    service.fail = iter(["after"])
    assert send(book, service).outcome == "offline"

    def no_longer_allowed(*_: object) -> None:
        raise Refused(Code.CLASS_UNKNOWN, name="12A1")

    with monkeypatch.context() as patched:
        patched.setattr(service, "send", no_longer_allowed)
        assert send(book, service).outcome == "refused"
    assert book.read().state.outbox is not None
    book.typed(CELL, None)
    send(book, service)
    assert service.value(CELL) is None, "what was typed last is what is held"
