"""What values alone do not tell: formulas without a result, errors, hidden rows, merged cells, old fonts.

A quick scan of the sheet's bytes says whether there is anything; only then is the sheet looked at exactly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from shared.cells import LegacyText
from workbooks.book import local, parse
from workbooks.package import Package
from workbooks.xml_cells import split_range, split_reference

_HIDDEN = re.compile(rb'<row\b[^>]*\shidden="(?:1|true)"')
_FORMULA = re.compile(rb"<f[ >/]")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\sref="([A-Z0-9:$]+)"')
Place = tuple[int, int]  # row from 1, column from 0
Area = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(slots=True)
class Oddities:
    """The odd places of one sheet."""

    empty_formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    from_1904: bool = False  # the days are numbered from 1904, not from 1900
    legacy: Mapping[Place, LegacyText] = field(default_factory=dict)  # texts in fonts of TCVN3 and VNI


def look(package: Package, part: str, file: str) -> Oddities:
    """The odd places of a sheet."""
    data = package.parts[part]
    start, end = data.find(b"<sheetData"), data.rfind(b"</sheetData>")
    odd = Oddities()
    if start < 0 or end < 0 or _suspicious(data[start:end]):
        _look_exactly(parse(package, part, file), odd)
    for match in _MERGE.finditer(data, max(end, 0)):
        odd.merged.append(split_range(match.group(1).decode()))
    return odd


def _suspicious(rows: bytes) -> bool:
    return (
        b't="e"' in rows
        or (b"<f" in rows and _FORMULA.search(rows) is not None)
        or (b"hidden=" in rows and _HIDDEN.search(rows) is not None)
        or b"='" in rows  # another way to quote attributes
    )


def _look_exactly(root: etree._Element, odd: Oddities) -> None:
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r") or number + 1)
        if row.get("hidden") in {"1", "true"}:
            odd.hidden_rows.add(number)
        column = -1
        for cell in row.iterchildren("{*}c"):
            column += 1
            place = cell.get("r")
            if place:
                column = split_reference(place)[1]
            if cell.get("t") == "e" or (len(cell) > 0 and local(cell[0]) == "f"):
                _look_at_cell(cell, (number, column), odd)


def _look_at_cell(cell: etree._Element, place: Place, odd: Oddities) -> None:
    value = cell.find("{*}v")
    text = (value.text or "") if value is not None else ""
    kind = cell.get("t")
    if kind == "e":
        odd.errors[place] = text
    elif not text and (kind != "str" or value is None):
        odd.empty_formulas.add(place)
