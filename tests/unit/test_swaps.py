"""Columns of a class that have changed places: how many students prove it, and what the exchange changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.check import check
from shared.columns import Period
from shared.offers import Offer, chosen, offers, with_offers
from shared.problems import Code, Finding, Refused
from shared.records import ClassData, Lock
from tests.tables import Cells, changed, class_of, class_of_45
from tests.unit.test_check import as_workbook

PLAIN = [dict(row.cells) for row in as_workbook(class_of_45()).sheets["10"].rows]


def tells(row: Cells, first: str, second: str) -> bool:
    """Whether exchanging the two columns breaks every formula that they enter."""
    subjects = {key.split(".")[0] for key in (first, second)}
    after = {**row, first: row[second], second: row[first]}
    return all(not holds(after, subject) for subject in subjects)


def holds(row: Cells, subject: str) -> bool:
    a, b, c = (round(row[f"{subject}.{t}"] * 10) for t in ("semester_1", "semester_2", "year"))
    return bool(c == (2 * (a + 2 * b) + 3) // 6)


def exchanged(first: str, second: str, *, wrong: int, right: int) -> ClassData:
    """A class in which some students' two columns have changed places and the others' have not."""
    rows = [row for row in PLAIN if tells(row, first, second)]
    assert len(rows) >= wrong + right, "not enough students whom the exchange would show"
    bent = [changed(row, {first: row[second], second: row[first]}) for row in rows[:wrong]]
    codes = [f"HS{i + 1:02}" for i in range(wrong + right)]
    both = [*bent, *rows[wrong : wrong + right]]
    return class_of({"10": [{**row, "student_code": code} for row, code in zip(both, codes, strict=True)]})


def said(data: ClassData) -> list[Finding]:
    return [f for f in check(data) if f.code is Code.SC_COL_SWAP]


def offered(data: ClassData, *locks: Lock) -> list[Offer]:
    return [o for o in offers(data, locks) if o.code is Code.SC_COL_SWAP]


TERMS = ("physics.semester_1", "physics.semester_2")
YEARS = ("physics.year", "history.year")


@pytest.mark.parametrize(
    ("wrong", "right", "proven"),
    [(5, 0, True), (4, 0, False), (6, 5, True), (5, 5, False), (5, 4, True), (4, 3, False)],
)
@pytest.mark.parametrize("columns", [TERMS, YEARS])
def test_five_students_and_more_than_half_prove_it(
    columns: tuple[str, str], wrong: int, right: int, proven: bool  # noqa: FBT001
) -> None:  # fmt: skip
    data = exchanged(*columns, wrong=wrong, right=right)
    assert bool(said(data)) is proven
    assert bool(offered(data)) is proven


def test_semesters_exchanged_go_back_in_one_offer() -> None:
    data = exchanged(*TERMS, wrong=8, right=0)
    (found,), (offer,) = said(data), offered(data)
    assert (found.cell, found.column, found.student_code, found.suggestion) == ("N2", "10.physics.year", None, None)
    assert offer.id == "SC_COL_SWAP:10:physics.semester_1:physics.semester_2"
    assert offer.id in found.message
    assert "8/8" in found.message
    assert {c.column for c in offer.cells} == set(TERMS)
    assert check(with_offers(data, [offer])) == ()
    assert offer.side_by_side is not None
    assert offer.side_by_side.by_student
    assert offer.side_by_side.headers == ("Vật lý HK1", "Vật lý HK2")
    line = offer.side_by_side.lines[0]
    assert line.before == line.after[::-1]


def test_a_term_of_two_subjects_goes_back_in_one_offer() -> None:
    data = exchanged(*YEARS, wrong=9, right=0)
    found, (offer,) = said(data), offered(data)
    assert [f.column for f in found] == ["10.physics.year", "10.history.year"]
    assert "với môn Lịch sử" in found[0].message
    assert "với môn Vật lý" in found[1].message
    assert all(offer.id in f.message for f in found)
    assert offer.id == "SC_COL_SWAP:10:physics.year:history.year"
    assert check(with_offers(data, [offer])) == ()


def test_students_who_fit_already_are_left_alone() -> None:
    data = exchanged(*TERMS, wrong=8, right=3)
    (offer,) = offered(data)
    assert {c.student_code for c in offer.cells} == {f"HS{i:02}" for i in range(1, 9)}
    assert offer.note == "3 học sinh đã khớp công thức được giữ nguyên."
    assert check(with_offers(data, [offer])) == ()


def test_students_without_a_year_go_with_their_column() -> None:
    data = exchanged(*TERMS, wrong=8, right=0)
    sheet = data.sheets["10"]
    first, *others = sheet.rows
    blank = replace(first, cells={k: v for k, v in first.cells.items() if k != "physics.year"})
    (offer,) = offered(data.with_sheet(replace(sheet, rows=(blank, *others))))
    assert {c.student_code for c in offer.cells} == {f"HS{i:02}" for i in range(1, 9)}


def test_a_row_of_nobody_closes_the_offer() -> None:
    data = exchanged(*TERMS, wrong=8, right=0)
    sheet = data.sheets["10"]
    nobody = replace(sheet.rows[2], student_code=None)
    (offer,) = offered(data.with_sheet(replace(sheet, rows=(*sheet.rows[:2], nobody, *sheet.rows[3:]))))
    assert offer.reason.startswith("chưa rõ dòng 5 là của học sinh nào")


def test_a_locked_block_closes_it() -> None:
    data = exchanged(*TERMS, wrong=8, right=0)
    lock = Lock("10", Period.HK2, "2023-04-01T00:00:00Z", "lan")
    (offer,) = offered(data, lock)
    assert "Lớp 10 HK II - CN" in offer.reason
    with pytest.raises(Refused) as refused:
        chosen([offer], [offer.id])
    assert refused.value.code is Code.OFFER_CLOSED


def test_years_of_an_exchanged_subject_are_not_offered_one_by_one() -> None:
    assert [o.code for o in offers(exchanged(*TERMS, wrong=8, right=0))] == [Code.SC_COL_SWAP]


pairs = st.sampled_from(
    [TERMS, YEARS, ("mathematics.semester_2", "biology.semester_2"), ("civics.semester_1", "civics.semester_2")]
)


@given(pairs, st.integers(5, 12), st.integers(0, 4))
@settings(max_examples=25, deadline=None)
def test_nothing_outside_the_exchange_changes_and_it_is_not_made_again(
    columns: tuple[str, str], wrong: int, right: int
) -> None:
    data = exchanged(*columns, wrong=wrong, right=right)
    (offer,) = offered(data)
    after = with_offers(data, [offer])
    differing = {
        (row.number, key)
        for row, now in zip(data.sheets["10"].rows, after.sheets["10"].rows, strict=True)
        for key in {*row.cells, *now.cells}
        if row.cells.get(key) != now.cells.get(key)
    }
    assert differing == {(cell.row, cell.column) for cell in offer.cells}
    assert offered(after) == []
    assert said(after) == []
