"""One worksheet's XML: its rows and cells by number, and its other elements in the order that the format demands."""

from __future__ import annotations

from copy import deepcopy
from string import digits
from typing import Any

from lxml import etree

from workbooks.book import local
from workbooks.formulas import release
from workbooks.xml_cells import column_index, letters, plain, split_range

_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class SheetXml:
    """A worksheet that can be changed cell by cell; what is not named keeps its place and its attributes."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.ns = etree.QName(root).namespace or ""
        self.changed = False
        self.formulas_removed = False
        self.data = self.one("sheetData")
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[int, dict[int, etree._Element]] = {}
        self._number_rows()

    def _number_rows(self) -> None:
        number = 0
        for row in self.data:
            if local(row) == "row":
                number = int(row.get("r") or number + 1)
                row.set("r", str(number))
                self._rows[number] = row

    def tag(self, name: str) -> str:
        """A name of this sheet's own namespace."""
        return f"{{{self.ns}}}{name}"

    def find(self, name: str) -> etree._Element | None:
        """The element below the root with that name."""
        return self.root.find(self.tag(name))

    def one(self, name: str) -> etree._Element:
        """The element below the root with that name, made when it is not there."""
        found = self.find(name)
        if found is None:
            found = self.insert(etree.Element(self.tag(name)))
        return found

    def insert(self, element: etree._Element) -> etree._Element:
        """Put an element below the root where the format wants it."""
        before = set(_ORDER[: _ORDER.index(local(element)) + 1])
        at = max((i + 1 for i, child in enumerate(self.root) if local(child) in before), default=0)
        self.root.insert(at, element)
        return element

    def remove(self, element: etree._Element) -> None:
        """Take an element out."""
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

    def row(self, number: int) -> etree._Element:
        """The row of that number, made when it is not there."""
        if number not in self._rows:
            row = etree.Element(self.tag("row"), {"r": str(number)})
            self._place_row(number, row)
        return self._rows[number]

    def _place_row(self, number: int, row: etree._Element) -> None:
        following = min((other for other in self._rows if other > number), default=None)
        if following is None:
            self.data.append(row)
        else:
            self._rows[following].addprevious(row)
        self._rows[number] = row

    def cells(self, number: int) -> dict[int, etree._Element]:
        """The cells of a row by column."""
        if number not in self._cells:
            found: dict[int, etree._Element] = {}
            at = -1
            for cell in self.row(number) if number in self._rows else ():
                if local(cell) == "c":
                    place = cell.get("r")
                    at = column_index(place.rstrip(digits)) if place else at + 1
                    if not place:
                        cell.set("r", f"{letters(at)}{number}")
                    found[at] = cell
            self._cells[number] = found
        return self._cells[number]

    def cell(self, number: int, at: int) -> etree._Element:
        """The cell of a row and column, made when it is not there."""
        self.row(number)
        cells = self.cells(number)
        if at not in cells:
            cell = etree.Element(self.tag("c"), {"r": f"{letters(at)}{number}"})
            following = min((other for other in cells if other > at), default=None)
            if following is None:
                self.row(number).append(cell)
            else:
                cells[following].addprevious(cell)
            cells[at] = cell
        return cells[at]

    def is_blank(self, number: int) -> bool:
        """Whether no cell of a row holds anything."""
        return not any(len(cell) for cell in self.cells(number).values())

    def put(self, number: int, at: int, value: Any) -> None:
        """Write a number, a text or nothing; a formula that stood there is gone, the style stays."""
        cell = self.cell(number, at)
        if (formula := cell.find(self.tag("f"))) is not None:
            for other in self._rows:
                self.cells(other)  # every cell knows its address
            release(self.data, cell, formula)
            self.formulas_removed = True
        _empty(cell)
        if isinstance(value, str) and value:
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, self.tag("is")), self.tag("t"))
            text.text = plain(value)
            if value != value.strip():
                text.set(_SPACE, "preserve")
        elif value is not None and value != "":
            etree.SubElement(cell, self.tag("v")).text = str(value)
        self.changed = True

    def copy_row(self, source: int, number: int) -> None:
        """A new row that looks like another one and holds nothing."""
        if number in self._rows:
            self.remove(self._rows.pop(number))
        row = deepcopy(self.row(source))
        row.set("r", str(number))
        row.attrib.pop("hidden", None)
        self._place_row(number, row)
        self._cells[number] = {}
        for at, cell in zip(self.cells(source), [c for c in row if local(c) == "c"], strict=True):
            _empty(cell)
            cell.set("r", f"{letters(at)}{number}")
            self._cells[number][at] = cell
        self._reach(source, number)
        self.changed = True

    def _reach(self, source: int, number: int) -> None:
        """Let the sheet's stated extent, and a filter that ended above, reach the new row."""
        for name in ("dimension", "autoFilter"):
            element = self.find(name)
            if element is None:
                continue
            top, left, bottom, right = split_range(element.get("ref", "A1"))
            if bottom >= source and bottom < number:
                element.set("ref", f"{letters(left)}{top}:{letters(right)}{number}")

    def replace(self, xml: str) -> None:
        """Put elements, written without prefix, in the place of those of the same names."""
        for element in etree.fromstring(f'<x xmlns="{self.ns}">{xml}</x>'):
            for old in self.root.findall(self.tag(local(element))):
                self.remove(old)
            if len(element):
                self.insert(element)
        self.changed = True

    @staticmethod
    def dump(root: etree._Element) -> bytes:
        """A root as a part."""
        return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _empty(cell: etree._Element) -> None:
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
