"""The outside of the program: help, wrong use, bad files, no network, exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kqht import parser
from tests.end_to_end.conftest import Person

COMMANDS = (
    "serve", "demo", "demo-data", "login", "logout", "whoami", "classes", "pull", "check", "repair", "status", "send",
    "resolve", "history", "import-sheet", "progress", "complete", "reopen", "users", "backup", "restore", "doctor",
)  # fmt: skip


@pytest.fixture
def someone(tmp_path: Path) -> Person:
    return Person(tmp_path / "home", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_vietnamese_and_speaks_json(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.build().parse_args([command, "--help"])
    words = capsys.readouterr().out
    assert ended.value.code == 0
    assert "--json" in words
    assert "cách dùng: kqht" in words
    assert not {"usage:", "options:", "show this help", "positional"} & set(words.split())


@pytest.mark.parametrize(
    "arguments",
    [[], ["nothing"], ["check"], ["pull", "--grades"], ["resolve", "x.xlsx"], ["resolve", "x.xlsx", "--take", "ours"],
     ["complete", "12A1", "--grade", "9", "--period", "hk1"], ["serve", "--port", "many"]],
)  # fmt: skip
def test_wrong_use_is_one_vietnamese_line_and_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.build().parse_args(arguments)
    words = capsys.readouterr().err
    assert ended.value.code == 2
    assert words.startswith("Lỗi: ")
    assert not {"required", "invalid", "argument", "expected", "unrecognized"} & set(words.split())


def test_bad_files_are_named_and_nothing_is_written(someone: Person, tmp_path: Path) -> None:
    text = tmp_path / "so.xlsx"
    text.write_text("không phải Excel", "utf-8")
    for name in (str(text), str(tmp_path / "khong-co.xlsx"), str(tmp_path)):
        for command in ("check", "status", "repair"):
            ended = someone.kqht(command, name)
            assert (ended.code, ended.out) == (2, ""), ended.err
            assert Path(name).name in ended.err
    assert text.read_text("utf-8") == "không phải Excel"


def test_without_a_sign_in_the_exit_code_is_5(someone: Person) -> None:
    for command in (["classes"], ["whoami"], ["pull", "12A1"], ["progress"]):
        assert someone.kqht(*command).code == 5


def test_without_a_service_the_exit_code_is_3(someone: Person) -> None:
    nowhere = {"KQHT_SERVER": "http://127.0.0.1:1", "KQHT_TOKEN": "x"}
    ended = someone.kqht("classes", env=nowhere, json_=True)
    assert ended.code == 3
    assert ended.document["error"]["code"] == "service.not_reachable"


def test_check_imports_neither_the_service_nor_the_network() -> None:
    heavy = ("flask", "sqlalchemy", "alembic", "httpx", "openpyxl", "xlsxwriter", "xlwings", "keyring", "viparse")
    script = (
        "import sys, kqht.cli, kqht.offline, workbooks.reading, workbooks.files;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
