"""The guide's rows in the demo are the guide's rows in the transcription."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.demo import guide_tables

SEED = Path(__file__).parents[2] / "data" / "seed_tables.json"
TABLES = {table["id"]: table["rows"] for table in json.loads(SEED.read_text(encoding="utf-8"))["tables"]}
NUMBERS = (
    "total", "profile_done", "profile_missing", "stage1_done", "stage1_missing", "stage2_done", "stage2_missing",
)  # fmt: skip


def raw(name: str, *cells: int | slice) -> guide_tables.Table:
    return tuple(tuple(pick(row["raw_cells"], cells)) for row in TABLES[name])


def pick(row: list[str], cells: tuple[int | slice, ...]) -> list[str]:
    found: list[str] = []
    for cell in cells:
        found += row[cell] if isinstance(cell, slice) else [row[cell]]
    return found


def progress_line(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["class"], *(str(row[number]) for number in NUMBERS))


@pytest.mark.parametrize(
    ("ours", "printed"),
    [
        (guide_tables.CLASS_LIST, raw("T1", slice(4, None))),
        (guide_tables.EXCEL_SAMPLE, raw("T2", slice(4, None))),
        (guide_tables.FORM_12A1, raw("T3", slice(2, None))),
        (guide_tables.FORM_12A3, raw("T4", slice(2, None))),
        (guide_tables.LOCKS, raw("L1", 1, 3, 5)),
        (guide_tables.INCOMPLETE, raw("I1", 2, 6, 7)),
        (guide_tables.SENDING, raw("S1", slice(2, 7))),
        (guide_tables.PROGRESS, tuple(map(progress_line, TABLES["P2"][1:]))),
    ],
    ids=["T1", "T2", "T3", "T4", "L1", "I1", "S1", "P2"],
)
def test_a_table_is_as_printed(ours: guide_tables.Table, printed: guide_tables.Table) -> None:
    assert ours == printed


def test_nothing_but_grade_10_is_completed() -> None:
    boxes = [cell for row in TABLES["L1"] for cell in row["raw_cells"] if "checkbox" in cell]
    assert ["checked" in box for box in boxes] == [True, True, False, False, False, False] * 5
