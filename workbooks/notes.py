"""Findings about the file itself, gathered sheet by sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shared.columns import Column
from shared.layout import SheetLayout
from shared.messages import SEVERITIES, message
from shared.problems import Code, Finding, Severity


@dataclass(slots=True)
class Notes:
    """The findings about one sheet, or about the workbook when it has no layout."""

    title: str
    layout: SheetLayout | None = None
    findings: list[Finding] = field(default_factory=list)

    def add(  # noqa: PLR0913 - a finding has that many sides
        self,
        code: Code,
        cell: str = "",
        *,
        column: Column | None = None,
        student: str | None = None,
        severity: Severity | None = None,
        text: str | None = None,
        within: str | None = None,
        **params: Any,
    ) -> None:
        """Note something; `text` stands in for the code's usual sentence, `within` for the cell it names."""
        public = self.layout.public(column.key) if column is not None and self.layout is not None else None
        sentence = text or message(code, **{"sheet": self.title, "cell": within or cell, **params})
        self.findings.append(
            Finding(code, severity or SEVERITIES[code], self.title, cell, student, public, None, sentence, None)
        )
