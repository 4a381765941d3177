"""Which cells of a workbook stand in a font of TCVN3 or VNI, and what they show: from styles and from runs of rich text.

A search of the bytes says whether there is any such font; without one nothing is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from shared.cells import LegacyText
from workbooks.book import local, parse
from workbooks.legacy_text import Run, encoding_of, runs_in_unicode
from workbooks.oddities import Place
from workbooks.package import Package
from workbooks.xml_cells import split_reference

STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_LEGACY = re.compile(rb"=\s*[\"'](?:\.vn|vni)", re.IGNORECASE)


class LegacyFonts:
    """The old fonts of one workbook."""

    def __init__(self, package: Package, file: str) -> None:
        self._package, self._file = package, file
        self._fonts = self._of_styles() if self._names(STYLES) else []
        self._strings = self._of_strings() if self._has_rich(STRINGS) else {}

    def _names(self, part: str) -> bool:
        return _LEGACY.search(self._package.parts.get(part, b"")) is not None

    def _has_rich(self, part: str) -> bool:
        """Whether a run of rich text names such a font; most parts have none at all, which a plain search tells."""
        return b"rFont" in self._package.parts.get(part, b"") and self._names(part)

    def _of_styles(self) -> list[str]:
        """The font's name of each style of cells."""
        root = parse(self._package, STYLES, self._file)
        names = [font_name(font) for font in root.iterfind("{*}fonts/{*}font")]
        numbers = [int(style.get("fontId") or 0) for style in root.iterfind("{*}cellXfs/{*}xf")]
        return [names[number] if 0 <= number < len(names) else "" for number in numbers]

    def _of_strings(self) -> dict[int, etree._Element]:
        """The shared texts in which a run has such a font, by number."""
        items = parse(self._package, STRINGS, self._file).iterfind("{*}si")
        return {i: item for i, item in enumerate(items) if any(encoding_of(font) for _, font in _runs(item, ""))}

    def texts(self, part: str, grid: Sequence[Sequence[Any]]) -> Mapping[Place, LegacyText]:
        """The cells of a sheet whose text shows something else than its letters say."""
        if not (any(map(encoding_of, self._fonts)) or self._strings or self._has_rich(part)):
            return {}
        found: dict[Place, LegacyText] = {}
        number = 0
        for row in parse(self._package, part, self._file).iterfind("{*}sheetData/{*}row"):
            number = int(row.get("r") or number + 1)
            column = -1
            for cell in row.iterchildren("{*}c"):
                place = cell.get("r")
                column = split_reference(place)[1] if place else column + 1
                raw = _value(grid, number, column)
                if raw and (text := self._text(cell, raw)) is not None:
                    found[number, column] = text
        return found

    def _text(self, cell: etree._Element, raw: str) -> LegacyText | None:
        style = int(cell.get("s") or 0)
        font = self._fonts[style] if 0 <= style < len(self._fonts) else ""
        runs = self._rich(cell, font) or ((raw, font),)
        old = next((name for _, name in runs if encoding_of(name)), None)
        if old is None or "".join(text for text, _ in runs) != raw:
            return None
        shown = runs_in_unicode(runs)
        return None if shown == raw else LegacyText(raw, shown, old)

    def _rich(self, cell: etree._Element, font: str) -> tuple[Run, ...]:
        item = cell.find("{*}is")
        if cell.get("t") == "s" and self._strings:
            number = cell.findtext("{*}v") or ""
            item = self._strings.get(int(number)) if number.isdecimal() else None
        return () if item is None else tuple(_runs(item, font))


def _value(grid: Sequence[Sequence[Any]], number: int, column: int) -> str | None:
    """The text of a cell; None for whatever is no text."""
    if not 0 < number <= len(grid) or column >= len(grid[number - 1]):
        return None
    value = grid[number - 1][column]
    return value if isinstance(value, str) else None


def _runs(item: etree._Element, font: str) -> list[Run]:
    """The runs of a rich text; one without a font of its own has the cell's."""
    found = []
    for run in item.iterchildren("{*}r"):
        own = run.find("{*}rPr/{*}rFont")
        found.append((run.findtext("{*}t") or "", font if own is None else own.get("val", "")))
    return found


def font_name(font: etree._Element) -> str:
    """The name of a font of the styles."""
    return next((child.get("val", "") for child in font if local(child) == "name"), "")
