"""Single cells that are offered after asking, and how offers are chosen and carried out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from shared.check import check
from shared.columns import Period
from shared.layout import PROFILE
from shared.offers import chosen, offers, touching, with_offers
from shared.problems import Code, Refused
from shared.records import ClassData, Lock
from tests.tables import Cells, class_of, good_profile, good_result
from tests.unit.test_rule_properties import classes


def found(key: str, *rows: Cells) -> list[tuple[str, str | None, str | None]]:
    return [(o.id, c.before, c.after) for o in offers(class_of({key: rows})) for c in o.cells]


def test_a_clean_class_is_offered_nothing() -> None:
    assert offers(class_of({PROFILE: [good_profile()], "10": [good_result()]})) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # neither 7.3 nor 3.7 fits the year: both are asked for
        (
            {"mathematics__semester_1": dt.date(2023, 3, 7)},
            [("SC_DATE:11:HS01:mathematics.semester_1:7.3", "07/03/2023", "7.3"),
             ("SC_DATE:11:HS01:mathematics.semester_1:3.7", "07/03/2023", "3.7")],
        ),
        # nothing confirms 8.2, nothing speaks against it
        (
            {"mathematics__semester_1": 82.0, "mathematics__year": None},
            [("SC_X10:11:HS01:mathematics.semester_1:8.2", "82", "8.2")],
        ),
        ({"average_score__year": 85.0}, [("SC_X10:11:HS01:average_score.year:8.5", "85", "8.5")]),
        # the year speaks against 7.3: that is no lost point
        ({"mathematics__semester_1": 73.0}, []),
        ({"mathematics__semester_1": dt.date(2023, 2, 28)}, []),
        ({"mathematics__year": 8.0}, [("SC_CN_FORMULA:11:HS01:mathematics.year", "8.0", "8.4")]),
        ({"mathematics__semester_1": "abc"}, []),
    ],
)  # fmt: skip
def test_scores_that_need_an_answer(changes: Cells, expected: list[tuple[str, str, str]]) -> None:
    assert found("11", good_result(**changes)) == expected


def without_points(*students: int) -> list[Cells]:
    """Students each with so many HK1 scores that nothing confirms, typed without their point."""
    rows = []
    for count in students:
        keys = ("mathematics", "literature", "physics")[:count]
        rows.append(
            good_result(**{f"{key}__semester_1": 75.0 for key in keys} | {f"{key}__year": None for key in keys})
        )
    return rows


@pytest.mark.parametrize(("students", "together"), [((1, 1), False), ((1, 2), True), ((3,), True), ((2,), False)])
def test_three_lost_points_in_a_class_are_one_question(students: tuple[int, ...], together: bool) -> None:  # noqa: FBT001
    made = offers(class_of({"11": without_points(*students)}))
    assert [o.id for o in made] == (["SC_X10:11"] if together else [o.id for o in made])
    assert sum(len(o.cells) for o in made) == sum(students)
    assert len(made) == (1 if together else sum(students))
    assert {c.shown for o in made for c in o.cells} == {"7.5"}
    assert {c.before for o in made for c in o.cells} == {"75"}


def test_of_two_readings_only_those_are_offered_that_their_year_bears_out() -> None:
    both = good_result(  # 5.6 with 6.5, or 6.5 with 5.6: each alone is open
        mathematics__semester_1=dt.date(2023, 5, 6), mathematics__semester_2=5.9, mathematics__year=dt.date(2023, 6, 5)
    )
    assert [(name.rpartition(":")[0].rpartition(".")[2], after) for name, _, after in found("11", both)] == [
        ("semester_1", "6.5"),
        ("semester_1", "5.6"),
        ("year", "5.6"),
        ("year", "6.5"),
    ]
    one = good_result(mathematics__semester_1=dt.date(2023, 5, 6), mathematics__semester_2=5.9, mathematics__year=None)
    assert [after for _, _, after in found("11", one)] == ["6.5", "5.6"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id_card": 12345678.0}, ("ID_LENGTH:profile:HS01:id_card", "12345678", "012345678")),
        ({"ethnic_group": "Tây"}, ("ETHNIC_VALUE:profile:HS01:ethnic_group", "Tây", "Tày")),
        (
            {"residence__ward": "Đào Mỹ"},
            ("ADDR_NOT_IN_CATALOGUE:profile:HS01:residence.ward", "Đào Mỹ", "Xã Đào Mỹ"),
        ),
        (
            {"residence__district": None},
            ("ADDR_INCOMPLETE:profile:HS01:residence.district", None, "Huyện Lạng Giang"),
        ),
    ],
)
def test_profiles_that_need_an_answer(changes: Cells, expected: tuple[str, str | None, str]) -> None:
    assert found(PROFILE, good_profile(**changes)) == [expected]


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567a", 1234567.0])
def test_only_eight_digits_are_a_card_without_its_zero(number: Any) -> None:
    assert found(PROFILE, good_profile(id_card=number)) == []


def named(*languages: str | None) -> list[Cells]:
    return [good_result(foreign_language__language=language) for language in languages]


LANGUAGE = "SC_NN_LANG:10:HS01:foreign_language.language"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["Tiếng Anh"], "Tiếng Anh"),
        (["Tiếng Pháp", "Tiếng Anh", "Tiếng Pháp"], "Tiếng Pháp"),
        (["Tiếng Pháp", "Tiếng Anh"], None),
        (["Tiếng Lào", "Tiếng Lào", "Tiếng Anh"], "Tiếng Anh"),
        ([None, None], None),
    ],
)
def test_a_blank_language_is_that_of_most_of_the_column(others: list[str | None], expected: str | None) -> None:
    got = [after for name, before, after in found("10", *named(None, *others)) if name == LANGUAGE and before is None]
    assert got == ([expected] if expected else [])


def test_no_language_is_offered_where_there_are_no_scores_or_another_name() -> None:
    blank = {k: v for k, v in good_result().items() if not k.startswith("foreign_language")}
    assert found("10", *named("Tiếng Anh", "Tiếng Anh", "Tiếng Lào"), blank) == []


NAMES = {"HS01": "Lê An", "HS02": "Trần Bình", "HS03": "Lê Chi"}


def coded(*rows: tuple[str | None, str]) -> ClassData:
    sheet = [{**good_result(full_name=name), "student_code": code} for code, name in rows]
    return class_of({"10": sheet}, names={code: NAMES[code] for code in list(NAMES)[: max(len(rows), 2)]})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("HS01", "Lê An"), (None, "trần  bình")], [("MOET_ID:10:HS02", None, "HS02")]),
        ([("HS01", "Lê An"), ("HS99", "Trần Bình")], [("MOET_ID:10:HS02", "HS99", "HS02")]),
        ([("HS01", "Lê An"), (None, "Trần Dũng")], []),
        ([("HS01", "Lê An"), ("HS02", "Trần Bình"), (None, "Trần Bình")], []),
        ([("HS01", "Lê An"), (None, "Trần Bình"), (None, "Trần Bình")], []),
        ([("HS01", "Lê An"), (None, "")], []),
    ],
)
def test_a_lost_code_is_that_of_the_only_student_who_is_missing_and_has_the_name(
    rows: list[tuple[str | None, str]], expected: list[tuple[str, str | None, str]]
) -> None:
    data = coded(*rows)
    got = [(o.id, c.before, c.after) for o in offers(data) for c in o.cells if o.code is Code.MOET_ID]
    assert got == expected
    for offer in offers(data):
        after = with_offers(data, [offer])
        assert [row.student_code for row in after.sheets["10"].rows][:2] == ["HS01", "HS02"]
        assert Code.MOET_ID not in {f.code for f in check(after)}


def test_two_students_of_one_name_are_not_told_apart() -> None:
    sheet = [
        {**good_result(full_name="Lê An"), "student_code": None},
        {**good_result(full_name="Bùi Chi"), "student_code": "HS03"},
    ]
    data = replace(class_of({"10": sheet}, names={"HS01": "Lê An", "HS02": "Lê An"}), roster=("HS01", "HS02", "HS03"))
    assert offers(data) == ()


def test_a_locked_block_closes_single_cells_too() -> None:
    lock = Lock("11", Period.HK2, "2023-04-01T00:00:00Z", "lan")
    (offer,) = offers(class_of({"11": [good_result(mathematics__year=8.0)]}), [lock])
    assert offer.reason == "Lớp 11 HK II - CN đã khóa; muốn sửa phải mở khóa trước"
    other = replace(lock, period=Period.HK1)
    (offer,) = offers(class_of({"11": [good_result(mathematics__year=8.0)]}), [other])
    assert offer.applicable


TWO = class_of({"11": [good_result(mathematics__semester_1=dt.date(2023, 3, 7), physics__year=9.9)]})
READINGS = "SC_DATE:11:HS01:mathematics.semester_1"


def picked(*names: str) -> list[str]:
    return [offer.id for offer in chosen(offers(TWO), names)]


def test_offers_are_chosen_by_name_or_by_the_beginning_of_one() -> None:
    assert picked(f"{READINGS}:7.3") == [f"{READINGS}:7.3"]
    assert picked("SC_CN_FORMULA") == picked("SC_CN_FORMULA:11") == ["SC_CN_FORMULA:11:HS01:physics.year"]
    assert picked("SC_CN_FORMULA", "SC_CN_FORMULA:11:HS01:physics.year") == ["SC_CN_FORMULA:11:HS01:physics.year"]
    assert picked() == []


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["SC_CN"], Code.OFFER_UNKNOWN),
        (["SC_CN_FORMULA:1"], Code.OFFER_UNKNOWN),
        (["SC_SHIFT:11:HS01"], Code.OFFER_UNKNOWN),
        ([READINGS], Code.OFFER_OVERLAP),
        ([f"{READINGS}:7.3", f"{READINGS}:3.7"], Code.OFFER_OVERLAP),
    ],
)
def test_what_cannot_be_chosen(names: list[str], code: Code) -> None:
    with pytest.raises(Refused) as refused:
        picked(*names)
    assert refused.value.code is code


def test_one_reading_taken_drops_the_other() -> None:
    first, second, other = offers(TWO)
    assert touching(first, second)
    assert not touching(first, other)
    left = [o.id for o in offers(with_offers(TWO, [first]))]
    assert not {first.id, second.id} & set(left)
    assert other.id in left


def cells_of(data: ClassData) -> dict[tuple[str, int, str], Any]:
    return {
        (key, row.number, name): value
        for key, sheet in data.sheets.items()
        for row in sheet.rows
        for name, value in row.cells.items()
        if value is not None
    }


def differing(data: ClassData, after: ClassData) -> set[tuple[str, int, str]]:
    before, now = cells_of(data), cells_of(after)
    return {place for place in before.keys() | now.keys() if before.get(place) != now.get(place)}


@given(classes())
@settings(max_examples=80, deadline=None)
def test_an_offer_changes_its_cells_alone_and_is_not_made_again(data: ClassData) -> None:
    made = offers(data)
    assert len({offer.id for offer in made}) == len(made)
    for offer in made:
        after = with_offers(data, [offer])
        assert differing(data, after) == offer.places
        assert offer.id not in {o.id for o in offers(after)}
