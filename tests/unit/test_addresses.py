"""Addresses of a profile by school year: what is found in which cell, how grave it is, what is suggested."""

from __future__ import annotations

import pytest

from shared.check import check
from shared.layout import FIRST_ROW, PROFILE, sheet_layout
from shared.problems import Code, Finding, Severity
from shared.programmes import THPT
from shared.records import ClassData, ClassInfo, ClassKey, Row, Sheet
from tests.tables import good_profile

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
BLANK, UNKNOWN, OTHER_YEAR = Code.ADDR_INCOMPLETE, Code.ADDR_NOT_IN_CATALOGUE, Code.ADDR_NEW_2025
Names = tuple[str | None, str | None, str | None]
Said = tuple[Code, str, Severity, str | None]  # code, level, severity, suggestion

BAC_GIANG, LANG_GIANG, DAO_MY = "Tỉnh Bắc Giang", "Huyện Lạng Giang", "Xã Đào Mỹ"
HAI_PHONG, HONG_BANG = "Thành phố Hải Phòng", "Quận Hồng Bàng"
HO_CHI_MINH = "Thành phố Hồ Chí Minh"
HA_NOI, BA_DINH = "Thành phố Hà Nội", "Quận Ba Đình"


def found(school_year: str, names: Names, place: str = "residence") -> list[Finding]:
    """What the checks say of the addresses of one student whose other cells are faultless."""
    layout = sheet_layout(THPT, school_year, PROFILE)
    cells = good_profile(
        **{f"{place}__{level}": name for level, name in zip(("province", "district", "ward"), names, strict=True)}
    )
    if place != "residence":
        cells = {key: value for key, value in cells.items() if not key.startswith("residence")}
    sheet = Sheet(layout, (Row("HS01", FIRST_ROW, cells),), layout.index)
    info = ClassInfo(ClassKey("HP01", school_year, "12A1"), "THPT Lê Quý Đôn", THPT, stage=1)
    findings = check(ClassData(info, ("HS01",), {PROFILE: sheet}, {}))
    return [f for f in findings if f.code.startswith("ADDR") and f.column and f.column.startswith(f"profile.{place}")]


def said(school_year: str, *names: str | None, place: str = "residence") -> list[Said]:
    province, district, ward = names
    findings = found(school_year, (province, district, ward), place)
    return [(f.code, (f.column or "").rpartition(".")[2], f.severity, f.suggestion) for f in findings]


def words(school_year: str, *names: str | None) -> list[str]:
    province, district, ward = names
    return [f.message for f in found(school_year, (province, district, ward))]


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


# -- two levels


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


# -- cells filled in another order


IN_PLACE = (BAC_GIANG, LANG_GIANG, DAO_MY)


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
