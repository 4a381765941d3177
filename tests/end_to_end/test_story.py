"""A staff member's work through the real commands, a real service and real files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.end_to_end.conftest import School
from tests.typing_in import place, type_in, value_of

SEED = Path(__file__).resolve().parents[2] / "data" / "seed_tables.json"


def test_a_class_is_pulled_spoiled_checked_repaired_sent_and_held(school: School, tmp_path: Path) -> None:
    teacher = school.person(school.account("staff", classes=["12A1"]))
    book = tmp_path / "12A1.xlsx"
    assert teacher.kqht("pull", "12A1", "-o", str(book)).code == 0
    before = teacher.json("check", str(book))
    # the fourth of the printed class list: Toán CN 7.6 = (5.9 + 2×8.4)/3 rounded
    assert value_of(book, "11", 4, "mathematics.year") == 7.6
    spoiled = {
        ("11", 4, "mathematics.year"): "7,6",
        ("11", 4, "literature.year"): 75,
        ("11", 2, "physics.semester_1"): "abc",
        ("11", 3, "chemistry.semester_1"): 11,
        ("12", 2, "civics.semester_1"): 8.3,
    }
    type_in(book, spoiled)

    checked = teacher.kqht("check", str(book), json_=True)
    assert checked.code == 1
    found = {(f["sheet"] + "!" + f["cell"], f["code"]) for f in checked.document["findings"]}
    assert (place("11", 4, "mathematics.year"), "SC_DECIMAL") in found
    assert (place("11", 4, "literature.year"), "SC_X10") in found
    assert (place("11", 2, "physics.semester_1"), "SC_TYPE") in found
    assert (place("11", 3, "chemistry.semester_1"), "SC_RANGE") in found
    assert checked.document["counts"]["error"] > before["counts"]["error"]

    shown = teacher.kqht("repair", str(book), json_=True)
    assert (shown.code, shown.document["applied"]) == (0, False)
    assert {r["cell"] for r in shown.document["repairs"]} >= {place("11", 4, "literature.year").split("!")[1]}
    assert teacher.json("repair", str(book), "--yes")["applied"] is True
    assert value_of(book, "11", 4, "literature.year") == 7.5
    assert value_of(book, "11", 2, "physics.semester_1") == "abc", "what cannot be repaired is left alone"

    planned = teacher.json("send", str(book), "--dry-run")
    sent = teacher.kqht("send", str(book), json_=True)
    outcomes = {cell["column"]: cell["outcome"] for cell in sent.document["cells"]}
    assert outcomes == {
        "11.physics.semester_1": "invalid",
        "11.chemistry.semester_1": "invalid",
        "12.civics.semester_1": "applied",
    }
    assert {cell["column"] for cell in planned["cells"]} == set(outcomes)
    assert (sent.code, sent.document["outcome"]) == (1, "partly")
    assert teacher.json("status", str(book))["receipt"]["send_id"] == sent.document["receipt"]["send_id"]

    other = tmp_path / "again.xlsx"
    teacher.kqht("pull", "12A1", "-o", str(other))
    assert value_of(other, "12", 2, "civics.semester_1") == 8.3
    assert value_of(book, "11", 3, "chemistry.semester_1") == 11, "a refused value stays in the workbook"


def test_two_staff_meet_in_one_cell(school: School, tmp_path: Path) -> None:
    teacher = school.person(school.account("staff", classes=["12A1"], nth=0))
    colleague = school.person(school.account("staff", classes=["12A1"], nth=1))
    hers, his = tmp_path / "hers.xlsx", tmp_path / "his.xlsx"
    for person, book in ((teacher, hers), (colleague, his)):
        assert person.kqht("pull", "12A1", "-o", str(book)).code == 0
    type_in(hers, {("12", 3, "physics.semester_1"): 6.1, ("12", 4, "physics.semester_1"): 6.2})
    type_in(his, {("12", 3, "physics.semester_1"): 7.1, ("12", 5, "physics.semester_1"): 7.2})
    assert teacher.kqht("send", str(hers)).code == 0

    met = colleague.kqht("send", str(his), json_=True)
    outcomes = {cell["cell"]: cell for cell in met.document["cells"]}
    assert met.code == 4
    conflict = outcomes[place("12", 3, "physics.semester_1").split("!")[1]]
    assert (conflict["outcome"], conflict["theirs"]) == ("conflict", "6.1")
    assert conflict["by"], "who"
    assert sum(cell["outcome"] == "applied" for cell in outcomes.values()) == 1
    assert colleague.json("status", str(his))["conflicts"] == 1

    assert colleague.kqht("resolve", str(his), "--take", "mine").code == 0
    assert colleague.kqht("send", str(his)).code == 0
    assert teacher.kqht("pull", str(hers)).code == 0
    assert value_of(hers, "12", 3, "physics.semester_1") == 7.1
    assert value_of(hers, "12", 5, "physics.semester_1") == 7.2
    history = teacher.json("history", str(hers), "--cell", place("12", 3, "physics.semester_1"))["entries"]
    assert [entry["after"] for entry in history] == ["7.1", "6.1"]


def test_an_edit_that_meets_a_newer_lock_is_parked(school: School, tmp_path: Path) -> None:
    teacher = school.person(school.account("staff", classes=["12A1"]))
    admin = school.person(school.account("school_admin"))
    book = tmp_path / "12A1.xlsx"
    teacher.kqht("pull", "12A1", "-o", str(book))
    assert admin.kqht("complete", "12A1", "--grade", "11", "--period", "hk1").code == 0
    type_in(book, {("11", 9, "geography.semester_1"): 9.9})

    met = teacher.kqht("send", str(book), json_=True)
    assert (met.code, [cell["outcome"] for cell in met.document["cells"]]) == (4, ["locked"])
    assert value_of(book, "11", 9, "geography.semester_1") == 9.9
    assert teacher.kqht("pull", str(book)).code == 0
    status = teacher.json("status", str(book))
    assert (status["changed"], status["parked"]) == (1, 1)
    assert {"grade": "11", "period": "hk1"}.items() <= next(x for x in status["locked"] if x["grade"] == "11").items()

    assert admin.kqht("reopen", "12A1", "--grade", "11", "--period", "hk1", "--reason", "điểm bù").code == 0
    assert teacher.json("send", str(book))["outcome"] == "sent"


def test_a_block_with_blanks_is_not_locked_and_says_where(school: School) -> None:
    admin = school.person(school.account("school_admin"))
    refused = admin.kqht("complete", "12A3", "--grade", "12", "--period", "hk2", json_=True)
    assert refused.code == 1
    assert refused.document["error"]["code"] == "LOCK_INCOMPLETE"
    assert refused.document["findings"], "the list of what is missing"
    assert all(f["column"].startswith("12.") for f in refused.document["findings"] if f["column"])


def test_the_guide_s_table_of_progress(school: School) -> None:
    admin = school.person(school.account("school_admin"))
    shown = admin.json("progress")
    table = next(t for t in json.loads(SEED.read_text("utf-8"))["tables"] if t["id"] == "P2")
    numbers = (
        "total",
        "profile_done",
        "profile_missing",
        "stage1_done",
        "stage1_missing",
        "stage2_done",
        "stage2_missing",
    )
    rows = {row["class"]: row for row in [shown["total"], *shown["classes"]]}
    assert len(rows) == len(table["rows"])
    for expected in table["rows"]:
        assert {n: rows[expected["class"]][n] for n in numbers} == {n: expected[n] for n in numbers}


def test_every_class_comes_at_once_and_again(school: School, tmp_path: Path) -> None:
    admin = school.person(school.account("school_admin"))
    folder = tmp_path / "toan-khoa"
    assert len(admin.json("pull", "--all", "-o", str(folder))["files"]) == 10
    type_in(folder / "12A2.xlsx", {("12", 1, "history.semester_1"): 5.5})
    assert admin.kqht("pull", "--all", "-o", str(folder)).code == 0
    assert value_of(folder / "12A2.xlsx", "12", 1, "history.semester_1") == 5.5, "an unsent edit survives"


def test_a_send_can_be_undone(school: School, tmp_path: Path) -> None:
    teacher = school.person(school.account("staff", classes=["12A1"]))
    book = tmp_path / "12A1.xlsx"
    teacher.kqht("pull", "12A1", "-o", str(book))
    old = value_of(book, "12", 2, "physics.semester_1")
    type_in(book, {("12", 2, "physics.semester_1"): 1.5})
    teacher.kqht("send", str(book))
    assert teacher.kqht("undo", str(book)).code == 0
    assert value_of(book, "12", 2, "physics.semester_1") == old
    assert teacher.kqht("undo", str(book)).code == 0, "a second press is the same undo"
    assert teacher.json("status", str(book))["changed"] == 0


def test_staff_see_their_classes_and_no_more(school: School, tmp_path: Path) -> None:
    stranger = school.person(school.account("staff", school=1))
    refused = stranger.kqht(
        "pull", "12A10", "--school", school.account("school_admin")["school"], "-o", str(tmp_path / "x.xlsx")
    )
    unknown = stranger.kqht("pull", "12A10", "--school", "KHONG-CO", "-o", str(tmp_path / "x.xlsx"))
    assert (refused.code, unknown.code) == (5, 5)
    assert not (tmp_path / "x.xlsx").exists()
    teacher = school.person(school.account("staff", classes=["12A1"]))
    assert [c["class"] for c in teacher.json("classes")["classes"]] == ["12A1"]
    assert teacher.kqht("complete", "12A2", "--grade", "11", "--period", "hk1").code == 5
