"""What a foreign row's cells say in our columns: read as a repair would read them, never guessed; the rest refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.cells import from_cell, raw_text
from shared.check import invalid_cells
from shared.layout import SheetLayout
from shared.problems import Severity
from shared.reasons import joined, split
from shared.records import Cells, Row
from shared.rules.facts import StudentRow
from shared.rules.reading import read_row


@dataclass(frozen=True, slots=True)
class Values:
    """A row's canonical values by column key, and what is wrong with those that are none: (as written, why)."""

    good: Mapping[str, str]
    bad: Mapping[str, tuple[str, str]]
    mended: Mapping[str, str]  # as written, of the good values that had to be put right


def read_values(layout: SheetLayout, held: Cells, raw: Mapping[str, Any], *, day_first: bool) -> Values:
    """The values of one row; `held` is what the class holds, for a number is only mended where the rest confirms it."""
    filled = {key: value for key, value in raw.items() if from_cell(layout.by_key[key], value) is not None}
    student, tidyings = read_row(layout, Row(None, 0, {**held, **filled}), day_first=day_first)
    good = {key: text for key in filled if (text := _with_reason(student, key))}
    words = invalid_cells(layout, {**held, **{key: filled[key] for key in filled if key not in good}})
    bad = {key: (raw_text(filled[key]), words.get(key, "")) for key in filled if key not in good}
    mended = {t.column: t.before for t in tidyings if t.column in good and t.severity is Severity.ERROR}
    return Values(good, bad, mended)


def _with_reason(student: StudentRow, key: str) -> str | None:
    """A value as it is kept: with the reason that stands beside it."""
    value, reason = student.values.get(key), student.reasons.get(key)
    return joined(value, reason) if reason else value


def says_nothing_new(before: str | None, after: str) -> bool:
    """Whether a value of the file is the one held; a file that gives no reason takes none away."""
    return before is not None and after in {before, split(before)[0]}
