"""Files that are no class workbook, each refused by its own name; never a traceback."""

import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.problems import Code, Refused
from tests.workbooks.sample import edited, parts, respell, rezip, state, written
from workbooks import package, words
from workbooks.files import FileWorkbook
from workbooks.hidden import HIDDEN_TITLE
from workbooks.template import workbook_bytes

GOOD = workbook_bytes(state())


def refusal(path: Path) -> Refused:
    """How a file is refused."""
    with pytest.raises(Refused) as refused:
        FileWorkbook(path).read()
    assert refused.value.params["file"] == str(path)
    return refused.value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", words.EMPTY_FILE),
        (b"STT;H\xe1\xbb\x8d t\xc3\xaan\n1;An\n", words.NOT_A_ZIP),
        (b"<html><body>cai bang</body></html>", words.NOT_A_ZIP),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096), words.ENCRYPTED),
        (GOOD[: len(GOOD) // 2], words.TRUNCATED),
        (GOOD[:-30], words.TRUNCATED),
        (b"PK\x03\x04 and then nothing", words.TRUNCATED),
    ],
)
def test_what_is_no_workbook_is_unreadable_and_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "điểm.xlsx"
    path.write_bytes(data)
    refused = refusal(path)
    assert (refused.code, refused.params["reason"]) == (Code.FILE_UNREADABLE, reason)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "không có.xlsx").code is Code.FILE_MISSING
    assert refusal(tmp_path).params["reason"] == words.NOT_A_FILE


def _zip(path: Path, members: dict[str, bytes]) -> None:
    rezip(path, members)


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    _zip(path, {"word/document.xml": b"<w/>"})
    assert refusal(path).params["reason"] == words.NO_WORKBOOK


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_BYTES", 5_000_000)
    path = tmp_path / "bom.xlsx"
    _zip(path, {"xl/workbook.xml": bytes(6_000_000)})
    assert refusal(path).params["reason"] == words.TOO_BIG


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    _zip(path, {"xl/workbook.xml": bytes(30_000_000)})
    data = path.read_bytes().replace(struct.pack("<L", 30_000_000), struct.pack("<L", 1000))
    path.write_bytes(data)
    assert refusal(path).code is Code.FILE_UNREADABLE


def test_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 10)
    path = tmp_path / "a.xlsx"
    _zip(path, {f"x{i}": b"" for i in range(11)})
    assert refusal(path).params["reason"] == words.TOO_BIG


def test_a_part_with_a_wrong_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts(_good(tmp_path)).items():
            archive.writestr(name, data)
    path.write_bytes(path.read_bytes().replace(b"<sheetData>", b"<sheetdata>", 1))
    assert refusal(path).params["reason"] == words.TRUNCATED


def _good(folder: Path) -> Path:
    path = folder / "good.xlsx"
    path.write_bytes(GOOD)
    return path


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"]
)
def test_broken_xml(tmp_path: Path, part: str) -> None:
    path = _good(tmp_path)
    respell(path, part, lambda data: data[: len(data) // 2])
    assert refusal(path).code is Code.FILE_UNREADABLE


def test_entities_are_not_followed(tmp_path: Path) -> None:
    path = _good(tmp_path)
    secret = tmp_path / "secret.txt"
    secret.write_text("12A9", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
    respell(
        path, "xl/workbook.xml", lambda data: data.replace(b"?>", b"?>" + entity, 1).replace("Lớp 10".encode(), b"&e;")
    )
    with pytest.raises(Refused):
        FileWorkbook(path).read()


def test_a_workbook_of_other_people(tmp_path: Path) -> None:
    path = tmp_path / "thời khóa biểu.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("Lớp 10")
    book.save(path)
    assert refusal(path).code is Code.TEMPLATE_FOREIGN


def test_a_workbook_whose_memory_was_deleted(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        del book[HIDDEN_TITLE]
    assert refusal(workbook.path).code is Code.TEMPLATE_FOREIGN


def test_a_workbook_whose_memory_was_wiped(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book[HIDDEN_TITLE].delete_rows(1, 1000)
    refused = refusal(workbook.path)
    assert refused.code is Code.TEMPLATE_DAMAGED
    assert "phần nhận dạng sổ" in refused.params["what"]


def _flip(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(GOOD) - 1), st.booleans())
def test_a_byte_gone_wrong_is_refused_or_harmless(tmp_path: Path, at: int, cut: bool) -> None:  # noqa: FBT001
    path = tmp_path / "hỏng.xlsx"
    path.write_bytes(GOOD[:at] if cut else _flip(GOOD, at))
    _read_or_refuse(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_part_gone_wrong_is_refused_or_harmless(tmp_path: Path, data: Any) -> None:
    path = _good(tmp_path)
    part = data.draw(st.sampled_from(sorted(parts(path))))
    change: Callable[[bytes], bytes] = lambda found: _flip(found, data.draw(st.integers(0, len(found) - 1)))  # noqa: E731
    respell(path, part, change)
    _read_or_refuse(path)


def _read_or_refuse(path: Path) -> None:
    with suppress(Refused):
        FileWorkbook(path).read()
