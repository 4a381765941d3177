"""The values of sheets, by calamine, from the parts already read and bounded."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from lxml import etree
from python_calamine import CalamineWorkbook

from workbooks import words
from workbooks.book import WORKBOOK, WORKBOOK_RELS, Tab, local, parse
from workbooks.package import Package
from workbooks.refusing import unreadable
from workbooks.xml_cells import split_reference

Grid = list[list[Any]]
MAX_ROWS, MAX_COLUMNS = 3_000, 702  # a class has some fifty rows; a stray cell far away must not cost a gigabyte
_ALWAYS = (WORKBOOK, WORKBOOK_RELS, "[Content_Types].xml", "_rels/.rels", "xl/sharedStrings.xml", "xl/styles.xml")
_LAST_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d+)"')
_FAR_COLUMN = re.compile(rb'r="[A-Z]{3}\d')


def read_grids(package: Package, wanted: Iterable[Tab], file: str) -> dict[str, Grid]:
    """The values of some sheets by title, from A1 on; blank cells are empty texts."""
    sheets = tuple(wanted)
    parts = {name: package.parts[name] for name in _ALWAYS if name in package.parts}
    parts |= {tab.part: _within_bounds(package, tab.part, file) for tab in sheets}
    archive = Package(parts, dict.fromkeys(parts, zipfile.ZIP_STORED)).pack()
    try:
        with CalamineWorkbook.from_filelike(BytesIO(archive)) as book:
            return {tab.title: book.get_sheet_by_name(tab.title).to_python(skip_empty_area=False) for tab in sheets}
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader's panics are no ordinary exceptions
        raise unreadable(file, words.TRUNCATED) from error


def _within_bounds(package: Package, part: str, file: str) -> bytes:
    """The sheet, without the cells that stand absurdly far away."""
    data = package.parts[part]
    tail = data[max(0, data.rfind(b"row ") - 20) :]
    match = _LAST_ROW.search(tail)
    far = match is not None and int(match.group(1)) > MAX_ROWS
    if not far and data.count(b"<row") <= MAX_ROWS and not _FAR_COLUMN.search(data):
        return data
    root = parse(package, part, file)
    for row in list(root.iterfind("{*}sheetData/{*}row")):
        _trim(row)
    return etree.tostring(root)


def _trim(row: etree._Element) -> None:
    if int(row.get("r") or 0) > MAX_ROWS:
        _remove(row)
        return
    for cell in list(row):
        if local(cell) == "c" and (place := cell.get("r")) and split_reference(place)[1] >= MAX_COLUMNS:
            _remove(cell)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
