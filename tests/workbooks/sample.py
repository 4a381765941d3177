"""A class with every kind of value, its workbook, and ways to spoil the file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from shared.cells import from_cell
from shared.columns import Column, Kind, Period
from shared.layout import SheetLayout
from shared.merge import Conflict, Outcome, RowChange
from shared.problems import Code, Finding
from shared.records import ClassData, ClassInfo, ClassKey, HistoryEntry, Lock, Record, Row, Snapshot
from shared.sync_api import Receipt, Submission, Verdict
from workbooks.files import FileWorkbook
from workbooks.state import OpenConflict, State
from workbooks.template import write_workbook

INFO = ClassInfo(ClassKey("HP01", "2022-2023", "12A1"), "THPT Bến & Bờ", "THPT")
LOCKS = (
    Lock("10", Period.HK1, "2023-04-01T01:00:00Z", "gv.lan"),
    Lock("10", Period.HK2, "2023-04-01T01:05:00Z", "gv.lan"),
    Lock("11", Period.HK1, "2023-04-02T01:00:00Z", "gv.lan"),
)
CODES = tuple(f"31{number:08}" for number in range(1, 13))
_NAMES = ("Nguyễn Thị Ánh", "Trần Văn Đức", "Lê Hoàng Yến", "Phạm Quốc Huy")


def value_of(column: Column, random: Random) -> str | None:
    """A canonical value for a column, now and then none."""
    if random.random() < 0.1:
        return None
    if column.kind is Kind.SCORE:
        return f"{random.randrange(0, 101) / 10:.1f}"
    if column.choices:
        return random.choice(column.choices).key
    if column.kind is Kind.DATE:
        return f"2005-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
    if column.kind is Kind.IDENTITY:
        return f"0312050{random.randrange(10**5):05}"
    return random.choice(("Hải Phòng", "Quận Lê Chân", "số 5 < 7 & 9", 'ngõ "Cấm"'))


def snapshot(
    codes: tuple[str, ...] = CODES, *, seed: int = 1, grades: tuple[str, ...] = ("10", "11", "12")
) -> Snapshot:
    """A class of invented students."""
    random = Random(seed)  # noqa: S311 - invented values
    records = {}
    for layout in INFO.layouts(grades):
        for number, code in enumerate(codes):
            values = {column.key: value_of(column, random) for column in layout.stored}
            if layout.key == "profile":
                values["full_name"] = f"{_NAMES[number % 4]} {number}"
            cells = {key: value for key, value in values.items() if value is not None}
            records[layout.key, code] = Record(cells, random.randrange(5))
    return Snapshot(
        INFO, 7, "2023-04-03T08:00:00Z", codes, records, LOCKS, frozenset({"view", "results"}), (_ENTRY,), grades
    )


_ENTRY = HistoryEntry(
    "11", CODES[0], "2023-04-02T08:00:00Z", "gv.minh", "workbook", "s-1", {"mathematics.year": (None, "8.0")}
)


def state(**changes: Any) -> State:
    """A workbook's memory."""
    return State(
        **{"base": snapshot(), "pulled_at": "2023-04-03T08:00:05Z", "server": "https://kqht.example", **changes}
    )


def full_state() -> State:
    """A memory with everything in it that can be."""
    cell = ("12", CODES[3], "literature.semester_1")
    return state(
        conflicts={cell: OpenConflict(Conflict("7.0", None, "7.5"), "gv.minh", "2023-04-03T07:00:00Z")},
        outbox=Submission("s-2", (RowChange("12", CODES[2], {"physics.year": ("8.0", None)}),)),
        receipt=Receipt(
            "s-1", "2023-04-02T08:00:00Z", "gv.lan", 6, {"applied": 3, "conflict": 1},
            (Verdict(*cell, Outcome.CONFLICT, "khác", "7.5", "gv.minh", "2023-04-03T07:00:00Z"),), "ab" * 32,
        ),
    )  # fmt: skip


def written(folder: Path, given: State | None = None, name: str = "12A1.xlsx") -> FileWorkbook:
    """A new workbook on the disk."""
    path = folder / name
    write_workbook(path, given or state())
    return FileWorkbook(path)


@contextmanager
def edited(workbook: FileWorkbook) -> Iterator[openpyxl.Workbook]:
    """The workbook in another program, saved at the end."""
    book = openpyxl.load_workbook(workbook.path)
    yield book
    book.save(workbook.path)


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezip(path: Path, found: dict[str, bytes]) -> None:
    """Write parts as a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)


def respell(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change one part's bytes."""
    found = parts(path)
    found[part] = change(found[part])
    rezip(path, found)


def set_cell(path: Path, part: str, place: str, cell: str) -> None:
    """Replace a cell's XML."""
    pattern = re.compile(rf'<c r="{place}"(?:[^>]*/>|.*?</c>)'.encode(), re.DOTALL)
    respell(path, part, lambda data: pattern.sub(lambda _: cell.encode(), data, count=1))


def sheet_layout_of(key: str) -> SheetLayout:
    """A sheet of the class."""
    return next(layout for layout in INFO.layouts(("10", "11", "12")) if layout.key == key)


def canonical(data: ClassData) -> dict[tuple[str, str | None], dict[str, str | None]]:
    """Every cell of a class by sheet and student, in canonical form; blanks left out."""
    return {
        (key, row.student_code): _canonical_row(sheet.layout, row)
        for key, sheet in data.sheets.items()
        for row in sheet.rows
    }


def _canonical_row(layout: SheetLayout, row: Row) -> dict[str, str | None]:
    values = {c.key: from_cell(c, row.cells.get(c.key)) for c in layout.columns if c.key not in {"position", "status"}}
    return {key: value for key, value in values.items() if value is not None}


def row_of(workbook: FileWorkbook, sheet: str, code: str) -> Row:
    """A student's row as read."""
    return next(row for row in workbook.read().data.sheets[sheet].rows if row.student_code == code)


def codes_found(findings: tuple[Finding, ...]) -> list[tuple[Code, str, str]]:
    """Code, sheet and cell of each finding."""
    return [(finding.code, finding.sheet, finding.cell) for finding in findings]


def used(folder: Path) -> FileWorkbook:
    """A workbook with notes, colours, a chart, a picture, a filter and a sheet of the user's own."""
    workbook = written(folder)
    with edited(workbook) as book:
        sheet = book["Lớp 12"]
        sheet["F4"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["F4"].comment = Comment("hỏi lại cô Minh", "Lan")
        rule = CellIsRule("lessThan", ["5"], fill=PatternFill(bgColor="FFC7CE"))  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add("F3:F14", rule)
        own = book.create_sheet("Thống kê riêng")
        own["A1"] = "=AVERAGE('Lớp 12'!F3:F14)"
        own["A2"] = 5
        chart = BarChart()
        chart.add_data(Reference(own, min_col=1, min_row=1, max_row=2))
        own.add_chart(chart, "C3")
    rezip(workbook.path, {**parts(workbook.path), "xl/media/image1.png": b"\x89PNG of some kind"})
    return workbook
