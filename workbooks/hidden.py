"""What a workbook remembers, as rows of its hidden sheet: (section, key, JSON text), each whole in itself, in any order.

A row survives sort, copy and a re-save by another program; a checksum per section tells which part was damaged. Names,
very-hidden states and typed properties do not survive, so nothing rests on them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from shared.columns import Period
from shared.layout import SheetLayout, class_layouts
from shared.merge import Conflict
from shared.problems import Code, Refused
from shared.records import ClassInfo, ClassKey, HistoryEntry, Lock, Record, Snapshot
from shared.schemas.wire import dump_receipt, dump_submission, load_receipt, load_submission
from workbooks import words
from workbooks.state import OpenConflict, State

HIDDEN_TITLE = "_kqht"
FORMAT = (1, 0)  # the first number changes when older programs can no longer read a workbook
PART = 30_000  # a cell holds 32,767 characters
StateRow = tuple[str, str, str]
Sections = Mapping[str, Mapping[str, str]]
_PART = re.compile(r"^(.*)~(\d+)/(\d+)$", re.DOTALL)
_CHECKSUM = "checksum"


class Damaged(Exception):
    """A section of the hidden sheet does not hold what was written there."""

    def __init__(self, section: str) -> None:
        super().__init__(section)
        self.section = section


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


@cache
def layout_digest(level: str, school_year: str, grades: tuple[str, ...]) -> str:
    """A fingerprint of the sheets of a class: their columns, headers, kinds and order."""
    columns = [
        (layout.key, column.key, column.group, column.header, column.kind, column.stored)
        for layout in class_layouts(level, school_year, grades)
        for column in layout.columns
    ]
    return sha256(_json(columns).encode()).hexdigest()[:16]


def dump_state(state: State) -> list[StateRow]:
    """The rows that keep a state; equal states give equal rows."""
    whole = sorted(_entries(state))
    digests = {name: _digest(items) for name, items in _by_section(whole).items()}
    rows: list[StateRow] = []
    for section, key, text in (*whole, (_CHECKSUM, "", _json(digests))):
        pieces = [text[i : i + PART] for i in range(0, len(text), PART)]
        names = [key] if len(pieces) == 1 else [f"{key}~{i}/{len(pieces)}" for i in range(1, len(pieces) + 1)]
        rows += [(section, name, piece) for name, piece in zip(names, pieces, strict=True)]
    return rows


def _entries(state: State) -> Iterator[StateRow]:
    base = state.base
    yield "manifest", "", _json(_manifest(state))
    yield "roster", "", _json(base.roster)
    for (sheet, code), record in base.records.items():
        yield "base", f"{sheet}/{code}", _json([record.version, dict(record.cells)])
    for number, lock in enumerate(base.locks):
        yield "lock", f"{number:02}", _json([lock.grade, lock.period, lock.at, lock.by])
    for number, entry in enumerate(base.history):
        yield "history", f"{number:06}", _json(_history_entry(entry))
    for (sheet, code, column), opened in state.conflicts.items():
        conflict = opened.conflict
        values = [conflict.base, conflict.mine, conflict.theirs, opened.by, opened.at]
        yield "conflict", f"{sheet}/{column}/{code}", _json(values)
    if state.outbox:
        yield "outbox", "", _json(dump_submission(state.outbox))
    if state.receipt:
        yield "receipt", "", _json(dump_receipt(state.receipt))


def _manifest(state: State) -> dict[str, Any]:
    base, info = state.base, state.base.info
    return {
        "format": FORMAT,
        "layout": layout_digest(info.level, info.key.school_year, base.grades),
        "school": info.key.school,
        "school_name": info.school_name,
        "school_year": info.key.school_year,
        "class": info.key.name,
        "level": info.level,
        "stage": info.stage,
        "specialised": info.specialised,
        "least_subjects": info.least_subjects,
        "chosen_subjects": info.chosen_subjects,
        "grade": info.grade,
        "grades": base.grades,
        "version": base.version,
        "as_of": base.as_of,
        "rights": sorted(base.rights),
        "pulled_at": state.pulled_at,
        "server": state.server,
    }


def _history_entry(entry: HistoryEntry) -> list[Any]:
    changes = {key: list(change) for key, change in entry.changes.items()}
    return [entry.sheet, entry.student_code, entry.at, entry.by, entry.source, entry.send_id, changes]


def _by_section(rows: Iterable[StateRow]) -> dict[str, list[tuple[str, str]]]:
    sections: dict[str, list[tuple[str, str]]] = {name: [] for name in words.SECTIONS if name != _CHECKSUM}
    for section, key, text in rows:
        sections.setdefault(section, []).append((key, text))
    return sections


def _digest(items: Iterable[tuple[str, str]]) -> str:
    return sha256("\n".join(f"{key}\t{text}" for key, text in sorted(items)).encode()).hexdigest()


def read_sections(rows: Iterable[StateRow]) -> Sections:
    """The texts by section and key, with the parts of long ones joined; nothing is believed yet."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    parts: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    wanted: dict[tuple[str, str], int] = {}
    for section, key, text in rows:
        if match := _PART.match(key):
            place = section, match.group(1)
            parts[place][int(match.group(2))] = text
            wanted[place] = int(match.group(3))
        elif found[section].setdefault(key, text) != text:
            raise Damaged(section)
    for (section, key), pieces in parts.items():
        if sorted(pieces) != list(range(1, wanted[section, key] + 1)):
            raise Damaged(section)
        found[section][key] = "".join(pieces[i] for i in sorted(pieces))
    return found


def read_manifest(sections: Sections, file: str) -> Mapping[str, Any]:
    """The manifest of a workbook of this format; older and newer ones are refused by name."""
    try:
        manifest = json.loads(sections["manifest"][""])
        found = tuple(int(number) for number in manifest["format"])
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged("manifest") from error
    names = {"file": file, "found": template_name(manifest), "wanted": template_name({})}
    if found[:1] < FORMAT[:1]:
        raise Refused(Code.TEMPLATE_OLDER, **names)
    if found > FORMAT:
        raise Refused(Code.TEMPLATE_NEWER, **names)
    return dict(manifest)


def template_name(manifest: Mapping[str, Any]) -> str:
    """The number of a template, such as `1.0 (3f2a…)`: format and fingerprint of its columns; of ours when empty."""
    number = ".".join(str(part) for part in manifest.get("format", FORMAT))
    return f"{number} ({manifest['layout'][:4]})" if manifest.get("layout") else number


def layouts_of(manifest: Mapping[str, Any]) -> tuple[SheetLayout, ...]:
    """The sheets that a manifest speaks of; `Refused(RULESET)` for a programme that is not known."""
    try:
        return class_layouts(manifest["level"], manifest["school_year"], tuple(manifest["grades"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged("manifest") from error


def verify(sections: Sections) -> None:
    """Hold every section against its checksum; `Damaged` names the first that differs."""
    try:
        digests = dict(json.loads(sections[_CHECKSUM][""]))
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(_CHECKSUM) from error
    for name in (*words.SECTIONS, *sections):
        if name != _CHECKSUM and digests.get(name) != _digest(sections.get(name, {}).items()):
            raise Damaged(name)


def load_state(sections: Sections, manifest: Mapping[str, Any]) -> State:
    """The state that verified sections keep."""
    try:
        return State(
            base=_snapshot(sections, manifest),
            pulled_at=manifest["pulled_at"],
            server=manifest["server"],
            conflicts=dict(_conflict(key, text) for key, text in sorted(sections.get("conflict", {}).items())),
            outbox=load_submission(json.loads(text)) if (text := _single(sections, "outbox")) else None,
            receipt=load_receipt(json.loads(text)) if (text := _single(sections, "receipt")) else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged("manifest") from error


def _single(sections: Sections, name: str) -> str | None:
    return sections.get(name, {}).get("")


def _snapshot(sections: Sections, manifest: Mapping[str, Any]) -> Snapshot:
    key = ClassKey(manifest["school"], manifest["school_year"], manifest["class"])
    return Snapshot(
        info=_info(key, manifest),
        version=manifest["version"],
        as_of=manifest["as_of"],
        roster=tuple(json.loads(sections["roster"][""])),
        records=dict(_record(name, text) for name, text in sorted(sections.get("base", {}).items())),
        locks=tuple(_lock(text) for _, text in sorted(sections.get("lock", {}).items())),
        rights=frozenset(manifest["rights"]),
        history=tuple(_entry(text) for _, text in sorted(sections.get("history", {}).items())),
        grades=tuple(manifest["grades"]),
    )


def _info(key: ClassKey, manifest: Mapping[str, Any]) -> ClassInfo:
    """The class; an older workbook does not tell what it is set to."""
    told = {
        name: manifest[name]
        for name in ("specialised", "least_subjects", "chosen_subjects", "grade")
        if name in manifest
    }
    return ClassInfo(key, manifest["school_name"], manifest["level"], manifest["stage"], **told)


def _record(name: str, text: str) -> tuple[tuple[str, str], Record]:
    sheet, _, code = name.partition("/")
    version, cells = json.loads(text)
    return (sheet, code), Record(cells, version)


def _lock(text: str) -> Lock:
    grade, period, at, by = json.loads(text)
    return Lock(grade, Period(period), at, by)


def _entry(text: str) -> HistoryEntry:
    sheet, code, at, by, source, send_id, changes = json.loads(text)
    pairs = {key: (before, after) for key, (before, after) in changes.items()}
    return HistoryEntry(sheet, code, at, by, source, send_id, pairs)


def _conflict(name: str, text: str) -> tuple[tuple[str, str, str], OpenConflict]:
    sheet, column, code = name.split("/", 2)
    base, mine, theirs, by, at = json.loads(text)
    return (sheet, code, column), OpenConflict(Conflict(base, mine, theirs), by, at)


def unknown_columns(base: Snapshot, layouts: Iterable[SheetLayout]) -> bool:
    """Whether records hold columns that this program's sheets lack."""
    known = {layout.key: layout.by_key for layout in layouts}
    return any(key not in known.get(sheet, {}) for (sheet, _), record in base.records.items() for key in record.cells)
