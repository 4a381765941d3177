"""A teacher works in LibreOffice Calc: a file it saved works exactly as one we saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import libreoffice
from tests.end_to_end.conftest import School
from tests.typing_in import address, value_of

pytestmark = pytest.mark.skipif(bool(libreoffice.why_not()), reason=libreoffice.why_not() or "")


def test_a_class_typed_and_sorted_in_calc_is_checked_repaired_and_sent(school: School, tmp_path: Path) -> None:
    teacher = school.person(school.account("staff", classes=["12A1"]))
    book = tmp_path / "12A1.xlsx"
    teacher.kqht("pull", "12A1", "-o", str(book))
    names = [value_of(book, "12", n, "full_name") for n in (1, 2, 3)]
    typed = {
        ("Lớp 11", address("11", 4, "mathematics.year")): "'7,6",  # text with a comma
        ("Lớp 11", address("11", 4, "literature.year")): "75",
        ("Lớp 12", address("12", 2, "civics.semester_1")): "8.3",
        ("Lớp 12", address("12", 3, "civics.semester_1")): "",
    }
    with libreoffice.calc(tmp_path) as calc:
        calc.edit(book, typed, sort_by=("Lớp 12", "D"))
    assert [value_of(book, "12", n, "full_name") for n in (1, 2, 3)] != names, "the sheet is sorted another way"

    planned = teacher.json("send", str(book), "--dry-run")
    changes = {(cell["column"], cell["after"], cell["outcome"]) for cell in planned["cells"]}
    assert changes == {
        ("11.literature.year", "75", "invalid"),
        ("12.civics.semester_1", "8.3", "applied"),
        ("12.civics.semester_1", None, "applied"),
    }, "sorting changes nothing, and what was typed is all that changed"
    assert teacher.kqht("check", str(book)).code == 1
    assert teacher.json("repair", str(book), "--yes")["applied"] is True
    sent = teacher.kqht("send", str(book), json_=True)
    assert (sent.code, sent.document["outcome"]) == (0, "sent")

    with libreoffice.calc(tmp_path) as calc:
        calc.edit(book, {})
    assert teacher.json("status", str(book))["changed"] == 0
    fresh = tmp_path / "fresh.xlsx"
    teacher.kqht("pull", "12A1", "-o", str(fresh))
    assert value_of(fresh, "12", 2, "civics.semester_1") == 8.3
    assert value_of(fresh, "12", 3, "civics.semester_1") is None
    assert value_of(fresh, "11", 4, "literature.year") == 7.5
