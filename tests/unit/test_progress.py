"""Blank required cells by lock, and the two stages (guide 2.4)."""

from __future__ import annotations

import pytest

from shared.columns import Period
from shared.layout import PROFILE
from shared.progress import missing, stage1_done, stage2_done
from shared.schemas.rows import load_row
from tests.tables import Cells, good_profile, good_result, layout

FULL = {None: 0, Period.HK1: 0, Period.HK2: 0}


def blanks(key: str, cells: Cells) -> dict[Period | None, int]:
    return missing(layout(key), load_row(layout(key), cells)[0])


def test_an_empty_grade_lacks_eleven_cells_a_term() -> None:
    assert blanks("10", {}) == {None: 0, Period.HK1: 11, Period.HK2: 22}


def test_a_full_grade_lacks_nothing_and_the_average_is_not_named() -> None:
    cells = good_result(average_score__semester_1=None, average_score__semester_2=None, average_score__year=None)
    assert blanks("10", cells) == FULL


def test_zero_is_a_score() -> None:
    assert blanks("10", good_result(mathematics__semester_1=0.0)) == FULL


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 0),
        ({"national_id": None}, 1),
        ({"national_id": None, "id_card": "031205000123"}, 0),
        ({"national_id": None, "id_card": "031234567"}, 0),
        ({"nationality": "Lào", "national_id": None}, 1),
        ({"nationality": "Lào", "national_id": None, "passport": "P123456"}, 0),
        ({"residence__ward": None, "sex": None}, 2),
    ],
)
def test_a_profile_lacks(changes: Cells, count: int) -> None:
    assert blanks(PROFILE, good_profile(**changes))[None] == count


def test_stage_one_is_two_grades_and_half_of_the_third() -> None:
    assert stage1_done(FULL, FULL, {**FULL, Period.HK2: 22})
    assert not stage1_done(FULL, {**FULL, Period.HK2: 1}, FULL)
    assert not stage1_done(FULL, FULL, {**FULL, Period.HK1: 1})


def test_stage_two_is_the_rest_of_grade_twelve() -> None:
    assert stage2_done({**FULL, Period.HK1: 3})
    assert not stage2_done({**FULL, Period.HK2: 1})
