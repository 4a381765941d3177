"""A whole address in one cell, and parts in each other's cells."""

from __future__ import annotations

import pytest

from tests.addresses import (
    BAC_GIANG,
    BLANK,
    DAO_MY,
    ERROR,
    INFO,
    LANG_GIANG,
    UNKNOWN,
    WARNING,
    Names,
    Said,
    said,
    words,
)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((DAO_MY, LANG_GIANG, BAC_GIANG), [(UNKNOWN, "province", ERROR, BAC_GIANG), (UNKNOWN, "ward", ERROR, DAO_MY)]),
        (
            ("Đào Mỹ", "Lạng Giang", "Bắc Giang"),
            [
                (UNKNOWN, "province", ERROR, BAC_GIANG),
                (UNKNOWN, "district", INFO, LANG_GIANG),
                (UNKNOWN, "ward", ERROR, DAO_MY),
            ],
        ),
        (
            (DAO_MY, BAC_GIANG, LANG_GIANG),
            [
                (UNKNOWN, "province", ERROR, BAC_GIANG),
                (UNKNOWN, "district", ERROR, LANG_GIANG),
                (UNKNOWN, "ward", ERROR, DAO_MY),
            ],
        ),
        (
            (None, BAC_GIANG, LANG_GIANG),
            [
                (BLANK, "province", ERROR, BAC_GIANG),
                (UNKNOWN, "district", ERROR, LANG_GIANG),
                (UNKNOWN, "ward", ERROR, None),
            ],
        ),
        (
            (BAC_GIANG, None, LANG_GIANG),
            [(BLANK, "district", ERROR, LANG_GIANG), (UNKNOWN, "ward", ERROR, None)],
        ),
        (
            ("Xã Đào Mỹ, Huyện Lạng Giang, Tỉnh Bắc Giang", None, None),
            [
                (UNKNOWN, "province", ERROR, BAC_GIANG),
                (BLANK, "district", ERROR, LANG_GIANG),
                (BLANK, "ward", ERROR, DAO_MY),
            ],
        ),
        (
            (None, None, "Tỉnh Bắc Giang - Huyện Lạng Giang - Xã Đào Mỹ"),
            [
                (BLANK, "province", ERROR, BAC_GIANG),
                (BLANK, "district", ERROR, LANG_GIANG),
                (UNKNOWN, "ward", ERROR, DAO_MY),
            ],
        ),
        ((BAC_GIANG, LANG_GIANG, "Xã Đào Mỹ; Huyện Lạng Giang; Tỉnh Bắc Giang"), [(UNKNOWN, "ward", ERROR, DAO_MY)]),
        ((BAC_GIANG, LANG_GIANG, "Thôn 3, Xã Đào Mỹ"), [(UNKNOWN, "ward", ERROR, DAO_MY)]),
        (
            (BAC_GIANG, None, "Xã Đào Mỹ, Huyện Lạng Giang"),
            [(BLANK, "district", ERROR, LANG_GIANG), (UNKNOWN, "ward", ERROR, DAO_MY)],
        ),
        # the other cells contradict: nothing is understood
        (("Tỉnh Quảng Ninh", None, "Xã Đào Mỹ, Huyện Lạng Giang, Tỉnh Bắc Giang"), [(BLANK, "district", ERROR, None), (UNKNOWN, "ward", ERROR, None)]),
        # a garbled district is no street
        ((BAC_GIANG, "Huyện Không Có", DAO_MY), [(UNKNOWN, "district", ERROR, None)]),
        ((BAC_GIANG, "Linh tinh", DAO_MY), [(UNKNOWN, "district", ERROR, None)]),
    ],
)  # fmt: skip
def test_parts_in_each_others_cells(names: Names, expected: list[Said]) -> None:
    assert said("2022-2023", *names) == expected


def test_parts_in_each_others_cells_of_other_places_are_warnings() -> None:
    assert said("2022-2023", DAO_MY, LANG_GIANG, BAC_GIANG, place="origin") == [
        (UNKNOWN, "province", WARNING, BAC_GIANG),
        (UNKNOWN, "ward", WARNING, DAO_MY),
    ]
    assert said("2022-2023", f"{DAO_MY}, {LANG_GIANG}, {BAC_GIANG}", None, None, place="origin") == [
        (UNKNOWN, "province", WARNING, BAC_GIANG)
    ]


def test_the_words_for_cells_in_another_order_say_what_each_should_hold() -> None:
    message, _ = words("2022-2023", DAO_MY, LANG_GIANG, BAC_GIANG)
    assert message == (
        "Hộ khẩu thường trú Tỉnh/TP ghi Xã Đào Mỹ, có vẻ nhầm ô. "
        "Hãy ghi Tỉnh/TP “Tỉnh Bắc Giang”, Quận/Huyện “Huyện Lạng Giang”, Phường/Xã “Xã Đào Mỹ”."
    )
    message, district, _ = words("2022-2023", f"Thôn 3, {DAO_MY}, {LANG_GIANG}, {BAC_GIANG}", None, None)
    assert "là cả địa chỉ trong một ô" in message
    assert message.endswith("Phường/Xã “Xã Đào Mỹ”, Thôn/Số nhà “Thôn 3”.")
    assert district.endswith("Có phải “Huyện Lạng Giang”?")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Xã Tiên Lục", None, "Tỉnh Bắc Ninh"), [(UNKNOWN, "province", ERROR, "Tỉnh Bắc Ninh"), (UNKNOWN, "ward", ERROR, "Xã Tiên Lục")]),
        (("Xã Tiên Lục, Tỉnh Bắc Ninh", None, None), [(UNKNOWN, "province", ERROR, "Tỉnh Bắc Ninh"), (BLANK, "ward", ERROR, "Xã Tiên Lục")]),
        ((None, "Tỉnh Bắc Ninh", "Xã Tiên Lục"), [(BLANK, "province", ERROR, "Tỉnh Bắc Ninh"), (UNKNOWN, "district", ERROR, None)]),
    ],
)  # fmt: skip
def test_parts_in_each_others_cells_in_a_year_of_two_levels(names: Names, expected: list[Said]) -> None:
    assert said("2025-2026", *names) == expected


def test_a_single_name_in_another_cell_is_not_enough_to_tell() -> None:
    assert said("2022-2023", None, None, BAC_GIANG) == [
        (BLANK, "province", ERROR, None),
        (BLANK, "district", ERROR, None),
    ]
    assert said("2022-2023", None, LANG_GIANG, BAC_GIANG) == [
        (BLANK, "province", ERROR, BAC_GIANG),
        (UNKNOWN, "ward", ERROR, None),
    ]
