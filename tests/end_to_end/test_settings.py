"""An administrator makes a class chuyên and a department sets a centre's numbers, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.client import HttpClient, sign_in
from tests.end_to_end.conftest import Person, School
from workbooks.files import FileWorkbook


def test_a_class_becomes_chuyen_and_its_workbooks_know(school: School, tmp_path: Path) -> None:
    admin = school.person(school.account("school_admin"))
    teacher = school.person(school.account("staff", classes=["12A1"]))
    book = tmp_path / "12A1.xlsx"
    assert teacher.kqht("pull", "12A1", "-o", str(book)).code == 0

    shown = teacher.kqht("class-profile", "12A1")
    assert shown.code == 0, shown.err
    assert "Lớp 12A1, khối 12, năm học 2022-2023" in shown.out
    assert shown.out.count("TT 58/2011, TT 26/2020") == 3
    assert "Môn chuyên: không" in shown.out

    for words in ("Vật lý", "vat li", "physics"):
        set_ = admin.kqht("class-profile", "12A1", "--specialised", words, json_=True)
        assert (set_.code, set_.document["specialised"]) == (0, "physics")
    assert teacher.json("class-profile", "12A1") == set_.document
    assert [line["circular"] for line in set_.document["programmes"]] == ["TT 58/2011, TT 26/2020"] * 3

    assert FileWorkbook(book).read().data.info.specialised is None
    assert teacher.kqht("pull", str(book)).code == 0
    assert FileWorkbook(book).read().data.info.specialised == "physics"

    assert "Môn chuyên: không" in admin.kqht("class-profile", "12A1", "--specialised", "none").out
    assert teacher.kqht("pull", str(book)).code == 0
    assert FileWorkbook(book).read().data.info.specialised is None


def test_what_cannot_be_set_is_refused_in_words(school: School) -> None:
    admin = school.person(school.account("school_admin"))
    teacher = school.person(school.account("staff", classes=["12A1"]))
    refused = admin.kqht("class-profile", "12A1", "--specialised", "Thiên văn", json_=True)
    assert (refused.code, refused.document["error"]["code"]) == (2, "request.invalid")
    assert "“Thiên văn”" in refused.err
    assert "mathematics (Toán)" in refused.err
    assert teacher.kqht("class-profile", "12A1", "--specialised", "Toán").code == 5
    assert teacher.kqht("school", "--least-subjects", "5").code == 5
    assert teacher.kqht("class-profile", "12A9").code == 5
    told = admin.kqht("school", "--chosen-subjects", "5")
    assert told.code == 2
    assert "chỉ trường GDTX" in told.err
    for wrong in ("năm", "-1", "2.5"):
        assert admin.kqht("school", "--least-subjects", wrong).code == 2


@pytest.fixture
def centre(school: School) -> Person:
    """The department, after it has taken in a centre of continuing education."""
    account = school.account("department")
    signed = sign_in(school.server, account["username"], account["password"])
    with HttpClient(school.server, signed["token"]) as api:
        year = {"level": "GDTX", "school_year": "2024-2025"}
        api.request("POST", "/schools", {"code": "GDTX-1", "name": "Trung tâm GDTX số 1", **year})
    return school.person(account)


def test_a_department_sets_a_centre_s_numbers(centre: Person) -> None:
    shown = centre.kqht("school", "--school", "GDTX-1")
    assert shown.code == 0, shown.err
    assert shown.out.splitlines() == [
        "GDTX-1: Trung tâm GDTX số 1, GDTX, năm học 2024-2025, giai đoạn 1",
        "Số môn tối thiểu của một mức (GDTX): theo chương trình",
        "Số môn lựa chọn (GDTX): theo chương trình",
    ]
    numbers = ("--least-subjects", "4", "--chosen-subjects", "3")
    found = centre.json("school", "--school", "GDTX-1", *numbers)
    assert (found["least_subjects"], found["chosen_subjects"]) == (4, 3)
    assert centre.json("school", "--school", "GDTX-1") == found
    shown = centre.kqht("school", "--school", "GDTX-1", "--least-subjects", "none")
    assert "Số môn tối thiểu của một mức (GDTX): theo chương trình" in shown.out
    assert "Số môn lựa chọn (GDTX): 3" in shown.out
    too_many = centre.kqht("school", "--school", "GDTX-1", "--least-subjects", "13")
    assert too_many.code == 2
    assert "từ 1 đến 12" in too_many.err
    assert centre.kqht("school", "--school", "NOSUCH").code == 5
    assert centre.kqht("school").code == 2
