"""Offers of a workbook against what the workbook itself can and cannot tell."""

from __future__ import annotations

import pytest

from addin import commands, repairing
from shared.problems import Code, Refused
from shared.records import Record
from tests.fakes import FakeService, FakeWorkbook
from workbooks.state import CellKey

YEAR: CellKey = ("11", "HS01", "mathematics.year")


def pulled() -> FakeWorkbook:
    cells = {"mathematics.semester_1": "8.0", "mathematics.semester_2": "8.0", "mathematics.year": "7.0"}
    return FakeWorkbook.pulled(FakeService(("HS01", "HS02"), {("11", "HS01"): Record(cells)}))


def test_what_is_taken_is_written_once_with_the_report_as_it_then_is() -> None:
    book = pulled()
    (offer,) = repairing.offers(book.read())
    assert repairing.take(book, [offer.id]) == (offer,)
    (update,) = book.writes
    assert update.cells == {YEAR: "8.0"}
    assert update.offers == ()
    assert update.report is not None
    assert Code.SC_CN_FORMULA not in {found.code for found in update.report}
    assert repairing.offers(book.read()) == ()


def test_taking_nothing_writes_nothing() -> None:
    book = pulled()
    assert repairing.take(book, []) == ()
    with pytest.raises(Refused):
        repairing.take(book, ["SC_SHIFT:11:HS01"])
    assert book.writes == []


def test_a_check_shows_the_offers_with_the_report() -> None:
    book = pulled()
    checked = commands.check(book)
    assert [offer.id for offer in book.writes[-1].offers] == ["SC_CN_FORMULA:11:HS01:mathematics.year"]
    assert checked.offers == book.writes[-1].offers


def test_a_row_that_may_be_anothers_is_offered_nothing_to_take() -> None:
    book = pulled()
    for grade in ("11", "profile"):
        book.typed((grade, "HS01", "full_name"), "Lê An")
    book.typed(("11", "HS01", "class_name"), "12A9")
    (offer,) = repairing.offers(book.read())
    assert not offer.applicable
    assert "chưa đọc được chắc chắn" in offer.reason
    with pytest.raises(Refused) as refused:
        repairing.take(book, [offer.id])
    assert refused.value.code is Code.OFFER_CLOSED
