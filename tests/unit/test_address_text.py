"""A whole address in one text: both orders, every separator, old and new units; nothing is guessed."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.catalogues.address_text import parse_address
from shared.catalogues.units import Address, lines_of, table, within
from shared.catalogues.years import Edition

DAO_MY = Address("Tỉnh Bắc Giang", "Huyện Lạng Giang", "Xã Đào Mỹ")
MAY_TO = Address("Thành phố Hải Phòng", "Quận Ngô Quyền", "Phường Máy Tơ")


@pytest.mark.parametrize("school_year", ["2022-2023", "2024-2025", "2025-2026"])
@pytest.mark.parametrize(
    "text",
    [
        "Xã Đào Mỹ, Huyện Lạng Giang, Tỉnh Bắc Giang",
        "Tỉnh Bắc Giang, Huyện Lạng Giang, Xã Đào Mỹ",
        "xã đào mỹ - huyện lạng giang - tỉnh bắc giang",
        "Đào Mỹ-Lạng Giang-Bắc Giang",
        "X. Đào Mỹ; H.Lạng Giang; T. Bắc Giang",
        "Đào Mỹ,Lạng Giang,Bắc Giang.".rstrip("."),
        "Bắc Giang – Lạng Giang – Đào Mỹ",
        "Đào Mỹ\nLạng Giang\nBắc Giang",
        "Đào Mỹ | Lạng Giang | Bắc Giang",
        "Xã Đào Mỹ, Huyện Lạng Giang, Tỉnh Bắc Giang, Việt Nam",
        "Việt Nam, Tỉnh Bắc Giang, Huyện Lạng Giang, Xã Đào Mỹ",
        " , Xã Đào Mỹ,, Huyện Lạng Giang, Tỉnh Bắc Giang, ",
    ],
)
def test_both_orders_and_every_separator(school_year: str, text: str) -> None:
    assert parse_address(text, school_year) == DAO_MY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hà Nội", Address("Thành phố Hà Nội")),
        ("TP. Hà Nội", Address("Thành phố Hà Nội")),
        ("Bà Rịa - Vũng Tàu", Address("Tỉnh Bà Rịa - Vũng Tàu")),
        ("Phường 1, TP Vũng Tàu, Bà Rịa - Vũng Tàu", Address("Tỉnh Bà Rịa - Vũng Tàu", "Thành phố Vũng Tàu", "Phường 1")),
        ("Bà Rịa - Vũng Tàu, TP Vũng Tàu, P.01", Address("Tỉnh Bà Rịa - Vũng Tàu", "Thành phố Vũng Tàu", "Phường 1")),
        ("Phan Rang-Tháp Chàm, Ninh Thuận", Address("Tỉnh Ninh Thuận", "Thành phố Phan Rang-Tháp Chàm")),
        ("Lạng Giang, Bắc Giang", Address("Tỉnh Bắc Giang", "Huyện Lạng Giang")),
        ("Xã Đào Mỹ, Bắc Giang", Address("Tỉnh Bắc Giang", None, "Xã Đào Mỹ")),
        ("TP.HCM, Quận 01, P. Bến Nghé", Address("Thành phố Hồ Chí Minh", "Quận 1", "Phường Bến Nghé")),
        ("Huyện Bạch Long Vĩ, Hải Phòng", Address("Thành phố Hải Phòng", "Huyện Bạch Long Vĩ")),
        ("Phường Hưng Trí, Kỳ Anh, Hà Tĩnh", Address("Tỉnh Hà Tĩnh", "Thị xã Kỳ Anh", "Phường Hưng Trí")),
        ("Phường Đúc, TP Huế, Thừa Thiên - Huế", Address("Tỉnh Thừa Thiên Huế", "Thành phố Huế", "Phường Phường Đúc")),
        # of another time
        ("Phường Minh Đức, TP Thủy Nguyên, Hải Phòng", Address("Thành phố Hải Phòng", "Thành phố Thủy Nguyên", "Phường Minh Đức")),
        ("Phường Thủy Nguyên, Hải Phòng", Address("Thành phố Hải Phòng", None, "Phường Thủy Nguyên")),
    ],
)  # fmt: skip
def test_what_a_text_means_in_a_year_of_three_levels(text: str, expected: Address) -> None:
    assert parse_address(text, "2022-2023") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Tiên Lục, Tỉnh Bắc Ninh", Address("Tỉnh Bắc Ninh", None, "Xã Tiên Lục")),
        ("Bắc Ninh - Tiên Lục", Address("Tỉnh Bắc Ninh", None, "Xã Tiên Lục")),
        ("Phường Kép, Thành phố Bắc Ninh", Address("Tỉnh Bắc Ninh", None, "Xã Kép")),
        ("Văn Miếu - Quốc Tử Giám - Hà Nội", Address("Thành phố Hà Nội", None, "Phường Văn Miếu - Quốc Tử Giám")),
        ("Hà Nội - Văn Miếu-Quốc Tử Giám", Address("Thành phố Hà Nội", None, "Phường Văn Miếu - Quốc Tử Giám")),
        ("Thôn Đông, Lạng Giang, Bắc Ninh", Address("Tỉnh Bắc Ninh", None, "Xã Lạng Giang", "Thôn Đông")),
        # the whole text says more than its end: Ba Đình is a ward now, but here the district
        ("Phúc Xá, Ba Đình, Hà Nội", Address("Thành phố Hà Nội", "Quận Ba Đình", "Phường Phúc Xá")),
        ("P. Phúc Xá, Q. Ba Đình, Hà Nội", Address("Thành phố Hà Nội", "Quận Ba Đình", "Phường Phúc Xá")),
        ("Ba Đình, Hà Nội", Address("Thành phố Hà Nội", None, "Phường Ba Đình")),
        ("Bắc Giang", Address("Tỉnh Bắc Giang")),
    ],
)
def test_what_a_text_means_in_a_year_of_two_levels(text: str, expected: Address) -> None:
    assert parse_address(text, "2025-2026") == expected


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Số 5-7, Lê Lợi, Phường Máy Tơ, Quận Ngô Quyền, TP Hải Phòng", "Số 5-7, Lê Lợi"),
        ("TP Hải Phòng, Quận Ngô Quyền, Phường Máy Tơ, Lê Lợi, Số 5", "Lê Lợi, Số 5"),
        ("12 Lê Lợi, Máy Tơ, Ngô Quyền, Hải Phòng", "12 Lê Lợi"),
        ("Khu tập thể - Phường Máy Tơ - Quận Ngô Quyền - Hải Phòng", "Khu tập thể"),
    ],
)
def test_what_stands_before_the_ward_is_the_street(text: str, street: str) -> None:
    expected = Address(*MAY_TO.names, street)
    assert parse_address(text, "2022-2023") == expected
    assert parse_address(text, "2025-2026") == expected


def test_a_street_after_a_ward_without_its_district() -> None:
    assert parse_address("Lê Lợi, Phường Máy Tơ, Hải Phòng", "2022-2023") == Address(
        "Thành phố Hải Phòng", None, "Phường Máy Tơ", "Lê Lợi"
    )
    assert parse_address("Số 5, Máy Tơ, Hải Phòng", "2022-2023") == Address(
        "Thành phố Hải Phòng", None, "Phường Máy Tơ", "Số 5"
    )
    assert parse_address("Lê Lợi, Máy Tơ, Hải Phòng", "2022-2023") is None  # may be a ward that is misspelt


@pytest.mark.parametrize("school_year", ["2022-2023", "2025-2026"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ; - ",
        "Việt Nam",
        "Lạng Giang",  # no province
        "Xã Dao My, Huyen Lang Giang, Tinh Bac Giang",  # no accents
        "Xã Đào Mĩ, Huyện Lạng Giang, Tỉnh Bắc Giang",  # misspelt
        "Xã Đào Mỹ, Huyện Không Có, Tỉnh Bắc Giang",
        "Phường Không Có, Phường Máy Tơ, Quận Ngô Quyền, Hải Phòng",  # a ward is no street
        "Phường Đào Mỹ, Huyện Lạng Giang, Tỉnh Bắc Giang",  # never a ward of that type
        "Xóm 3, Lạng Giang, Bắc Giang",  # a street without a ward
        "Huyện Lạng Giang, Xã Đào Mỹ, Tỉnh Bắc Giang",  # neither order
    ],
)
def test_what_is_not_understood_is_left_alone(school_year: str, text: str) -> None:
    assert parse_address(text, school_year) is None


def test_a_name_of_two_districts_is_left_alone() -> None:
    assert parse_address("Kỳ Anh, Hà Tĩnh", "2022-2023") is None


PLACES = [
    (province, district, ward)
    for province in table(Edition.MID_2023)
    for district, wards in lines_of(Edition.MID_2023, province)
    for ward in wards
]
SAMPLE = Random(1).sample(PLACES, 300)  # noqa: S311 (addresses, not secrets)


@given(st.sampled_from(SAMPLE), st.booleans(), st.sampled_from([", ", " - ", ";", ","]))
def test_every_address_of_the_list_is_read_back_from_its_full_names(
    place: tuple[str, str, str],
    small_first: bool,  # noqa: FBT001
    sign: str,
) -> None:
    text = sign.join(place[::-1] if small_first else place)
    assert parse_address(text, "2022-2023") == Address(*place)


@given(st.sampled_from(sorted(table(Edition.JULY_2025))), st.data())
def test_every_address_of_two_levels_is_read_back_from_its_full_names(province: str, data: st.DataObject) -> None:
    ward = data.draw(st.sampled_from(within(Edition.JULY_2025, province).names))
    assert parse_address(f"{ward}, {province}", "2025-2026") == Address(province, None, ward)
