"""A file that somebody saves while a request is under way is not written over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from shared.problems import Code, Refused
from tests.workbooks.sample import written
from workbooks.port import Update


def test_what_was_saved_meanwhile_is_kept(tmp_path: Path) -> None:
    book = written(tmp_path)
    reading = book.read()
    other = load_workbook(book.path)
    other["Lớp 11"]["F3"] = 9.0
    other.save(book.path)
    saved = book.path.read_bytes()
    with pytest.raises(Refused) as refused:
        book.write(Update(state=replace(reading.state, server="http://khac")))
    assert refused.value.code is Code.FILE_NOT_WRITABLE
    assert book.path.read_bytes() == saved
    book.write(Update(state=replace(book.read().state, server="http://khac")))
    book.write(Update(state=replace(book.read().state, server="http://khac-nua")))
    assert book.read().state.server == "http://khac-nua"
