"""Typing into a workbook as a person does: values at addresses, then save."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from shared.layout import FIRST_ROW, SHEET_TITLES, sheet_layout
from shared.records import a1

Typed = Mapping[tuple[str, int, str], Any]  # (sheet key, n-th student from 1, column key) → value


def address(sheet: str, student: int, column: str) -> str:
    """Where a column of the n-th student stands in a fresh workbook: `F3`."""
    return a1(FIRST_ROW + student - 1, sheet_layout("THPT", "2022-2023", sheet).index[column])


def place(sheet: str, student: int, column: str) -> str:
    """The same with the sheet's title: `Lớp 11!F3`."""
    return f"{SHEET_TITLES[sheet]}!{address(sheet, student, column)}"


def type_in(path: Path, typed: Typed) -> None:
    workbook = load_workbook(path)
    for (sheet, student, column), value in typed.items():
        workbook[SHEET_TITLES[sheet]][address(sheet, student, column)] = value
    workbook.save(path)


def value_of(path: Path, sheet: str, student: int, column: str) -> Any:
    workbook = load_workbook(path, data_only=True)
    return workbook[SHEET_TITLES[sheet]][address(sheet, student, column)].value
