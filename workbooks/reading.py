"""A class workbook read from its file: rows by student code, columns by header words, and what is odd about the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.layout import FINDINGS_TITLE, PROFILE
from shared.problems import Code, Finding, Refused, Severity
from shared.records import ClassData, Sheet
from workbooks import words
from workbooks.book import Tab, counts_from_1904, tab_named, tabs
from workbooks.grids import Grid, read_grids
from workbooks.hidden import HIDDEN_TITLE
from workbooks.legacy_fonts import LegacyFonts
from workbooks.memory import Memory, open_memory
from workbooks.notes import Notes
from workbooks.oddities import look
from workbooks.package import Package, load
from workbooks.port import Reading
from workbooks.rows import SheetSource, read_sheet


@dataclass(frozen=True, slots=True)
class Opened:
    """A class workbook's file taken apart: its parts, its sheets, and what was read from them."""

    package: Package
    tabs: tuple[Tab, ...]
    memory: Memory
    reading: Reading
    found: Mapping[str, Tab]  # sheet key → its tab


def open_workbook(path: Path) -> Opened:
    """Read a class workbook's file; `Refused` says by name why it cannot be one."""
    package, file = load(path), str(path)
    all_tabs = tabs(package, file)
    hidden = tab_named(all_tabs, HIDDEN_TITLE)
    if hidden is None:
        raise Refused(Code.TEMPLATE_FOREIGN, file=file)
    memory = open_memory(read_grids(package, (hidden,), file)[hidden.title], file)
    found = {layout.key: tab for layout in memory.layouts if (tab := tab_named(all_tabs, layout.title)) is not None}
    grids = read_grids(package, found.values(), file)
    return _Reader(package, all_tabs, memory, found, file).opened(grids)


@dataclass(frozen=True, slots=True)
class _Reader:
    package: Package
    tabs: tuple[Tab, ...]
    memory: Memory
    found: Mapping[str, Tab]
    file: str

    def opened(self, grids: Mapping[str, Grid]) -> Opened:
        base = self.memory.state.base
        findings = [*self._about_workbook()]
        sheets: dict[str, Sheet] = {}
        fonts = LegacyFonts(self.package, self.file)
        for layout in self.memory.layouts:
            notes = Notes(layout.title, layout)
            tab = self.found.get(layout.key)
            if tab is None:
                notes.add(Code.TPL_SHEET)
            else:
                odd = look(self.package, tab.part, self.file)
                odd.from_1904 = counts_from_1904(self.package)
                odd.legacy = fonts.texts(tab.part, grids[tab.title])
                if sheet := read_sheet(SheetSource(layout, grids[tab.title], odd, base), notes):
                    sheets[layout.key] = sheet
            findings += notes.findings
        names = {code: base.cells(PROFILE, code).get("full_name", "") for code in base.roster}
        data = ClassData(base.info, base.roster, sheets, names)
        reading = Reading(data, self.memory.state, tuple(findings))
        return Opened(self.package, self.tabs, self.memory, reading, self.found)

    def _about_workbook(self) -> tuple[Finding, ...]:
        """An older template that still fits, and sheets of the user's own."""
        notes = Notes("")
        if self.memory.older:
            text = words.OLDER_TEMPLATE.format(found=self.memory.older)
            notes.add(Code.TPL_COLUMNS, severity=Severity.INFO, text=text)
        ours = {tab.title for tab in self.found.values()}
        findings = list(notes.findings)
        for tab in self.tabs:
            if tab.title not in ours and tab_named((tab,), FINDINGS_TITLE) is None and tab.title != HIDDEN_TITLE:
                extra = Notes(tab.title)
                extra.add(Code.TPL_EXTRA_SHEET)
                findings += extra.findings
        return tuple(findings)
