"""A raw cell has one meaning."""

import datetime as dt
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.cells import clean_text, from_cell, score_tenths, score_text, shown, to_cell
from shared.columns import Column
from shared.layout import sheet_layout

RESULTS = sheet_layout("THPT", "2022-2023", "11").by_key
PROFILE = sheet_layout("THPT", "2022-2023", "profile").by_key
SCORE = RESULTS["mathematics.year"]
RATING = RESULTS["academic_rating.year"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (8, "8.0"), (8.5, "8.5"), (10, "10.0"), (0, "0.0"), ("8,5", "8.5"), (" 8.5\u00a0", "8.5"), ("8.", "8.0"),
        (",5", "0.5"), ("10", "10.0"), ("8.50", "8.5"), (7.000000000001, "7.0"),
        (None, None), ("", None), ("   ", None),
        (11, "11"), (85, "85"), (7.85, "7.85"), ("abc", "abc"), ("-1", "-1"), ("10.5", "10.5"), ("5.2.3", "5.2.3"),
        (dt.datetime(2023, 5, 7), "2023-05-07"), (True, "TRUE"),  # noqa: DTZ001 - a cell has no time zone
    ],
)  # fmt: skip
def test_scores(raw: Any, value: str | None) -> None:
    assert from_cell(SCORE, raw) == value


@given(st.integers(0, 100))
def test_every_score_comes_back_as_it_was_written(tenths: int) -> None:
    text = score_text(tenths)
    assert score_tenths(text) == tenths
    assert from_cell(SCORE, to_cell(SCORE, text)) == text
    assert from_cell(SCORE, text.replace(".", ",")) == text


@pytest.mark.parametrize("column", [*RESULTS.values(), *PROFILE.values()], ids=lambda column: column.key)
@given(raw=st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.dates()))
def test_reading_never_fails_and_is_stable(column: Column, raw: Any) -> None:
    value = from_cell(column, raw)
    assert value != ""
    if value is not None:
        assert from_cell(column, value) == value
        assert from_cell(column, shown(column, value)) == value


@pytest.mark.parametrize(
    ("raw", "value"), [("Giỏi", "G"), ("kém", "KEM"), ("Kém", "KEM"), ("tb", "TB"), ("T", "T"), (" K ", "K")]
)
def test_ratings_are_read_by_code_or_word(raw: str, value: str) -> None:
    assert from_cell(RATING, raw) == value


@pytest.mark.parametrize("raw", ["12/07/2005", "12-7-2005", "12.07.2005", "2005-07-12", dt.date(2005, 7, 12)])
def test_dates(raw: Any) -> None:
    value = from_cell(PROFILE["birth_date"], raw)
    assert value == "2005-07-12"
    assert to_cell(PROFILE["birth_date"], value) == "12/07/2005"


def test_text_is_composed_trimmed_and_vietnamese() -> None:
    assert clean_text(unicodedata.normalize("NFD", " Nguyễn  Văn\u00a0Ân\u200b ")) == "Nguyễn Văn Ân"
    assert clean_text("Ðặng") == "Đặng"
    assert clean_text("Nguye\u0303\u0302n") == "Nguyễn"


def test_numbers_stay_whole() -> None:
    assert from_cell(PROFILE["national_id"], 31205123456.0) == "31205123456"
