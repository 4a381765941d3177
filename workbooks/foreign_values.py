"""The values of a foreign file, by calamine in a process of its own: a hostile file may end that process, never ours."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from shared.foreign.source import Area
from workbooks import words
from workbooks.foreign_bounds import MAX_COLUMNS, MAX_ROWS
from workbooks.refusing import unreadable

_SECONDS = 120  # the largest file of a school takes some three
_MEMORY = 4_000_000_000  # bytes of address space; the largest .xls there can be takes a quarter
_PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class SheetValues:
    """A sheet as the reader gives it."""

    title: str
    visible: bool
    grid: list[list[Any]]
    merged: tuple[Area, ...]


def read_values(data: bytes, file: str) -> list[SheetValues]:
    """The worksheets of a file in memory; `Refused` for one that is locked, broken, or breaks its reader."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    reader = spawning.Process(target=_read, args=(data, theirs), daemon=True)
    reader.start()
    theirs.close()
    found: Any = None
    try:
        with contextlib.suppress(EOFError):  # the reader ended without an answer
            found = ours.recv() if ours.poll(_SECONDS) else None
    finally:
        ours.close()
        reader.kill()
        reader.join()
    if found == _PROTECTED:
        raise unreadable(file, words.PROTECTED_FILE, words.HINT_UNPROTECT)
    if not isinstance(found, list):
        raise unreadable(file, words.TRUNCATED)
    return found


def _read(data: bytes, answer: Connection) -> None:
    """In the other process: read everything and answer; panics and aborts tell nobody anything."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit_memory()
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            answer.send(
                [_values(book.get_sheet_by_name(m.name), m.visible == SheetVisibleEnum.Visible) for m in sheets]
            )
    except PasswordError:
        answer.send(_PROTECTED)
    except BaseException:  # noqa: BLE001 - the reader's panics are no ordinary exceptions; ours says that there is no answer
        answer.send(None)


def _values(sheet: CalamineSheet, visible: bool) -> SheetValues:  # noqa: FBT001 - passed on
    rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    return SheetValues(sheet.name, visible, [row[:MAX_COLUMNS] for row in rows], _areas(sheet.merged_cell_ranges or ()))


def _areas(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Area, ...]:
    return tuple((*first, *last) for first, last in ranges)


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # there is no such thing on Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
