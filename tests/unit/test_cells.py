"""A raw cell has one meaning."""

import datetime as dt
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.cells import (
    LegacyText,
    choice_keys,
    clean_text,
    compared,
    from_cell,
    raw_text,
    score_tenths,
    score_text,
    shown,
    to_cell,
)
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


VOWELS, MARKS, TONES = "aeiouyAEIOUY", "\u0302\u0306\u031b", "\u0300\u0301\u0303\u0309\u0323"


@given(st.sampled_from(VOWELS), st.sampled_from(MARKS), st.sampled_from(TONES))
def test_a_vowels_marks_compose_in_whatever_order_they_were_typed(vowel: str, mark: str, tone: str) -> None:
    assert clean_text(vowel + tone + mark) == clean_text(vowel + mark + tone)
    wanted = unicodedata.normalize("NFC", vowel + mark + tone)
    assert clean_text(vowel + mark + tone) == wanted


@pytest.mark.parametrize(
    "raw",
    [
        "Nguyễn Văn Đức",
        "\u200eNguyễn Văn Đức\u200f",
        "\ufeffNguyễn\u00a0Văn\tĐức",
        "'Nguyễn Văn Đức",
        "Nguyễn\u2003Văn\u2009Đức\n",
        "\u202aNguyễn Văn Đức\u202c",
        "Nguy\u00adễn V\u200băn Ðức",
        "Nguyễn Văn Ðức",
        unicodedata.normalize("NFD", "Nguyễn Văn Đức"),
    ],
)
def test_one_name_in_many_characters(raw: str) -> None:
    assert from_cell(PROFILE["full_name"], raw) == "Nguyễn Văn Đức"


def test_a_soft_hyphen_among_letters_of_tcvn3_is_a_letter() -> None:
    assert clean_text("D\u00ad¬ng") == "D\u00ad¬ng"
    assert clean_text("Dư\u00adơng") == "Dương"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoà", "Hòa"), ("Thuý Loan", "THÚY  LOAN"), ("Thuỷ", "Thủy"), ("Khoẻ", "Khỏe"), ("Hoà", "Hoa\u0300")],
)
def test_tone_placement_does_not_count_when_words_are_compared(one: str, other: str) -> None:
    assert compared(one) == compared(other)
    assert from_cell(PROFILE["full_name"], one) == unicodedata.normalize("NFC", one)  # the school's spelling stays


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hoa"), ("Tày", "Tây"), ("Hòa", "Hóa"), ("Hùng", "Hưng")])
def test_accents_count_when_words_are_compared(one: str, other: str) -> None:
    assert compared(one) != compared(other)


@pytest.mark.parametrize(
    "column", [c for c in (*RESULTS.values(), *PROFILE.values()) if c.choices], ids=lambda c: c.key
)
def test_no_two_choices_of_a_column_are_the_same_words(column: Column) -> None:
    assert {from_cell(column, choice.text) for choice in column.choices} == choice_keys(column)


def test_a_text_in_an_old_font_is_read_as_it_shows() -> None:
    text = LegacyText("N÷", "Nữ", ".VnTime")
    assert (str(text), raw_text(text), text.font) == ("N÷", "Nữ", ".VnTime")
    assert from_cell(PROFILE["sex"], text) == "Nữ"
