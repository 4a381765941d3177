"""Lấy KQHT: a class into a new workbook, every class into a folder, or news into a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from addin import commands
from addin.client import HttpClient
from kqht.cli import CONFLICTS, DONE, USAGE, Result, say
from kqht.doors import class_named, client
from kqht.offline import opened
from kqht.shown import counts_line, finding_lines
from shared.check import counts
from shared.layout import GRADES
from shared.problems import Code, Refused
from shared.records import ClassKey
from shared.refusals import refusal_text
from shared.sync_api import ClassSummary


def pull(given: argparse.Namespace) -> Result:
    """Lấy KQHT: a class into a new workbook, every class into a folder, or news into a workbook."""
    if given.all:
        if given.target:
            raise Refused(Code.REQUEST_INVALID, what="--all không đi cùng tên lớp hay tên tệp")
        return _pull_all(given)
    if not given.target:
        raise Refused(Code.REQUEST_INVALID, what="hãy nêu tên lớp, tên tệp .xlsx, hoặc --all")
    if given.target.lower().endswith((".xls", ".xlsm", ".ods", ".csv")):
        _xlsx(given.target)
    if given.target.lower().endswith(".xlsx"):
        if given.output or given.grades:
            raise Refused(Code.REQUEST_INVALID, what="cập nhật một sổ không đi cùng -o hay --grades")
        return _refresh(given.target)
    output = _xlsx(given.output or f"{given.target}.xlsx")
    with client() as api:
        _write_new(api, class_named(api, given.target, given), _grades(given), output)
    return Result({"file": str(output), "class": given.target}, [f"✔ Đã lấy lớp {given.target} vào {output}."])


def _xlsx(name: str) -> Path:
    if not name.lower().endswith(".xlsx"):
        raise Refused(Code.REQUEST_INVALID, what=f"tên tệp phải có đuôi .xlsx, không phải {name}")
    return Path(name)


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
        raise Refused(Code.FILE_EXISTS, file=str(output), hint=f" Muốn cập nhật chính sổ ấy: kqht pull {output}")
    snapshot = api.pull(key, grades)
    write_workbook(output, commands.new_state(snapshot, api.server))


def _pull_all(given: argparse.Namespace) -> Result:
    if not given.output:
        raise Refused(Code.REQUEST_INVALID, what="hãy nêu thư mục bằng -o")
    folder = Path(given.output)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    failed: list[dict[str, str]] = []
    conflicts = 0
    with client() as api:
        summaries: tuple[ClassSummary, ...] = api.classes(given.school, given.year)
        for i, summary in enumerate(summaries, 1):
            path = folder / f"{summary.key.name}.xlsx"
            say(f"[{i}/{len(summaries)}] {summary.key.name}")
            try:
                conflicts += _pull_one(api, summary.key, path)
                files.append(str(path))
            except Refused as refused:  # the other classes come all the same
                if refused.code in (Code.NOT_REACHABLE, Code.NOT_SIGNED_IN):
                    raise
                words = str(refused.params.get("detail") or refusal_text(refused))
                failed.append({"file": str(path), "code": refused.code.value, "message": words})
                say(f"  ✖ {path}: {words}")
    document = {"files": files, "failed": failed, "conflicts": conflicts}
    lines = [f"✔ Đã lấy {len(files)}/{len(summaries)} lớp vào {folder}."]
    lines += [f"✖ Chưa lấy được vào {f['file']}: {f['message']}" for f in failed]
    return Result(document, lines, USAGE if failed else CONFLICTS if conflicts else DONE)


def _pull_one(api: HttpClient, key: ClassKey, path: Path) -> int:
    """A class into its workbook, new or already there; the number of conflicts."""
    if not path.exists():
        _write_new(api, key, GRADES, path)
        return 0
    with opened(str(path)) as workbook:
        found = workbook.read().state.base.info.key
        if found != key:
            raise Refused(
                Code.CLASS_OTHER, found=f"{found.name} ({found.school}, {found.school_year})", wanted=key.name
            )
        return commands.refresh(workbook, api)[0].conflicts


def _refresh(file: str) -> Result:
    with opened(file) as workbook, client() as api:
        found, checked = commands.refresh(workbook, api)
    key = checked.reading.state.base.info.key
    document = {
        "file": file,
        "class": key.name,
        "brought": found.brought,
        "kept": found.kept,
        "left": found.left,
        "conflicts": found.conflicts,
        "counts": counts(checked.findings),
    }
    came = f"{found.brought} ô mới từ máy chủ, giữ {found.kept} ô đã sửa chưa gửi, {found.conflicts} ô xung đột"
    lines = [f"✔ Đã cập nhật {file} (lớp {key.name}): {came}."]
    if found.left:
        lines.append(f"! {found.left} ô của máy chủ chưa có chỗ rõ ràng trong sổ; sửa các lỗi dưới đây rồi lấy lại:")
        lines += finding_lines(commands.withheld(checked))
    if found.conflicts:
        lines.append(f"Xử lý xung đột: kqht resolve {file} --take mine|theirs [--cell TRANG!Ô]")
    lines.append(counts_line(counts(checked.findings)))
    return Result(document, lines, CONFLICTS if found.conflicts else DONE)
