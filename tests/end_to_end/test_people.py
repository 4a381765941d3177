"""An administrator takes on a teacher, changes rights, and ends sign-ins: from the command line, as a school would."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.conftest import Person, School

PASSWORD = "mat-khau-moi-1"


def test_a_new_teacher_gets_classes_and_loses_them_again(school: School, tmp_path: Path) -> None:
    admin = school.person(school.account("school_admin"))
    added = admin.kqht(
        "users", "add", "co-lan", "--full-name", "Cô Lan", "--classes", "12A4,12A5", "--rights", "view,results",
        "--password-stdin", stdin=PASSWORD,
    )  # fmt: skip
    assert added.code == 0, added.err
    teacher = school.person({"username": "co-lan", "password": PASSWORD})
    assert [c["class"] for c in teacher.json("classes")["classes"]] == ["12A4", "12A5"]
    assert teacher.kqht("pull", "12A4", "-o", str(tmp_path / "12A4.xlsx")).code == 0

    assert admin.kqht("users", "set", "co-lan", "--classes", "12A5", "--rights", "view").code == 0
    assert [c["class"] for c in teacher.json("classes")["classes"]] == ["12A5"]
    for wrong in (["--classes", "12Z9"], ["--classes", "12A5", "--rights", "bay"]):
        assert admin.kqht("users", "set", "co-lan", *wrong).code == 2
    assert [c["class"] for c in teacher.json("classes")["classes"]] == ["12A5"]

    assert admin.kqht("users", "disable", "co-lan").code == 0
    assert teacher.kqht("classes").code == 5


def test_signing_out_everywhere_ends_the_other_machine_s_sign_in(school: School, tmp_path: Path) -> None:
    account = school.account("staff", classes=["12A1"])
    here, there = school.person(account), Person(tmp_path / "other-machine", school.server)
    there.kqht("login", school.server, "--user", account["username"], "--password-stdin", stdin=account["password"])
    assert there.kqht("whoami").code == 0
    assert here.kqht("logout", "--everywhere").code == 0
    assert there.kqht("whoami").code == 5

    here = school.person(account)
    assert school.person(school.account("school_admin")).kqht("users", "signout", account["username"]).code == 0
    assert here.kqht("whoami").code == 5


def test_a_wrong_workbook_in_the_folder_spoils_no_other_class(school: School, tmp_path: Path) -> None:
    admin = school.person(school.account("school_admin"))
    folder = tmp_path / "toan-khoa"
    admin.kqht("pull", "12A3", "-o", str(tmp_path / "12A3.xlsx"))
    folder.mkdir()
    (tmp_path / "12A3.xlsx").rename(folder / "12A2.xlsx")
    (folder / "12A5.xlsx").write_text("rác", "utf-8")
    pulled = admin.kqht("pull", "--all", "-o", str(folder), json_=True)
    assert pulled.code == 2
    assert [Path(f["file"]).name for f in pulled.document["failed"]] == ["12A2.xlsx", "12A5.xlsx"]
    assert len(pulled.document["files"]) == 8
    assert len(list(folder.glob("*.xlsx"))) == 10


def test_a_renamed_sheet_holds_nothing_back_in_silence(school: School, tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    from tests.typing_in import type_in, value_of  # noqa: PLC0415

    teacher = school.person(school.account("staff", classes=["12A1"], nth=0))
    colleague = school.person(school.account("staff", classes=["12A1"], nth=1))
    hers, his = tmp_path / "hers.xlsx", tmp_path / "his.xlsx"
    teacher.kqht("pull", "12A1", "-o", str(hers))
    colleague.kqht("pull", "12A1", "-o", str(his))

    def rename(old: str, new: str) -> None:
        workbook = load_workbook(hers)
        workbook[old].title = new
        workbook.save(hers)

    rename("Lớp 12", "Lop 12")
    told = teacher.kqht("send", str(hers), json_=True)
    assert (told.code, told.document["outcome"]) == (1, "refused")
    assert [f["code"] for f in told.document["withheld"]] == ["TPL_SHEET"]
    type_in(his, {("12", 28, "mathematics.semester_1"): 7.9})
    assert colleague.kqht("send", str(his)).code == 0
    assert teacher.json("pull", str(hers))["left"] == 1
    rename("Lop 12", "Lớp 12")
    assert teacher.json("send", str(hers))["outcome"] == "nothing", "nobody typed anything"
    assert teacher.kqht("pull", str(hers)).code == 0
    assert value_of(hers, "12", 28, "mathematics.semester_1") == 7.9
