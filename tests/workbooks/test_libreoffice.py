"""A file saved by LibreOffice works exactly as one saved by us; what we write there, LibreOffice shows."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from shared.columns import Period
from shared.layout import FINDINGS_TITLE
from shared.problems import Code, Finding, Severity
from shared.records import Lock, sheets_of
from tests.workbooks.sample import CODES, LOCKS, canonical, full_state, parts, row_of, written
from tests.workbooks.test_marks import found, marked
from workbooks.files import FileWorkbook
from workbooks.marks import Mark
from workbooks.port import Update
from workbooks.sheet_plan import LOCK_MARK

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
    pytest.mark.xdist_group("libreoffice"),  # one office at a time
]
Resave = Callable[[Path], Path]


@pytest.fixture(scope="module")
def resave(tmp_path_factory: pytest.TempPathFactory) -> Resave:
    """Open a file in LibreOffice and save it."""
    profile = tmp_path_factory.mktemp("profile")

    def run(path: Path) -> Path:
        folder = path.parent / "saved"
        command = [
            str(SOFFICE), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx",
            "--outdir", str(folder), str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return folder / path.name

    return run


def test_there_and_back_and_there_again(tmp_path: Path, resave: Resave) -> None:
    given = full_state()
    saved = FileWorkbook(resave(written(tmp_path, given).path))
    reading = saved.read()
    assert canonical(reading.data) == canonical(sheets_of(given.base))
    assert reading.state == given
    assert reading.findings == ()
    _patch(saved)
    _look(saved)
    _look(FileWorkbook(resave(saved.path)))


LOCK = Lock("12", Period.HK1, "2023-05-01T00:00:00Z", "gv.lan")
FINDING = Finding(Code.SC_RANGE, Severity.ERROR, "Lớp 12", "F5", CODES[2], None, "11", "Điểm ngoài thang.", None)


def _patch(workbook: FileWorkbook) -> None:
    cells = {("12", CODES[2], "mathematics.semester_1"): "6.5", ("12", CODES[2], "academic_rating.year"): "KEM"}
    cells |= {("profile", CODES[2], "national_id"): "001205000001"}
    state = full_state()
    workbook.write(Update(cells, {("12", CODES[2]): "✎ Đã sửa 2 ô"}, (FINDING,), (LOCK, LOCKS[2]), state))


def _look(workbook: FileWorkbook) -> None:
    cells = row_of(workbook, "12", CODES[2]).cells
    assert (cells["mathematics.semester_1"], cells["academic_rating.year"]) == (6.5, "Kém")
    assert cells["status"] == "✎ Đã sửa 2 ô"
    assert row_of(workbook, "profile", CODES[2]).cells["national_id"] == "001205000001"
    assert workbook.read().state == full_state()
    book = openpyxl.load_workbook(workbook.path)
    locked = [
        book[title][f"{column}4"].protection.locked for title in ("Lớp 10", "Lớp 11", "Lớp 12") for column in "FG"
    ]
    assert locked == [False, False, True, False, True, False]
    grey = [
        title for title in ("Lớp 10", "Lớp 11", "Lớp 12") for block in book[title].conditional_formatting
        if any(LOCK_MARK in str(rule.formula) for rule in block.rules)
    ]  # fmt: skip
    assert grey == ["Lớp 11", "Lớp 12"]
    assert marked(workbook) == {"F5": Mark.ERROR}
    assert all(book[title].protection.sheet for title in ("Hồ sơ", "Lớp 10", "Lớp 12"))
    report = book[FINDINGS_TITLE]
    assert (report["C6"].value, report["G6"].value) == ("F5", "Điểm ngoài thang.")
    assert report["C6"].hyperlink is not None


def _size(workbook: FileWorkbook) -> tuple[int, int]:
    saved = parts(workbook.path)
    return saved["xl/styles.xml"].count(b"<dxf>"), saved["xl/worksheets/sheet4.xml"].count(b"<cfRule")


def test_marks_do_not_pile_up_from_save_to_save(tmp_path: Path, resave: Resave) -> None:
    workbook = written(tmp_path)
    update = Update(report=(found("F3"), found("F3", Severity.WARNING), found("G4", code=Code.CONFLICT)), locks=LOCKS)
    workbook.write(update)
    sizes = []
    for _ in range(3):
        workbook = FileWorkbook(resave(workbook.path))
        sizes.append(_size(workbook))
        workbook.write(update)
        assert _size(workbook) == sizes[-1]
        assert marked(workbook) == {"F3": Mark.ERROR, "G4": Mark.CONFLICT}
    assert len(set(sizes)) == 1
    workbook.write(Update(report=()))
    assert marked(workbook) == {}
