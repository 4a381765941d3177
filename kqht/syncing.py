"""Commands that change what the service holds, or settle what it answered: send, resolve, undo."""

from __future__ import annotations

import argparse
import uuid
from collections import Counter
from typing import Any

from addin import commands, local
from kqht.cli import CONFLICTS, DONE, FINDINGS, NOT_ALLOWED, UNREACHABLE, Result, say
from kqht.doors import client
from kqht.offline import cell_at, opened, receipt_document
from kqht.shown import OUTCOME_WORDS, counts_line, finding_document, finding_lines, value_words
from shared.cells import shown
from shared.check import counts
from shared.layout import PROFILE
from shared.merge import Outcome
from shared.problems import Code, Refused
from shared.refusals import refusal_text
from shared.sync_api import PROFILE_RIGHT, RESULTS_RIGHT, Verdict
from workbooks.files import FileWorkbook
from workbooks.state import CellKey


def send(given: argparse.Namespace) -> Result:
    """Gửi: only the changed cells."""
    with opened(given.file) as workbook:
        if given.dry_run:
            return _plan(workbook)
        with client() as api:
            result = commands.send(workbook, api, lambda: str(uuid.uuid4()))
    places = local.Places(result.checked.reading.data)
    document = {
        "outcome": result.outcome,
        "receipt": receipt_document(result.receipt),
        "cells": [_cell_document(places, verdict) for verdict in places.in_order(result.verdicts)],
        "withheld": [finding_document(f) for f in commands.withheld(result.checked)],
        "conflicts": len(result.checked.reading.state.conflicts),
        "counts": counts(result.checked.findings),
    }
    if result.refused is not None:
        words = str(result.refused.params.get("detail") or refusal_text(result.refused))
        document["error"] = {"code": result.refused.code.value, "message": words}
        say(words)
    return Result(document, _send_lines(given.file, result), _send_exit(result))


def _send_exit(result: commands.SendResult) -> int:
    outcomes = {verdict.outcome for verdict in result.verdicts}
    if result.outcome == "offline":
        return UNREACHABLE
    if result.refused is not None:
        return FINDINGS if result.refused.code in (Code.SEND_REUSED, Code.SEND_MALFORMED) else NOT_ALLOWED
    if outcomes & {Outcome.CONFLICT, Outcome.LOCKED} or result.checked.reading.state.conflicts:
        return CONFLICTS
    if Outcome.FORBIDDEN in outcomes:
        return NOT_ALLOWED
    return FINDINGS if Outcome.INVALID in outcomes or commands.withheld(result.checked) else DONE


def _send_lines(file: str, result: commands.SendResult) -> list[str]:
    places = local.Places(result.checked.reading.data)
    tally = Counter(verdict.outcome for verdict in result.verdicts)
    summary = ", ".join(f"{n} ô {OUTCOME_WORDS[outcome]}" for outcome, n in tally.items())
    if result.outcome == "offline":
        return ["Chưa rõ kết quả gửi. Mọi ô đã sửa vẫn còn trong sổ; gửi lại lúc nào cũng được, không bị ghi hai lần."]
    if result.refused is not None:
        return ["Lỗi: máy chủ từ chối lần gửi này. Mọi ô đã sửa vẫn còn trong sổ."]
    heads = {
        "sent": f"✔ Đã cập nhật thành công. {_capital(summary)}.",
        "partly": f"! Đã cập nhật một phần. {_capital(summary)}.",
        "refused": f"Lỗi: chưa ô nào được nhận. {_capital(summary)}".rstrip() + ("." if summary else ""),
        "nothing": "Không có ô nào cần gửi.",
    }
    lines = [heads[result.outcome]]
    problems = [v for v in places.in_order(result.verdicts) if v.outcome not in (Outcome.APPLIED, Outcome.UNCHANGED)]
    lines += [
        f"  {'!'.join(places.of((v.sheet, v.student_code, v.column)))}: {v.message or OUTCOME_WORDS[v.outcome]}"
        for v in problems
    ]
    if waiting := commands.withheld(result.checked):
        lines.append(f"Có {len(waiting)} chỗ chưa đọc được chắc chắn; nếu có sửa đổi ở đó thì chưa gửi được:")
        lines += finding_lines(waiting)
    if result.receipt is not None:
        lines.append(f"Mã biên nhận: {result.receipt.send_id}")
    if left := len(result.checked.reading.state.conflicts):
        lines.append(f"Còn {left} ô xung đột. Xử lý: kqht resolve {file} --take mine|theirs [--cell TRANG!Ô]")
    if tally[Outcome.LOCKED]:
        lines.append("Ô thuộc khối đã khóa được giữ lại trong sổ; gửi lại sau khi người quản trị mở khóa.")
    lines.append(counts_line(counts(result.checked.findings)))
    return lines


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cell_document(places: local.Places, verdict: Verdict) -> dict[str, Any]:
    sheet, cell = places.of((verdict.sheet, verdict.student_code, verdict.column))
    document: dict[str, Any] = {
        "sheet": sheet,
        "cell": cell,
        "student_code": verdict.student_code,
        "column": f"{verdict.sheet}.{verdict.column}",
        "outcome": verdict.outcome.value,
        "message": verdict.message,
    }
    if verdict.outcome is Outcome.CONFLICT:
        document |= {"theirs": verdict.current, "by": verdict.by, "at": verdict.at}
    return document


def _plan(workbook: FileWorkbook) -> Result:
    checked = commands.examine(workbook.read())
    good, bad = commands.plan(checked)
    locked = local.locked_cells(checked.reading.state, good)
    rights = checked.reading.state.base.rights

    def expected(cell: CellKey) -> Outcome:
        if (PROFILE_RIGHT if cell[0] == PROFILE else RESULTS_RIGHT) not in rights:
            return Outcome.FORBIDDEN
        return Outcome.LOCKED if cell in locked else Outcome.APPLIED

    places = local.Places(checked.reading.data)
    verdicts = places.in_order([*bad, *(Verdict(*cell, expected(cell), current=good[cell][0]) for cell in good)])
    columns = {(key, c.key): c for key, sheet in checked.reading.data.sheets.items() for c in sheet.layout.columns}
    cells, lines = [], []
    for verdict in verdicts:
        cell = (verdict.sheet, verdict.student_code, verdict.column)
        before, after = (shown(columns[cell[0], cell[2]], value) for value in checked.changes[cell])
        document = {**_cell_document(places, verdict), "before": before, "after": after}
        cells.append(document)
        note = "" if verdict.outcome is Outcome.APPLIED else f" ({OUTCOME_WORDS[verdict.outcome]})"
        lines.append(f"{document['sheet']}!{document['cell']}: {value_words(before)} → {value_words(after)}{note}")
    good_ones = sum(cell["outcome"] == "applied" for cell in cells)
    outcome = (
        "nothing" if not cells else "refused" if not good_ones else "sent" if good_ones == len(cells) else "partly"
    )
    plan: dict[str, Any] = {"outcome": outcome, "dry_run": True, "receipt": None, "cells": cells}
    waiting = commands.withheld(checked)
    plan["withheld"] = [finding_document(f) for f in waiting]
    return Result(plan, [*lines, *finding_lines(waiting), f"Sẽ gửi {good_ones} ô; chưa gửi gì."])


def resolve(given: argparse.Namespace) -> Result:
    """Settle conflicts, all or one."""
    with opened(given.file) as workbook:
        reading = workbook.read()
        cell = cell_at(reading, given.cell) if given.cell else None
        before = len(reading.state.conflicts)
        checked = commands.resolve(workbook, given.take, cell)
    left = len(checked.reading.state.conflicts)
    whose = "giữ của tôi (sẽ gửi ở lần gửi tới)" if given.take == "mine" else "lấy của máy chủ"
    lines = [f"✔ Đã xử lý {before - left} ô: {whose}. Còn {left} ô xung đột."]
    if cell and before == left:
        lines = ["✔ Đã bỏ sửa đổi của ô này, lấy lại giá trị của máy chủ."]
    document = {"resolved": before - left, "conflicts": left, "take": given.take}
    return Result(document, lines, CONFLICTS if left else DONE)


def undo(given: argparse.Namespace) -> Result:
    """Undo a send by a compensating one, then bring the workbook up to date."""
    with opened(given.file) as workbook, client() as api:
        state = workbook.read().state
        send_id = _uuid(given.send) or (state.receipt.send_id if state.receipt else None)
        if send_id is None:
            raise Refused(Code.REQUEST_INVALID, what="sổ này chưa có lần gửi nào để hoàn tác")
        # A second press finds every cell as it was before the send, and so has nothing left to undo.
        receipt = api.undo(state.base.info.key, send_id, str(uuid.uuid4()))
        found, checked = commands.refresh(workbook, api)
    document = {"receipt": receipt_document(receipt), "skipped": list(receipt.skipped), "conflicts": found.conflicts}
    done, locked = receipt.counts.get("applied", 0), receipt.counts.get("locked", 0)
    barred = receipt.counts.get("forbidden", 0)
    lines = [f"{'✔' if done else '!'} Đã hoàn tác {done} ô của lần gửi {send_id}."]
    if locked:
        lines.append(f"{locked} ô thuộc khối đã khóa, chưa hoàn tác được; làm lại sau khi mở khóa.")
    if barred:
        lines.append(f"{barred} ô không có quyền sửa.")
    if receipt.skipped:
        lines.append(f"Giữ nguyên {len(receipt.skipped)} ô đã được sửa tiếp sau đó:")
        places = local.Places(checked.reading.data)
        changed_since = [v for v in receipt.verdicts if v.outcome is Outcome.CONFLICT]
        lines += [f"  {'!'.join(places.of((v.sheet, v.student_code, v.column)))}" for v in changed_since]
    code = CONFLICTS if found.conflicts or locked else NOT_ALLOWED if barred else DONE
    return Result(document, lines, code)


def _uuid(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Refused(Code.SEND_UNKNOWN, send_id=text) from None
