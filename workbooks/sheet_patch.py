"""Changes to one sheet of students: values, states, locks, and a row for a student who joined the class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from lxml import etree

from shared.cells import fold, raw_text, to_cell
from shared.columns import STATUS, STUDENT_CODE, Column
from shared.layout import FIRST_ROW, HEADER_ROWS
from shared.locks import lockable_keys
from shared.problems import Finding
from shared.records import Lock, Row, Sheet, Snapshot
from workbooks.conditions import Condition, Conditions
from workbooks.marks import MARK, mark_rules
from workbooks.sheet_plan import (
    LOCK_COLOURS,
    LOCK_FORMULA,
    LOCK_MARK,
    MARK_COLOURS,
    PROTECTION,
    SPARE_ROWS,
    identity_cells,
    sheet_plan,
)
from workbooks.sheet_xml import SheetXml
from workbooks.styles import Styles
from workbooks.xml_cells import column_areas


class SheetPatch:
    """One sheet as read, and its XML."""

    def __init__(self, xml: SheetXml, sheet: Sheet, styles: Styles) -> None:
        self.xml, self.sheet, self.styles = xml, sheet, styles
        self.columns = {column.key: column for column in sheet.layout.columns}
        self.rows: dict[str, list[int]] = {}  # more than one when a code stands on several rows
        for row in sheet.rows:
            if row.student_code:
                self.rows.setdefault(row.student_code, []).append(row.number)
        self.last = max(self._numbers(), default=HEADER_ROWS)
        self.conditions = Conditions(xml, (MARK, LOCK_MARK))

    def _numbers(self) -> list[int]:
        return [number for numbers in self.rows.values() for number in numbers]

    def write(
        self, cells: Mapping[str, Mapping[str, str | None]], base: Snapshot, known: Collection[str] | None = None
    ) -> None:
        """Put values in the cells of their students; a student who is not there gets a row, with all that is known.

        Nothing is written for a student who stands on several rows, nor a row added while another row may be theirs:
        one whose code is gone, or is none of the `known` ones.
        """
        for code, values in cells.items():
            numbers = self.rows.get(code, [])
            if len(numbers) == 1:
                self._put(numbers[0], values)
            elif not numbers and code in base.roster and not self._may_be_there(code, base, known or base.roster):
                self._add(code, values, base)

    def identify(self, codes: Mapping[int, str]) -> None:
        """Write the codes of rows that have lost theirs."""
        for number, code in codes.items():
            self._put_raw(number, STUDENT_CODE, code)
            self.rows.setdefault(code, []).append(number)

    def _add(self, code: str, values: Mapping[str, str | None], base: Snapshot) -> None:
        number = self._append()
        self.rows[code] = [number]
        self._put(number, {**identity_cells(base, code), **base.cells(self.sheet.layout.key, code), **values})
        self._put_raw(number, "position", base.roster.index(code) + 1)

    def _may_be_there(self, code: str, base: Snapshot, known: Collection[str]) -> bool:
        """Whether a row without a known code may be this student's: it holds results, or the student's name."""
        name = fold(identity_cells(base, code).get("full_name", ""))

        def may_be(row: Row) -> bool:
            if row.student_code is not None:
                return row.student_code not in known
            results = (key for key in self.sheet.layout.by_key if key != "full_name")
            return any(row.cells.get(key) is not None for key in results) or (
                bool(name) and fold(raw_text(row.cells.get("full_name"))) == name
            )

        return any(map(may_be, self.sheet.rows))

    def _put(self, number: int, values: Mapping[str, str | None]) -> None:
        for key, value in values.items():
            if key in self.columns:
                self._put_raw(number, key, to_cell(self.columns[key], value))

    def _put_raw(self, number: int, key: str, value: Any) -> None:
        at = self.sheet.columns.get(key)
        if at is None:
            return
        if at not in self.xml.cells(number):
            self._dress(number, at)
        if isinstance(value, str):
            self._show_unicode(number, at)
        self.xml.put(number, at, value)

    def _show_unicode(self, number: int, at: int) -> None:
        """Give a cell in a font of TCVN3 or VNI the workbook's own, in which Unicode is no garbage."""
        cell = self.xml.cell(number, at)
        before = int(cell.get("s") or 0)
        if (after := self.styles.in_unicode(before)) != before:
            cell.set("s", str(after))

    def _dress(self, number: int, at: int) -> None:
        """Give a new cell the style that its column has in other rows."""
        for other in self._numbers():
            style = self.xml.cells(other)[at].get("s") if at in self.xml.cells(other) else None
            if style is not None:
                self.xml.cell(number, at).set("s", style)
                return

    def _append(self) -> int:
        number = self.last + 1
        while not self.xml.is_blank(number):
            number += 1
        if self.rows:
            self.xml.copy_row(max(self._numbers()), number)
        self.last = number
        return number

    def show(self, statuses: Mapping[str, str]) -> None:
        """Write the states that differ from what stands there."""
        shown = {row.number: raw_text(row.cells.get(STATUS)) for row in self.sheet.rows}
        for code, text in statuses.items():
            for number in self.rows.get(code, ()):
                if shown.get(number) != text:
                    self._put_raw(number, STATUS, text)

    def mark(self, findings: Iterable[Finding]) -> None:
        """Colour exactly the cells that the findings speak of."""
        rules = mark_rules(self.sheet, findings)
        looks = {rule.mark: self.styles.conditional(*MARK_COLOURS[rule.mark]) for rule in rules}
        self.conditions.replace(MARK, [Condition(rule.area, rule.formula, looks[rule.mark]) for rule in rules])

    def protect(self) -> None:
        """Protect the sheet again when somebody has taken the protection off; one that is on stays as it is."""
        found = self.xml.find("sheetProtection")
        if found is not None and found.get("sheet") in {"1", "true"}:
            return
        if found is not None:
            self.xml.remove(found)
        self.xml.insert(etree.Element(self.xml.tag("sheetProtection"), PROTECTION))
        self.xml.changed = True

    def lock(self, locks: tuple[Lock, ...]) -> None:
        """Protect and grey exactly the locked blocks; everything else that a block may cover is open."""
        plan, lockable = sheet_plan(self.sheet.layout), lockable_keys(self.sheet.layout)
        open_to = {c.key: not plan.is_locked(c, locks) for c in plan.columns if c.key in lockable}
        places = {at: not open_to[key] for key, at in self.sheet.columns.items() if key in open_to}
        for number in self._numbers():
            cells = self.xml.cells(number)
            for at, locked in places.items():
                if at in cells or not locked:  # a cell without a style is locked
                    self._protect(number, at, locked=locked)
        self._grey([c for c in plan.columns if c.key in self.sheet.columns and not open_to.get(c.key, True)])

    def _protect(self, number: int, at: int, *, locked: bool) -> None:
        cell = self.xml.cells(number).get(at)
        if cell is None:
            self._dress(number, at)
            cell = self.xml.cell(number, at)
        before = int(cell.get("s") or 0)
        after = self.styles.protected(before, locked=locked)
        if after != before:
            cell.set("s", str(after))
            self.xml.changed = True

    def _grey(self, columns: list[Column]) -> None:
        first, last = min(self._numbers(), default=FIRST_ROW), self.last + SPARE_ROWS
        area = column_areas((self.sheet.columns[column.key] for column in columns), first, last)
        wanted = [Condition(area, LOCK_FORMULA, self.styles.conditional(*LOCK_COLOURS))] if area else []
        self.conditions.replace(LOCK_MARK, wanted)
