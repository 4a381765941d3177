"""A name pasted from an old file, from the workbook to the service and back, by the real commands."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Font

from shared.layout import SHEET_TITLES
from tests.end_to_end.conftest import School
from tests.typing_in import address, value_of

RAW, NAME = "§ç ThÞ Thu H\u00ad¬ng", "Đỗ Thị Thu Hương"


def test_a_name_in_tcvn3_arrives_in_unicode(school: School, tmp_path: Path) -> None:
    teacher = school.person(school.account("school_admin"))
    book, again = tmp_path / "12A1.xlsx", tmp_path / "again.xlsx"
    assert teacher.kqht("pull", "12A1", "-o", str(book)).code == 0
    workbook = load_workbook(book)
    cell = workbook[SHEET_TITLES["profile"]][address("profile", 5, "full_name")]
    cell.value, cell.font = RAW, Font(name=".VnTime")
    workbook.save(book)

    checked = teacher.json("check", str(book))
    (found,) = [f for f in checked["findings"] if f["cell"] == cell.coordinate and f["sheet"] == "Hồ sơ"]
    assert (found["code"], found["value"], found["suggestion"]) == ("NAME_FORMAT", RAW, NAME)

    sent = teacher.json("send", str(book))
    assert [(c["column"], c["outcome"]) for c in sent["cells"]] == [("profile.full_name", "applied")]
    teacher.kqht("pull", "12A1", "-o", str(again))
    assert value_of(again, "profile", 5, "full_name") == NAME
    assert value_of(again, "11", 5, "full_name") == NAME

    assert teacher.json("repair", str(book), "--yes")["applied"] is True
    mended = load_workbook(book)[SHEET_TITLES["profile"]][cell.coordinate]
    assert (mended.value, mended.font.name) == (NAME, "Arial")
    assert teacher.json("send", str(book))["outcome"] == "nothing"
