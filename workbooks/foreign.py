"""Files that are not ours, read whole and within bounds: .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, whatever their names say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from shared.foreign.source import SourceSheet
from shared.problems import Code, Refused
from workbooks import words
from workbooks.book import tabs
from workbooks.foreign_bounds import MAX_FILE, SheetFacts, bounded_ods, bounded_xlsb, bounded_xlsx
from workbooks.foreign_text import read_html, read_text
from workbooks.foreign_values import SheetValues, read_values
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
        return _sheets(data, {}, file)
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
    if "content.xml" in package.parts:
        if b"encryption-data" in package.parts.get("META-INF/manifest.xml", b""):
            raise unreadable(file, words.PROTECTED_FILE, words.HINT_UNPROTECT)
        facts = bounded_ods(package, file)
    elif "xl/workbook.bin" in package.parts:
        bounded_xlsb(package, file)
        facts = {}
    else:
        facts = bounded_xlsx(package, tabs(package, file), file)
    return _sheets(package.pack(0), facts, file)


def _sheets(data: bytes, facts: Mapping[str, SheetFacts], file: str) -> tuple[SourceSheet, ...]:
    return tuple(_sheet(found, facts.get(found.title)) for found in read_values(data, file))


def _sheet(found: SheetValues, facts: SheetFacts | None) -> SourceSheet:
    if facts is None:
        return SourceSheet(found.title, found.grid, found.merged, visible=found.visible)
    hidden = frozenset(facts.hidden_rows)
    return SourceSheet(found.title, found.grid, tuple(facts.merged), hidden, found.visible, facts.empty_formulas)
