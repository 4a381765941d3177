"""The workbook's own parts: adding a sheet, dropping the order of calculation, asking for a recalculation."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from workbooks.book import WORKBOOK, WORKBOOK_RELS, Tab, local, parse
from workbooks.package import Package
from workbooks.sheet_xml import SheetXml

_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ID = re.compile(r"\}id$")


class BookXml:
    """`workbook.xml` and what refers to it."""

    def __init__(self, package: Package, file: str) -> None:
        self._package, self._file = package, file

    def _parse(self, part: str) -> etree._Element:
        return parse(self._package, part, self._file)

    def _put(self, part: str, root: etree._Element) -> None:
        self._package.put(part, SheetXml.dump(root))

    @property
    def namespace(self) -> str:
        """The namespace of this workbook's parts."""
        return etree.QName(self._parse(WORKBOOK)).namespace or ""

    def part_of(self, kind: str) -> str | None:
        """The part of the workbook of a kind, such as `styles`."""
        for relation in self._parse(WORKBOOK_RELS):
            if relation.get("Type", "").endswith(f"/{kind}"):
                target = relation.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        return None

    def add_sheet(self, title: str, xml: str, *, hidden: bool = False) -> Tab:
        """A new worksheet after all others, so that no number that refers to a sheet shifts."""
        number = 1
        while f"xl/worksheets/sheet{number}.xml" in self._package.parts:
            number += 1
        part = f"xl/worksheets/sheet{number}.xml"
        declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        self._package.put(part, (declaration + xml).encode())
        self._add_type(part)
        self._list(title, self._relate(f"worksheets/sheet{number}.xml"), hidden=hidden)
        return Tab(title, part, not hidden)

    def _add_type(self, part: str) -> None:
        types = self._parse(_TYPES)
        attributes = {"PartName": f"/{part}", "ContentType": _SHEET_TYPE}
        etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override", attributes)
        self._put(_TYPES, types)

    def _relate(self, target: str) -> str:
        relations = self._parse(WORKBOOK_RELS)
        kind = next(r.get("Type", "") for r in relations if r.get("Type", "").endswith("/worksheet"))
        taken = {relation.get("Id") for relation in relations}
        name = next(f"rId{i}" for i in range(1, len(taken) + 2) if f"rId{i}" not in taken)
        attributes = {"Id": name, "Type": kind, "Target": target}
        etree.SubElement(relations, f"{{{etree.QName(relations).namespace}}}Relationship", attributes)
        self._put(WORKBOOK_RELS, relations)
        return name

    def _list(self, title: str, relation: str, *, hidden: bool) -> None:
        book = self._parse(WORKBOOK)
        sheets = next(child for child in book if local(child) == "sheets")
        numbers = [int(sheet.get("sheetId") or 0) for sheet in sheets]
        id_name = next(str(name) for name in sheets[0].attrib if _ID.search(str(name)))
        attributes = {"name": title, "sheetId": str(max(numbers) + 1)}
        if hidden:
            attributes["state"] = "veryHidden"
        etree.SubElement(sheets, sheets[0].tag, {**attributes, id_name: relation})
        self._put(WORKBOOK, book)

    def forget_calculation_order(self) -> None:
        """Drop `calcChain.xml`, which lists cells that no longer have a formula; the program makes it anew."""
        part = self.part_of("calcChain")
        if part is None:
            return
        self._package.drop(part)
        for name, attribute, wanted in ((_TYPES, "PartName", f"/{part}"), (WORKBOOK_RELS, "Type", "/calcChain")):
            root = self._parse(name)
            for child in list(root):
                if child.get(attribute, "").endswith(wanted):
                    root.remove(child)
            self._put(name, root)

    def recalculate(self) -> None:
        """Have formulas that lean on changed cells calculated when the file is next opened."""
        sheets = (data for name, data in self._package.parts.items() if name.startswith("xl/worksheets/"))
        if not any(_FORMULA.search(data) for data in sheets):
            return
        book = self._parse(WORKBOOK)
        calc = next((child for child in book if local(child) == "calcPr"), None)
        if calc is None:
            calc = etree.Element(f"{{{etree.QName(book).namespace}}}calcPr")
            before = {"definedNames", "externalReferences", "functionGroups", "sheets"}
            book.insert(max(i + 1 for i, child in enumerate(book) if local(child) in before), calc)
        if calc.get("fullCalcOnLoad") not in {"1", "true"}:
            calc.set("fullCalcOnLoad", "1")
            self._put(WORKBOOK, book)
