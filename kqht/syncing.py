"""Commands that meet the service with a workbook: pull, send, resolve, undo."""

from __future__ import annotations

import argparse
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from addin import commands, credentials, local
from addin.client import HttpClient
from kqht.cli import CONFLICTS, DONE, FINDINGS, NOT_ALLOWED, UNREACHABLE, Result, say
from kqht.offline import cell_at, opened, receipt_document
from kqht.shown import OUTCOME_WORDS, counts_line, value_words
from shared.check import counts
from shared.layout import GRADES
from shared.merge import Outcome
from shared.problems import Code, Refused
from shared.records import ClassKey
from shared.refusals import refusal_text
from shared.sync_api import ClassSummary, SyncApi, Verdict
from workbooks.files import FileWorkbook


def client() -> HttpClient:
    """The service I am signed in to."""
    kept = credentials.load()
    return HttpClient(kept.server, kept.token)


def class_named(api: SyncApi, name: str, given: argparse.Namespace) -> ClassKey:
    """The class of that name among those I may open."""
    for summary in api.classes(given.school, given.year):
        if summary.key.name == name:
            return summary.key
    raise Refused(Code.CLASS_UNKNOWN, name=name)


def pull(given: argparse.Namespace) -> Result:
    """Lấy KQHT: a class into a new workbook, every class into a folder, or news into a workbook."""
    if given.all:
        if given.target:
            raise Refused(Code.REQUEST_INVALID, what="--all không đi cùng tên lớp hay tên tệp")
        return _pull_all(given)
    if not given.target:
        raise Refused(Code.REQUEST_INVALID, what="hãy nêu tên lớp, tên tệp .xlsx, hoặc --all")
    if given.target.lower().endswith(".xlsx"):
        return _refresh(given.target)
    output = Path(given.output or f"{given.target}.xlsx")
    with client() as api:
        _write_new(api, class_named(api, given.target, given), _grades(given), output)
    return Result({"file": str(output), "class": given.target}, [f"✔ Đã lấy lớp {given.target} vào {output}."])


def _grades(given: argparse.Namespace) -> tuple[str, ...]:
    if not given.grades:
        return GRADES
    asked = {grade.strip() for grade in given.grades.split(",")}
    if not asked <= set(GRADES):
        raise Refused(Code.REQUEST_INVALID, what=f"khối phải là 10, 11 hoặc 12, không phải {given.grades}")
    return tuple(grade for grade in GRADES if grade in asked)


def _write_new(api: HttpClient, key: ClassKey, grades: tuple[str, ...], output: Path) -> None:
    from workbooks.template import write_workbook

    if output.exists():
        raise Refused(Code.FILE_EXISTS, file=str(output))
    snapshot = api.pull(key, grades)
    write_workbook(output, commands.new_state(snapshot, api.server))


def _pull_all(given: argparse.Namespace) -> Result:
    folder = Path(given.output or ".")
    folder.mkdir(parents=True, exist_ok=True)
    files, conflicts = [], 0
    with client() as api:
        summaries: tuple[ClassSummary, ...] = api.classes(given.school, given.year)
        for i, summary in enumerate(summaries, 1):
            path = folder / f"{summary.key.name}.xlsx"
            say(f"[{i}/{len(summaries)}] {summary.key.name}")
            if path.exists():
                with opened(str(path)) as workbook:
                    conflicts += commands.refresh(workbook, api)[0].conflicts
            else:
                _write_new(api, summary.key, GRADES, path)
            files.append(str(path))
    document = {"files": files, "conflicts": conflicts}
    return Result(document, [f"✔ Đã lấy {len(files)} lớp vào {folder}."], CONFLICTS if conflicts else DONE)


def _refresh(file: str) -> Result:
    with opened(file) as workbook, client() as api:
        found, checked = commands.refresh(workbook, api)
    key = checked.reading.state.base.info.key
    document = {
        "file": file,
        "class": key.name,
        "brought": found.brought,
        "kept": found.kept,
        "conflicts": found.conflicts,
        "counts": counts(checked.findings),
    }
    came = f"{found.brought} ô mới từ máy chủ, giữ {found.kept} ô đã sửa chưa gửi, {found.conflicts} ô xung đột"
    lines = [f"✔ Đã cập nhật {file} (lớp {key.name}): {came}."]
    if found.conflicts:
        lines.append(f"Xử lý xung đột: kqht resolve {file} --take mine|theirs [--cell TRANG!Ô]")
    lines.append(counts_line(counts(checked.findings)))
    return Result(document, lines, CONFLICTS if found.conflicts else DONE)


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
        "cells": [_cell_document(places, verdict) for verdict in result.verdicts],
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
    return FINDINGS if Outcome.INVALID in outcomes else DONE


def _send_lines(file: str, result: commands.SendResult) -> list[str]:
    places = local.Places(result.checked.reading.data)
    tally = Counter(verdict.outcome for verdict in result.verdicts)
    summary = ", ".join(f"{n} ô {OUTCOME_WORDS[outcome]}" for outcome, n in tally.items())
    if result.outcome == "offline":
        return ["Chưa rõ kết quả gửi. Mọi ô đã sửa vẫn còn trong sổ; gửi lại lúc nào cũng được, không bị ghi hai lần."]
    if result.outcome == "refused":
        return ["Lỗi: máy chủ từ chối lần gửi này. Mọi ô đã sửa vẫn còn trong sổ."]
    if result.outcome == "nothing":
        return ["Không có ô nào cần gửi."]
    lines = ["✔ Đã cập nhật thành công." if result.outcome == "sent" else "! Đã cập nhật một phần."]
    lines[0] += f" {summary[:1].upper()}{summary[1:]}."
    problems = [v for v in result.verdicts if v.outcome not in (Outcome.APPLIED, Outcome.UNCHANGED)]
    lines += [
        f"  {'!'.join(places.of((v.sheet, v.student_code, v.column)))}: {v.message or OUTCOME_WORDS[v.outcome]}"
        for v in problems
    ]
    if result.receipt is not None:
        lines.append(f"Mã biên nhận: {result.receipt.send_id}")
    if tally[Outcome.CONFLICT]:
        lines.append(f"Xử lý xung đột: kqht resolve {file} --take mine|theirs [--cell TRANG!Ô]")
    if tally[Outcome.LOCKED]:
        lines.append("Ô thuộc khối đã khóa được giữ lại trong sổ; gửi lại sau khi người quản trị mở khóa.")
    lines.append(counts_line(counts(result.checked.findings)))
    return lines


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
    verdicts = [
        *bad,
        *(
            Verdict(*cell, Outcome.LOCKED if cell in locked else Outcome.APPLIED, current=good[cell][0])
            for cell in sorted(good)
        ),
    ]
    places = local.Places(checked.reading.data)
    cells, lines = [], []
    for verdict in verdicts:
        cell = (verdict.sheet, verdict.student_code, verdict.column)
        before, after = checked.changes[cell]
        document = {**_cell_document(places, verdict), "before": before, "after": after}
        cells.append(document)
        note = "" if verdict.outcome is Outcome.APPLIED else f" ({OUTCOME_WORDS[verdict.outcome]})"
        lines.append(f"{document['sheet']}!{document['cell']}: {value_words(before)} → {value_words(after)}{note}")
    outcome = "nothing" if not cells else "sent" if all(c["outcome"] == "applied" for c in cells) else "partly"
    plan: dict[str, Any] = {"outcome": outcome, "dry_run": True, "receipt": None, "cells": cells}
    return Result(plan, [*lines, f"Sẽ gửi {len(good)} ô; chưa gửi gì."])


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
        send_id = given.send or (state.receipt.send_id if state.receipt else None)
        if send_id is None:
            raise Refused(Code.REQUEST_INVALID, what="sổ này chưa có lần gửi nào để hoàn tác")
        # The id of an undo follows from what it undoes, so that a second press is the same undo.
        undo_id = str(uuid.uuid5(uuid.UUID(send_id), "undo"))
        receipt = api.undo(state.base.info.key, send_id, undo_id)
        found, _ = commands.refresh(workbook, api)
    document = {"receipt": receipt_document(receipt), "skipped": list(receipt.skipped), "conflicts": found.conflicts}
    lines = [f"✔ Đã hoàn tác {receipt.counts.get('applied', 0)} ô của lần gửi {send_id}."]
    if receipt.skipped:
        lines.append(f"Giữ nguyên {len(receipt.skipped)} ô đã được sửa tiếp sau đó: {', '.join(receipt.skipped[:10])}")
    return Result(document, lines, CONFLICTS if found.conflicts else DONE)
