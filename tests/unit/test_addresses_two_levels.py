"""Addresses in a school year of provinces and wards only, from 2025-2026."""

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


@pytest.mark.parametrize("school_year", ["2025-2026", "2026-2027"])
@pytest.mark.parametrize(
    "names",
    [
        ("Tỉnh Bắc Ninh", None, "Xã Tiên Lục"),
        ("tỉnh bắc ninh", None, "X. Tiên Lục"),
        ("Tỉnh Bắc Ninh", None, "Xã Kép"),
        ("Thành phố Bắc Ninh", None, "Phường Kép"),  # renamed in 2026
        (HA_NOI, None, "Phường Văn Miếu-Quốc Tử Giám"),
        (HAI_PHONG, None, "Đặc khu Bạch Long Vĩ"),
        (HAI_PHONG, None, "ĐK. Bạch Long Vĩ"),
        ("Tỉnh Đắk Lắk", None, "Xã Cư M’gar"),
    ],
)
def test_from_2025_a_residence_is_a_province_and_a_ward(school_year: str, names: Names) -> None:
    assert said(school_year, *names) == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Bắc Ninh", None, "Tiên Lục"), [(UNKNOWN, "province", INFO, "Tỉnh Bắc Ninh"), (UNKNOWN, "ward", INFO, "Xã Tiên Lục")]),
        (("Tỉnh Bắc Ninh", None, "Xã Tien Luc"), [(UNKNOWN, "ward", ERROR, "Xã Tiên Lục")]),
        (("Tinh Bac Ninh", None, "Xã Tiên Lục"), [(UNKNOWN, "province", ERROR, "Tỉnh Bắc Ninh")]),
        (("Tỉnh Bắc Ninh", None, None), [(BLANK, "ward", ERROR, None)]),
        ((None, None, "Xã Tiên Lục"), [(BLANK, "province", ERROR, None)]),
        ((None, None, None), [(BLANK, "province", ERROR, None), (BLANK, "ward", ERROR, None)]),
        # a district that goes with nothing
        (("Tỉnh Bắc Ninh", "Huyện Lạng Giang", "Xã Tiên Lục"), [(OTHER_YEAR, "district", WARNING, None)]),
        (("Tỉnh Bắc Ninh", "Không Có", "Xã Tiên Lục"), [(OTHER_YEAR, "district", WARNING, None)]),
        (("Tỉnh Bắc Ninh", "Không Có", "Tiên Lục"), [(OTHER_YEAR, "district", WARNING, None), (UNKNOWN, "ward", INFO, "Xã Tiên Lục")]),
        (("Tỉnh Bắc Ninh", "Không Có", "Xã Không Có"), [(OTHER_YEAR, "district", WARNING, None), (UNKNOWN, "ward", ERROR, None)]),
        ((None, "Huyện Lạng Giang", None), [(BLANK, "province", ERROR, None), (OTHER_YEAR, "district", WARNING, None), (BLANK, "ward", ERROR, None)]),
        # an address of three levels whose ward went whole into one
        (
            (BAC_GIANG, LANG_GIANG, DAO_MY),
            [
                (OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh"),
                (OTHER_YEAR, "district", WARNING, None),
                (OTHER_YEAR, "ward", WARNING, "Xã Tiên Lục"),
            ],
        ),
        (
            (BAC_GIANG, "Không Có", DAO_MY),
            [
                (OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh"),
                (OTHER_YEAR, "district", WARNING, None),
                (OTHER_YEAR, "ward", WARNING, "Xã Tiên Lục"),
            ],
        ),
        ((BAC_GIANG, None, DAO_MY), [(OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh"), (OTHER_YEAR, "ward", WARNING, "Xã Tiên Lục")]),
        (("Tỉnh Bắc Ninh", None, DAO_MY), [(OTHER_YEAR, "ward", WARNING, "Xã Tiên Lục")]),
        (("Bắc Ninh", None, DAO_MY), [(UNKNOWN, "province", INFO, "Tỉnh Bắc Ninh"), (OTHER_YEAR, "ward", WARNING, "Xã Tiên Lục")]),
        ((HA_NOI, BA_DINH, "Phường Phúc Xá"), [(OTHER_YEAR, "district", WARNING, None), (OTHER_YEAR, "ward", WARNING, "Phường Hồng Hà")]),
        ((HA_NOI, None, "Phường Phúc Xá"), [(OTHER_YEAR, "ward", WARNING, "Phường Hồng Hà")]),
        # a ward that was divided, though its name lives on
        ((HA_NOI, BA_DINH, "Phường Ngọc Hà"), [(OTHER_YEAR, "district", WARNING, None), (OTHER_YEAR, "ward", WARNING, None)]),
        # a list of 2023 that the map of January 2025 knows no more
        ((HAI_PHONG, "Huyện Thuỷ Nguyên", "Xã Lại Xuân"), [(OTHER_YEAR, "district", WARNING, None), (OTHER_YEAR, "ward", WARNING, None)]),
        # the old province alone, and with what is in no list
        ((BAC_GIANG, None, "Xã Tiên Lục"), [(OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh")]),
        ((BAC_GIANG, None, "Xã Không Có"), [(OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh"), (UNKNOWN, "ward", ERROR, None)]),
        # an island
        ((HAI_PHONG, "Huyện Bạch Long Vĩ", None), [(OTHER_YEAR, "district", WARNING, None), (BLANK, "ward", ERROR, "Đặc khu Bạch Long Vĩ")]),
        (
            ("Tỉnh Bà Rịa - Vũng Tàu", "Huyện Côn Đảo", None),
            [
                (OTHER_YEAR, "province", WARNING, "Thành phố Hồ Chí Minh"),
                (OTHER_YEAR, "district", WARNING, None),
                (BLANK, "ward", ERROR, "Đặc khu Côn Đảo"),
            ],
        ),
    ],
)  # fmt: skip
def test_other_residences_in_a_year_of_two_levels(names: Names, expected: list[Said]) -> None:
    assert said("2025-2026", *names) == expected


def test_an_old_province_alone_in_a_year_of_two_levels() -> None:
    assert said("2025-2026", BAC_GIANG, None, None, place="birth_place") == [
        (OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh")
    ]
    assert said("2025-2026", "Tỉnh Thừa Thiên Huế", None, None, place="birth_place") == [
        (OTHER_YEAR, "province", WARNING, "Thành phố Huế")
    ]
    assert said("2025-2026", BAC_GIANG, LANG_GIANG, None, place="origin") == [
        (OTHER_YEAR, "province", WARNING, "Tỉnh Bắc Ninh"),
        (OTHER_YEAR, "district", WARNING, None),
    ]


def test_the_words_for_a_unit_of_before_july_2025() -> None:
    district, ward = words("2025-2026", HA_NOI, BA_DINH, "Phường Ngọc Hà")
    assert district == (
        "Hộ khẩu thường trú Quận/Huyện ghi Quận Ba Đình, nhưng từ 01/7/2025 không còn cấp huyện. Hãy để trống ô này."
    )
    assert ward == (
        "Hộ khẩu thường trú Phường/Xã ghi Phường Ngọc Hà, là đơn vị hành chính trước 01/7/2025. "
        "Hãy ghi tên mới “Phường Ba Đình” hoặc “Phường Ngọc Hà”."
    )
    assert "đủ tỉnh, xã theo sổ hộ khẩu" in words("2025-2026", "Tỉnh Bắc Ninh", None, None)[0]
