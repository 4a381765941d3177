"""Opening a class workbook's memory: which of five kinds the file is, before any value is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.cells import raw_text
from shared.layout import SheetLayout
from shared.problems import Code, Refused
from workbooks import hidden, words
from workbooks.grids import Grid
from workbooks.state import State


@dataclass(frozen=True, slots=True)
class Memory:
    """What the hidden sheet holds; `older` names the template when it is older and still fits."""

    state: State
    layouts: tuple[SheetLayout, ...]
    older: str = ""


def open_memory(grid: Grid, file: str) -> Memory:
    """The memory in the values of the hidden sheet."""
    try:
        sections = hidden.read_sections((row[0], raw_text(row[1]), row[2]) for row in grid if _is_ours(row))
        manifest = hidden.read_manifest(sections, file)
        hidden.verify(sections)
        layouts = _layouts(manifest, file)
        state = hidden.load_state(sections, manifest)
    except hidden.Damaged as damaged:
        section = words.SECTIONS.get(damaged.section, damaged.section)
        what = words.HIDDEN_PART.format(section=section)
        raise Refused(Code.TEMPLATE_DAMAGED, file=file, what=what) from damaged
    return Memory(state, layouts, _older(state, manifest, layouts, file))


def _is_ours(row: list[Any]) -> bool:
    return len(row) > 2 and isinstance(row[0], str) and isinstance(row[2], str) and bool(row[0] and row[2])


def _layouts(manifest: Mapping[str, Any], file: str) -> tuple[SheetLayout, ...]:
    try:
        return hidden.layouts_of(manifest)
    except Refused as unknown:  # a programme that this program does not know yet
        raise Refused(Code.TEMPLATE_NEWER, **_versions(manifest, file)) from unknown


def _older(state: State, manifest: Mapping[str, Any], layouts: tuple[SheetLayout, ...], file: str) -> str:
    """Nothing for a workbook of this very template; its number for one that still fits; `Refused` for one that does not."""
    base = state.base
    digest = hidden.layout_digest(base.info.level, base.info.key.school_year, base.grades)
    if manifest.get("layout") == digest:
        return ""
    if hidden.unknown_columns(base, layouts):
        raise Refused(Code.TEMPLATE_NEWER, **_versions(manifest, file))
    return hidden.template_name(manifest)


def _versions(manifest: Mapping[str, Any], file: str) -> dict[str, str]:
    return {"file": file, "found": hidden.template_name(manifest), "wanted": hidden.template_name({})}
