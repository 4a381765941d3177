"""The checks by programme, each beside openpyxl reading the same workbook, and how they grow with the class."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from openpyxl import load_workbook

from server.loading import SchoolLoad
from shared.check import check
from tools.bench import samples
from tools.bench.timing import Line, compare
from workbooks.files import FileWorkbook
from workbooks.template import write_workbook

READ_BOUND, GROWTH_BOUND = 0.5, 15
BIG_CLASS = 450


def measure(folder: Path) -> Iterator[Line]:
    """Check a class of each programme; check ten times as many students."""
    later = samples.school_2018()
    yield _beside_openpyxl(folder, "kiểm tra một lớp theo TT 22/2021", later)
    yield _beside_openpyxl(folder, "kiểm tra một lớp GDTX, chương trình 2006", samples.centre("2022-2023"))
    yield _beside_openpyxl(folder, "kiểm tra một lớp GDTX, chương trình 2018", samples.centre("2024-2025"))
    pairs = (
        ("2006", samples.school(1, BIG_CLASS), samples.school()),
        ("2018", samples.school_2018(BIG_CLASS), later),
    )
    for name, large, small in pairs:
        big, one = (samples.data(school) for school in (large, small))
        words = f"kiểm tra {BIG_CLASS} học sinh × 3 năm / lớp 45, chương trình {name}"
        yield compare(words, partial(check, big), partial(check, one), GROWTH_BOUND, 9)


def _beside_openpyxl(folder: Path, name: str, school: SchoolLoad) -> Line:
    file = folder / f"{school.code}-{school.school_year}.xlsx"
    write_workbook(file, samples.state(school.classes[0], school))
    data = FileWorkbook(file).read().data
    return compare(f"{name} / openpyxl đọc tệp đó", lambda: check(data), lambda: load_workbook(file), READ_BOUND)
