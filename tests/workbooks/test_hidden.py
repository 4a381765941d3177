"""What a workbook remembers survives whatever happens to its hidden sheet, or is refused with the part by name."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared.problems import Code, Refused, Severity
from shared.records import Record
from tests.workbooks.sample import CODES, edited, full_state, snapshot, state, written
from workbooks import hidden
from workbooks.files import FileWorkbook
from workbooks.hidden import HIDDEN_TITLE, PART, dump_state
from workbooks.memory import open_memory
from workbooks.port import Update
from workbooks.state import State

Rows = list[tuple[str, str, str]]


def memory(rows: Rows) -> State:
    return open_memory([list(row) for row in rows], "12A1.xlsx").state


def test_everything_is_remembered(tmp_path: Path) -> None:
    assert written(tmp_path, full_state()).read().state == full_state()


SET = {"specialised": "physics", "least_subjects": 5, "chosen_subjects": 3, "grade": "11"}


def test_what_a_class_is_set_to_is_remembered_and_refreshed(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    now = state(base=replace(snapshot(), info=replace(snapshot().info, **SET)))  # type: ignore[arg-type]
    workbook.write(Update(state=now))
    assert FileWorkbook(workbook.path).read().data.info == now.base.info
    assert memory(dump_state(now)) == now


def test_an_older_workbook_is_set_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def older(given: State) -> dict[str, Any]:
        return {name: value for name, value in manifest(given).items() if name not in SET}

    manifest = hidden._manifest
    monkeypatch.setattr(hidden, "_manifest", older)
    assert memory(dump_state(full_state())) == full_state()


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert memory(sorted(dump_state(full_state()), key=lambda row: row[::-1])) == full_state()


def test_a_long_text_is_kept_in_parts() -> None:
    base = snapshot()
    given = state(
        base=replace(base, records={**base.records, ("10", CODES[0]): Record({"mathematics.year": "ệ" * 40_000})})
    )
    rows = dump_state(given)
    assert max(len(text) for _, _, text in rows) <= PART
    assert all(text.isascii() for _, _, text in rows)
    assert memory(rows) == given


def test_a_row_that_was_copied_does_no_harm() -> None:
    rows = dump_state(full_state())
    assert memory([*rows, rows[5]]) == full_state()


def _without(section: str) -> Callable[[Rows], Rows]:
    return lambda rows: [row for row in rows if row[0] != section]


def _shortened(section: str) -> Callable[[Rows], Rows]:
    return lambda rows: [(s, k, t[:-2] if s == section else t) for s, k, t in rows]


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (_without("manifest"), "phần nhận dạng sổ"),
        (_without("roster"), "danh sách học sinh"),
        (_without("base"), "dữ liệu gốc"),
        (_without("lock"), "các khóa"),
        (_without("history"), "lịch sử"),
        (_without("conflict"), "xung đột"),
        (_without("outbox"), "lần gửi đang dở"),
        (_without("receipt"), "biên nhận"),
        (_without("checksum"), "dấu kiểm tra"),
        (_shortened("base"), "dữ liệu gốc"),
        (_shortened("manifest"), "phần nhận dạng sổ"),
        (_shortened("checksum"), "dấu kiểm tra"),
        (lambda rows: [("base", "10/x", "[1,{}]"), *rows], "dữ liệu gốc"),
        (lambda rows: [("roster", "", "[]"), *rows], "danh sách học sinh"),
        (lambda rows: [("base", "10/x~1/2", "[1,{}]"), *rows], "dữ liệu gốc"),
    ],
)
def test_a_damaged_part_is_named(spoil: Callable[[Rows], Rows], what: str) -> None:
    with pytest.raises(Refused) as refused:
        memory(spoil(dump_state(full_state())))
    assert refused.value.code is Code.TEMPLATE_DAMAGED
    assert what in refused.value.params["what"]


def _remade(rows: Rows, **changes: object) -> Rows:
    """The rows with another manifest, its checksum made good."""
    from workbooks.hidden import _digest  # noqa: PLC0415

    manifest = json.loads(next(text for section, _, text in rows if section == "manifest"))
    text = json.dumps({**manifest, **changes})
    checksum = json.loads(next(text for section, _, text in rows if section == "checksum"))
    checksum["manifest"] = _digest([("", text)])
    kept = [row for row in rows if row[0] not in {"manifest", "checksum"}]
    return [*kept, ("manifest", "", text), ("checksum", "", json.dumps(checksum))]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": [0, 9]}, Code.TEMPLATE_OLDER),
        ({"format": [2, 0]}, Code.TEMPLATE_NEWER),
        ({"format": [1, 1]}, Code.TEMPLATE_NEWER),
        ({"school_year": "2001-2002"}, Code.TEMPLATE_NEWER),
        ({"level": "ĐH"}, Code.TEMPLATE_NEWER),
    ],
)
def test_older_and_newer_templates_are_refused_by_name(changes: dict[str, object], code: Code) -> None:
    with pytest.raises(Refused) as refused:
        memory(_remade(dump_state(state()), **changes))
    assert refused.value.code is code
    assert refused.value.params["file"] == "12A1.xlsx"
    assert refused.value.params["found"]
    assert refused.value.params["wanted"]


def test_an_older_template_that_still_fits_is_read_and_said(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        sheet = book[HIDDEN_TITLE]
        found = [[str(cell.value or "") for cell in row[:3]] for row in sheet.iter_rows()]
        rows = _remade([(row[0], row[1], row[2]) for row in found], layout="0123456789abcdef")
        for number, row in enumerate((row for row in rows if row[0]), 1):
            for column, text in enumerate(row, 1):
                sheet.cell(number, column).value = text
    reading = workbook.read()
    assert reading.state == state()
    assert [(f.code, f.severity) for f in reading.findings] == [(Code.TPL_COLUMNS, Severity.INFO)]
    assert "0123" in reading.findings[0].message


def test_a_column_that_this_program_does_not_know_means_a_newer_template() -> None:
    base = snapshot()
    given = state(base=replace(base, records={**base.records, ("10", CODES[0]): Record({"astronomy.year": "8.0"})}))
    with pytest.raises(Refused) as refused:
        memory(_remade(dump_state(given), layout="ffff"))
    assert refused.value.code is Code.TEMPLATE_NEWER


def test_the_hidden_sheet_may_be_shown_sorted_and_hidden_again(tmp_path: Path) -> None:
    workbook = written(tmp_path, full_state())
    with edited(workbook) as book:
        sheet = book[HIDDEN_TITLE]
        sheet.sheet_state = "visible"
        rows = sorted(([cell.value for cell in row[:3]] for row in sheet.iter_rows()), key=str, reverse=True)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                sheet.cell(number, column).value = text
    assert FileWorkbook(workbook.path).read().state == full_state()
