"""Why a file cannot be read or written: the path as it was given, a reason that is true, and what to do."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from shared.problems import Code, Refused
from tests.workbooks.sample import CODES, state, written
from workbooks import words
from workbooks.files import FileWorkbook
from workbooks.port import Update
from workbooks.refusing import not_read, not_written
from workbooks.template import write_workbook

UPDATE = Update({("12", CODES[2], "mathematics.semester_1"): "6.5"})


def refused_write(path: Path) -> dict[str, Any]:
    """What a refused new workbook says."""
    with pytest.raises(Refused) as refused:
        write_workbook(path, state())
    assert refused.value.code is Code.FILE_NOT_WRITABLE
    return refused.value.params


def refused_update(workbook: FileWorkbook) -> dict[str, Any]:
    """What a refused update says; the file is as it was and nothing stands beside it."""
    before, names = workbook.path.read_bytes(), sorted(workbook.path.resolve().parent.iterdir())
    with pytest.raises(Refused) as refused:
        workbook.write(UPDATE)
    assert refused.value.code is Code.FILE_NOT_WRITABLE
    assert workbook.path.read_bytes() == before
    assert sorted(workbook.path.resolve().parent.iterdir()) == names
    return refused.value.params


def test_a_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused_write(Path("lớp/12A1.xlsx")) == {
        "file": "lớp/12A1.xlsx",
        "reason": "không có thư mục lớp",
        "hint": words.HINT_FOLDER,
    }
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    assert refused_write(Path("tệp/12A1.xlsx"))["reason"] == "không có thư mục tệp"


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    params = refused_write(tmp_path)
    assert (params["file"], params["reason"]) == (str(tmp_path), "đây là thư mục")
    assert tmp_path.is_dir()
    with pytest.raises(Refused) as refused:
        FileWorkbook(tmp_path).write(UPDATE)
    assert refused.value.params == {"file": str(tmp_path), "reason": "đây là thư mục", "hint": words.HINT_FILE_NAME}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "12A1.xlsx", tmp_path / "không có" / "12A1.xlsx"):
        with pytest.raises(Refused) as refused:
            FileWorkbook(path).write(UPDATE)
        assert (refused.value.code, refused.value.params["file"]) == (Code.FILE_MISSING, str(path))


@pytest.mark.parametrize("mark", [".~lock.12A1.xlsx#", "~$12A1.xlsx"])
def test_a_file_open_in_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    written(tmp_path)
    (tmp_path / mark).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    params = refused_update(FileWorkbook(Path("12A1.xlsx")))
    assert params["file"] == "12A1.xlsx"
    assert "chương trình khác" in params["reason"]
    assert mark in params["reason"]
    assert f"hãy xóa tệp khóa {mark}" in params["hint"]


def test_a_read_only_file(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    workbook.path.chmod(0o440)
    assert refused_update(workbook)["reason"] == words.READ_ONLY


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = written(tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused_update(workbook) == {
        "file": str(workbook.path),
        "reason": words.DISK_FULL,
        "hint": words.HINT_SPACE,
    }


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, words.NO_RIGHT),
        (errno.EPERM, words.NO_RIGHT),
        (errno.EROFS, words.READ_ONLY_DISK),
        (errno.ENAMETOOLONG, words.NAME_TOO_LONG),
        (errno.EIO, words.OTHER_REASON.format(number=errno.EIO)),
    ],
)
def test_what_the_system_answers_in_words(tmp_path: Path, number: int, reason: str) -> None:
    params = not_written(tmp_path / "a.xlsx", OSError(number, "of the system")).params
    assert params["reason"] == reason
    assert params["hint"].endswith(".")


def test_a_file_that_windows_holds_for_another_program(tmp_path: Path) -> None:
    error = OSError(errno.EACCES, "being used")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert not_written(tmp_path / "a.xlsx", error).params["reason"] == words.IN_USE
    assert not_read(tmp_path / "a.xlsx", error).params["reason"] == words.IN_USE


def test_a_file_that_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = written(tmp_path)

    def denied(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(Refused) as refused:
        workbook.read()
    assert refused.value.code is Code.FILE_UNREADABLE
    assert refused.value.params == {
        "file": str(workbook.path),
        "reason": words.NO_RIGHT_TO_READ,
        "hint": words.HINT_RIGHT,
    }
