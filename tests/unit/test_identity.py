"""Personal numbers in a profile (RULEBOOK 4)."""

from __future__ import annotations

import pytest

from shared.layout import PROFILE
from shared.problems import Code, Severity
from shared.repair import repairs
from tests.tables import Cells, class_of, codes, findings, good_profile

BOY_2005 = "031205000123"


def test_a_faultless_profile_draws_nothing() -> None:
    assert findings(PROFILE, good_profile()) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"national_id": None}, [Code.ID_MISSING]),
        ({"national_id": None, "id_card": BOY_2005}, [Code.ID_TWO_FIELDS]),
        ({"national_id": None, "id_card": "031234567"}, []),
        ({"id_card": BOY_2005}, []),
        ({"id_card": "031205000124"}, [Code.ID_TWO_FIELDS]),
        ({"id_card": "031234567"}, []),
        ({"national_id": "03120500012"}, [Code.ID_LENGTH]),
        ({"national_id": "0312050001234"}, [Code.ID_LENGTH]),
        ({"national_id": "12345678"}, [Code.ID_LENGTH]),
        ({"national_id": "ABC"}, [Code.ID_LENGTH]),
        ({"national_id": "3.1205E+10"}, [Code.ID_SCI]),
        ({"national_id": "3,12E+11"}, [Code.ID_SCI]),
        ({"national_id": 31205000000.0}, [Code.ID_SCI]),
        ({"national_id": "031305000123"}, [Code.ID_SEX]),
        ({"national_id": "031005000123"}, [Code.ID_CENTURY]),
        ({"national_id": "031204000123"}, [Code.ID_YEAR]),
        ({"national_id": "999205000123"}, [Code.ID_PREFIX]),
        ({"national_id": "001205000123"}, []),  # born in another province than that of residence: never compared
        ({"nationality": "Lào"}, [Code.ID_FOREIGN]),
        ({"nationality": "Lào", "passport": "P12345", "national_id": None}, []),
        ({"nationality": "Lào", "national_id": None}, [Code.ID_MISSING]),
        ({"passport": "B1234567"}, []),
        ({"passport": "B1234567", "national_id": None}, [Code.ID_MISSING, Code.ID_FOREIGN]),
    ],
)
def test_numbers(changes: Cells, expected: list[Code]) -> None:
    assert codes(PROFILE, good_profile(**changes)) == expected


@pytest.mark.parametrize(
    ("number", "severity"),
    [("031305000123", Severity.WARNING), ("031005000123", Severity.ERROR), ("031204000123", Severity.WARNING)],
)
def test_how_grave_a_contradiction_is(number: str, severity: Severity) -> None:
    (found,) = findings(PROFILE, good_profile(national_id=number))
    assert (found.severity, found.column, found.cell) == (severity, "profile.national_id", "E3")


def test_a_card_number_is_held_to_the_profile_when_it_stands_alone() -> None:
    (found,) = findings(PROFILE, good_profile(national_id=None, id_card="031305000123"))
    assert (found.code, found.column) == (Code.ID_SEX, "profile.id_card")


def test_a_girl_has_an_odd_digit() -> None:
    assert findings(PROFILE, good_profile(sex="Nữ", national_id="031305000123")) == ()


def test_the_same_number_on_two_students_is_an_error_at_both() -> None:
    found = findings(PROFILE, good_profile(), good_profile(full_name="Trần Văn Bình", birth_date="13/07/2005"))
    assert [(f.code, f.severity, f.student_code) for f in found] == [
        (Code.ID_DUP_FILE, Severity.ERROR, "HS01"),
        (Code.ID_DUP_FILE, Severity.ERROR, "HS02"),
    ]
    assert "Trần Văn Bình (dòng 4)" in found[0].message
    assert "Nguyễn Văn An (dòng 3)" in found[1].message


def test_a_number_in_another_column_of_another_student_is_the_same_number() -> None:
    other = good_profile(full_name="Trần Văn Bình", national_id=None, id_card=BOY_2005)
    assert codes(PROFILE, good_profile(), other) == [Code.ID_DUP_FILE, Code.ID_TWO_FIELDS, Code.ID_DUP_FILE]


def test_the_same_name_and_birth_date_is_a_warning_at_both() -> None:
    found = findings(PROFILE, good_profile(), good_profile(full_name="NGUYỄN VĂN AN", national_id="031205000124"))
    assert [(f.code, f.severity) for f in found] == [(Code.DUP_STUDENT, Severity.WARNING)] * 2


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        (
            {"national_id": None, "id_card": BOY_2005},
            "profile.national_id",
            "Số định danh cá nhân còn trống trong khi Số CMND/CCCD là 031205000123",
        ),
        (
            {"id_card_date": "01/02/2022"},
            "profile.id_card",
            "Số CMND/CCCD còn trống trong khi Số định danh cá nhân là 031205000123",
        ),
        ({"id_card_place": "Cục CSQLHC về TTXH"}, "profile.id_card", "Hãy chép 031205000123 vào ô"),
    ],
)
def test_a_number_that_stands_in_one_field_only_is_offered_for_the_other(
    changes: Cells, column: str, words: str
) -> None:
    (found,) = findings(PROFILE, good_profile(**changes))
    assert (found.code, found.severity, found.column) == (Code.ID_TWO_FIELDS, Severity.INFO, column)
    assert (found.value, found.suggestion) == (None, BOY_2005)
    assert words in found.message


@pytest.mark.parametrize(
    "changes",
    [
        {},  # no sign of a card
        {"national_id": None, "id_card": "031234567"},  # nine digits are another number
        {"national_id": "abc", "id_card": BOY_2005},  # not blank
        {"national_id": "031234567", "id_card_date": "01/02/2022"},
        {"national_id": None, "id_card": "031305000123"},  # a girl's: it is asked about first
        {"national_id": None, "id_card": "031205"},
    ],
)
def test_nothing_else_is_copied(changes: Cells) -> None:
    assert Code.ID_TWO_FIELDS not in codes(PROFILE, good_profile(**changes))


def test_eight_digits_are_only_asked_about() -> None:
    (found,) = findings(PROFILE, good_profile(national_id=None, id_card="31234567"))[:1]
    assert (found.code, found.suggestion) == (Code.ID_LENGTH, "031234567")
    assert "Nếu là CMND mất số 0 ở đầu thì số đúng là 031234567." in found.message
    assert repairs(class_of({PROFILE: [good_profile(national_id=None, id_card="31234567")]})) == ()
    (found,) = findings(PROFILE, good_profile(national_id="3123456"))
    assert (found.suggestion, "CMND mất" in found.message) == (None, False)
