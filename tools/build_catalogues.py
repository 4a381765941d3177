"""Compile `data/` into `shared/catalogues/`, so that the core needs no file at run time. Run by `make catalogues`."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HEAD = '"""{doc} Made by tools/build_catalogues.py from data/; do not edit."""\n\n'


def _rows(name: str) -> list[dict[str, Any]]:
    loaded: dict[str, Any] = json.loads((ROOT / "data" / name).read_text("utf-8"))
    rows: list[dict[str, Any]] = loaded["rows"]
    return rows


def _table(name: str, kind: str, pairs: list[tuple[str, Any]]) -> str:
    lines = "".join(f"    {json.dumps(key, ensure_ascii=False)}: {_literal(value)},\n" for key, value in pairs)
    return f"{name}: {kind} = {{\n{lines}}}\n"


def _literal(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        inner = ", ".join(json.dumps(v, ensure_ascii=False) for v in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return str(value) if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)


def names_module() -> str:
    """Ethnic groups, languages, statuses and the prefixes of identity numbers."""
    text_tuples = "dict[str, tuple[str, ...]]"
    parts = [
        _table("ETHNIC_NAMES", text_tuples, [(r["name"], r["spelling_variants"]) for r in _rows("ethnic_groups.json")]),
        _table("LANGUAGE_ALIASES", text_tuples, [(r["label"], r["variants"]) for r in _rows("languages.json")]),
        _table(
            "STATUSES", "dict[str, bool]", [(r["label"], r["counts_in_report"]) for r in _rows("student_statuses.json")]
        ),
        _table(
            "PROVINCE_PREFIXES",
            "dict[str, str]",
            [(r["cccd_prefix"], r["name_with_type"]) for r in _rows("province_codes.json")],
        ),
    ]
    return HEAD.format(doc="Small catalogues: names, spellings, prefixes.") + "\n".join(parts)


def units_module() -> str:
    """Provinces of 2023, each with its districts and wards as one text that is split only when asked for."""
    tree: dict[str, dict[str, list[str]]] = {}
    with (ROOT / "data" / "admin_units_3level_2023.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            tree.setdefault(row["province"], {}).setdefault(row["district"], []).append(row["ward"])
    pairs = [
        (province, "\n".join(f"{district}:{','.join(wards)}" for district, wards in districts.items()))
        for province, districts in tree.items()
    ]
    doc = "Administrative units of three levels in force in 2023: province → lines of `district:ward,ward`."
    return HEAD.format(doc=doc) + _table("PROVINCES", "dict[str, str]", pairs)


def new_units_module() -> str:
    """Provinces of 1 July 2025, each with its wards; districts are no more."""
    tree: dict[str, list[str]] = {}
    with (ROOT / "data" / "admin_units_2level_2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tree.setdefault(row["province"], []).append(row["ward"])
    doc = "Administrative units of two levels in force from 1 July 2025: province → `ward,ward`."
    return HEAD.format(doc=doc) + _table("PROVINCES", "dict[str, str]", [(p, ",".join(w)) for p, w in tree.items()])


MODULES = {"names.py": names_module, "units_2023.py": units_module, "units_2025.py": new_units_module}


def main() -> int:
    """Write every module; print what changed."""
    for name, build in MODULES.items():
        path = ROOT / "shared" / "catalogues" / name
        text = build()
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
