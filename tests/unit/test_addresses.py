"""Addresses in a school year of three levels: what is found in which cell, how grave it is, what is suggested."""

from __future__ import annotations

import pytest

from tests.addresses import (
    BA_DINH,
    BAC_GIANG,
    BLANK,
    DAO_MY,
    ERROR,
    HA_NOI,
    HAI_PHONG,
    HO_CHI_MINH,
    HONG_BANG,
    INFO,
    LANG_GIANG,
    OTHER_YEAR,
    UNKNOWN,
    WARNING,
    Names,
    Said,
    said,
    words,
)

# -- names as the list has them, and other ways to write them


@pytest.mark.parametrize("school_year", ["2021-2022", "2022-2023", "2023-2024", "2024-2025"])
@pytest.mark.parametrize(
    "names",
    [
        (BAC_GIANG, LANG_GIANG, DAO_MY),
        ("TỈNH BẮC GIANG", "huyện lạng giang", "XÃ ĐÀO MỸ"),
        ("T. Bắc Giang", "H.Lạng Giang", "X. Đào Mỹ"),
        ("T Bắc Giang", "H Lạng Giang", "x Đào Mỹ"),
        ("TP. Hà Nội", "Q.Ba Đình", "P. Phúc Xá"),
        ("Tp Hà Nội", "Q. Ba Đình", "P.Phúc Xá"),
        ("T.P. Hà Nội", "Quận Ba Đình", "phường phúc xá"),
        ("TP Hồ Chí Minh", "Q1", "P.Bến Nghé"),
        ("TP.HCM", "Quận 01", "Phường Bến Nghé"),
        ("tphcm", "Quận 01", "Phường Bến Nghé"),
        ("TP Hồ Chí Minh", "Q.03", "P01"),
        ("Tỉnh Hòa Bình", "TP. Hoà Bình", "P. Đồng Tiến"),
        ("Tỉnh Hoà Bình", "Thành phố Hòa Bình", "Phường Đồng Tiến"),
        ("TP Hải Phòng", "H. Thủy Nguyên", "TT. Núi Đèo"),
        ("Tỉnh Bà Rịa-Vũng Tàu", "TP Vũng Tàu", "Phường 1"),
    ],
)
def test_case_tones_short_types_and_numbers_do_not_count(school_year: str, names: Names) -> None:
    assert said(school_year, *names) == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((BAC_GIANG, LANG_GIANG, "Đào Mỹ"), [(UNKNOWN, "ward", INFO, DAO_MY)]),
        ((BAC_GIANG, LANG_GIANG, "Phường Đào Mỹ"), [(UNKNOWN, "ward", INFO, DAO_MY)]),
        ((BAC_GIANG, "Lạng Giang", DAO_MY), [(UNKNOWN, "district", INFO, LANG_GIANG)]),
        (
            ("bắc giang", "lạng giang", "đào mỹ"),
            [
                (UNKNOWN, "province", INFO, BAC_GIANG),
                (UNKNOWN, "district", INFO, LANG_GIANG),
                (UNKNOWN, "ward", INFO, DAO_MY),
            ],
        ),
        (("Thành phố Hồ Chí Minh", "1", "Bến Nghé"), [(UNKNOWN, "district", INFO, "Quận 1"), (UNKNOWN, "ward", INFO, "Phường Bến Nghé")]),
    ],
)  # fmt: skip
def test_a_name_without_its_type_is_understood_and_asked_for_in_full(names: Names, expected: list[Said]) -> None:
    assert said("2022-2023", *names) == expected
    assert said("2024-2025", *names) == expected
    assert "“" + (expected[0][3] or "") + "”" in words("2022-2023", *names)[0]


@pytest.mark.parametrize(
    ("names", "level", "suggestion"),
    [
        ((BAC_GIANG, LANG_GIANG, "Xã Đào Mĩ"), "ward", DAO_MY),
        ((BAC_GIANG, LANG_GIANG, "Xã Dao My"), "ward", DAO_MY),
        ((BAC_GIANG, LANG_GIANG, "Xa Dao My"), "ward", DAO_MY),
        ((BAC_GIANG, LANG_GIANG, "dao my"), "ward", DAO_MY),
        ((BAC_GIANG, "Huyen Lang Giang", DAO_MY), "district", LANG_GIANG),
        (("Tinh Bac Giang", LANG_GIANG, DAO_MY), "province", BAC_GIANG),
        (("Bac Giang", LANG_GIANG, DAO_MY), "province", BAC_GIANG),
        (("Tỉnh Bắc Giảng", LANG_GIANG, DAO_MY), "province", BAC_GIANG),
        (("Huyện Bắc Giang", LANG_GIANG, DAO_MY), "province", BAC_GIANG),  # a district is no province
        ((BAC_GIANG, "Xã Lạng Giang", DAO_MY), "district", LANG_GIANG),
        ((BAC_GIANG, "Huyện Không Có", DAO_MY), "district", None),
        ((BAC_GIANG, LANG_GIANG, "Xã Không Có"), "ward", None),
        (("Tỉnh Không Có", LANG_GIANG, DAO_MY), "province", None),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest_one_suggested(
    names: Names, level: str, suggestion: str | None
) -> None:
    assert said("2022-2023", *names) == [(UNKNOWN, level, ERROR, suggestion)]
    assert said("2022-2023", *names, place="origin") == [(UNKNOWN, level, WARNING, suggestion)]


def test_towns_and_districts_of_one_name_must_be_told_apart() -> None:
    assert said("2022-2023", "Tỉnh Hà Tĩnh", "Kỳ Anh", None, place="origin") == [(UNKNOWN, "district", WARNING, None)]
    assert "“Thị xã Kỳ Anh” hoặc “Huyện Kỳ Anh”" in words("2022-2023", "Tỉnh Hà Tĩnh", "Kỳ Anh", None)[0]
    assert said("2022-2023", "Tỉnh Hà Tĩnh", "Thị xã Kỳ Anh", None, place="origin") == []
    assert said("2022-2023", "Tỉnh Hà Tĩnh", "Kỳ Anh", "Phường Hưng Trí") == [
        (UNKNOWN, "district", INFO, "Thị xã Kỳ Anh")  # only the town has that ward
    ]


def test_a_ward_of_another_district_is_unknown_here_and_its_district_is_named() -> None:
    assert said("2022-2023", HAI_PHONG, HONG_BANG, "Phường An Biên") == [(UNKNOWN, "ward", ERROR, None)]
    (message,) = words("2022-2023", HAI_PHONG, HONG_BANG, "Phường An Biên")
    assert "Phường An Biên thuộc Quận Lê Chân" in message


# -- blank cells


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((BAC_GIANG, LANG_GIANG, None), [("ward", None)]),
        ((BAC_GIANG, None, DAO_MY), [("district", LANG_GIANG)]),
        ((BAC_GIANG, None, "Xã Phúc Sơn"), [("district", None)]),  # in two districts
        ((None, LANG_GIANG, DAO_MY), [("province", None)]),
        ((BAC_GIANG, None, None), [("district", None), ("ward", None)]),
        ((None, None, None), [("province", None), ("district", None), ("ward", None)]),
    ],
)
def test_blank_parts_of_the_residence(names: Names, expected: list[tuple[str, str | None]]) -> None:
    assert said("2022-2023", *names) == [(BLANK, level, ERROR, unit) for level, unit in expected]
    assert said("2022-2023", *names, place="origin") == []


def test_a_ward_that_no_district_has_is_unknown_though_no_district_is_written() -> None:
    assert said("2022-2023", BAC_GIANG, None, "Xã Dao My", place="origin") == [(UNKNOWN, "ward", WARNING, DAO_MY)]
    assert said("2022-2023", BAC_GIANG, None, "Xã Không Có") == [
        (BLANK, "district", ERROR, None),
        (UNKNOWN, "ward", ERROR, None),
    ]
    assert said("2024-2025", "Thành phố Huế", None, "Phường Dong Ba", place="origin") == [
        (UNKNOWN, "ward", WARNING, "Phường Đông Ba")
    ]
    assert said("2022-2023", "Bắc Giang", None, "Xã Dao My", place="origin") == [
        (UNKNOWN, "province", INFO, BAC_GIANG),
        (UNKNOWN, "ward", WARNING, DAO_MY),
    ]


def test_a_blank_district_is_named_when_the_ward_tells_it() -> None:
    (message,) = words("2022-2023", BAC_GIANG, None, DAO_MY)
    assert message.endswith(
        "đủ tỉnh, huyện, xã theo sổ hộ khẩu; hãy nhập thêm. Theo danh mục, Xã Đào Mỹ thuộc Huyện Lạng Giang."
    )


def test_an_island_district_has_no_wards_to_name() -> None:
    assert said("2022-2023", HAI_PHONG, "Huyện Bạch Long Vĩ", None) == []
    assert said("2022-2023", HAI_PHONG, "Huyện Bạch Long Vĩ", "Xã Đảo") == [(UNKNOWN, "ward", ERROR, None)]
    assert said("2022-2023", HAI_PHONG, "Huyện Cát Hải", None) == [(BLANK, "ward", ERROR, None)]


# -- the lists of 2023 and of January 2025


@pytest.mark.parametrize(
    "names",
    [
        (HAI_PHONG, "Thành phố Thủy Nguyên", "Phường Minh Đức"),
        ("Thành phố Huế", "Quận Phú Xuân", "Phường Đông Ba"),
        (BAC_GIANG, "Thị xã Việt Yên", "Phường Bích Động"),
    ],
)
def test_a_unit_merged_in_2023_or_2024_is_good_from_the_school_year_2023_on(names: Names) -> None:
    assert said("2022-2023", *names) != []
    assert said("2023-2024", *names) == []
    assert said("2024-2025", *names) == []
    assert said("2025-2026", *names) != []


def test_a_unit_of_2023_stays_good_until_the_districts_go() -> None:
    assert said("2024-2025", HAI_PHONG, "Huyện Thuỷ Nguyên", "Xã An Lư") == []
    assert said("2022-2023", HAI_PHONG, "Huyện Thuỷ Nguyên", "Xã An Lư") == []


# -- units of July 2025 in an earlier year


@pytest.mark.parametrize("school_year", ["2022-2023", "2024-2025"])
@pytest.mark.parametrize(
    ("names", "expected"),
    [
        # several old wards became the new one: nothing to suggest
        ((HAI_PHONG, HONG_BANG, "Phường Thủy Nguyên"), [(OTHER_YEAR, "ward", WARNING, None)]),
        (
            (HAI_PHONG, None, "Phường Thủy Nguyên"),
            [(BLANK, "district", ERROR, None), (OTHER_YEAR, "ward", WARNING, None)],
        ),
        # one old ward alone became the new one, under its own name
        (
            ("Tỉnh Tuyên Quang", None, "Xã Ngọc Long"),
            [(OTHER_YEAR, "province", WARNING, "Tỉnh Hà Giang"), (BLANK, "district", ERROR, "Huyện Yên Minh")],
        ),
        (
            ("Tỉnh Tuyên Quang", "Huyện Chiêm Hóa", "Xã Ngọc Long"),
            [
                (OTHER_YEAR, "province", WARNING, "Tỉnh Hà Giang"),
                (OTHER_YEAR, "district", WARNING, "Huyện Yên Minh"),
            ],
        ),
        (("Tỉnh Tuyên Quang", "Huyện Yên Minh", "Xã Ngọc Long"), [(OTHER_YEAR, "province", WARNING, "Tỉnh Hà Giang")]),
        # one old ward alone, under another name
        ((HO_CHI_MINH, "Quận Tân Bình", "Phường Tân Sơn"), [(OTHER_YEAR, "ward", WARNING, "Phường 15")]),
        ((HO_CHI_MINH, None, "Phường Tân Sơn"), [(BLANK, "district", ERROR, "Quận Tân Bình"), (OTHER_YEAR, "ward", WARNING, "Phường 15")]),
        (
            (HO_CHI_MINH, "Quận 1", "Tân Sơn"),
            [(OTHER_YEAR, "district", WARNING, "Quận Tân Bình"), (OTHER_YEAR, "ward", WARNING, "Phường 15")],
        ),
        # all in another province, several wards
        (
            ("Tỉnh Bắc Ninh", None, "Xã Tiên Lục"),
            [
                (OTHER_YEAR, "province", WARNING, BAC_GIANG),
                (BLANK, "district", ERROR, None),
                (OTHER_YEAR, "ward", WARNING, None),
            ],
        ),
        (("Tỉnh Bắc Ninh", "Huyện Lạng Giang", "Xã Tiên Lục"), [(OTHER_YEAR, "province", WARNING, BAC_GIANG), (OTHER_YEAR, "ward", WARNING, None)]),
        # an island
        (
            (HAI_PHONG, None, "Đặc khu Bạch Long Vĩ"),
            [(BLANK, "district", ERROR, "Huyện Bạch Long Vĩ"), (OTHER_YEAR, "ward", WARNING, None)],
        ),
        ((HAI_PHONG, HONG_BANG, "Phường Không Có"), [(UNKNOWN, "ward", ERROR, None)]),
        ((HAI_PHONG, HONG_BANG, "Phường Sở Dầu"), []),
    ],
)  # fmt: skip
def test_a_ward_of_july_2025_in_an_earlier_year(school_year: str, names: Names, expected: list[Said]) -> None:
    assert said(school_year, *names) == expected


def test_a_province_of_2025_in_2022() -> None:
    assert said("2022-2023", "Thành phố Huế", None, None, place="origin") == [
        (OTHER_YEAR, "province", WARNING, "Tỉnh Thừa Thiên Huế")
    ]
    assert said("2023-2024", "Thành phố Huế", None, None, place="origin") == []


def test_the_words_for_a_unit_of_july_2025() -> None:
    (province, ward) = words("2022-2023", "Tỉnh Bắc Ninh", "Huyện Lạng Giang", "Xã Tiên Lục")
    assert province == (
        "Hộ khẩu thường trú Tỉnh/TP ghi Tỉnh Bắc Ninh, nhưng trước 01/7/2025 nơi này không thuộc đơn vị đó. "
        "Hãy ghi “Tỉnh Bắc Giang”."
    )
    assert ward.startswith("Hộ khẩu thường trú Phường/Xã ghi Xã Tiên Lục, là đơn vị hành chính lập từ 01/7/2025")
    assert "“Xã Đào Mỹ, Huyện Lạng Giang” hoặc" in ward
    (_, island) = words("2022-2023", HAI_PHONG, None, "Đặc khu Bạch Long Vĩ")
    assert island.endswith("nơi này là huyện không có xã. Hãy để trống ô này.")


@pytest.mark.parametrize("place", ["origin", "birth_place", "current"])
def test_every_place_of_a_profile_is_looked_at(place: str) -> None:
    assert said("2022-2023", BAC_GIANG, LANG_GIANG, "Xã Dao My", place=place) == [(UNKNOWN, "ward", WARNING, DAO_MY)]
    assert said("2022-2023", BAC_GIANG, LANG_GIANG, "Đào Mỹ", place=place) == [(UNKNOWN, "ward", INFO, DAO_MY)]
    assert said("2025-2026", BAC_GIANG, None, None, place=place) == [(OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh")]


@pytest.mark.parametrize(
    "prefix", ["Tỉnh Bắc Giang,", "Tỉnh", "TP.", "Q", "-", "1", "Phường Phúc Xá,Phường Trúc Bạch", "Xã Kép|Phường Kép"]
)
@pytest.mark.parametrize("school_year", ["2022-2023", "2024-2025", "2025-2026"])
def test_odd_texts_are_findings_and_no_failures(school_year: str, prefix: str) -> None:
    assert said(school_year, prefix, None, None) != []
    assert said(school_year, HA_NOI, BA_DINH, prefix) != []
    assert said(school_year, HA_NOI, prefix, "Phường Phúc Xá") != []
