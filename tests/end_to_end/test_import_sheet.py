"""A clerk brings in what another program exported: proposal, questions, preview, one write, remembered for the next time."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from addin.commands import new_state
from kqht import cli
from server.demo.guide_tables import EXCEL_SAMPLE
from shared.columns import Period
from shared.records import Lock, Record, Snapshot
from shared.sync_api import RIGHTS
from tests.end_to_end.conftest import School
from tests.fakes import INFO
from tests.typing_in import place, type_in, value_of
from workbooks.template import write_workbook

STUDENTS = {"2400000001": "Lê Văn An", "2400000002": "Trần Thị Bình", "2400000003": "Phạm Chi"}
SIMPLE = (["STT", "Mã HS", "Họ và tên", "Toán", "Văn", "HL", "HK"],)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class workbook that needs no service, and a machine that remembers nothing yet."""
    monkeypatch.setenv("KQHT_HOME", str(tmp_path / "home"))
    return class_book(tmp_path / "12A1.xlsx")


def class_book(path: Path, *locks: Lock) -> Path:
    records = {("profile", code): Record({"full_name": name}) for code, name in STUDENTS.items()}
    records["11", "2400000001"] = Record({"mathematics.semester_1": "8.0"})
    snapshot = Snapshot(INFO, 1, "2023-04-01T00:00:00Z", tuple(STUDENTS), records, locks, frozenset(RIGHTS))
    write_workbook(path, new_state(snapshot, "http://mau"))
    return path


def export(path: Path, *rows: Sequence[Any], title: str = "Lớp 11 HK1", merged: Sequence[str] = ()) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    workbook.save(path)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    code = cli.main(["import-sheet", *map(str, arguments)])
    return code, capsys.readouterr().out


def simple(path: Path, *marks: Sequence[Any], title: str = "Lớp 11 HK1") -> Path:
    rows = [[n, *student, *m] for n, (student, m) in enumerate(zip(STUDENTS.items(), marks, strict=False), 1)]
    return export(path, *SIMPLE, *rows, title=title)


def test_without_a_terminal_the_plan_is_shown_and_nothing_is_written(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    code, out = run(capsys, simple(tmp_path / "x.xlsx", (8.5, 7, "G", "T")), "--into", book)
    assert code == 0
    assert f"{place('11', 1, 'mathematics.semester_1')} Lê Văn An: Toán HK1 8.0 → 8.5" in out
    assert f"{place('11', 1, 'literature.semester_1')} Lê Văn An: Ngữ văn HK1 (trống) → 7.0" in out
    assert "chưa ghi gì" in out
    assert book.read_bytes() == before


def test_a_doubtful_column_is_decided_by_the_command_and_yes_does_not_pass_it(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path / "x.xlsx", [*SIMPLE[0][:5], "Toán học"], [1, *next(iter(STUDENTS.items())), 8.5, 7, 9])
    before = book.read_bytes()
    code, out = run(capsys, file, "--into", book, "--yes")
    assert (code, "? cần chọn: hai cột cùng chỉ một chỗ" in out) == (1, True)
    assert book.read_bytes() == before
    code, _ = run(capsys, file, "--into", book, "--yes", "--map", "Toán=")
    assert code == 0
    assert value_of(book, "11", 1, "mathematics.semester_1") == 9


def test_a_column_may_be_named_by_its_letters_and_wrong_names_are_refused(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = simple(tmp_path / "x.xlsx", (8.5, 7, "G", "T"))
    code, _ = run(capsys, file, "--into", book, "--yes", "--map", "E=12.civics.year", "--map", "HL=", "--map", "HK=")
    assert (code, value_of(book, "12", 1, "civics.year")) == (0, 7)
    assert value_of(book, "11", 1, "literature.semester_1") is None
    for wrong in ("Khác=11.mathematics.year", "Toán=11.toan.year", "Toán", "D=11.civics.year"):
        twice = ("--map", "E=11.civics.year") if wrong.startswith("D=") else ()
        assert cli.main(["import-sheet", str(file), "--into", str(book), "--yes", "--map", wrong, *twice]) == 2
    assert cli.main(["import-sheet", str(file), "--into", str(book), "--sheet", "Không có"]) == 2
    assert "Lớp 11 HK1" in capsys.readouterr().err, "the sheets that there are"


class Terminal(io.StringIO):
    """A person at the keyboard."""

    def isatty(self) -> bool:
        return True


def test_a_person_is_asked_what_is_doubtful_then_shown_the_cells_and_asked_once_more(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = simple(tmp_path / "x.xlsx", (8.5, 7, "G", "T"), title="Sheet1")
    before = book.read_bytes()
    monkeypatch.setattr(sys, "stdin", Terminal("11\nhk1\nk\n"))
    assert cli.main(["import-sheet", str(file), "--into", str(book)]) == 0
    assert book.read_bytes() == before
    monkeypatch.setattr(sys, "stdin", Terminal("11\nhk1\nc\n"))
    capsys.readouterr()
    assert cli.main(["import-sheet", str(file), "--into", str(book)]) == 0
    said = capsys.readouterr()
    assert "là kết quả khối nào? [10/11/12" in said.err
    assert "là kết quả kỳ nào? [hk1/hk2/cn" in said.err
    assert "Nhập 4 ô trên vào sổ? [c/K]" in said.err
    assert "Đã nhập 4 ô" in said.out
    assert value_of(book, "11", 1, "conduct_rating.semester_1") == "T"


def test_a_person_who_answers_nothing_takes_nothing(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export(tmp_path / "x.xlsx", [*SIMPLE[0][:5], "Toán học"], [1, *next(iter(STUDENTS.items())), 8.5, 7, 9])
    before = book.read_bytes()
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert cli.main(["import-sheet", str(file), "--into", str(book)]) == 0
    assert book.read_bytes() == before


def test_a_confirmed_mapping_is_remembered_for_the_next_export_of_another_term_and_forgotten_on_request(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ([*SIMPLE[0][:3], "Điểm 1", "Toán học", "Toán"], [1, *next(iter(STUDENTS.items())), 7, 8.5, 9])
    first = export(tmp_path / "a.xlsx", *rows, title="Lớp 11 HK1")
    second = export(tmp_path / "b.xlsx", *rows, title="Lớp 10 CN")
    given = ("--map", "Điểm 1=11.civics.semester_1", "--map", "Toán=")
    assert run(capsys, first, "--into", book, "--yes", *given)[0] == 0
    code, out = run(capsys, second, "--into", book, "--yes", "--json")
    document = json.loads(out)
    assert (code, document["remembered"], document["applied"]) == (0, True, True)
    assert {c["header"]: c["column"] for c in document["mapping"] if not c["identity"]} == {
        "Điểm 1": "10.civics.year", "Toán học": "10.mathematics.year", "Toán": None,
    }  # fmt: skip
    code, out = run(capsys, second, "--into", book, "--yes", "--forget", "--json")
    assert (code, json.loads(out)["remembered"]) == (1, False), "the two Toán are asked again"


def test_a_spoiled_memory_is_none(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = simple(tmp_path / "x.xlsx", (8.5, 7, "G", "T"))
    run(capsys, file, "--into", book, "--yes")
    (kept,) = (tmp_path / "home" / "mappings").iterdir()
    kept.write_text('{"version": 1, "headers": [', "utf-8")
    code, out = run(capsys, file, "--into", book, "--yes", "--json")
    assert (code, json.loads(out)["remembered"]) == (0, False)


def test_locked_cells_and_mine_end_with_4_and_impossible_ones_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KQHT_HOME", str(tmp_path / "home"))
    file = simple(tmp_path / "x.xlsx", (8.5, 7, "G", "T"), (11, "abc", "G", "T"))
    locked = class_book(tmp_path / "khoa.xlsx", Lock("11", Period.HK1, "2023-04-01T00:00:00Z", "gv"))
    assert run(capsys, file, "--into", locked, "--yes")[0] == 4
    mine = class_book(tmp_path / "cua-toi.xlsx")
    type_in(mine, {("11", 1, "mathematics.semester_1"): 9.5})
    code, out = run(capsys, file, "--into", mine, "--yes")
    assert (code, "--overwrite-mine" in out) == (4, True)
    assert value_of(mine, "11", 1, "mathematics.semester_1") == 9.5
    code, out = run(capsys, file, "--into", mine, "--yes", "--overwrite-mine")
    assert code == 1
    assert "Toán HK1 (trống) → 11 (Toán HK1 ghi 11, lớn hơn 10" in out
    assert value_of(mine, "11", 1, "mathematics.semester_1") == 8.5


def test_a_csv_of_the_whole_school_with_semicolons_gives_only_the_rows_of_the_class(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        "Lớp;Họ và tên;Toán HK1;ĐTB mhk I",
        "12A1;Phạm Chi;8,5;8,0",
        "12A2;Phạm Chi;1,0;1,0",
        "12A1;Lê Văn An;;7,5",
    ]
    file = tmp_path / "Lớp 11.csv"
    file.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    code, out = run(capsys, file, "--into", book, "--yes", "--json")
    document = json.loads(out)
    assert code == 0
    assert {(c["student_code"], c["column"]): c["after"] for c in document["cells"]} == {
        ("2400000003", "11.mathematics.semester_1"): "8.5",
        ("2400000003", "11.average_score.semester_1"): "8.0",
        ("2400000001", "11.average_score.semester_1"): "7.5",
    }
    assert [(r["row"], r["code"]) for r in document["left_out"]] == [(3, "other_class")]
    assert value_of(book, "11", 1, "mathematics.semester_1") == 8, "a blank of theirs clears nothing"


def test_files_that_hold_nothing_for_the_class_say_so(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = export(tmp_path / "a.xlsx", *SIMPLE, [1, "HS1", "Ai Đó", 8, 7, "G", "T"])
    code, out = run(capsys, nobody, "--into", book, "--yes")
    assert (code, "không có học sinh nào của lớp này" in out) == (1, True)
    assert cli.main(["import-sheet", str(export(tmp_path / "b.xlsx", ["Toán"], [8])), "--into", str(book)]) == 2
    assert cli.main(["import-sheet", str(tmp_path / "c.xlsx"), "--into", str(book)]) == 2
    assert cli.main(["import-sheet", str(nobody), "--into", str(nobody)]) == 2, "not a class workbook"
    assert "Traceback" not in capsys.readouterr().err


def test_an_export_of_other_software_and_the_guides_sample_reach_the_service(school: School, tmp_path: Path) -> None:
    teacher = school.person(school.account("staff", classes=["12A1"]))
    book = tmp_path / "12A1.xlsx"
    teacher.kqht("pull", "12A1", "-o", str(book))
    profiles = load_workbook(book)["Hồ sơ"]
    people = [[cell.value for cell in row] for row in profiles.iter_rows(min_row=3, max_row=13)]

    born = [date(*map(int, reversed(str(person[6]).split("/")))) for person in people]
    names = [str(person[3]).rpartition(" ") for person in people]
    rows = [
        [n, first, last, birth, 6.4, 6.6, 9.9]
        for n, ((first, _, last), birth) in enumerate(zip(names, born, strict=True), 1)
    ]
    file = export(
        tmp_path / "smas.xlsx",
        ["SỞ GD&ĐT HẢI PHÒNG"],
        ["BẢNG ĐIỂM TỔNG KẾT LỚP 11A1, NĂM HỌC 2021-2022"],
        ["STT", "Họ và tên", None, "Ngày sinh", "Điểm TB các môn", None, "Tin học"],
        [None, None, None, None, "Hoá học", None, None],
        [None, None, None, None, "HKI", "HKII", "CN"],
        *reversed(rows),
        [None, "Tổng số: 11"],
        merged=("A3:A5", "B3:C5", "D3:D5", "E3:F3", "E4:F4", "G3:G4"),
        title="Sheet1",
    )  # fmt: skip
    done = teacher.kqht("import-sheet", str(file), "--into", str(book), "--yes", json_=True)
    assert done.document["counts"]["students"] == 11
    assert {c["column"] for c in done.document["cells"]} == {
        "11.chemistry.semester_1", "11.chemistry.semester_2", "profile.birth_date",
    }  # fmt: skip
    assert value_of(book, "11", 1, "chemistry.semester_1") == 6.4
    changed = done.document["counts"]["new"] + done.document["counts"]["changed"]
    assert teacher.json("status", str(book))["changed"] == changed > 0

    assert teacher.json("send", str(book))["outcome"] == "sent"

    layout = [cell.value for cell in load_workbook(book)["Lớp 11"][1]][:5]
    subjects = ("Toán", "Ngữ văn", "Vật lý", "Hóa học", "Sinh học", "Lịch sử", "Địa lý", "GDCD")
    upper = [*layout, *(word for s in subjects for word in (s, None, None)), "Ngoại ngữ", None, None, None, "TB môn"]
    lower = [*[None] * 5, *("HK1", "HK2", "CN") * 8, "Môn ngoại ngữ", "HK1", "HK2", "CN", "HK1"]
    sample = [
        [n, "12A1", person[2], person[3], None, *(float(t) if t[:1].isdigit() else t or None for t in line)]
        for n, (person, line) in enumerate(zip(people[5:], EXCEL_SAMPLE, strict=True), 1)
    ]
    guide = export(tmp_path / "mau.xlsx", upper, lower, *sample, title="Mẫu")
    asked = teacher.kqht("import-sheet", str(guide), "--into", str(book), "--yes", json_=True)
    assert (asked.code, asked.document["applied"]) == (1, False), "which grade?"
    taken = teacher.kqht("import-sheet", str(guide), "--into", str(book), "--grade", "11", "--yes", json_=True)
    invalid = [c for c in taken.document["cells"] if c["kind"] == "invalid"]
    shifted = [("11.civics.year", "Tiếng Anh"), ("11.foreign_language.language", "8.2")]
    assert [(c["column"], c["after"]) for c in invalid] == shifted, "the row that lost a cell"
    assert (taken.code, taken.document["applied"]) == (1, True)
    assert value_of(book, "11", 6, "mathematics.year") == 6.9, "the noise arrives, for the checks to find"
    found = {f["code"] for f in teacher.json("check", str(book))["findings"]}
    assert found >= {"SC_CN_FORMULA", "SC_SERIES"}

    again = teacher.json("import-sheet", str(guide), "--into", str(book), "--grade", "11", "--yes")
    assert (again["counts"]["new"], again["counts"]["changed"], again["applied"]) == (0, 0, False)
    assert teacher.json("send", str(book))["outcome"] in {"sent", "partly"}
    assert teacher.json("status", str(book))["changed"] == 0
