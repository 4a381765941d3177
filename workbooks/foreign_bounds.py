"""A foreign file's sheets without what stands absurdly far away or holds nothing, and what values alone do not tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from shared.foreign.source import Area
from workbooks import words
from workbooks.book import Tab, local
from workbooks.package import Package
from workbooks.refusing import unreadable
from workbooks.xml_cells import split_range, split_reference

MAX_FILE = 60_000_000  # bytes; a school's results of a year have some three million
MAX_ROWS, MAX_COLUMNS = 20_000, 300
_ROW_HEADER, _CELLS = 0, range(2, 12)  # records of a binary sheet: BrtRowHdr; the cells that hold something


@dataclass(slots=True)
class SheetFacts:
    """What a sheet's values do not tell; rows and columns from 0."""

    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    empty_formulas: int = 0


def bounded_xlsx(package: Package, found: tuple[Tab, ...], file: str) -> dict[str, SheetFacts]:
    """Rewrite the sheets of an .xlsx with their filled cells only; refused where values stand beyond the bounds."""
    facts = {}
    for tab in found:
        facts[tab.title] = known = SheetFacts()
        try:
            package.put(tab.part, _filled_sheet(package.parts[tab.part], known, file))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise unreadable(file, words.TRUNCATED) from error
    return facts


def _filled_sheet(data: bytes, facts: SheetFacts, file: str) -> bytes:
    rows, number, namespace = [], 0, ""
    for element in _elements(data):
        name = local(element)
        if name == "row":
            number = int(element.get("r") or number + 1)
            if element.get("hidden") in {"1", "true"}:
                facts.hidden_rows.add(number - 1)
            namespace = etree.QName(element).namespace or ""
            element.set("r", str(number))
            if _keep_filled(element, facts):
                _within(number <= MAX_ROWS, file)
                rows.append(etree.tostring(element, with_tail=False))
        elif name == "mergeCell":
            top, left, bottom, right = split_range(element.get("ref", ""))
            facts.merged.append((top - 1, left, bottom - 1, right))
    start = f'<worksheet xmlns="{namespace}">' if namespace else "<worksheet>"
    return b"".join((start.encode(), b"<sheetData>", *rows, b"</sheetData></worksheet>"))


def _keep_filled(row: etree._Element, facts: SheetFacts) -> bool:
    """Drop a row's cells that hold nothing; whether any is left within the columns read."""
    at = -1
    for cell in list(row):
        place = cell.get("r")
        at = split_reference(place)[1] if place else at + 1
        value = cell.find("{*}v")
        if cell.find("{*}is") is None and (value is None or not value.text):
            facts.empty_formulas += cell.find("{*}f") is not None
            if place:  # one without keeps the count for those that follow
                row.remove(cell)
        elif at >= MAX_COLUMNS:
            row.remove(cell)
    return any(len(cell) for cell in row)


def _elements(data: bytes) -> Iterator[etree._Element]:
    """Rows and merged areas one after the other, forgotten once seen: a million empty rows cost time, not memory."""
    wanted = ("{*}row", "{*}mergeCell")
    for _, element in etree.iterparse(
        BytesIO(data), events=("end",), tag=wanted, resolve_entities=False, no_network=True
    ):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _within(holds: bool, file: str) -> None:  # noqa: FBT001 - reads as a condition
    if not holds:
        raise unreadable(file, words.TOO_FAR.format(rows=MAX_ROWS), words.HINT_ONE_CLASS)


def bounded_ods(package: Package, file: str) -> dict[str, SheetFacts]:
    """Cut the endless repetitions of blank rows and cells out of an .ods; note spans and hidden rows."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(package.parts["content.xml"], parser)
        facts = {_attribute(table, "name"): _bounded_table(table, file) for table in root.iter("{*}table")}
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(file, words.TRUNCATED) from error
    package.put("content.xml", etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return facts


def _bounded_table(table: etree._Element, file: str) -> SheetFacts:
    facts, at = SheetFacts(), 0
    for row in list(table.iter("{*}table-row")):
        times = int(_attribute(row, "number-rows-repeated") or 1)
        filled = _bounded_cells(row, at, facts)
        if filled:
            _within(at + times <= MAX_ROWS, file)
        if _attribute(row, "visibility") in {"collapse", "filter"}:
            facts.hidden_rows.update(range(at, min(at + times, MAX_ROWS)))
        _repeat(row, "number-rows-repeated", max(1, min(times, MAX_ROWS - at)))
        at += times
        parent = row.getparent()
        if at > MAX_ROWS and not filled and parent is not None:
            parent.remove(row)
    return facts


def _bounded_cells(row: etree._Element, at: int, facts: SheetFacts) -> bool:
    column, filled = 0, False
    for cell in list(row):
        times = int(_attribute(cell, "number-columns-repeated") or 1)
        has_value = len(cell) > 0 or any(name.endswith("}value-type") for name in cell.attrib)
        filled = filled or (has_value and column < MAX_COLUMNS)
        down, right = (int(_attribute(cell, f"number-{what}-spanned") or 1) for what in ("rows", "columns"))
        if down > 1 or right > 1:
            facts.merged.append((at, column, at + down - 1, column + right - 1))
        if column >= MAX_COLUMNS:
            row.remove(cell)
        else:
            _repeat(cell, "number-columns-repeated", min(times, MAX_COLUMNS - column))
        column += times
    return filled


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), "")


def _repeat(element: etree._Element, name: str, times: int) -> None:
    for key in element.attrib:
        if str(key).endswith(f"}}{name}"):
            element.set(key, str(times))


def bounded_xlsb(package: Package, file: str) -> None:
    """Refuse a binary workbook whose values stand beyond the bounds; blank cells there cost nothing."""
    for name, data in package.parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            row = 0
            try:
                for kind, body in _records(data):
                    if kind == _ROW_HEADER:
                        row = int.from_bytes(body[:4], "little")
                    elif kind in _CELLS:
                        _within(row < MAX_ROWS and int.from_bytes(body[:4], "little") < MAX_COLUMNS, file)
            except IndexError as error:
                raise unreadable(file, words.TRUNCATED) from error


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a binary part: kind in one or two bytes, size in one to four, seven bits each ([MS-XLSB] 2.1.4)."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        yield kind, data[at : at + size]
        at += size
