"""Tables that are text: CSV of any separator and encoding, and the HTML that some programs save under the name .xls."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from lxml import html

from shared.foreign.source import Area, SourceSheet
from workbooks import words
from workbooks.foreign_bounds import MAX_COLUMNS, MAX_ROWS
from workbooks.refusing import unreadable

_SEPARATORS = "\t;|,"  # in this order where two explain the file equally well
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HTML = re.compile(rb"^\s*(?:<!doctype html|<html|<table|<meta|<head|<body|<style)", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml")


def decoded(data: bytes, file: str) -> str:
    """The text of a file: UTF-8 with or without its mark, UTF-16 with one, or the old Vietnamese Windows page."""
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1258"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _BINARY.search(text):
            break
        return text
    raise unreadable(file, words.NOT_A_TABLE)


def read_text(data: bytes, path: Path) -> tuple[SourceSheet, ...]:
    """The one sheet of a text file."""
    text = decoded(data, str(path))
    if _XML.match(text):
        raise unreadable(str(path), words.NOT_A_TABLE)
    separator = None
    if match := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        separator, text = match.group(1), text[match.end() :]
    try:
        rows = _rows(text, separator) if separator else max((_rows(text, s) for s in _SEPARATORS), key=_regular)
    except csv.Error as error:
        raise unreadable(str(path), words.NOT_A_TABLE) from error
    _check_bounds(rows, path)
    return (SourceSheet(path.stem, rows),)


def _rows(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator))


def _regular(rows: Sequence[Sequence[str]]) -> int:
    """How many cells stand in rows of the usual width; a separator that is none gives rows of one cell."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((width * times for width, times in widths.items()), default=0)


def _check_bounds(rows: Sequence[Sequence[str]], path: Path) -> None:
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        raise unreadable(str(path), words.TOO_FAR.format(rows=MAX_ROWS), words.HINT_ONE_CLASS)


def read_html(data: bytes, path: Path) -> tuple[SourceSheet, ...] | None:
    """The tables of a page as sheets, or None when the file is no page."""
    if not _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        return None
    text = decoded(data, str(path))
    root = html.document_fromstring(
        text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    )
    leaves = [table for table in root.iter("table") if next(table.iterdescendants("table"), None) is None]
    return tuple(_page_table(table, f"{path.stem} {n}" if n else path.stem, path) for n, table in enumerate(leaves))


def _page_table(table: html.HtmlElement, title: str, path: Path) -> SourceSheet:
    """A table with its spans as merged areas."""
    grid: list[list[str]] = []
    merged: list[Area] = []
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(table.iter("tr")):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while (at, len(cells)) in taken:
                cells.append("")
            down, right = (_span(cell, name) for name in ("rowspan", "colspan"))
            first = len(cells)
            if down > 1 or right > 1:
                merged.append((at, first, at + down - 1, first + right - 1))
                taken |= {(r, c) for r in range(at + 1, at + down) for c in range(first, first + right)}
            cells += [" ".join("".join(cell.itertext()).split()), *[""] * (right - 1)]
        grid.append(cells)
    _check_bounds(grid, path)
    return SourceSheet(title, grid, tuple(merged))


def _span(cell: html.HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), 500) if text.isascii() and text.isdigit() and int(text) else 1
