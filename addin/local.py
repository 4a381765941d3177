"""What a workbook holds against what it was pulled with: my cells, my changes, where they stand. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shared.cells import clean_text, compared, from_cell, raw_text, to_cell
from shared.layout import PROFILE, SheetLayout, split_public
from shared.locks import lock_over
from shared.merge import Change, RowChange, diff
from shared.problems import Code, Finding, Severity
from shared.records import Cells, ClassData, Lock, Record, RecordKey, Row, Sheet, Snapshot, a1
from shared.sync_api import Verdict
from workbooks.port import Reading
from workbooks.state import CellKey, State

# A row that may stand under the wrong student is neither sent nor written: its values stay as they are until it is mended.
HELD_BACK = frozenset({Code.MOET_ID_DUPLICATE, Code.ROW_IDENTITY, Code.TPL_CLASS})
# A cell whose value cannot be told is as it was pulled, and no pull writes over what stands in it.
UNTOLD = frozenset({Code.TPL_FORMULA_ERR, Code.TPL_FORMULA_EMPTY, Code.TPL_MERGED})
# Something of the user's may be waiting where the program cannot place it.
WITHHELD = HELD_BACK | UNTOLD | {Code.MOET_ID, Code.MOET_ID_UNKNOWN, Code.TPL_SHEET, Code.TPL_COLUMNS}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands clearly in a workbook: my cells of each record, and which of them were really read."""

    cells: Mapping[RecordKey, dict[str, str]]
    told: Mapping[RecordKey, frozenset[str]]
    codes: Mapping[str, Mapping[str, int]]  # sheet key → how often each code stands on it

    def has(self, cell: CellKey) -> bool:
        """Whether a cell was read, and so may be written."""
        return cell[2] in self.told.get((cell[0], cell[1]), ())

    def lacks(self, record: RecordKey, known: frozenset[str]) -> bool:
        """Whether a student's row is surely gone from a sheet: no row of nobody, and none doubled, may be it."""
        seen = self.codes.get(record[0])
        return (
            seen is not None and record[1] not in seen and seen.keys() <= known and max(seen.values(), default=1) == 1
        )


def standing(reading: Reading, found: Iterable[Finding] = ()) -> Standing:
    """What stands clearly, given what a check has found; a cell that was not read is as it was pulled."""
    base = reading.state.base
    held, untold = _held_back(found, titles(reading.data)), _untold(found)
    cells: dict[RecordKey, dict[str, str]] = {}
    told: dict[RecordKey, frozenset[str]] = {}
    codes: dict[str, Counter[str]] = {}
    for key, sheet in reading.data.sheets.items():
        seen = codes[key] = Counter(row.student_code or "" for row in sheet.rows)
        for row in sheet.rows:
            record = (key, row.student_code or "")
            if seen[record[1]] > 1 or record[1] not in base.roster or record in held:
                continue
            cells[record] = _row_cells(sheet.layout, row, base.cells(*record))
            told[record] = frozenset(row.cells) - {name for *of, name in untold if tuple(of) == record}
    return Standing(cells, told, codes)


def _row_cells(layout: SheetLayout, row: Row, base: Cells) -> dict[str, str]:
    cells = {key: value for key, value in base.items() if key not in row.cells}
    for column in layout.stored:
        if column.key in row.cells and (value := from_cell(column, row.cells[column.key])) is not None:
            cells[column.key] = value
    return cells


def _held_back(findings: Iterable[Finding], titles: Mapping[str, str]) -> frozenset[RecordKey]:
    return frozenset(
        (titles[f.sheet], f.student_code)
        for f in findings
        if f.code in HELD_BACK and f.student_code is not None and f.sheet in titles
    )


def _untold(findings: Iterable[Finding]) -> frozenset[CellKey]:
    found = set()
    for f in findings:
        if f.code in UNTOLD and f.student_code is not None and f.column is not None:
            sheet, key = split_public(f.column)
            found.add((sheet, f.student_code, key))
    return frozenset(found)


def withheld(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings behind which an edit may wait that cannot be sent."""
    return tuple(f for f in findings if f.code in WITHHELD and f.severity is Severity.ERROR)


def titles(data: ClassData) -> dict[str, str]:
    """Sheet keys by the title on the tab."""
    return {sheet.layout.title: key for key, sheet in data.sheets.items()}


def all_changes(base: Snapshot, mine: Standing) -> dict[CellKey, Change]:
    """Every cell that differs from its base, conflicts included."""
    return {
        (sheet, code, key): change
        for (sheet, code), cells in mine.cells.items()
        for key, change in diff(base.cells(sheet, code), cells).items()
    }


def as_rows(changes: Mapping[CellKey, Change]) -> tuple[RowChange, ...]:
    """Changed cells grouped by record, in a fixed order."""
    rows: dict[RecordKey, dict[str, Change]] = {}
    for (sheet, code, key), change in sorted(changes.items()):
        rows.setdefault((sheet, code), {})[key] = change
    return tuple(RowChange(sheet, code, cells) for (sheet, code), cells in rows.items())


def locked_cells(state: State, keys: Iterable[CellKey]) -> dict[CellKey, Lock]:
    """Those of the cells that a completed block covers, as far as the workbook knows, each with its lock."""
    layouts = {layout.key: layout for layout in state.base.info.layouts(state.base.grades)}
    over = ((cell, lock_over(layouts[cell[0]], cell[2], state.base.locks)) for cell in keys if cell[0] in layouts)
    return {cell: lock for cell, lock in over if lock is not None}


def with_base_cells(base: Snapshot, cells: Mapping[CellKey, str | None]) -> Snapshot:
    """The snapshot with some cells replaced (None clears)."""
    replaced: dict[RecordKey, dict[str, str | None]] = {}
    for (sheet, code, key), value in cells.items():
        replaced.setdefault((sheet, code), {})[key] = value
    records = dict(base.records)
    for record_key, values in replaced.items():
        record = records.get(record_key, Record({}))
        kept = {**record.cells, **values}
        records[record_key] = replace(record, cells={key: text for key, text in kept.items() if text is not None})
    return replace(base, records=records)


def with_cells(data: ClassData, cells: Mapping[CellKey, str | None]) -> ClassData:
    """The sheets as they will read once the cells are written."""
    by_sheet: dict[str, dict[str, dict[str, str | None]]] = {}
    for (sheet, code, key), value in cells.items():
        by_sheet.setdefault(sheet, {}).setdefault(code, {})[key] = value
    for sheet_key, rows in by_sheet.items():
        if sheet_key in data.sheets:
            data = data.with_sheet(_with_rows(data.sheets[sheet_key], rows))
    return data


def _with_rows(sheet: Sheet, cells: Mapping[str, Mapping[str, str | None]]) -> Sheet:
    columns = {column.key: column for column in sheet.layout.columns if column.key in sheet.columns}

    def after(row: Row) -> Row:
        values = cells.get(row.student_code or "", {})
        written = {key: to_cell(columns[key], value) for key, value in values.items() if key in columns}
        return replace(row, cells={**row.cells, **written}) if written else row

    return replace(sheet, rows=tuple(map(after, sheet.rows)))


class Places:
    """Where cells stand: `(sheet key, student code, column key)` ↔ sheet title and A1 address."""

    def __init__(self, data: ClassData) -> None:
        self._data = data
        self._rows = {
            (key, row.student_code): row.number
            for key, sheet in data.sheets.items()
            for row in sheet.rows
            if row.student_code
        }

    def of(self, cell: CellKey) -> tuple[str, str]:
        """Title and address; an empty address when the cell stands on no row or column now."""
        sheet_key, code, key = cell
        sheet = self._data.sheets.get(sheet_key)
        if sheet is None:
            return "", ""
        row, column = self._rows.get((sheet_key, code)), sheet.columns.get(key)
        return sheet.layout.title, "" if row is None or column is None else a1(row, column)

    def in_order(self, verdicts: Iterable[Verdict]) -> list[Verdict]:
        """Verdicts as their cells follow each other in the workbook."""
        return sorted(verdicts, key=lambda v: self.position((v.sheet, v.student_code, v.column)))

    def position(self, cell: CellKey) -> tuple[int, int, int]:
        """Where a cell comes in the workbook: sheet, row, column; what stands nowhere comes first."""
        sheet = self._data.sheets.get(cell[0])
        if sheet is None:
            return 0, 0, 0
        column = sheet.columns.get(cell[2], 0)
        return list(self._data.sheets).index(cell[0]), self._rows.get((cell[0], cell[1]), 0), column

    def at(self, title: str, address: str) -> CellKey | None:
        """The cell at an address, or None when no student's cell stands there."""
        for sheet_key, sheet in self._data.sheets.items():
            if sheet.layout.title != title:
                continue
            for row in sheet.rows:
                for key, column in sheet.columns.items():
                    if a1(row.number, column) == address and row.student_code:
                        return sheet_key, row.student_code, key
        return None


def copies(data: ClassData, base: Snapshot, before: Snapshot) -> dict[CellKey, str | None]:
    """The names and numbers that the result sheets copy from the profiles, where they no longer show the base's.

    A name is written only over one that the student is known to have borne: any other may be a row pasted over.
    """
    cells: dict[CellKey, str | None] = {}
    for sheet in data.sheets.values():
        for row in sheet.rows if sheet.layout.key != PROFILE else ():
            if row.student_code in base.roster:
                cells |= _row_copies(sheet.layout, row, base, _names(data, before, base, row.student_code))
    return cells


def _row_copies(layout: SheetLayout, row: Row, base: Snapshot, names: frozenset[str]) -> dict[CellKey, str | None]:
    code, profile = row.student_code or "", base.cells(PROFILE, row.student_code or "")
    if "full_name" not in row.cells or compared(raw_text(row.cells["full_name"])) not in {*names, ""}:
        return {}
    return {
        (layout.key, code, key): profile.get(key)
        for key in ("full_name", "national_id")
        if key in row.cells and (clean_text(raw_text(row.cells[key])) or None) != profile.get(key)
    }


def _names(data: ClassData, before: Snapshot, base: Snapshot, code: str) -> frozenset[str]:
    shown = (
        (row.cells.get("full_name") for row in data.sheets[PROFILE].rows if row.student_code == code)
        if PROFILE in data.sheets
        else ()
    )
    told = (snapshot.cells(PROFILE, code).get("full_name") for snapshot in (before, base))
    borne = (
        name
        for entry in base.history
        if (entry.sheet, entry.student_code) == (PROFILE, code)
        for name in entry.changes.get("full_name", ())
    )
    return frozenset(compared(raw_text(name)) for name in (*shown, *told, *borne) if name)
