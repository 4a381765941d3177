"""Nhập từ bảng khác: a foreign file's values as a plan, cell by cell; carried out as edits that have not been sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from addin import commands, local
from addin.import_cells import WRITTEN, CellPlanner, PlannedCell, SheetPlan
from addin.mappings import Columns
from shared.cells import clean_text, fold, from_cell, raw_text
from shared.foreign.context import Context, context_of
from shared.foreign.mapping import Proposer, Said, SheetMapping, fingerprint
from shared.foreign.rows import RowReader
from shared.foreign.source import SourceSheet
from shared.foreign.students import Reason, Roster, Student, match_rows, number_of
from shared.foreign.tables import Table, find_table
from shared.foreign.words import CARDS
from shared.layout import PROFILE
from workbooks.port import ClassWorkbook, Reading, Update
from workbooks.state import CellKey


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asks for beside the file: which sheets, what they speak of, which columns, whose edits win."""

    sheets: tuple[str, ...] = ()
    context: Context = field(default_factory=Context)
    contexts: Mapping[str, Context] = field(default_factory=dict)  # said of one sheet
    given: Mapping[str, str] = field(default_factory=dict)  # header, column letters or `sheet!letters` → target
    overwrite_mine: bool = False

    def context_for(self, title: str) -> Context:
        """What the user said of a sheet."""
        own = self.contexts.get(title, Context())
        return Context(own.grade or self.context.grade, own.term or self.context.term)

    def given_for(self, title: str) -> dict[str, str]:
        """The user's targets for a sheet's columns."""
        start = f"{title}!"
        return {key.removeprefix(start): target for key, target in self.given.items() if key.startswith(start)} | {
            key: target for key, target in self.given.items() if "!" not in key
        }


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that would happen, before anything does."""

    checked: commands.Checked
    sheets: tuple[SheetPlan, ...]
    skipped: tuple[tuple[str, Reason], ...]  # whole sheets of the file
    cells: tuple[PlannedCell, ...]

    @property
    def doubtful(self) -> bool:
        """Whether a column must be decided first."""
        return any(sheet.mapping.doubtful for sheet in self.sheets)

    @property
    def to_write(self) -> dict[CellKey, str | None]:
        """The cells that will be edited."""
        return {cell.key: cell.after for cell in self.cells if cell.kind in WRITTEN}

    @property
    def remembered(self) -> bool:
        """Whether an earlier confirmation was used."""
        return any(sheet.mapping.remembered for sheet in self.sheets)


def plan(reading: Reading, sources: Sequence[SourceSheet], request: Request, kept: Mapping[str, Columns]) -> ImportPlan:
    """What the sheets of a file would bring into a class workbook; `kept` are earlier confirmations by fingerprint."""
    return _Planner(reading, request, kept).plan(sources)


def apply(workbook: ClassWorkbook, planned: ImportPlan) -> commands.Checked:
    """Write a plan's cells, in one write and with nothing sent; what was found after it."""
    cells = planned.to_write
    reading = planned.checked.reading
    checked = commands.examine(replace(reading, data=local.with_cells(reading.data, cells)))
    if cells:
        workbook.write(Update(cells=cells, report=checked.findings, statuses=commands.statuses(checked)))
    return checked


def students(reading: Reading) -> Iterator[Student]:
    """The class's students as pulled and as their profiles stand in the workbook."""
    base = reading.state.base
    profile = reading.data.sheets.get(PROFILE)
    rows = {row.student_code: row.cells for row in profile.rows} if profile else {}
    columns = {c.key: c for c in base.info.layouts(())[0].columns}
    for code in base.roster:
        held, stands = base.cells(PROFILE, code), rows.get(code, {})
        names = [text for cells in (held, stands) if (text := clean_text(raw_text(cells.get("full_name"))))]
        numbers = (number_of(raw_text(cells.get(key))) for cells in (held, stands) for key in CARDS)
        born = from_cell(columns["birth_date"], stands.get("birth_date") or held.get("birth_date"))
        folded = frozenset(map(fold, names))
        yield Student(code, (names or [code])[0], folded, frozenset(filter(None, numbers)), born)


class _Planner:
    def __init__(self, reading: Reading, request: Request, kept: Mapping[str, Columns]) -> None:
        self.reading, self.request, self.kept = reading, request, kept
        self.base = reading.state.base
        self.layouts = {layout.key: layout for layout in self.base.info.layouts(self.base.grades)}
        self.proposer = Proposer(self.layouts.values())
        self.roster = Roster(students(reading))
        self.checked = commands.examine(reading)

    def plan(self, sources: Sequence[SourceSheet]) -> ImportPlan:
        found: list[SheetPlan] = []
        skipped: list[tuple[str, Reason]] = []
        for source in sources:
            if self.request.sheets and source.title not in self.request.sheets:
                continue
            sheet = self._sheet(source, alone=len(sources) == 1)
            if isinstance(sheet, SheetPlan):
                found.append(sheet)
            elif source.visible or sheet is not Reason.NO_TABLE:
                skipped.append((source.title, sheet))
        cells = CellPlanner(self.checked, self.layouts, overwrite_mine=self.request.overwrite_mine)
        return ImportPlan(self.checked, tuple(found), tuple(skipped), cells.planned(found))

    def _sheet(self, source: SourceSheet, *, alone: bool) -> SheetPlan | Reason:
        table = find_table(source, self.proposer.words)
        if table is None:
            return Reason.NO_TABLE
        if not source.visible and not alone and source.title not in self.request.sheets:
            return Reason.HIDDEN_SHEET
        mapping = self._mapping(table)
        rows = RowReader(mapping, self.layouts[PROFILE].by_key["birth_date"], self.roster.by_name).read()
        matching = match_rows(rows.students, self.roster, self.base.info.key.name, mapping.context.class_name)
        if not matching.matched:
            return Reason.NOBODY
        if mapping.context.grade and mapping.context.grade not in self.layouts:
            return Reason.NO_GRADE_SHEET
        hidden = sum(item.row.index in source.hidden_rows for item in matching.matched)
        left = sorted((*matching.left, *rows.others), key=lambda item: item.row.index)
        return SheetPlan(mapping, matching.matched, tuple(left), hidden)

    def _mapping(self, table: Table) -> SheetMapping:
        title = table.sheet.title
        year = self.base.info.key.school_year
        context = context_of(title, table.titles, year, self.request.context_for(title))
        if context.grade is None and not context.disputed and len(self.proposer.grades) == 1:
            context = replace(context, grade=self.proposer.grades[0])
        said = Said(self.kept.get(fingerprint(table)), self.request.given_for(title))
        return self.proposer.propose(table, context, said)
