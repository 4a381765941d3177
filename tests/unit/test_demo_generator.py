"""Any number of schools, each with students of its own."""

from __future__ import annotations

from collections import Counter

from server.demo.generator import generate_schools
from shared.layout import PROFILE


def test_it_makes_as_many_as_are_asked_for() -> None:
    schools = list(generate_schools(3, classes=2, students=10))
    assert len({school.code for school in schools}) == 3
    assert [len(c.roster) for school in schools for c in school.classes] == [10] * 6
    assert all(len(c.records) == 40 for school in schools for c in school.classes)
    assert len({account.username for school in schools for account in school.accounts}) == 6


def test_no_two_students_share_a_code_or_an_identity_number() -> None:
    classes = [c for school in generate_schools(5, classes=4, students=45) for c in school.classes]
    codes = Counter(code for c in classes for code in c.roster)
    profiles = [cells for c in classes for (sheet, _), cells in c.records.items() if sheet == PROFILE]
    numbers = Counter(cells["national_id"] for cells in profiles)
    assert max(codes.values()) == max(numbers.values()) == 1
    assert all(cells.get("id_card", cells["national_id"]) == cells["national_id"] for cells in profiles)
    assert all(
        c.records[PROFILE, code]["national_id"][4:6] == c.records[PROFILE, code]["birth_date"][2:4]
        for c in classes
        for code in c.roster
    )


def test_the_same_seed_gives_the_same_schools() -> None:
    assert list(generate_schools(2, classes=1, students=5)) == list(generate_schools(2, classes=1, students=5))
    assert list(generate_schools(1, classes=1, students=5, seed=2)) != list(generate_schools(1, classes=1, students=5))
