"""Which sheets a file has, under which names and parts; XML read without entities, network or size tricks."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from workbooks import words
from workbooks.package import Package
from workbooks.refusing import unreadable

_RELATIONSHIPS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
WORKBOOK = "xl/workbook.xml"
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\sdate1904=[\"'](?:1|true)[\"']")
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of the file: the name on its tab, its part, whether it shows."""

    title: str
    part: str
    visible: bool = True


def parse(package: Package, part: str, file: str) -> etree._Element:
    """The root of a part; `Refused` when it is missing or no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(package.parts[part], parser)
    except KeyError as error:
        raise unreadable(file, words.NO_WORKBOOK) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(file, words.TRUNCATED) from error


def local(element: etree._Element) -> str:
    """An element's name without its namespace; nothing for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def tabs(package: Package, file: str) -> tuple[Tab, ...]:
    """The worksheets of the file in the order of their tabs."""
    if WORKBOOK not in package.parts:
        raise unreadable(file, words.NO_WORKBOOK)
    targets = {
        relation.get("Id"): _part(relation.get("Target", ""))
        for relation in parse(package, WORKBOOK_RELS, file)
        if relation.get("Type", "").endswith("/worksheet")
    }
    found = []
    for sheet in parse(package, WORKBOOK, file).iterfind("{*}sheets/{*}sheet"):
        part = targets.get(next((sheet.get(name) for name in _RELATIONSHIPS if sheet.get(name)), None))
        if part is not None and part in package.parts:
            found.append(Tab(sheet.get("name", ""), part, sheet.get("state", "visible") == "visible"))
    return tuple(found)


def counts_from_1904(package: Package) -> bool:
    """Whether the file numbers its days from 1904, as Excel for Macintosh did, and not from 1900."""
    return _FROM_1904.search(package.parts.get(WORKBOOK, b"")) is not None


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def tab_named(found: tuple[Tab, ...], title: str) -> Tab | None:
    """The sheet of that name, whatever its case and the spaces round it."""
    wanted = " ".join(title.casefold().split())
    return next((tab for tab in found if " ".join(tab.title.casefold().split()) == wanted), None)
