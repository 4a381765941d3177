"""What the user has confirmed of other people's headers, kept per school in a file of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from addin.credentials import home
from workbooks.package import store

Columns = Mapping[str, str]  # header → template (`*.mathematics.semester_1`), empty for a column that is left out
_VERSION = 1


def load(school: str) -> dict[str, Columns]:
    """The confirmed mappings of a school by the fingerprint of their headers; a file that is spoiled counts as none."""
    try:
        found = json.loads(_path(school).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    kept = found.get("headers") if isinstance(found, dict) and found.get("version") == _VERSION else None
    return {name: columns for name, columns in kept.items() if _is_columns(columns)} if isinstance(kept, dict) else {}


def remember(school: str, confirmed: Mapping[str, Columns]) -> None:
    """Keep what has been confirmed, beside what was kept before."""
    before = load(school)
    if any(before.get(name) != columns for name, columns in confirmed.items()):
        _write(school, {**before, **confirmed})


def forget(school: str, fingerprints: Iterable[str]) -> int:
    """Drop the mappings of some headers; how many there were."""
    before, gone = load(school), set(fingerprints)
    kept = {name: columns for name, columns in before.items() if name not in gone}
    if len(kept) < len(before):
        _write(school, kept)
    return len(before) - len(kept)


def _write(school: str, headers: Mapping[str, Columns]) -> None:
    path = _path(school)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": _VERSION, "headers": headers}, ensure_ascii=False, indent=1, sort_keys=True)
    store(path, text.encode())


def _path(school: str) -> Path:
    return home() / "mappings" / f"{quote(school, safe='') or '-'}.json"


def _is_columns(columns: Any) -> bool:
    return isinstance(columns, dict) and all(isinstance(target, str) for target in columns.values())
