"""All findings of a class in reading order, from its sheets alone: a workbook or the service's records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from shared.cells import raw_text, shown
from shared.columns import PERIOD_OF_TERM, Column, Period, Term
from shared.layout import GRADES, HEADER_ROWS, PROFILE, SHEET_TITLES, SheetLayout, split_public
from shared.messages import SEVERITIES, message, tidy_message
from shared.phrases import reason_given
from shared.problems import Finding, Issue, Severity
from shared.reasons import shown_with
from shared.records import Cells, ClassData, Sheet, a1
from shared.rules import (
    addresses,
    births,
    classes,
    completeness,
    identity,
    patterns,
    profile,
    rating_checks,
    roster,
    scores,
)
from shared.rules.facts import StudentRow
from shared.rules.reading import explained, read_row, sheet_proves_day_first
from shared.schemas.rows import load_row
from shared.studies import study_of

_PROFILE_RULES = (
    completeness.profile_blank_issues,
    identity.identity_issues,
    profile.age_issues,
    profile.name_issues,
    profile.ethnic_issues,
    profile.status_issues,
    profile.study_issues,
    addresses.address_issues,
)
_RESULT_RULES = (
    completeness.language_issues,
    scores.year_issues,
    scores.average_issues,
    rating_checks.code_issues,
    rating_checks.academic_issues,
    rating_checks.conduct_issues,
    rating_checks.comment_issues,
    rating_checks.standing_issues,
    patterns.series_issues,
    patterns.shift_issues,
    completeness.elective_issues,
    completeness.reason_issues,
)
_SHEETS = (PROFILE, *GRADES)
_NO_PLACE = -1
_Sortable = tuple[int, int, str, Finding]  # row, column, code


def place(layout: SheetLayout | Sheet, row: int, column: str) -> str:
    """The A1 address of a row and a column key, on a sheet as read or as the template has it."""
    return a1(row, layout.columns[column] if isinstance(layout, Sheet) else layout.index[column])


@cache
def _columns(layout: SheetLayout) -> Mapping[str, Column]:
    return {column.key: column for column in layout.columns}


@dataclass(slots=True)
class _SheetRead:
    """A sheet whose rows have been read and checked one by one."""

    sheet: Sheet
    rows: list[StudentRow] = field(default_factory=list)
    found: list[_Sortable] = field(default_factory=list)

    def add(self, row: StudentRow | None, issue: Issue, student_code: str | None = None) -> None:
        """Give an issue its place; without a row it concerns a column or the sheet as a whole."""
        layout, key = self.sheet.layout, issue.column
        if row and key and key not in self.sheet.columns:
            return  # the column is gone from the sheet: that is one finding, the reader's, not one for each student
        at = self.sheet.columns.get(key, _NO_PLACE) if key else _NO_PLACE
        number = row.number if row else HEADER_ROWS if key else 0
        value = _value(_columns(layout)[key], row, issue) if key and row else None
        severity, words = issue.severity or SEVERITIES[issue.code], _words(layout, issue, value)
        reason = row.reasons.get(key) if row and key else None
        if reason:
            value = shown_with(value, reason)
        if reason and severity is Severity.WARNING:  # looked at, and answered where it stands
            severity, words = Severity.INFO, words + reason_given(reason.words)
        finding = Finding(
            code=issue.code,
            severity=severity,
            sheet=layout.title,
            cell=a1(number, at) if at >= 0 and number else "",
            student_code=row.code if row else student_code,
            column=layout.public(key) if key else None,
            value=value,
            message=words,
            suggestion=issue.suggestion,
        )
        self.found.append((number, at, issue.code.value, finding))

    def findings(self) -> Iterator[Finding]:
        """The findings in reading order."""
        return (found[3] for found in sorted(self.found, key=lambda found: found[:3]))


def _value(column: Column, row: StudentRow, issue: Issue) -> str | None:
    """What the cell shows."""
    if "value" in issue.params:
        return str(issue.params["value"])
    if column.stored:
        return shown(column, row.values.get(column.key))
    return row.code if column.key == "student_code" else raw_text(row.raw.get(column.key)) or None


def _words(layout: SheetLayout, issue: Issue, value: str | None) -> str:
    where = _columns(layout)[issue.column].words if issue.column else ""
    facts = {"where": where, "value": value, **issue.params}
    return tidy_message(**facts) if issue.params.get("tidy") else message(issue.code, **facts)


def _check_sheet(
    data: ClassData, sheet: Sheet, codes: frozenset[str] | None, profiles: Mapping[str, Cells]
) -> _SheetRead:
    """A sheet's rows read, and every rule that needs one row applied."""
    read = _SheetRead(sheet)
    layout, day_first = sheet.layout, sheet_proves_day_first(sheet)
    rules = _RESULT_RULES if layout.programme else _PROFILE_RULES
    for raw in sheet.rows:
        if codes is not None and raw.student_code not in codes:
            continue
        study = study_of(layout, profiles.get(raw.student_code or "")) if layout.programme else None
        row, _ = read_row(layout, raw, day_first=day_first, study=study, info=data.info)
        for rule in rules:
            row.issues += rule(row)
        if layout.programme:
            row.issues += completeness.blank_issues(row, data.info.stage)
        read.rows.append(row)
    return read


def _check(data: ClassData, codes: frozenset[str] | None) -> list[_SheetRead]:
    """All sheets with what their rows say, alone and beside the other sheets' rows of the same student."""
    reads: list[_SheetRead] = []
    profiles: dict[str, Cells] = {}
    earlier: dict[str, StudentRow] = {}
    for sheet in (data.sheets[key] for key in _SHEETS if key in data.sheets):
        read = _check_sheet(data, sheet, codes, profiles)
        reads.append(read)
        for row in read.rows:
            if row.code is not None and not sheet.layout.programme:
                profiles.setdefault(row.code, row.values)
            row.issues += roster.row_issues(data, row, profiles)
            row.issues += births.swap_issues(data, row)
            if row.code is not None and sheet.layout.programme:
                if row.code in earlier:
                    row.issues += completeness.language_change_issues(row, earlier[row.code])
                earlier[row.code] = row
            for issue in row.issues:
                read.add(row, issue)
    return reads


def check(data: ClassData) -> tuple[Finding, ...]:
    """Every finding of a class: sheet by sheet, row by row, column by column."""
    known = {code: i for i, code in enumerate(data.roster)}
    reads = _check(data, None)
    for read in reads:
        seen: dict[str, int] = {}
        for row in read.rows:
            for issue in roster.code_issues(row, known, seen):
                read.add(row, issue)
        for issue in roster.count_issue(data, read.sheet):
            read.add(None, issue)
        for code, issue in roster.absent(data, read.sheet):
            read.add(None, issue, code)
        profile_sheet = read.sheet.layout.key == PROFILE
        for placed, issue in (classes.duplicate_issues if profile_sheet else classes.column_issues)(read.rows):
            read.add(placed, issue)
    return tuple(finding for read in reads for finding in read.findings())


def check_students(data: ClassData, codes: frozenset[str]) -> tuple[Finding, ...]:
    """The findings of some students' own rows, without those that need the whole class."""
    return tuple(finding for read in _check(data, codes) for finding in read.findings())


def invalid_cells(layout: SheetLayout, cells: Mapping[str, str | None]) -> dict[str, str]:
    """The cells whose values are impossible in themselves and are refused one by one: column key → message."""
    _, errors = load_row(layout, cells)
    return {key: _words(layout, explained(layout, cells, issues[0]), None) for key, issues in errors.items()}


def block_findings(findings: Iterable[Finding], grade: str, period: Period) -> tuple[Finding, ...]:
    """The errors that keep a grade's block from being locked (guide 2.3)."""
    return tuple(
        finding for finding in findings if finding.severity is Severity.ERROR and _concerns(finding, grade, period)
    )


@cache
def _period(column: str) -> Period | None:
    """The block of a column; none for those that belong to the row as a whole."""
    end = column.rpartition(".")[2]
    if end == "language":
        return Period.HK1
    return PERIOD_OF_TERM[Term(end)] if end in set(Term) else None


def _concerns(finding: Finding, grade: str, period: Period) -> bool:
    if finding.column is None:
        return finding.sheet in {"", SHEET_TITLES[grade]}
    sheet, column = split_public(finding.column)
    return sheet == grade and _period(column) in {None, period}


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many errors, warnings and notes there are."""
    found = Counter(finding.severity.value for finding in findings)
    return {severity.value: found[severity.value] for severity in Severity}
