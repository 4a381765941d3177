"""The report as SpreadsheetML, for a workbook that is there already."""

from __future__ import annotations

import html
from collections.abc import Iterable

from shared.problems import Severity
from workbooks import report as words_of
from workbooks.report import Line
from workbooks.sheet_plan import BORDER, EDGE, HEADER_FILLS, INK
from workbooks.styles import Look, Styles
from workbooks.xml_cells import letters, row_xml

_FONT = '<sz val="{size}"/><color rgb="FF{colour}"/><name val="Arial"/><family val="2"/>'
_BLACK, _BLUE, _FAINT = "000000", "0563C1", "595959"
_GROUP = {Severity.ERROR: ("FBE3E0", "9C1C12"), Severity.WARNING: ("FFF2CC", "7F5F00"), Severity.INFO: ("E7EDF3", INK)}
_LINK_COLUMN = 2
_WRAP = 'wrapText="1"'


def _font(size: float, colour: str = _BLACK, *, bold: bool = False, underlined: bool = False) -> str:
    return ("<b/>" if bold else "") + ("<u/>" if underlined else "") + _FONT.format(size=f"{size:g}", colour=colour)


_TEXTS = {  # lines that are one text across the sheet
    words_of.Look.TITLE: Look(_font(13, INK, bold=True)),
    words_of.Look.COUNTS: Look(_font(11, bold=True)),
    words_of.Look.LEGEND: Look(_font(9, _FAINT)),
}
_HEADINGS = Look(_font(10, INK, bold=True), HEADER_FILLS[0], EDGE, f'horizontal="center" {_WRAP}')


def _look(line: Line, at: int) -> Look:
    if line.look in _TEXTS:
        return _TEXTS[line.look]
    if line.look is words_of.Look.HEADINGS:
        return _HEADINGS
    fill, colour = _GROUP[line.severity or Severity.INFO]
    if line.look is words_of.Look.GROUP:
        return Look(_font(10.5, colour, bold=True), fill)
    if at == _LINK_COLUMN and line.link:
        return Look(_font(10, _BLUE, underlined=True), border=BORDER, alignment=f'horizontal="center" {_WRAP}')
    return Look(_font(10, colour if at == 0 else _BLACK), border=BORDER, alignment=_WRAP)


def report_xml(lines: Iterable[Line], styles: Styles) -> str:
    """The elements that change with each check: rows, and the links to the cells they speak of."""
    rows, links = [], []
    numbers: dict[tuple[object, ...], list[str]] = {}
    width = len(words_of.WIDTHS)
    for number, line in enumerate(lines, 1):
        texts = line.texts if line.look in _TEXTS else (*line.texts, *[None] * width)[:width]
        key = (line.look, line.severity, line.link is None, len(texts))
        if key not in numbers:
            numbers[key] = [f' s="{styles.look(_look(line, at))}"' for at in range(len(texts))]
        rows.append(row_xml(number, numbers[key], texts, f' ht="{line.points:g}" customHeight="1"'))
        if line.link:
            place = f"{letters(_LINK_COLUMN)}{number}"
            links.append(f'<hyperlink ref="{place}" location={_quoted(line.link)} display={_quoted(line.texts[2])}/>')
    gone = "<dimension/><mergeCells/><conditionalFormatting/><dataValidations/><autoFilter/>"
    return f"<sheetData>{''.join(rows)}</sheetData><hyperlinks>{''.join(links)}</hyperlinks>{gone}"


def new_report_xml(ns: str) -> str:
    """An empty sheet of the report's shape."""
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>' for i, width in enumerate(words_of.WIDTHS, 1)
    )
    frozen = words_of.FROZEN_ROWS
    pane = f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<worksheet xmlns="{ns}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _quoted(text: str) -> str:
    """A text as an attribute's value."""
    return f'"{html.escape(text)}"'
