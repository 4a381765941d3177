"""A write is whole or not at all, and whatever is written is what is read."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.problems import Code, Refused
from tests.workbooks.sample import CODES, canonical, sheet_layout_of, state, value_of, written
from workbooks.files import FileWorkbook
from workbooks.port import Update
from workbooks.state import CellKey
from workbooks.template import workbook_bytes

CELL = ("12", CODES[2], "mathematics.semester_1")


@pytest.mark.parametrize("mark", [".~lock.12A1.xlsx#", "~$12A1.xlsx"])
def test_a_file_open_elsewhere_is_left_alone(tmp_path: Path, mark: str) -> None:
    workbook = written(tmp_path)
    before = workbook.path.read_bytes()
    (tmp_path / mark).write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        workbook.write(Update(cells={CELL: "6.5"}))
    assert refused.value.code is Code.FILE_NOT_WRITABLE
    assert workbook.path.read_bytes() == before
    assert workbook.read().data


def test_a_read_only_file_is_left_alone_and_permissions_are_kept(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    workbook.path.chmod(0o640)
    workbook.write(Update(cells={CELL: "6.5"}))
    assert workbook.path.stat().st_mode & 0o777 == 0o640
    workbook.path.chmod(0o440)
    with pytest.raises(Refused) as refused:
        workbook.write(Update(cells={CELL: "7.5"}))
    assert refused.value.code is Code.FILE_NOT_WRITABLE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["12A1.xlsx"]


GOOD = workbook_bytes(state())
PLACES = [
    (layout.key, code, column) for layout in map(sheet_layout_of, ("profile", "10", "11", "12")) for code in CODES for column in layout.stored
]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(range(len(PLACES))), st.randoms(use_true_random=False)), max_size=30))
def test_what_is_patched_is_read_and_nothing_else_moves(tmp_path: Path, picks: list[tuple[int, Any]]) -> None:
    path = tmp_path / "12A1.xlsx"
    path.write_bytes(GOOD)
    workbook = FileWorkbook(path)
    expected = canonical(workbook.read().data)
    cells: dict[CellKey, str | None] = {}
    for at, random in picks:
        sheet, code, column = PLACES[at]
        cells[sheet, code, column.key] = value_of(column, random)
    workbook.write(Update(cells=cells))
    for (sheet, code, key), value in cells.items():
        row = {**expected[sheet, code], key: value}
        expected[sheet, code] = {name: text for name, text in row.items() if text is not None}
    assert canonical(workbook.read().data) == expected
