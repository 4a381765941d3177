"""The looks of a new workbook as XlsxWriter formats, each made once."""

from __future__ import annotations

from typing import Any

from workbooks import sheet_plan as plan
from workbooks.report import Look

FONT_NAME, FONT_SIZE = "Arial", 10
_FONT = {"font_name": FONT_NAME, "font_size": FONT_SIZE, "valign": "vcenter"}
_REPORT: dict[Look, dict[str, Any]] = {
    Look.TITLE: {"bold": True, "font_size": 13, "font_color": f"#{plan.INK}"},
    Look.COUNTS: {"bold": True, "font_size": 11},
}


class Formats:
    """The formats of one workbook by what they are for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[Any, Any] = {}
        fill, ink = plan.LOCK_COLOURS
        self.grey = book.add_format({"bg_color": f"#{fill}", "font_color": f"#{ink}"})

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, **properties})
        return self._made[key]

    def header(self, number: int, *, small: bool = False) -> Any:
        """A header cell; neighbouring groups differ a little in colour."""
        return self._format(
            bold=not small,
            align="center",
            text_wrap=True,
            border=1,
            border_color=f"#{plan.EDGE}",
            bg_color=f"#{plan.HEADER_FILLS[number % 2]}",
            font_color=f"#{plan.INK}",
            font_size=9 if small else 10,
        )

    def cell(self, look: plan.CellLook) -> Any:
        """A student's cell."""
        properties: dict[str, Any] = {
            "num_format": look.number_format,
            "align": look.align,
            "border": 1,
            "border_color": f"#{plan.BORDER}",
            "locked": look.locked,
        }
        if look.align == "left":
            properties["indent"] = 1
        if look.edge:
            properties["left_color"] = f"#{plan.EDGE}"
        if look.soft:
            properties["bg_color"] = f"#{plan.SOFT}"
        return self._format(**properties)

    def report(self, look: Look) -> Any:
        """A line of the report."""
        return self._format(**_REPORT[look])
