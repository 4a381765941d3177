"""Catalogues of names: every spelling of a group, language or nationality is read as itself, no other name is."""

from __future__ import annotations

import json

import pytest

from shared.catalogues import ETHNIC_NAMES, LANGUAGE_ALIASES, PROVINCE_PREFIXES
from shared.catalogues.units import provinces
from shared.catalogues.years import Edition
from shared.cells import from_cell
from shared.layout import PROFILE
from shared.problems import Code, Severity
from shared.progress import is_foreign
from shared.spelling import joined
from tests.tables import codes, findings, good_profile, good_result, layout
from tools.build_catalogues import ROOT

INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR
Said = tuple[Code, Severity, str | None]

ETHNIC = layout(PROFILE).by_key["ethnic_group"]
LANGUAGE = layout("12").by_key["foreign_language.language"]
GROUPS = {row["name"]: row for row in json.loads((ROOT / "data/ethnic_groups.json").read_text("utf-8"))["rows"]}
SPELLINGS = [(word, name) for name, words in ETHNIC_NAMES.items() for word in (name, *words)]


def said(key: str = PROFILE, **changes: str | None) -> list[Said]:
    cells = good_profile(**changes) if key == PROFILE else good_result(**changes)
    return [(f.code, f.severity, f.suggestion) for f in findings(key, cells) if not f.code.startswith("SC_BLANK")]


# -- ethnic groups


def test_there_are_54_groups_and_two_that_are_none() -> None:
    assert len(ETHNIC_NAMES) == 56
    assert list(ETHNIC_NAMES)[54:] == ["Người nước ngoài", "Không rõ"]


def test_no_spelling_belongs_to_two_groups() -> None:
    owners: dict[str, set[str]] = {}
    for word, name in SPELLINGS:
        owners.setdefault(joined(word), set()).add(name)
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(("word", "name"), SPELLINGS)
def test_every_spelling_is_read_as_its_group(word: str, name: str) -> None:
    assert from_cell(ETHNIC, word) == name
    assert from_cell(ETHNIC, word.upper()) == name
    assert from_cell(ETHNIC, word.lower()) == name
    assert from_cell(ETHNIC, f" {word} ") == name
    assert from_cell(ETHNIC, word.replace("-", " ")) == name
    assert from_cell(ETHNIC, word.replace(" ", "-")) == name
    assert from_cell(ETHNIC, word.replace("'", "’")) == name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("H'MÔNG", "HMông"),
        ("H’mông", "HMông"),
        ("H-Mông", "HMông"),
        ("Mông", "HMông"),
        ("KHƠ-ME", "Khơ-me"),
        ("khơ me", "Khơ-me"),
        ("ê-Đê", "Ê-đê"),
        ("ÊĐÊ", "Ê-đê"),
        ("Ba-na", "Ba na"),
        ("Bana", "Ba na"),
        ("Xơ đăng", "Xơ-Đăng"),
        ("M’nông", "Mnông"),
        ("Bru–Vân Kiều", "Bru-Vân Kiều"),
    ],
)
def test_a_spelling_of_a_group_is_understood_and_noted(word: str, name: str) -> None:
    assert said(ethnic_group=word) == [(Code.ETHNIC_VALUE, INFO, name)]
    assert said(ethnic_group=name) == []


OTHER_NAMES = sorted({other for row in GROUPS.values() for other in row["other_names_qd121"]})


@pytest.mark.parametrize(
    "other", [name for name in OTHER_NAMES if joined(name) not in {joined(w) for w, _ in SPELLINGS}]
)
def test_another_name_of_a_group_is_never_taken_for_it(other: str) -> None:
    assert from_cell(ETHNIC, other) not in ETHNIC_NAMES


@pytest.mark.parametrize("name", ["Thổ", "Hoa"])
def test_a_group_whose_name_is_another_name_elsewhere_is_itself(name: str) -> None:
    assert any(name in row["other_names_qd121"] for other, row in GROUPS.items() if other != name)
    assert from_cell(ETHNIC, name) == name


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("Tây", "Tày"),
        ("Tay", "Tày"),
        ("Mương", "Mường"),
        ("Muong", "Mường"),
        ("HMong", "HMông"),
        ("Hmong", "HMông"),
        ("Khome", "Khơ-me"),
        ("Khmeer", "Khơ-me"),
        ("E de", "Ê-đê"),
        ("Nung", "Nùng"),
        ("Kih", None),  # three letters leave no room for a slip
        ("Mán", None),  # another name of the Dao, and not Mảng
        ("Xá", None),
        ("Pháp", None),
    ],
)
def test_an_unknown_group_is_an_error_with_the_nearest_one_suggested(word: str, suggestion: str | None) -> None:
    (found,) = findings(PROFILE, good_profile(ethnic_group=word))
    assert (found.code, found.severity, found.suggestion) == (Code.ETHNIC_VALUE, ERROR, suggestion)
    assert ("Có phải" in found.message) == (suggestion is not None)
    assert said(ethnic_group_on_birth_certificate=word) == [(Code.ETHNIC_VALUE, WARNING, suggestion)]


def test_a_missing_group_is_missing() -> None:
    assert said(ethnic_group=None) == [(Code.PROFILE_MISSING, ERROR, None)]
    assert said(ethnic_group_on_birth_certificate=None) == []


# -- languages


@pytest.mark.parametrize(
    ("word", "name"), [(w, name) for name, words in LANGUAGE_ALIASES.items() for w in (name, *words)]
)
def test_every_way_to_write_a_language(word: str, name: str) -> None:
    assert from_cell(LANGUAGE, word) == name
    assert from_cell(LANGUAGE, word.upper()) == name
    assert from_cell(LANGUAGE, word.lower()) == name


@pytest.mark.parametrize("word", ["Anh", "T.Anh", "T. Anh", "T Anh", "anh văn", "ENGLISH", "Anh ngữ", "tiếng  anh"])
def test_english_is_written_in_many_ways(word: str) -> None:
    assert from_cell(LANGUAGE, word) == "Tiếng Anh"


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("Tieng Anh", "Tiếng Anh"),
        ("Ânh", "Tiếng Anh"),
        ("Tiếng Ânh", "Tiếng Anh"),
        ("Tiếng Nhạt", "Tiếng Nhật"),
        ("Tiếng Lào", None),
        ("Tin học", None),
    ],
)
def test_an_unknown_language_is_an_error_with_the_nearest_one_suggested(word: str, suggestion: str | None) -> None:
    assert said("11", foreign_language__language=word) == [(Code.SC_NN_LANG, ERROR, suggestion)]


# -- statuses


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [("Học nhờ", None), ("Dang hoc", "Đang học"), ("Đang hoc", "Đang học"), ("Bảo lưu kết quả", None)],
)
def test_a_status_outside_the_list_is_a_warning_because_schools_extend_it(word: str, suggestion: str | None) -> None:
    assert said(student_status=word) == [(Code.CATALOGUE_VALUE, WARNING, suggestion)]


def test_a_status_in_another_case_is_understood() -> None:
    assert said(student_status="đang học") == [(Code.CATALOGUE_VALUE, INFO, "Đang học")]


# -- nationality


@pytest.mark.parametrize(
    "word",
    [
        None,
        "Việt Nam",
        "VIỆT NAM",
        "việt nam",
        "Viet Nam",
        "Vietnam",
        "ViệtNam",
        "Việt-Nam",
        "VN",
        "V.N.",
        "vnm",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "CHXHCN Việt Nam",
    ],
)
def test_ways_to_write_viet_nam(word: str | None) -> None:
    assert not is_foreign({"nationality": word} if word else {})
    assert codes(PROFILE, good_profile(nationality=word)) == []


@pytest.mark.parametrize("word", ["Lào", "Hoa Kỳ", "Việt kiều Mỹ", "Nam", "Không quốc tịch"])
def test_other_nationalities_are_foreign(word: str) -> None:
    assert is_foreign({"nationality": word})
    assert codes(PROFILE, good_profile(nationality=word)) == [Code.ID_FOREIGN]


# -- prefixes of identity numbers


def test_the_63_prefixes_are_the_63_provinces_of_before_2025() -> None:
    assert len(PROVINCE_PREFIXES) == 63
    assert set(PROVINCE_PREFIXES.values()) == set(provinces(Edition.MID_2023).names)
    assert all(len(prefix) == 3 and prefix.isdecimal() and prefix.startswith("0") for prefix in PROVINCE_PREFIXES)


@pytest.mark.parametrize(
    ("prefix", "province", "new_name"),
    [
        ("015", "Tỉnh Yên Bái", "Tỉnh Lào Cai"),
        ("024", "Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"),
        ("044", "Tỉnh Quảng Bình", "Tỉnh Quảng Trị"),
        ("052", "Tỉnh Bình Định", "Tỉnh Gia Lai"),
        ("080", "Tỉnh Long An", "Tỉnh Tây Ninh"),
        ("082", "Tỉnh Tiền Giang", "Tỉnh Đồng Tháp"),
        ("091", "Tỉnh Kiên Giang", "Tỉnh An Giang"),
    ],
)
def test_a_code_used_again_in_2025_still_tells_the_province_of_birth(prefix: str, province: str, new_name: str) -> None:
    rows = {
        row["cccd_prefix"]: row for row in json.loads((ROOT / "data/province_codes.json").read_text("utf-8"))["rows"]
    }
    assert rows[prefix]["code_reused_with_other_name_2025"].endswith(new_name.removeprefix("Tỉnh "))
    assert PROVINCE_PREFIXES[prefix] == province


def test_a_prefix_is_one_of_the_63_or_a_warning() -> None:
    prefixes = {f"{number:03}" for number in range(1000)}
    warned = {
        prefix for prefix in prefixes if said(national_id=f"{prefix}205000123") == [(Code.ID_PREFIX, WARNING, None)]
    }
    clean = {prefix for prefix in prefixes if said(national_id=f"{prefix}205000123") == []}
    assert clean == PROVINCE_PREFIXES.keys()
    assert warned == prefixes - clean
