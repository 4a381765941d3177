"""Cells and rows as SpreadsheetML text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d+)$")


@cache
def letters(index: int) -> str:
    """A column's letters, 0 is A."""
    text, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def column_index(text: str) -> int:
    """The column of some letters, A is 0."""
    index = 0
    for char in text:
        index = index * 26 + ord(char) - 64
    return index - 1


def split_reference(reference: str) -> tuple[int, int]:
    """`F3` → (3, 5): the row counted from 1, the column from 0."""
    match = _REFERENCE.match(reference)
    if match is None:
        raise ValueError(reference)
    return int(match.group(2)), column_index(match.group(1))


def split_range(reference: str) -> tuple[int, int, int, int]:
    """`A1:C9` → first row, first column, last row, last column; a single cell is a range of one."""
    first, _, last = reference.partition(":")
    top, left = split_reference(first)
    bottom, right = split_reference(last or first)
    return top, left, bottom, right


def column_areas(columns: Iterable[int], first: int, last: int) -> str:
    """Rows `first` to `last` of some columns, neighbours together: `F3:G44 J3:J44`."""
    runs: list[tuple[int, int]] = []
    for at in sorted(columns):
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return " ".join(f"{letters(left)}{first}:{letters(right)}{last}" for left, right in runs)


def plain(text: str) -> str:
    """The text as a cell may hold it: what XML forbids, or what looks like its escape, is written as its escape."""
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    return text if text.isprintable() else _CONTROL.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def escaped(text: str) -> str:
    """The text between tags."""
    text = plain(text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def text_xml(text: str) -> str:
    """The `<is>` of an inline string."""
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "\n" in text else ""
    return f"<is><t{space}>{escaped(text)}</t></is>"


def cell_xml(reference: str, style: str, value: Any) -> str:
    """One cell; `style` is its ` s="…"` or nothing."""
    if value is None or value == "":
        return f'<c r="{reference}"{style}/>'
    if value.__class__ is str:
        return f'<c r="{reference}"{style} t="inlineStr">{text_xml(value)}</c>'
    return f'<c r="{reference}"{style}><v>{value}</v></c>'


def row_xml(number: int, styles: Sequence[str], values: Iterable[Any], attributes: str = "") -> str:
    """One row whose cells stand from column A on."""
    cells = [cell_xml(f"{letters(i)}{number}", styles[i], value) for i, value in enumerate(values)]
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def plain_rows(rows: Iterable[Sequence[Any]]) -> str:
    """Rows without style from row 1 on; blanks are left out."""
    lines = []
    for number, values in enumerate(rows, 1):
        cells = [cell_xml(f"{letters(i)}{number}", "", value) for i, value in enumerate(values) if value is not None]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(lines)
