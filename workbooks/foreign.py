"""Files that are not ours, read whole and within bounds: .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, whatever their names say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from shared.foreign.source import SourceSheet
from shared.problems import Code, Refused
from workbooks import words
from workbooks.book import Tab, tabs
from workbooks.foreign_bounds import MAX_FILE, SheetFacts, bounded_ods, bounded_xlsb, bounded_xlsx
from workbooks.foreign_text import read_html, read_text
from workbooks.foreign_values import SheetValues, read_values
from workbooks.legacy_fonts import LegacyFonts
from workbooks.package import Package, unpack
from workbooks.refusing import not_read, unreadable

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read_foreign(path: Path) -> tuple[SourceSheet, ...]:
    """The sheets of a file in the order of their tabs; `Refused` for what is no table, is broken, locked or far too big."""
    file, data = str(path), _bytes(path)
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise unreadable(file, words.PROTECTED_FILE, words.HINT_UNPROTECT)
        return tuple(_sheet(found, None) for found in read_values(data, file))
    if data.startswith(b"PK"):
        return _zipped(unpack(data, file), file)
    if (sheets := read_html(data, path)) is not None:
        return sheets
    return read_text(data, path)


def _bytes(path: Path) -> bytes:
    file = str(path)
    try:
        if path.is_dir():
            raise unreadable(file, words.NOT_A_FILE, words.HINT_FILE_NAME)
        if path.stat().st_size > MAX_FILE:
            raise unreadable(file, words.TOO_BIG, words.HINT_ONE_CLASS)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused(Code.FILE_MISSING, file=file) from error
    except OSError as error:
        raise not_read(path, error) from error
    if not data.strip():
        raise unreadable(file, words.EMPTY_FILE)
    return data


def _zipped(package: Package, file: str) -> tuple[SourceSheet, ...]:
    if "xl/workbook.xml" in package.parts:
        found = tabs(package, file)
        sheets = _sheets(package, bounded_xlsx(package, found, file), file)
        try:
            return tuple(_in_unicode(package, sheets, found, file))
        except ValueError as error:  # a style or a place that is no number
            raise unreadable(file, words.TRUNCATED) from error
    if "content.xml" in package.parts:
        if b"encryption-data" in package.parts.get("META-INF/manifest.xml", b""):
            raise unreadable(file, words.PROTECTED_FILE, words.HINT_UNPROTECT)
        return _sheets(package, bounded_ods(package, file), file)
    if "xl/workbook.bin" not in package.parts:
        raise unreadable(file, words.NO_WORKBOOK)
    bounded_xlsb(package, file)
    return _sheets(package, {}, file)


def _sheets(package: Package, facts: Mapping[str, SheetFacts], file: str) -> tuple[SourceSheet, ...]:
    return tuple(_sheet(found, facts.get(found.title)) for found in read_values(package.pack(0), file))


def _in_unicode(
    package: Package, sheets: tuple[SourceSheet, ...], found: tuple[Tab, ...], file: str
) -> Iterator[SourceSheet]:
    """The sheets with texts in fonts of TCVN3 and VNI as those fonts show them."""
    fonts, parts = LegacyFonts(package, file), {tab.title: tab.part for tab in found}
    for sheet in sheets:
        grid = [list(row) for row in sheet.grid]
        texts = fonts.texts(parts[sheet.title], grid) if sheet.title in parts else {}
        for (row, at), text in texts.items():
            grid[row - 1][at] = text.unicode
        yield replace(sheet, grid=grid)


def _sheet(found: SheetValues, facts: SheetFacts | None) -> SourceSheet:
    if facts is None:
        return SourceSheet(found.title, found.grid, found.merged, visible=found.visible)
    hidden = frozenset(facts.hidden_rows)
    return SourceSheet(found.title, found.grid, tuple(facts.merged), hidden, found.visible, facts.empty_formulas)
