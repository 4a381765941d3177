"""The lists of administrative units, and what became of each unit on 1 July 2025."""

from __future__ import annotations

from collections import Counter

import pytest

from shared.catalogues.conversion import new_province, new_wards, old_provinces, old_wards
from shared.catalogues.units import Address, bare, has, is_typed, lines_of, provinces, spelled, table, within
from shared.catalogues.years import Edition, editions_of, two_levels

MID_2023, JANUARY_2025, JULY_2025 = Edition
THREE_LEVELS = (MID_2023, JANUARY_2025)
DAO_MY = Address("Tỉnh Bắc Giang", "Huyện Lạng Giang", "Xã Đào Mỹ")


@pytest.mark.parametrize(
    ("school_year", "editions"),
    [
        ("2018-2019", (MID_2023,)),
        ("2022-2023", (MID_2023,)),
        ("2023-2024", (MID_2023, JANUARY_2025)),
        ("2024-2025", (MID_2023, JANUARY_2025)),
        ("2025-2026", (JULY_2025,)),
        ("2030-2031", (JULY_2025,)),
    ],
)
def test_which_lists_a_school_year_goes_by(school_year: str, editions: tuple[Edition, ...]) -> None:
    assert editions_of(school_year) == editions
    assert two_levels(school_year) == (editions == (JULY_2025,))


@pytest.mark.parametrize(("edition", "size"), [(MID_2023, (63, 705, 10_599)), (JANUARY_2025, (63, 696, 10_035))])
def test_the_size_of_the_lists_of_three_levels(edition: Edition, size: tuple[int, int, int]) -> None:
    lines = [line for province in table(edition) for line in lines_of(edition, province)]
    assert (len(table(edition)), len(lines), sum(len(wards) for _, wards in lines)) == size
    assert sum(not wards for _, wards in lines) == 5


def test_the_size_of_the_list_of_two_levels() -> None:
    assert len(table(JULY_2025)) == 34
    assert sum(len(within(JULY_2025, province).names) for province in table(JULY_2025)) == 3_321


@pytest.mark.parametrize("edition", Edition)
def test_no_two_units_of_one_place_are_spelled_alike(edition: Edition) -> None:
    assert len(provinces(edition).whole) == len(provinces(edition).names) + (3 if edition is JULY_2025 else 0)
    for province in table(edition):
        inside = within(edition, province)
        assert len({spelled(name) for name in inside.names}) == len(inside.names)
        if edition is not JULY_2025:
            for district in inside.names:
                wards = within(edition, province, district).names
                assert len({spelled(name) for name in wards}) == len(wards)


@pytest.mark.parametrize("edition", Edition)
def test_every_name_is_tidy_and_has_its_type(edition: Edition) -> None:
    names = {name for province in table(edition) for name in (province, *within(edition, province).names)}
    if edition is not JULY_2025:
        names |= {ward for province in table(edition) for _, wards in lines_of(edition, province) for ward in wards}
    assert [name for name in names if name != " ".join(name.split()) or not is_typed(name) or "’" in name] == []


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("TP. Hà Nội", "Thành phố Hà Nội"),
        ("tp Hà Nội", "Thành phố Hà Nội"),
        ("T.P Hà Nội", "Thành phố Hà Nội"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("HCM", "Thành phố Hồ Chí Minh"),
        ("T.Phú Thọ", "Tỉnh Phú Thọ"),
        ("Q1", "Quận 1"),
        ("Q.01", "Quận 1"),
        ("H Lạng Giang", "Huyện Lạng Giang"),
        ("TX Kỳ Anh", "Thị xã Kỳ Anh"),
        ("T.T. Núi Đèo", "Thị trấn Núi Đèo"),
        ("X.Đào Mỹ", "Xã Đào Mỹ"),
        ("P12", "Phường 12"),
        ("ĐK Côn Đảo", "Đặc khu Côn Đảo"),
    ],
)
def test_types_written_short(short: str, whole: str) -> None:
    assert spelled(short) == spelled(whole)


@pytest.mark.parametrize("name", ["Phú Thọ", "Thái Bình", "Quảng Trị", "Hà Nội", "Xuân Lộc", "Tân An", "Pleiku"])
def test_the_first_letter_of_a_name_is_no_type(name: str) -> None:
    assert spelled(name) == bare(name)
    assert not is_typed(name)


def test_a_type_alone_is_a_name() -> None:
    assert bare("Xã") == spelled("Xã")
    assert bare("Thị xã Xã") == spelled("Xã")


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Huyện Kỳ Anh", ("Huyện Kỳ Anh",)),
        ("Kỳ Anh", ("Thị xã Kỳ Anh", "Huyện Kỳ Anh")),
        ("Quận Kỳ Anh", ("Thị xã Kỳ Anh", "Huyện Kỳ Anh")),  # a wrong type of the right level leaves both
        ("Xã Kỳ Anh", ()),
        ("Tỉnh Kỳ Anh", ()),
        ("Kỳ Ánh", ()),
        ("Đức Thọ", ("Huyện Đức Thọ",)),
    ],
)
def test_the_units_that_a_name_may_mean(name: str, units: tuple[str, ...]) -> None:
    assert within(MID_2023, "Tỉnh Hà Tĩnh").named(name) == units


def test_a_name_that_begins_like_a_type() -> None:
    wards = within(MID_2023, "Tỉnh Thừa Thiên Huế", "Thành phố Huế")
    assert wards.named("Phường Đúc") == ("Phường Phường Đúc",)
    assert wards.named("Phường Phường Đúc") == ("Phường Phường Đúc",)
    assert not wards.knows("Phường Đúc")


def test_a_later_name_is_as_good_as_that_of_july() -> None:
    assert provinces(JULY_2025).named("Thành phố Bắc Ninh") == ("Tỉnh Bắc Ninh",)
    assert provinces(JULY_2025).knows("Thành phố Bắc Ninh")
    assert provinces(JULY_2025).knows("Tỉnh Bắc Ninh")
    assert not provinces(JULY_2025).knows("Bắc Ninh")
    assert within(JULY_2025, "Tỉnh Bắc Ninh").knows("Phường Kép")
    assert within(JULY_2025, "Tỉnh Bắc Ninh").named("Phường Kép") == ("Xã Kép",)


@pytest.mark.parametrize(
    ("edition", "names", "stands"),
    [
        (MID_2023, DAO_MY.names, True),
        (JANUARY_2025, DAO_MY.names, True),
        (JULY_2025, DAO_MY.names, False),
        (MID_2023, ("Tỉnh Bắc Giang", "Huyện Lạng Giang", "Đào Mỹ"), False),
        (MID_2023, ("Tỉnh Bắc Giang", "Huyện Lạng Giang", None), False),
        (MID_2023, ("Tỉnh Bắc Giang", None, "Xã Đào Mỹ"), False),
        (MID_2023, ("Tỉnh Bắc Giang", "Huyện Yên Thế", "Xã Đào Mỹ"), False),
        (MID_2023, ("Tỉnh Bắc Giang", "Lạng Giang", "Xã Đào Mỹ"), False),
        (MID_2023, (None, "Huyện Lạng Giang", "Xã Đào Mỹ"), False),
        (MID_2023, ("Thành phố Hà Nội", "Quận Ba Đình", "Phường Phúc Xá"), True),
        (MID_2023, ("Thành phố Hà Nội", "Quận Ba Đình", "Phường Phúc Xá,Phường Trúc Bạch"), False),
        (JULY_2025, ("Tỉnh Bắc Ninh", None, "Xã Tiên Lục"), True),
        (JULY_2025, ("Tỉnh Bắc Ninh", None, "Phường Kép"), True),
        (JULY_2025, ("Tỉnh Bắc Ninh", None, "Xã Kép"), True),
        (JULY_2025, ("Tỉnh Bắc Ninh", "Huyện Lạng Giang", "Xã Tiên Lục"), False),
        (JULY_2025, ("Tỉnh Bắc Ninh", None, None), False),
    ],
)
def test_an_address_that_stands_in_a_list_letter_by_letter(
    edition: Edition,
    names: tuple[str | None, str | None, str | None],
    stands: bool,  # noqa: FBT001
) -> None:
    assert has(edition, *names) is stands


# -- the ward map


def test_every_province_went_whole_into_one_of_the_34() -> None:
    for edition in THREE_LEVELS:
        homes = Counter(new_province(province) for province in table(edition))
        assert homes.keys() == set(table(JULY_2025))
    assert new_province("Tỉnh Bắc Giang") == "Tỉnh Bắc Ninh"
    assert new_province("Tỉnh Hoà Bình") == new_province("Tỉnh Hòa Bình") == "Tỉnh Phú Thọ"
    assert new_province("Tỉnh Thừa Thiên Huế") == new_province("Thành phố Huế") == "Thành phố Huế"
    assert new_province("Tỉnh Không Có") is None
    assert old_provinces("Tỉnh Bắc Ninh", MID_2023) == ("Tỉnh Bắc Giang", "Tỉnh Bắc Ninh")
    assert old_provinces("Thành phố Huế", MID_2023) == ("Tỉnh Thừa Thiên Huế",)
    assert old_provinces("Tỉnh Bắc Giang", MID_2023) == ()


@pytest.mark.parametrize(
    ("old", "news"),
    [
        (DAO_MY, [("Tỉnh Bắc Ninh", "Xã Tiên Lục")]),
        (
            Address("Thành phố Hà Nội", "Quận Ba Đình", "Phường Ngọc Hà"),
            [("Thành phố Hà Nội", "Phường Ba Đình"), ("Thành phố Hà Nội", "Phường Ngọc Hà")],  # the likelier first
        ),
        (Address("Thành phố Hải Phòng", "Huyện Bạch Long Vĩ"), [("Thành phố Hải Phòng", "Đặc khu Bạch Long Vĩ")]),
        (Address("Tỉnh Bà Rịa - Vũng Tàu", "Huyện Côn Đảo"), [("Thành phố Hồ Chí Minh", "Đặc khu Côn Đảo")]),
        (Address("Tỉnh Bắc Giang", "Huyện Lạng Giang"), []),  # a district alone became nothing
        (Address("Thành phố Hải Phòng", "Huyện Thuỷ Nguyên", "Xã Thuỷ Đường"), [("Thành phố Hải Phòng", "Phường Thủy Nguyên")]),
        (Address("Tỉnh Thừa Thiên Huế", "Thành phố Huế", "Phường Phú Hội"), [("Thành phố Huế", "Phường Thuận Hóa")]),
        (Address("Thành phố Huế", "Quận Thuận Hóa", "Phường Phú Hội"), [("Thành phố Huế", "Phường Thuận Hóa")]),
        (Address("Thành phố Hải Phòng", "Huyện Thuỷ Nguyên", "Xã Lại Xuân"), []),  # merged before 2025: the map does not tell
        (Address("Tỉnh Không Có", "Huyện Lạng Giang", "Xã Đào Mỹ"), []),
    ],
)  # fmt: skip
def test_what_became_of_an_address(old: Address, news: list[tuple[str, str]]) -> None:
    assert [(new.province, new.ward) for new in new_wards(old)] == news


def test_most_addresses_of_2023_are_in_the_map_and_all_of_january_2025() -> None:
    known: Counter[tuple[Edition, bool]] = Counter()
    for edition in THREE_LEVELS:
        for province in table(edition):
            for district, wards in lines_of(edition, province):
                known.update((edition, bool(new_wards(Address(province, district, ward)))) for ward in wards or (None,))
    assert known[JANUARY_2025, False] == 0
    assert known[JANUARY_2025, True] == 10_040
    assert known[MID_2023, True] > 9_600


@pytest.mark.parametrize(
    ("ward", "editions", "olds"),
    [
        (("Tỉnh Tuyên Quang", "Xã Ngọc Long"), (MID_2023,), [("Tỉnh Hà Giang", "Huyện Yên Minh", "Xã Ngọc Long")]),
        (("Thành phố Hải Phòng", "Đặc khu Bạch Long Vĩ"), (MID_2023,), [("Thành phố Hải Phòng", "Huyện Bạch Long Vĩ", None)]),
        (("Thành phố Huế", "Phường Thủy Xuân"), (JANUARY_2025,), [
            ("Thành phố Huế", "Quận Thuận Hóa", "Phường Thủy Biều"),
            ("Thành phố Huế", "Quận Thuận Hóa", "Phường Thủy Bằng"),
            ("Thành phố Huế", "Quận Thuận Hóa", "Phường Thủy Xuân"),
        ]),
        (("Tỉnh Bắc Ninh", "Xã Không Có"), (MID_2023,), []),
    ],
)  # fmt: skip
def test_what_a_ward_was_before(
    ward: tuple[str, str], editions: tuple[Edition, ...], olds: list[tuple[str, str, str | None]]
) -> None:
    assert sorted(old.names for old in old_wards(*ward, editions) if old) == sorted(olds)


def test_a_ward_is_named_as_the_first_list_has_it() -> None:
    names = [
        [old.names if old else None for old in old_wards("Thành phố Hải Phòng", "Phường Thủy Nguyên", editions)]
        for editions in ((MID_2023,), (JANUARY_2025,), THREE_LEVELS)
    ]
    assert ("Thành phố Hải Phòng", "Huyện Thuỷ Nguyên", "Xã Thuỷ Đường") in names[0]
    assert None in names[0]
    assert ("Thành phố Hải Phòng", "Thành phố Thủy Nguyên", "Phường Thủy Đường") in names[1]
    assert None not in names[1]
    assert [name or other for name, other in zip(names[0], names[1], strict=True)] == names[2]


def test_both_ways_of_the_map_agree() -> None:
    for province in ("Tỉnh Bắc Ninh", "Thành phố Hải Phòng", "Thành phố Huế"):
        for ward in within(JULY_2025, province).names:
            olds = old_wards(province, ward, (JANUARY_2025,))
            assert olds
            assert all(old and Address(province, None, ward) in new_wards(old) for old in olds)
