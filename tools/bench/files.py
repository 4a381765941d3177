"""Workbooks beside openpyxl: checking, writing, reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from shared.check import check
from tools.bench import samples
from tools.bench.plain_openpyxl import write_plain
from tools.bench.timing import Line, compare
from workbooks.files import FileWorkbook
from workbooks.template import write_workbook

WRITE_BOUND = 50 / 150
MANY = 31


def measure(folder: Path) -> Iterator[Line]:
    """Check, write and read one class; write and read a school of 31."""
    owner = samples.school(MANY)
    states = [samples.state(loaded, owner) for loaded in owner.classes]
    file, plain = folder / "ours.xlsx", folder / "plain.xlsx"
    write_workbook(file, states[0])
    write_plain(plain, states[0])
    data = FileWorkbook(file).read().data
    yield compare("kiểm tra một lớp / openpyxl đọc tệp đó", lambda: check(data), lambda: load_workbook(file), 0.5)
    yield compare(
        "ghi sổ một lớp / openpyxl", lambda: write_workbook(file, states[0]), lambda: write_plain(plain, states[0]),
        WRITE_BOUND, 9,
    )  # fmt: skip
    yield compare(
        f"ghi sổ {MANY} lớp / openpyxl",
        lambda: [write_workbook(folder / f"{i}.xlsx", state) for i, state in enumerate(states)],
        lambda: [write_plain(plain, state) for state in states],
        0.25,
        runs=1,
    )
    yield compare("đọc sổ một lớp / openpyxl", lambda: FileWorkbook(file).read(), lambda: load_workbook(file), 1 / 3)
    files = [folder / f"{i}.xlsx" for i in range(MANY)]
    yield compare(
        f"đọc sổ {MANY} lớp / openpyxl",
        lambda: [FileWorkbook(path).read() for path in files],
        lambda: [load_workbook(path) for path in files],
        1 / 3,
        runs=1,
    )
