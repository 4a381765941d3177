"""What cannot be placed on its sheet is neither lost, nor sent, nor taken for an edit once it can be placed again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addin import commands
from shared.problems import Code
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
