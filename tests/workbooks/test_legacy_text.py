"""TCVN3 and VNI by the name of the font: every letter, and nothing that was typed in Unicode."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbooks.legacy_text import encoding_of, in_unicode, is_capital, runs_in_unicode

# The two encodings as their makers print them, to write texts with: a letter → what stands in the file.
_LETTERS = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵăâêôơưđĂÂÊÔƠƯĐ"
_BYTES = "µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ¨©ª«¬\u00ad®¡¢£¤¥¦§"
TCVN3: Mapping[str, str] = dict(zip(_LETTERS, _BYTES, strict=True))


def _vni() -> dict[str, str]:
    rows = [
        *((vowels, letter, "øùûõï") for vowels, letter in (("àáảãạ", "a"), ("èéẻẽẹ", "e"), ("òóỏõọ", "o"))),
        *((vowels, letter, "øùûõï") for vowels, letter in (("ùúủũụ", "u"), ("ờớởỡợ", "ô"), ("ừứửữự", "ö"))),
        *((vowels, letter, "àáåãä") for vowels, letter in (("ầấẩẫậ", "a"), ("ềếểễệ", "e"), ("ồốổỗộ", "o"))),
        ("ằắẳẵặ", "a", "èéúüë"),
        ("ỳýỷỹ", "y", "øùûõ"),
        ("ìíỉĩị", "", "ìíæóò"),
        ("ỵơưđ", "", "îôöñ"),
        ("âă", "a", "âê"),
        ("ê", "e", "â"),
        ("ô", "o", "â"),
    ]
    small = {letter: base + mark for letters, base, marks in rows for letter, mark in zip(letters, marks, strict=True)}
    return small | {letter.upper(): pair.upper() for letter, pair in small.items()}


VNI: Mapping[str, str] = _vni()


def written(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)


_WORDS = (
    "Nguyễn Trần Lê Đỗ Dương Huỳnh Vũ Ngô Bùi Đặng Thị Văn Ngọc Thuý Hương Phượng Thẳng Thuỵ Kỳ Dũng Ánh Ân Ước Ý "
    "Tuấn Đức Quỳnh Hằng Mỹ Lợi Hiếu Ẩn Út Ổn Yến Kiên Xuân Hữu Nghĩa Bích Hải Lan Êban Niê"
)
names = st.lists(
    st.sampled_from(_WORDS.split()),
    min_size=1,
    max_size=6,
).map(" ".join)


@pytest.mark.parametrize("letter", sorted(TCVN3))
def test_every_letter_of_tcvn3(letter: str) -> None:
    assert in_unicode(f"x{TCVN3[letter]}n", ".VnTime") == f"x{letter}n"


@pytest.mark.parametrize("letter", sorted(VNI))
def test_every_letter_of_vni(letter: str) -> None:
    assert in_unicode(f"x{VNI[letter]}n", "VNI-Times") == f"x{letter}n"


def test_both_tables_have_every_vietnamese_letter() -> None:
    small = {
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưy"
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    }
    assert small | set("ăâêôơưđ") == {letter for letter in VNI if letter.islower()}
    assert small <= TCVN3.keys()


@given(names)
def test_a_name_comes_back(name: str) -> None:
    assert in_unicode(written(name, VNI), "VNI-Times") == name
    assert in_unicode(written(name.upper(), VNI), "VNI-Helve") == name.upper()
    assert in_unicode(written(name.lower(), TCVN3), ".VnArial") == name.lower()
    assert in_unicode(written(name.lower(), TCVN3), ".VnTimeH") == name.upper()


@pytest.mark.parametrize(
    ("raw", "font", "shown"),
    [
        ("NguyÔn V¨n An", ".VnTime", "Nguyễn Văn An"),
        ("NguyÔn V¨n An", ".vntime", "Nguyễn Văn An"),
        ("NguyÔn V¨n An", ".VnTimeH", "NGUYỄN VĂN AN"),
        ("Lan Anh", ".VnTimeH", "LAN ANH"),
        ("Lan Anh", ".VnTime", "Lan Anh"),
        ("  D\u00ad¬ng – Hoµ ", ".VnArial Narrow", "  Dương – Hoà "),
        ("Nguyeãn Thò AÙnh", "VNI-Times", "Nguyễn Thị Ánh"),
        ("Nguyeãn Thò Aùnh", "VNI-Times", "Nguyễn Thị Ánh"),  # as PROPER() leaves it
        ("Ôû", "VNI-Times", "Ở"),
        ("", ".VnTime", ""),
        ("   ", ".VnTime", "   "),
    ],
)
def test_the_font_says_what_a_text_shows(raw: str, font: str, shown: str) -> None:
    assert in_unicode(raw, font) == shown


@pytest.mark.parametrize("font", ["Arial", "Times New Roman", "", ".V", "Vn Time", "UVnTime"])
def test_another_font_shows_a_text_as_it_is(font: str) -> None:
    assert encoding_of(font) is None
    assert in_unicode("NguyÔn V¨n An", font) == "NguyÔn V¨n An"


@pytest.mark.parametrize(
    ("typed", "font"),
    [
        ("Nguyễn Văn An", ".VnTime"),
        ("Hoàng Nam", ".VnTime"),  # à is no letter of TCVN3
        ("Trần Thị Ước", "VNI-Times"),
        ("Nguyễn Văn An", ".VnTimeH"),
        ("Ǻsa", ".VnTime"),
        ("Bïn", "VNI-Times"),  # a mark on no vowel: no text of VNI
    ],
)
def test_what_was_typed_in_unicode_over_an_old_font_stays(typed: str, font: str) -> None:
    assert in_unicode(typed, font) == typed


def test_only_tcvn3_has_fonts_of_capitals() -> None:
    assert is_capital(".VnTimeH")
    assert is_capital(".VnArial NarrowH")
    assert not is_capital(".VnTime")
    assert not is_capital("VNI-Souvenirh")
    assert not is_capital("AvantH")


def test_runs_in_several_fonts_are_read_each_by_its_own() -> None:
    runs = (("NguyÔn ", ".VnTime"), ("Văn ", "Arial"), ("AÙ", "VNI-Times"), ("nh", "VNI-Times"))
    assert runs_in_unicode(runs) == "Nguyễn Văn Ánh"
    assert runs_in_unicode((("Tra", "VNI-Times"), ("àn", "VNI-Times"))) == "Trần"  # cut within a letter
