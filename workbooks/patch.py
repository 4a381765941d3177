"""Writing in an existing class workbook: only the parts that an update names are changed, the rest keeps its bytes."""

from __future__ import annotations

from collections.abc import Mapping

from shared.layout import FINDINGS_TITLE, PROFILE
from workbooks.book import parse, tab_named
from workbooks.book_xml import BookXml
from workbooks.hidden import HIDDEN_TITLE
from workbooks.hidden_rows import hidden_rows
from workbooks.marks import MARK
from workbooks.package import Package
from workbooks.port import Update
from workbooks.reading import Opened
from workbooks.report import report_lines
from workbooks.report_offers import offer_lines
from workbooks.report_sheet import new_report_xml, report_xml
from workbooks.sheet_patch import SheetPatch
from workbooks.sheet_xml import SheetXml
from workbooks.styles import Styles


def patched(opened: Opened, update: Update, file: str) -> Package:
    """The workbook's parts with the update written in them."""
    return _Patch(opened, update, file).run()


class _Patch:
    def __init__(self, opened: Opened, update: Update, file: str) -> None:
        self.opened, self.update, self.file = opened, update, file
        self.package = opened.package
        self.book = BookXml(self.package, file)
        self.state = update.state or opened.memory.state
        self.known = {*self.state.base.roster, *opened.memory.state.base.roster}  # who is and who was in the class
        self.styles_part = self.book.part_of("styles") or "xl/styles.xml"
        self.styles = Styles(parse(self.package, self.styles_part, file))

    def run(self) -> Package:
        """Sheet by sheet, then report and memory, then what they need of the workbook."""
        removed = [key for key in self.opened.reading.data.sheets if self._sheet(key)]
        if removed:
            self.book.forget_calculation_order()
        if self.update.cells:
            self.book.recalculate()
        if self.update.report is not None:
            self._report()
        if self.update.state is not None:
            self._memory()
        if self.styles.changed:
            self.package.put(self.styles_part, SheetXml.dump(self.styles.root))
        return self.package

    def _sheet(self, key: str) -> bool:
        """Write on one sheet of students; whether a formula had to go."""
        update, sheet = self.update, self.opened.reading.data.sheets[key]
        part = self.opened.found[key].part
        cells = _of_sheet(update.cells, key)
        statuses = {code: text for (where, code), text in update.statuses.items() if where == key}
        found = (
            None if update.report is None else [f for f in update.report if f.sheet == sheet.layout.title and f.cell]
        )
        marks = found is not None and (found or MARK.encode() in self.package.parts[part])
        codes = {number: code for (where, number), code in update.codes.items() if where == key}
        if not (cells or statuses or marks or codes or update.locks is not None):
            return False
        xml = SheetXml(parse(self.package, part, self.file))
        patch = SheetPatch(xml, sheet, self.styles)
        patch.identify(codes)
        patch.write(cells, self.state.base, self.known)
        patch.show(statuses)
        if update.locks is not None:
            patch.protect()
            patch.lock(update.locks)
        if found is not None:
            patch.mark(found)
        if xml.changed:
            self.package.put(part, SheetXml.dump(xml.root))
        return xml.formulas_removed

    def _report(self) -> None:
        base = self.state.base
        names = {code: base.cells(PROFILE, code).get("full_name", "") for code in base.roster}
        found = report_lines(base.info, self.update.report, names, base.info.layouts(base.grades))
        lines = (*found, *offer_lines(self.update.offers, names))
        tab = tab_named(self.opened.tabs, FINDINGS_TITLE) or self.book.add_sheet(
            FINDINGS_TITLE, new_report_xml(self.book.namespace)
        )
        self._replace(tab.part, report_xml(lines, self.styles))

    def _memory(self) -> None:
        base = self.state.base
        tab = tab_named(self.opened.tabs, HIDDEN_TITLE) or self.book.add_sheet(
            HIDDEN_TITLE, f'<worksheet xmlns="{self.book.namespace}"><sheetData/></worksheet>', hidden=True
        )
        rows = hidden_rows(self.state, base.info.layouts(base.grades))
        self._replace(tab.part, f"<sheetData>{rows}</sheetData>")

    def _replace(self, part: str, elements: str) -> None:
        xml = SheetXml(parse(self.package, part, self.file))
        xml.replace(elements)
        self.package.put(part, SheetXml.dump(xml.root))


def _of_sheet(cells: Mapping[tuple[str, str, str], str | None], key: str) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for (sheet, code, column), value in cells.items():
        if sheet == key:
            found.setdefault(code, {})[column] = value
    return found
