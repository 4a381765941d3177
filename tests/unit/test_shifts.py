"""A row with one cell lost or one too many: when it is said, and what moves where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.check import check
from shared.columns import Period
from shared.offers import Offer, offers, with_offers
from shared.problems import Code, Finding
from shared.records import ClassData, Lock
from shared.rules.facts import plan_of
from shared.rules.shifts import fits, segments
from tests.tables import Cells, class_of, good_result, layout
from tests.unit.test_seed_tables import row as seed_row

SUBJECTS = ("mathematics", "literature", "physics", "chemistry", "biology", "history", "geography", "civics")
KEYS = [f"{subject}.{term}" for subject in SUBJECTS for term in ("semester_1", "semester_2", "year")]
ALL_KEYS = [column.key for column in layout("11").stored]


def lost(cells: Cells, key: str, last: str = "civics.year") -> Cells:
    """A row from which one cell was left out, everything up to `last` one cell further to the left."""
    first, end = ALL_KEYS.index(key), ALL_KEYS.index(last)
    moved = {here: cells.get(right) for here, right in zip(ALL_KEYS[first:end], ALL_KEYS[first + 1 :], strict=False)}
    return {key: value for key, value in {**cells, **moved, last: None}.items() if value is not None}


def extra(cells: Cells, key: str, value: Any, last: str = "civics.year") -> Cells:
    """A row with one cell too many, everything up to `last` one cell further to the right."""
    first, end = ALL_KEYS.index(key), ALL_KEYS.index(last)
    moved = {right: cells.get(here) for here, right in zip(ALL_KEYS[first:end], ALL_KEYS[first + 1 :], strict=False)}
    return {key: value for key, value in {**cells, **moved, key: value}.items() if value is not None}


def said(cells: Cells) -> list[Finding]:
    return [f for f in check(class_of({"11": [cells]})) if f.code is Code.SC_SHIFT]


def offered(cells: Cells, *locks: Lock) -> list[Offer]:
    return [o for o in offers(class_of({"11": [cells]}), locks) if o.code is Code.SC_SHIFT]


def written(cells: Cells, offer: Offer) -> Cells:
    (row,) = with_offers(class_of({"11": [cells]}), [offer]).sheets["11"].rows
    return {key: value for key, value in row.cells.items() if value is not None}


def test_the_guides_row_with_a_lost_cell_is_whole_again() -> None:
    cells = seed_row("T2", "4")
    (offer,) = offered(cells)
    assert (offer.id, offer.sheet, offer.applicable) == ("SC_SHIFT:11:HS01", "Lớp 11", True)
    assert [(c.cell, c.before, c.shown) for c in offer.cells[:3]] == [
        ("Q3", "9.1", "9.0"),
        ("R3", "9.3", "9.1"),
        ("S3", "9.2", "9.3"),
    ]
    assert [(c.cell, c.before, c.shown, c.after) for c in offer.cells[-1:]] == [("AC3", None, "9.5", "9.5")]
    assert len(offer.cells) == 13
    assert "Hóa học" in offer.title
    assert "8/8" in offer.title
    assert "9.0" in offer.note
    after = written(cells, offer)
    tenths = {key: round(value * 10) for key, value in after.items() if key in KEYS}
    assert all(fits(tenths, subject) for subject in plan_of(layout("11")).scored[:8])
    assert {key for key in after if after[key] != cells.get(key)} == {c.column for c in offer.cells}


def test_the_guides_row_as_it_was_pasted_moves_to_its_end() -> None:
    """The language stands among the scores and TB môn in the foreign language: all of it goes back."""
    cells = seed_row("T2", "4") | {
        "civics.year": "Tiếng Anh",
        "foreign_language.language": "8.2",
        "foreign_language.year": 9.0,
    }
    del cells["foreign_language.semester_1"], cells["average_score.semester_1"]
    (offer,) = offered(cells)
    assert written(cells, offer) == seed_row("T2", "4") | {
        "chemistry.year": 9.0, "biology.semester_1": 9.1, "biology.semester_2": 9.3, "biology.year": 9.2,
        "history.semester_1": 8.6, "history.semester_2": 8.2, "history.year": 8.3, "geography.semester_1": 8.1,
        "geography.semester_2": 9.2, "geography.year": 8.8, "civics.semester_1": 9.4, "civics.semester_2": 9.6,
        "civics.year": 9.5,
    }  # fmt: skip


def test_the_guides_dragged_series_is_no_shift() -> None:
    assert offered(seed_row("T2", "2")) == []
    assert said(seed_row("T2", "2")) == []


def test_side_by_side_has_a_line_for_each_subject_that_moves() -> None:
    (offer,) = offered(lost(good_result(), "chemistry.semester_1"))
    shown = offer.side_by_side
    assert shown is not None
    assert (shown.by_student, shown.headers) == (False, ("HK1", "HK2", "CN"))
    assert [line.label for line in shown.lines] == ["Hóa học", "Sinh học", "Lịch sử", "Địa lý", "GDCD"]
    first = shown.lines[1]
    assert (first.before, first.after) == (("7.7", "7.9", "8.6"), ("8.3", "7.7", "7.9"))
    assert first.changed == (True, True, True)


# The last five subjects stand wrong when a cell of the fourth is lost: four formulas come back by moving alone.
def test_exactly_four_formulas_more_are_enough() -> None:
    assert [f.column for f in said(lost(good_result(), "chemistry.semester_1"))] == ["11.chemistry.semester_1"]


def test_three_formulas_more_are_not() -> None:
    assert said(lost(good_result(), "biology.semester_1")) == []
    assert offered(lost(good_result(), "biology.semester_1")) == []


def test_three_more_are_not_even_when_all_else_is_wrong_too() -> None:
    cells = lost(good_result(), "biology.semester_1") | {f"{s}.year": 1.0 for s in SUBJECTS[:3]}
    assert said(cells) == []


@pytest.mark.parametrize(("term", "fill"), [("semester_1", True), ("semester_2", True), ("year", True)])
def test_the_lost_cell_is_the_year_that_its_neighbours_tell(term: str, fill: bool) -> None:  # noqa: FBT001
    cells = lost(good_result(), f"mathematics.{term}")
    (offer,) = offered(cells)
    after = written(cells, offer)
    assert {key: after[key] for key in KEYS[3:]} == {key: good_result()[key] for key in KEYS[3:]}
    assert ("mathematics.year" in after) is fill
    assert fits({key: round(after[key] * 10) for key in KEYS[:3]}, plan_of(layout("11")).scored[0])


def test_a_lost_cell_that_nothing_tells_stays_blank() -> None:
    cells = lost(good_result(mathematics__semester_2=None), "mathematics.semester_1")
    (offer,) = offered(cells)
    after = written(cells, offer)
    assert "mathematics.semester_1" not in after
    assert after["mathematics.year"] == 8.4
    assert "để trống Toán HK1" in offer.title
    assert offer.note == ""


def test_a_row_moved_to_its_very_end_comes_back() -> None:
    cells = lost(good_result(), "literature.year", "conduct_rating.year")
    (offer,) = offered(cells)
    assert written(cells, offer) == good_result(literature__year=7.7)
    cells = extra(good_result(), "literature.year", 1.3, "conduct_rating.year")
    (offer,) = offered(cells)
    assert written(cells, offer) == good_result(conduct_rating__year=None)


def test_a_value_in_the_way_is_named() -> None:
    cells = lost(good_result(), "literature.year", "conduct_rating.year") | {"conduct_rating.year": "Y"}
    (offer,) = offered(cells)
    assert written(cells, offer) == good_result()
    assert "Giá trị Y ở Hạnh kiểm CN bị bỏ." in offer.note


def test_an_extra_cell_is_taken_out() -> None:
    cells = extra(good_result(), "literature.semester_2", 5.0)
    (found,) = said(cells)
    assert (found.column, found.suggestion) == ("11.literature.semester_2", None)
    assert "SC_SHIFT:11:HS01" in found.message
    (offer,) = offered(cells)
    assert written(cells, offer) == good_result(civics__year=None)
    assert "Bỏ ô Ngữ văn HK2" in offer.title
    assert "7/8" in offer.title
    assert "Giá trị 5.0 ở Ngữ văn HK2 bị bỏ." in offer.note


def test_finding_and_offer_say_the_same() -> None:
    cells = lost(good_result(), "mathematics.year")
    (found,), (offer,) = said(cells), offered(cells)
    assert "8/8" in found.message
    assert "8/8" in offer.title
    assert "hiện chỉ 0" in found.message
    assert offer.id in found.message


def test_cells_of_the_row_are_not_offered_one_by_one_beside_it() -> None:
    data = class_of({"11": [lost(good_result(), "mathematics.year")]})
    assert [o.code for o in offers(data)] == [Code.SC_SHIFT]


def test_a_locked_block_closes_the_offer_and_says_why() -> None:
    cells = lost(good_result(), "mathematics.year")
    (offer,) = offered(cells, Lock("11", Period.HK1, "2023-04-01T00:00:00Z", "lan"))
    assert not offer.applicable
    assert "Lớp 11 HK I" in offer.reason
    (offer,) = offered(cells, Lock("10", Period.HK1, "2023-04-01T00:00:00Z", "lan"))
    assert offer.applicable


def test_a_missing_column_closes_the_offer() -> None:
    data = class_of({"11": [lost(good_result(), "mathematics.year")]})
    sheet = data.sheets["11"]
    gone = replace(sheet, columns={k: v for k, v in sheet.columns.items() if k != "history.year"})
    (offer,) = [o for o in offers(data.with_sheet(gone)) if o.code is Code.SC_SHIFT]
    assert "Lịch sử CN" in offer.reason


def test_a_student_on_two_rows_is_offered_nothing() -> None:
    cells = lost(good_result(), "mathematics.year") | {"student_code": "HS01"}
    assert offers(class_of({"11": [cells, cells]})) == ()


def test_segments_are_subjects_side_by_side() -> None:
    assert [
        [subject.subject for subject in part] for part in segments(layout("11"), plan_of(layout("11")).programme)
    ] == [list(SUBJECTS)]


@st.composite
def moved_rows(draw: st.DrawFn) -> Cells:
    """Faultless rows of any scores from which a cell was lost, or in which one stands too many."""
    tenths = st.integers(0, 100)
    cells = good_result()
    for subject in SUBJECTS:
        a, b = draw(tenths), draw(tenths)
        three = zip(("semester_1", "semester_2", "year"), (a, b, (2 * (a + 2 * b) + 3) // 6), strict=True)
        cells |= {f"{subject}.{term}": score / 10 for term, score in three}
    key = draw(st.sampled_from(KEYS))
    last = draw(st.sampled_from(["civics.year", "conduct_rating.year"]))
    if draw(st.booleans()):
        return lost(cells, key, last)
    return extra(cells, key, draw(tenths) / 10, last)


def as_read(data: ClassData) -> dict[str, Any]:
    (row,) = data.sheets["11"].rows
    return {key: row.cells.get(key) for key in ALL_KEYS}


@given(moved_rows())
@settings(max_examples=120, deadline=None)
def test_nothing_outside_an_offers_cells_changes_and_it_is_not_made_again(cells: Cells) -> None:
    data = class_of({"11": [cells]})
    assert [f.code for f in check(data) if f.code is Code.SC_SHIFT] == [o.code for o in offered(cells)]
    for offer in offered(cells):
        after = with_offers(data, [offer])
        before, now = as_read(data), as_read(after)
        assert {key for key in ALL_KEYS if before[key] != now[key]} == {cell.column for cell in offer.cells}
        assert [o for o in offers(after) if o.cells == offer.cells] == []
        assert [o.id for o in offers(after) if o.code is Code.SC_SHIFT] == []
