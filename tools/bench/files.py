"""Workbooks beside openpyxl: checking, writing, reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import load_workbook

from shared.check import check
from tools.bench import samples
from tools.bench.plain_openpyxl import write_plain
from tools.bench.timing import Line, compare
from workbooks.files import FileWorkbook
from workbooks.state import State
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
    files = [folder / f"{i}.xlsx" for i in range(MANY)]
    yield compare(
        f"ghi sổ {MANY} lớp / openpyxl",
        lambda: _all(write_workbook, files, states), lambda: _all(write_plain, files, states), 0.25, runs=1,
    )  # fmt: skip
    _all(write_workbook, files, states)
    yield compare("đọc sổ một lớp / openpyxl", lambda: FileWorkbook(file).read(), lambda: load_workbook(file), 1 / 3)
    yield compare(
        f"đọc sổ {MANY} lớp / openpyxl",
        lambda: [FileWorkbook(path).read() for path in files],
        lambda: [load_workbook(path) for path in files],
        1 / 3,
        runs=1,
    )


def _all(write: Callable[[Path, State], None], files: list[Path], states: list[State]) -> None:
    for path, state in zip(files, states, strict=True):
        write(path, state)
