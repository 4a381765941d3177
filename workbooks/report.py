"""The sheet Kết quả kiểm tra as lines of text: findings grouped by cause, errors first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.layout import SheetLayout
from shared.messages import CAUSES
from shared.problems import Code, Finding, Severity
from shared.records import ClassInfo
from workbooks import words
from workbooks.wrapping import lines_in

WIDTHS = (12, 8, 7, 31, 19, 13, 87, 18)  # characters, column by column: all in view on a screen 1600 wide
FROZEN_ROWS = 4  # title, counts, legend, column headings
LINE_POINTS = 12.75  # a line of Arial 10
_ROW_NUMBER = re.compile(r"\d+$")


class Look(StrEnum):
    """How a line of the report looks."""

    TITLE = "title"
    COUNTS = "counts"
    LEGEND = "legend"
    HEADINGS = "headings"
    GROUP = "group"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the report; `link` is where its third cell leads."""

    look: Look
    texts: tuple[str, ...]
    severity: Severity | None = None
    link: str | None = None

    @property
    def points(self) -> float:
        """The height of the row: as much as its texts need, wrapped in their columns."""
        if self.look is Look.FINDING:
            return max(map(lines_in, self.texts, WIDTHS)) * LINE_POINTS + 3
        return 15.0 if self.look is Look.LEGEND else 21.0


def report_lines(
    info: ClassInfo, findings: Sequence[Finding] | None, names: Mapping[str, str], layouts: Iterable[SheetLayout]
) -> tuple[Line, ...]:
    """The whole report; `findings` is None when nothing has been checked yet."""
    title = words.REPORT_TITLE.format(name=info.key.name, school=info.school_name, school_year=info.key.school_year)
    head = Line(Look.TITLE, (title,))
    if not findings:
        return (head, Line(Look.COUNTS, (words.NOT_CHECKED if findings is None else words.CLEAN,)))
    columns = {layout.public(c.key): c.words for layout in layouts for c in layout.columns}
    legend = Line(Look.LEGEND, (words.REPORT_LEGEND,))
    lines = [head, Line(Look.COUNTS, (_counts(findings),)), legend, Line(Look.HEADINGS, words.REPORT_COLUMNS)]
    for (severity, code), members in _groups(findings):
        lines.append(Line(Look.GROUP, (_heading(severity, code, members),), severity))
        lines += [_line(finding, names, columns) for finding in members]
    return tuple(lines)


def _counts(findings: Sequence[Finding]) -> str:
    count = {severity: sum(1 for f in findings if f.severity is severity) for severity in Severity}
    text = words.REPORT_COUNTS.format(errors=count[Severity.ERROR], warnings=count[Severity.WARNING])
    return text + (words.REPORT_NOTES.format(notes=count[Severity.INFO]) if count[Severity.INFO] else "")


def _groups(findings: Sequence[Finding]) -> list[tuple[tuple[Severity, Code], list[Finding]]]:
    """Findings by severity and cause: errors, warnings, notes; causes in the order they were met."""
    groups: dict[tuple[Severity, Code], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    order = list(Severity)
    return sorted(groups.items(), key=lambda group: order.index(group[0][0]))


def _heading(severity: Severity, code: Code, members: Sequence[Finding]) -> str:
    symbol = words.SEVERITY_WORDS[severity].split()[0]
    text = words.GROUP.format(symbol=symbol, cause=CAUSES.get(code, code.value), count=len(members))
    rows = [int(match.group()) for finding in members if (match := _ROW_NUMBER.search(finding.cell))]
    if not rows:
        return text
    first, last = min(rows), max(rows)
    return text + (words.GROUP_ROW if first == last else words.GROUP_ROWS).format(first=first, last=last)


def _line(finding: Finding, names: Mapping[str, str], columns: Mapping[str, str]) -> Line:
    code = finding.student_code or ""
    column = columns.get(finding.column or "", finding.column or "")
    texts = (
        words.SEVERITY_WORDS[finding.severity],
        finding.sheet,
        finding.cell,
        " ".join(filter(None, (code, names.get(code)))),
        column,
        finding.value or "",
        finding.message,
        finding.suggestion or "",
    )
    return Line(Look.FINDING, texts, finding.severity, cell_link(finding.sheet, finding.cell))


def cell_link(sheet: str, cell: str) -> str | None:
    """Where a click leads; nowhere without a sheet and a cell."""
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}" if sheet and cell else None
