"""Findings, cells, times and tables as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from shared.merge import Outcome
from shared.messages import CAUSES
from shared.phrases import BLANK
from shared.problems import Finding, Severity

MARKS = {Severity.ERROR: "✖", Severity.WARNING: "!", Severity.INFO: "i"}
SEVERITY_WORDS = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "lưu ý"}
OUTCOME_WORDS = {
    Outcome.APPLIED: "đã nhận",
    Outcome.UNCHANGED: "đã có sẵn",
    Outcome.CONFLICT: "xung đột",
    Outcome.LOCKED: "đã khóa",
    Outcome.INVALID: "không hợp lệ",
    Outcome.FORBIDDEN: "không có quyền",
}
_FEW = 5  # findings of one cause that are written out; the workbook has them all


def finding_document(finding: Finding) -> dict[str, Any]:
    """A finding as CONTRACT's JSON."""
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "student_code": finding.student_code,
        "column": finding.column,
        "value": finding.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def finding_lines(findings: Iterable[Finding], *, in_book: bool = True) -> list[str]:
    """Findings grouped by cause, errors first; each group shows its first few, all when no workbook has the rest."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    ranked = sorted(findings, key=lambda f: (order[f.severity], f.code))
    lines = []
    for (severity, code), group in groupby(ranked, key=lambda f: (f.severity, f.code)):
        found = list(group)
        lines.append(f"{MARKS[severity]} {CAUSES[code]}: {len(found)} {SEVERITY_WORDS[severity]} [{code.value}]")
        few = _FEW if in_book else len(found)
        lines += [f"    {_where(f)}{f.message}" for f in found[:few]]
        if len(found) > few:
            lines.append(f"    … và {len(found) - few} chỗ khác, xem trang “Kết quả kiểm tra” trong sổ")
    return lines


def _where(finding: Finding) -> str:
    place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    return f"{place}: " if place else ""


def counts_line(counts: dict[str, int]) -> str:
    """How much was found, in one line."""
    if not any(counts.values()):
        return "✔ Không có lỗi, không có cảnh báo."
    parts = [f"{counts[severity.value]} {SEVERITY_WORDS[severity]}" for severity in Severity if counts[severity.value]]
    return "Kết quả: " + ", ".join(parts) + "."


def value_words(value: str | None) -> str:
    """A value in a sentence; a blank says so."""
    return value or BLANK


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """Rows in aligned columns; numbers to the right."""
    shown = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(header), *shown]) for i in range(len(header))]
    right = [bool(shown) and all(row[i].isdigit() for row in shown) for i in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        padded = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))
        return "  ".join(padded).rstrip()

    return [line(header), "  ".join("-" * w for w in widths), *map(line, shown)]
