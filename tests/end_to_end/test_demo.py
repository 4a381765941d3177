"""The demo tells its story to the end, each step ending as told."""

from pathlib import Path

from tests.end_to_end.conftest import Person


def test_the_whole_story(tmp_path: Path) -> None:
    told = Person(tmp_path / "home", "").kqht("demo", "--dir", str(tmp_path / "demo"), json_=True)
    steps = told.document["steps"]
    assert [step for step in steps if not step["as_told"]] == []
    assert told.code == 0
    assert {step["command"][0] for step in steps} >= {
        "classes", "pull", "check", "repair", "send", "history", "resolve", "complete", "reopen", "status", "undo",
        "progress",
    }  # fmt: skip
    assert (tmp_path / "demo" / "12A1-mau-excel.xlsx").exists()
