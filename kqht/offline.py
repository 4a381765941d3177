"""Commands that need no network: check, repair, status, history."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from addin import commands, local
from addin.credentials import home
from kqht.cli import DONE, FINDINGS, USAGE, Result, say
from kqht.shown import counts_line, finding_document, finding_lines, value_words
from shared.cells import shown
from shared.check import counts
from shared.merge import Change
from shared.problems import Code, Finding, Refused
from shared.refusals import refusal_text
from shared.sync_api import Receipt
from shared.times import local_time
from workbooks.files import FileWorkbook
from workbooks.port import Reading
from workbooks.state import CellKey

_TURNS = 64


@contextmanager
def opened(file: str) -> Iterator[FileWorkbook]:
    """The workbook of a file, for this process alone: a second command on the same file waits its turn."""
    from filelock import FileLock

    path = Path(file)
    folder = home() / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    turn = crc32(path.resolve().as_posix().encode()) % _TURNS  # a few files that stay, whatever is opened
    with FileLock(folder / f"{turn}.lock"):
        yield FileWorkbook(path)


def check(given: argparse.Namespace) -> Result:
    """Kiểm tra: every file, its findings written into it where it can be written."""
    documents, lines, failed = [], [], []
    found: list[Finding] = []
    for file in given.files:
        try:
            with opened(file) as workbook:
                findings, written = _check_one(workbook, file)
        except Refused as refused:  # the others are checked all the same
            words = refusal_text(refused)
            failed.append({"file": file, "code": refused.code.value, "message": words})
            say(words)
            continue
        found += findings
        documents += [{**finding_document(f), "file": file} for f in findings]
        lines += [f"{file}:" if len(given.files) > 1 else "", *finding_lines(findings), counts_line(counts(findings))]
        if written:
            lines.append(f"Đã ghi chi tiết vào trang “Kết quả kiểm tra” của {file}.")
    total = counts(found)
    code = USAGE if failed else FINDINGS if total["error"] else DONE
    document = {"findings": documents, "counts": total} | ({"failed": failed} if failed else {})
    return Result(document, [line for line in lines if line], code)


def _check_one(workbook: FileWorkbook, file: str) -> tuple[tuple[Finding, ...], bool]:
    try:
        return commands.check(workbook).findings, True
    except Refused as refused:
        if refused.code is not Code.FILE_NOT_WRITABLE:
            raise
        say(f"{refusal_text(refused)} Kết quả dưới đây chưa ghi được vào {file}.")
        return commands.examine(workbook.read()).findings, False


def status(given: argparse.Namespace) -> Result:
    """The state of a workbook, from the file alone."""
    with opened(given.file) as workbook:
        checked = commands.examine(workbook.read())
    state, found = checked.reading.state, counts(checked.findings)
    parked = local.locked_cells(state, checked.changes)
    locked = [
        {"grade": lock.grade, "period": lock.period.value, "at": lock.at, "by": lock.by} for lock in state.base.locks
    ]
    document = {
        "class": state.base.info.key.name,
        "school_year": state.base.info.key.school_year,
        "changed": len(checked.changes),
        "parked": len(parked),
        "conflicts": len(state.conflicts),
        "locked": locked,
        "counts": found,
        "withheld": [finding_document(f) for f in commands.withheld(checked)],
        "pulled_at": state.pulled_at,
        "waiting_for_receipt": state.outbox is not None,
        "receipt": receipt_document(state.receipt),
    }
    return Result(document, _status_lines(checked, len(parked)))


def _status_lines(checked: commands.Checked, parked: int) -> list[str]:
    state, key = checked.reading.state, checked.reading.state.base.info.key
    lines = [
        f"Lớp {key.name}, năm học {key.school_year}, {state.base.info.school_name}",
        f"Dữ liệu lấy lúc: {local_time(state.pulled_at)}",
        f"Ô đã sửa chưa gửi: {len(checked.changes)}"
        + (f" (trong đó {parked} ô thuộc khối đã khóa, được giữ lại)" if parked else ""),
        f"Xung đột chưa xử lý: {len(state.conflicts)}",
        *(f"Đã khóa: {lock.title}, {local_time(lock.at)}, {lock.by}" for lock in state.base.locks),
        counts_line(counts(checked.findings)),
    ]
    if waiting := commands.withheld(checked):
        lines.append(f"Có {len(waiting)} chỗ chưa đọc được chắc chắn, sửa đổi ở đó chưa gửi được:")
        lines += finding_lines(waiting)
    if state.outbox is not None:
        lines.append("Lần gửi trước chưa rõ kết quả; lần gửi tới sẽ hỏi lại máy chủ trước.")
    if state.receipt is not None:
        lines.append(f"Lần gửi cuối: {local_time(state.receipt.at)}, mã biên nhận {state.receipt.send_id}")
    return lines


def receipt_document(receipt: Receipt | None) -> dict[str, Any] | None:
    """A receipt as JSON."""
    if receipt is None:
        return None
    return {
        "send_id": receipt.send_id,
        "at": receipt.at,
        "by": receipt.by,
        "version": receipt.version,
        "counts": dict(receipt.counts),
        "digest": receipt.digest,
    }


def cell_at(reading: Reading, text: str) -> CellKey:
    """The cell that `Lớp 11!F3` names; `Refused(CELL_UNKNOWN)` when no student's cell stands there."""
    title, _, address = text.rpartition("!")
    found = local.Places(reading.data).at(title.strip("'"), address.replace("$", "").upper())
    if found is None:
        raise Refused(Code.CELL_UNKNOWN, cell=text)
    return found


def history(given: argparse.Namespace) -> Result:
    """Lịch sử ô, from what the last pull brought."""
    with opened(given.file) as workbook:
        reading = workbook.read()
    cell = cell_at(reading, given.cell)
    layout = reading.data.sheets[cell[0]].layout
    column = next(c for c in layout.columns if c.key == cell[2])
    entries = commands.history(reading, cell)
    document = {
        "cell": given.cell,
        "column": layout.public(cell[2]),
        "student_code": cell[1],
        "entries": [
            {"at": e.at, "by": e.by, "before": change[0], "after": change[1], "source": e.source, "send_id": e.send_id}
            for e, change in entries
        ],
    }

    def words(change: Change) -> str:
        return " → ".join(value_words(shown(column, value)) for value in change)

    lines = [f"{given.cell} ({column.words}), học sinh {cell[1]}:"]
    lines += [f"  {local_time(e.at)}  {e.by}: {words(change)}" for e, change in entries]
    if not entries:
        lines.append("  không có trong các thay đổi gần đây mà sổ mang theo (lần lấy dữ liệu gần nhất)")
    return Result(document, lines)
