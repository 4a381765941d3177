"""When two spellings of a name are the same, and which name is nearest to one nobody knows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.nearness import nearest, slips, the_nearest
from shared.spelling import joined, toned

LETTERS = st.text("abcđêô", max_size=7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("Thủy", "Thuỷ"),
        ("HOÀ BÌNH", "hòa  bình"),
        ("Phan Rang-Tháp Chàm", "Phan Rang - Tháp Chàm"),
        ("Phan Rang – Tháp Chàm", "Phan Rang - Tháp Chàm"),
        ("Cư M'gar", "Cư M’gar"),
        ("Phường 01", "phường 1"),
        (unicodedata.normalize("NFD", "Thủy"), "Thủy"),
    ],
)
def test_spellings_that_are_the_same(one: str, other: str) -> None:
    assert toned(one) == toned(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hóa"),
        ("Hòa", "Hoa"),
        ("Tày", "Tây"),
        ("Đắk", "Dak"),
        ("Phường 10", "Phường 1"),
        ("Lạng Giang", "LạngGiang"),
    ],
)
def test_spellings_that_are_not(one: str, other: str) -> None:
    assert toned(one) != toned(other)


@pytest.mark.parametrize("text", ["Ê-đê", "Ê Đê", "Êđê", "ê đê", "Ê - Đê", "Ê–đê", "Ê'đê", "Ê.đê"])
def test_a_short_name_is_one_word_however_its_parts_are_joined(text: str) -> None:
    assert joined(text) == joined("Ê-đê")


def test_tones_stay_with_their_syllable_when_a_name_is_joined() -> None:
    assert joined("Tà-ôi") == joined("Tà Ôi") != joined("Ta-ồi")
    assert joined("Hoà-bình") == joined("Hòa Bình")


@pytest.mark.parametrize(("one", "other"), [("K-", "K"), ("-1", "1"), ("K.", "K"), ("'K", "K"), ("01", "1")])
def test_signs_at_the_ends_and_zeros_still_count_in_a_short_name(one: str, other: str) -> None:
    assert joined(one) != joined(other)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("", "", 0), ("abc", "abc", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abd", 1), ("abc", "ac", 1), ("abc", "acb", 1), ("ab", "ba", 1), ("abcd", "badc", 2), ("kitten", "sitting", 3)],
)  # fmt: skip
def test_slips_between_two_texts(one: str, other: str, count: int) -> None:
    assert slips(one, other) == count


@given(LETTERS, LETTERS)
def test_slips_are_the_same_both_ways_and_none_only_for_the_same_text(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= slips(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("name", "names", "found"),
    [
        ("Tây", ["Thái", "Tày"], ("Tày",)),
        ("Mán", ["Mảng", "Mạ"], ()),  # three letters leave no room for a slip
        ("Mang", ["Mảng"], ("Mảng",)),
        ("Mung", ["Mảng"], ("Mảng",)),  # four leave room for one
        ("Mugn", ["Mảng"], ()),
        ("Lạng Gaing", ["Lạng Giang", "Tiền Giang"], ("Lạng Giang",)),
        ("Hòa An", ["Hoà Ân", "Hòa An"], ("Hòa An",)),  # accents decide between equals
        ("Hoa An", ["Hòa An", "Hóa An"], ("Hòa An", "Hóa An")),
        ("", ["Mảng"], ()),
        ("Kinh", [], ()),
    ],
)
def test_the_nearest_names(name: str, names: list[str], found: tuple[str, ...]) -> None:
    assert nearest(name, names) == found
    assert the_nearest(name, names) == (found[0] if len(found) == 1 else None)


def test_only_a_part_of_the_names_may_be_compared() -> None:
    assert nearest("Xã Ba", ["Huyện Ba", "Xã Bo"], lambda name: name.split()[-1]) == ("Huyện Ba",)
