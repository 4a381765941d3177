"""`kqht repair` with offers, on real files: shown, taken by name, asked for on a terminal."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from addin import repairing
from kqht import cli
from shared.cells import from_cell
from shared.columns import Period
from shared.layout import GRADES
from shared.problems import Code, Refused
from shared.records import Lock, Record, Snapshot
from tests.tables import INFO, class_of_45, layout
from tests.typing_in import type_in, value_of
from tests.unit.test_shifts import KEYS, lost
from workbooks.files import FileWorkbook
from workbooks.state import State
from workbooks.template import write_workbook

SHIFT = "SC_SHIFT:11:HS03"
YEAR = "SC_CN_FORMULA:10:HS02:physics.year"
CODE = "MOET_ID:10:HS05"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KQHT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path


def book(folder: Path, *locks: Lock) -> Path:
    """A class with a decimal comma, a row that has lost a cell, a wrong year and a lost code."""
    data = class_of_45(stage=1)
    records = {
        (key, row.student_code or ""): Record(
            {c.key: v for c in sheet.layout.stored if (v := from_cell(c, row.cells.get(c.key)))}
        )
        for key, sheet in data.sheets.items()
        for row in sheet.rows
    }
    base = Snapshot(INFO, 1, "2023-04-01T00:00:00Z", data.roster, records, locks)
    path = folder / "12A1.xlsx"
    write_workbook(path, State(base=base, pulled_at=base.as_of, server="http://mau"))
    third = {key: float(records["11", "HS03"].cells[key]) for key in KEYS}
    moved = lost(third, "chemistry.semester_1")
    spoiled: dict[tuple[str, int, str], Any] = {("11", 3, key): moved.get(key) for key in KEYS}
    spoiled |= {("10", 2, "physics.year"): 1.5, ("10", 5, "student_code"): None}
    spoiled |= {("10", 4, "biology.semester_1"): records["10", "HS04"].cells["biology.semester_1"].replace(".", ",")}
    type_in(path, spoiled)
    return path


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(list(arguments))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_offers_are_shown_with_before_and_after_side_by_side(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(home)
    untouched = path.read_bytes()
    code, out, _ = ran(capsys, "repair", str(path))
    assert code == 0
    assert path.read_bytes() == untouched
    lines = out.splitlines()
    at = next(i for i, line in enumerate(lines) if f"[{SHIFT}]" in line)
    table = lines[at + 2 : at + 10]
    assert table[0].split() == ["Hiện", "có", "Sau", "khi", "sửa"]
    assert table[1].split() == ["Môn", "HK1", "HK2", "CN", "→", "HK1", "HK2", "CN"]
    arrows = {line.index("→") for line in (table[1], *table[3:])}
    assert len(arrows) == 1
    assert table[3].split()[:2] == ["Hóa", "học"]
    assert "*" in table[4].split("→")[1]
    assert "*" not in table[4].split("→")[0]
    assert YEAR in out
    assert CODE in out
    assert f"kqht repair {path} --take" in out


def test_the_document_has_offers_and_what_was_taken(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(home)
    code, out, _ = ran(capsys, "repair", str(path), "--json")
    document = json.loads(out)
    assert (code, document["applied"], document["taken"]) == (0, False, [])
    assert [r["code"] for r in document["repairs"]] == ["SC_DECIMAL"]
    offers = {offer["id"]: offer for offer in document["offers"]}
    assert offers.keys() == {SHIFT, YEAR, CODE}
    year = offers[YEAR]
    assert year["cells"] == [
        {"cell": "N4", "student_code": "HS02", "column": "10.physics.year", "before": "1.5"}
        | {"after": year["cells"][0]["after"]}
    ]
    assert (year["code"], year["sheet"], year["applicable"], year["reason"]) == (
        "SC_CN_FORMULA",
        "Lớp 10",
        True,
        None,
    )
    assert {cell["cell"] for cell in offers[SHIFT]["cells"]} <= {f"{c}5" for c in _columns()}


def _columns() -> list[str]:
    return [chr(ord("A") + i) for i in range(5, 26)] + ["AA", "AB", "AC"]


def test_only_what_is_taken_is_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(home)
    code, out, _ = ran(capsys, "repair", str(path), "--take", SHIFT, "--take", CODE, "--json")
    document = json.loads(out)
    assert (code, document["applied"], set(document["taken"])) == (0, False, {SHIFT, CODE})
    assert value_of(path, "10", 5, "student_code") == "HS05"
    assert value_of(path, "10", 2, "physics.year") == 1.5
    assert "," in str(value_of(path, "10", 4, "biology.semester_1"))
    assert value_of(path, "11", 3, "civics.year") is not None
    left = json.loads(ran(capsys, "repair", str(path), "--json")[1])
    assert [offer["id"] for offer in left["offers"]] == [YEAR]


def test_yes_alone_writes_only_what_is_sure(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(home)
    document = json.loads(ran(capsys, "repair", str(path), "--yes", "--json")[1])
    assert (document["applied"], document["taken"], len(document["offers"])) == (True, [], 3)
    assert value_of(path, "10", 2, "physics.year") == 1.5
    assert isinstance(value_of(path, "10", 4, "biology.semester_1"), float)
    ran(capsys, "repair", str(path), "--yes", "--take", "SC_CN_FORMULA")
    assert value_of(path, "10", 2, "physics.year") != 1.5


def test_an_unknown_name_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(home)
    before = path.read_bytes()
    code, out, err = ran(capsys, "repair", str(path), "--yes", "--take", SHIFT, "--take", "SC_SHIFT:11:HS99")
    assert (code, out) == (2, "")
    assert "SC_SHIFT:11:HS99" in err
    assert path.read_bytes() == before


def test_a_locked_row_is_shown_and_not_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(home, Lock("11", Period.HK2, "2023-04-01T00:00:00Z", "lan"))
    document = json.loads(ran(capsys, "repair", str(path), "--json")[1])
    (shift,) = [offer for offer in document["offers"] if offer["id"] == SHIFT]
    assert (shift["applicable"], "Lớp 11 HK II - CN" in shift["reason"]) == (False, True)
    before = path.read_bytes()
    code, _, err = ran(capsys, "repair", str(path), "--take", SHIFT)
    assert (code, path.read_bytes()) == (4, before)
    assert "mở khóa" in err


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "comma", "taken"),
    [
        ("c\nk\nc\nc\n", False, {"SC_SHIFT", "MOET_ID"}),
        ("k\nc\n\nc\n", True, {"SC_CN_FORMULA", "SC_SHIFT"}),
        ("c\nd\n", False, set()),
        ("", True, set()),
    ],
)
def test_on_a_terminal_each_is_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, comma: bool, taken: set[str]  # noqa: FBT001
) -> None:  # fmt: skip
    path = book(home)
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    code, out, err = ran(capsys, "repair", str(path))
    assert code == 0
    assert ("," in str(value_of(path, "10", 4, "biology.semester_1"))) is comma
    reading = FileWorkbook(path).read()
    left = {offer.code.value for offer in repairing.offers(reading)}
    assert {"SC_SHIFT", "SC_CN_FORMULA", "MOET_ID"} - left == taken
    assert err.count("?") >= 1 + bool(typed)
    assert all(f"Đã sửa theo đề nghị {code}" in out for code in taken)


def test_the_report_shows_the_row_side_by_side(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(home)
    ran(capsys, "check", str(path))
    import openpyxl  # noqa: PLC0415

    cells = [[c.value for c in row] for row in openpyxl.load_workbook(path)["Kết quả kiểm tra"].iter_rows()]
    start = next(i for i, row in enumerate(cells) if str(row[0]).startswith("ĐỀ NGHỊ SỬA"))
    assert cells[start][0] == "ĐỀ NGHỊ SỬA: 3 đề nghị cần xem rồi mới sửa"
    assert cells[start + 2][5:7] == ["Hiện có", "Sau khi sửa (* là ô thay đổi)"]
    assert any(SHIFT in str(row[0]) for row in cells[start:])
    lines = [row for row in cells[start:] if row[4] == "Sinh học"]
    assert len(lines) == 1
    assert str(lines[0][6]).count("*") == 3
    sheet = layout("11")
    assert lines[0][2] == f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[sheet.index['biology.semester_1']]}5"
    ran(capsys, "repair", str(path), "--yes", "--take", SHIFT, "--take", YEAR, "--take", CODE)
    after = [row[0].value for row in openpyxl.load_workbook(path)["Kết quả kiểm tra"].iter_rows()]
    assert not [text for text in after if str(text).startswith("ĐỀ NGHỊ")]


def test_the_ribbon_takes_offers_by_name(home: Path) -> None:
    workbook = FileWorkbook(book(home))
    names = [offer.id for offer in repairing.offers(workbook.read())]
    assert {*names} == {SHIFT, YEAR, CODE}
    with pytest.raises(Refused) as refused:
        repairing.take(workbook, ["không có"])
    assert refused.value.code is Code.OFFER_UNKNOWN
    assert [offer.id for offer in repairing.take(workbook, names)] == names
    assert repairing.offers(workbook.read()) == ()
    assert [grade for grade in GRADES if grade in workbook.read().data.sheets] == list(GRADES)
