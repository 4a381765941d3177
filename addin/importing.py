"""Nhập từ bảng khác: a foreign file's values as a plan, cell by cell; carried out as edits that have not been sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from addin import commands, local
from addin.mappings import Columns
from shared.cells import clean_text, fold, from_cell, raw_text
from shared.foreign.context import Context, context_of
from shared.foreign.mapping import Proposer, Said, SheetMapping, fingerprint
from shared.foreign.rows import RowReader
from shared.foreign.source import SourceSheet
from shared.foreign.students import How, LeftOut, Matched, Reason, Roster, Student, match_rows, number_of
from shared.foreign.tables import Table, find_table
from shared.foreign.values import read_values
from shared.foreign.words import CARDS
from shared.layout import PROFILE, split_public
from shared.records import a1
from shared.rules.tidy_profile import proves_day_first
from shared.sync_api import PROFILE_RIGHT, RESULTS_RIGHT
from workbooks.port import ClassWorkbook, Reading, Update
from workbooks.state import CellKey


class CellKind(StrEnum):
    """What becomes of one cell of the plan; only the first two are written."""

    NEW = "new"  # the cell is blank here
    CHANGED = "changed"
    SAME = "same"
    LOCKED = "locked"
    INVALID = "invalid"  # no possible value
    CONFLICT = "conflict"  # differs from an edit of mine that has not been sent, or from an open conflict
    FORBIDDEN = "forbidden"
    UNPLACED = "unplaced"  # the class workbook's own row or cell cannot be told
    TWO_SOURCES = "two_sources"  # the file says two things


WRITTEN = frozenset({CellKind.NEW, CellKind.CHANGED})


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell: where it stands in the class workbook, what it holds, what the file says (canonical, or as written)."""

    key: CellKey
    kind: CellKind
    before: str | None
    after: str
    source: str  # `Sheet1!F7`
    message: str = ""  # of the check, for a value that is none
    written: str = ""  # as it stands in the file, where it had to be put right


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet of the file that holds students of the class."""

    mapping: SheetMapping
    matched: tuple[Matched, ...]
    left: tuple[LeftOut, ...]
    hidden: int = 0  # rows of the class that the file does not show; they are taken all the same

    @property
    def title(self) -> str:
        """The name on the sheet's tab."""
        return self.mapping.table.sheet.title

    @property
    def by_name(self) -> tuple[Matched, ...]:
        """The rows known by a name alone."""
        return tuple(item for item in self.matched if item.how is How.NAME)


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
            else:
                skipped.append((source.title, sheet))
        return ImportPlan(self.checked, tuple(found), tuple(skipped), _Cells(self, found).planned())

    def _sheet(self, source: SourceSheet, *, alone: bool) -> SheetPlan | Reason:
        if not source.visible and not alone and source.title not in self.request.sheets:
            return Reason.HIDDEN_SHEET
        table = find_table(source, self.proposer.words)
        if table is None:
            return Reason.NO_TABLE
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A value of the file for one cell: canonical, or as written with what is wrong with it."""

    value: str
    source: str
    wrong: str | None = None
    written: str = ""  # as it stands in the file, where it had to be put right


class _Cells:
    """The plan cell by cell."""

    def __init__(self, planner: _Planner, sheets: Iterable[SheetPlan]) -> None:
        self.base, self.layouts = planner.base, planner.layouts
        self.reading, self.checked, self.request = planner.reading, planner.checked, planner.request
        self.sheets = tuple(sheets)

    def planned(self) -> tuple[PlannedCell, ...]:
        found: dict[CellKey, list[_Found]] = {}
        for sheet in self.sheets:
            for key, value in self._values(sheet):
                found.setdefault(key, []).append(value)
        locked = local.locked_cells(self.reading.state, found)
        places = local.Places(self.reading.data)
        cells = [self._cell(key, values, locked=key in locked) for key, values in found.items()]
        return tuple(sorted(cells, key=lambda cell: places.position(cell.key)))

    def _values(self, sheet: SheetPlan) -> Iterator[tuple[CellKey, _Found]]:
        """Every filled cell of the taken columns in the rows of the class."""
        mapping, grid = sheet.mapping, sheet.mapping.table.sheet.grid
        targets: dict[str, dict[str, int]] = {}
        for column in mapping.taken:
            key, name = split_public(column.target or "")
            targets.setdefault(key, {})[name] = column.column.at
        births = mapping.fields("birth_date")
        day_first = proves_day_first(_at(grid[m.row.index], at) for m in sheet.matched for at in births)
        for item in sheet.matched:
            for key, columns in targets.items():
                raw = {name: _at(grid[item.row.index], at) for name, at in columns.items()}
                held = self.checked.standing.cells.get((key, item.student.code)) or self.base.cells(
                    key, item.student.code
                )
                values = read_values(self.layouts[key], held, raw, day_first=day_first)
                for name, at in columns.items():
                    source = f"{sheet.title}!{a1(item.row.index + 1, at)}"
                    if name in values.good:
                        yield (
                            (key, item.student.code, name),
                            _Found(values.good[name], source, written=values.mended.get(name, "")),
                        )
                    elif name in values.bad:
                        yield (key, item.student.code, name), _Found(values.bad[name][0], source, values.bad[name][1])

    def _cell(self, key: CellKey, found: Sequence[_Found], *, locked: bool) -> PlannedCell:
        first = found[0]
        source = ", ".join(dict.fromkeys(value.source for value in found))
        before = self.checked.standing.cells.get(key[:2], {}).get(key[2])
        kind = self._kind(key, before, found, locked=locked)
        if kind is CellKind.TWO_SOURCES:
            return PlannedCell(key, kind, before, " / ".join(dict.fromkeys(value.value for value in found)), source)
        return PlannedCell(key, kind, before, first.value, source, first.wrong or "", first.written)

    def _kind(self, key: CellKey, before: str | None, found: Sequence[_Found], *, locked: bool) -> CellKind:
        if len({value.value for value in found}) > 1:
            return CellKind.TWO_SOURCES
        if before == found[0].value:
            return CellKind.SAME
        if found[0].wrong is not None or not self._has_place(key):
            return CellKind.UNPLACED if found[0].wrong is None else CellKind.INVALID
        if (PROFILE_RIGHT if key[0] == PROFILE else RESULTS_RIGHT) not in self.base.rights:
            return CellKind.FORBIDDEN
        return CellKind.LOCKED if locked else self._against_mine(key, before)

    def _against_mine(self, key: CellKey, before: str | None) -> CellKind:
        edited = before != self.base.cells(*key[:2]).get(key[2])
        if key in self.reading.state.conflicts or (edited and not self.request.overwrite_mine):
            return CellKind.CONFLICT
        return CellKind.NEW if before is None else CellKind.CHANGED

    def _has_place(self, key: CellKey) -> bool:
        sheet = self.reading.data.sheets.get(key[0])
        return sheet is not None and key[2] in sheet.columns and self.checked.standing.has(key)


def _at(row: Sequence[Any], at: int) -> Any:
    return None if at >= len(row) or row[at] == "" else row[at]
