"""Changes to one sheet of students: values, states, locks, and a row for a student who joined the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from shared.cells import raw_text, to_cell
from shared.columns import STATUS, Column
from shared.layout import FIRST_ROW, HEADER_ROWS
from shared.records import Lock, Sheet, Snapshot
from workbooks.sheet_plan import LOCK_FORMULA, LOCK_MARK, SPARE_ROWS, identity_cells, sheet_plan
from workbooks.sheet_xml import SheetXml
from workbooks.styles import Styles
from workbooks.xml_cells import letters


class SheetPatch:
    """One sheet as read, and its XML."""

    def __init__(self, xml: SheetXml, sheet: Sheet, styles: Styles) -> None:
        self.xml, self.sheet, self.styles = xml, sheet, styles
        self.columns = {column.key: column for column in sheet.layout.columns}
        self.rows: dict[str, int] = {}
        for row in sheet.rows:
            if row.student_code:
                self.rows.setdefault(row.student_code, row.number)
        self.last = max(self.rows.values(), default=HEADER_ROWS)

    def write(self, cells: Mapping[str, Mapping[str, str | None]], base: Snapshot) -> None:
        """Put values in the cells of their students; a student who is not there yet gets a row, with all that is known."""
        for code, values in cells.items():
            if code in self.rows:
                self._put(self.rows[code], values)
            elif code in base.roster:
                self.rows[code] = self._append()
                known: dict[str, Any] = {**identity_cells(base, code), **base.cells(self.sheet.layout.key, code)}
                self._put(self.rows[code], {**known, **values})
                self._put_raw(self.rows[code], "position", base.roster.index(code) + 1)

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
        self.xml.put(number, at, value)

    def _dress(self, number: int, at: int) -> None:
        """Give a new cell the style that its column has in other rows."""
        for other in self.rows.values():
            style = self.xml.cells(other)[at].get("s") if at in self.xml.cells(other) else None
            if style is not None:
                self.xml.cell(number, at).set("s", style)
                return

    def _append(self) -> int:
        number = self.last + 1
        while not self.xml.is_blank(number):
            number += 1
        if self.rows:
            self.xml.copy_row(max(self.rows.values()), number)
        self.last = number
        return number

    def show(self, statuses: Mapping[str, str]) -> None:
        """Write the states that differ from what stands there."""
        shown = {row.student_code: row.cells.get(STATUS) for row in self.sheet.rows}
        for code, text in statuses.items():
            if code in self.rows and raw_text(shown.get(code)) != text:
                self._put_raw(self.rows[code], STATUS, text)

    def lock(self, locks: tuple[Lock, ...]) -> None:
        """Protect and grey exactly the locked blocks; everything else for entry is open."""
        plan = sheet_plan(self.sheet.layout)
        open_to = {c.key: not plan.is_locked(c, locks) for c in plan.columns if c.stored and c.editable}
        places = {at: not open_to[key] for key, at in self.sheet.columns.items() if key in open_to}
        for number in self.rows.values():
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
        first, last = min(self.rows.values(), default=FIRST_ROW), self.last + SPARE_ROWS
        places = sorted(self.sheet.columns[column.key] for column in columns)
        area = " ".join(f"{letters(left)}{first}:{letters(right)}{last}" for left, right in _neighbours(places))
        ours = [block for block in self.xml.root.iterfind(self.xml.tag("conditionalFormatting")) if _is_ours(block)]
        if [block.get("sqref") for block in ours] == ([area] if area else []):
            return
        for block in ours:
            self.xml.remove(block)
        self.xml.changed = True
        if area:
            self._add_grey(area)

    def _add_grey(self, area: str) -> None:
        rules = self.xml.root.iterfind(f"{self.xml.tag('conditionalFormatting')}/{self.xml.tag('cfRule')}")
        priority = max((int(rule.get("priority") or 0) for rule in rules), default=0) + 1
        block = self.xml.insert(etree.Element(self.xml.tag("conditionalFormatting"), {"sqref": area}))
        attributes = {"type": "expression", "dxfId": str(self.styles.lock_grey()), "priority": str(priority)}
        rule = etree.SubElement(block, self.xml.tag("cfRule"), attributes)
        etree.SubElement(rule, self.xml.tag("formula")).text = LOCK_FORMULA


def _is_ours(block: etree._Element) -> bool:
    return any(LOCK_MARK in (formula.text or "") for formula in block.iterfind("{*}cfRule/{*}formula"))


def _neighbours(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at in places:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
