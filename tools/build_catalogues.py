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


def _csv(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return [{key: _tidy(value) for key, value in row.items()} for row in csv.DictReader(file)]


def _tidy(name: str) -> str:
    """One space between words, one kind of apostrophe, one way to write a type of unit."""
    words = " ".join(name.replace("’", "'").split())
    return words.replace("Thị Xã ", "Thị xã ").replace("Thị Trấn ", "Thị trấn ")


Tree = dict[str, dict[str, list[str]]]  # province → district → wards


def _lines(tree: Tree) -> list[tuple[str, str]]:
    return [
        (province, "\n".join(f"{district}:{','.join(wards)}" for district, wards in districts.items()))
        for province, districts in tree.items()
    ]


def units_module() -> str:
    """Provinces of 2023, each with its districts and wards as one text that is split only when asked for."""
    tree: Tree = {}
    for row in _csv("admin_units_3level_2023.csv"):
        tree.setdefault(row["province"], {}).setdefault(row["district"], []).append(row["ward"])
    doc = "Administrative units of three levels in force in 2023: province → lines of `district:ward,ward`."
    bare = [(row["province"], [row["district"]]) for row in _csv("districts_without_wards.csv")]
    return (
        HEAD.format(doc=doc)
        + _table("PROVINCES", "dict[str, str]", _lines(tree))
        + "\n"
        + _table("WITHOUT_WARDS", "dict[str, tuple[str, ...]]", bare)
    )


def _renamed(level: str) -> dict[str, str]:
    """Names of today's list that were others on 1 July 2025: later → July for provinces, code → July for wards."""
    rows = [row for row in _csv("units_renamed_after_july_2025.csv") if row["level"] == level]
    return {row["later" if level == "province" else "code"]: row["july_2025"] for row in rows}


def _new_wards() -> tuple[dict[str, list[str]], dict[str, tuple[str, int]]]:
    """Wards by province as of 1 July 2025, a later name after a bar; and where each code stands."""
    provinces, wards = _renamed("province"), _renamed("ward")
    tree: dict[str, list[str]] = {}
    places: dict[str, tuple[str, int]] = {}
    for row in _csv("admin_units_2level_2025.csv"):
        code, province = row["ward_code"], provinces.get(row["province"], row["province"])
        listed = tree.setdefault(province, [])
        places[code] = (province, len(listed))
        listed.append(f"{wards[code]}|{row['ward']}" if code in wards else row["ward"])
    return tree, places


def new_units_module() -> str:
    """Provinces of 1 July 2025, each with its wards; districts are no more."""
    doc = "Administrative units of two levels in force from 1 July 2025: province → `ward,ward|later name`."
    pairs = [(province, ",".join(wards)) for province, wards in _new_wards()[0].items()]
    return (
        HEAD.format(doc=doc)
        + _table("PROVINCES", "dict[str, str]", pairs)
        + "\n"
        + _table("LATER_NAMES", "dict[str, str]", list(_renamed("province").items()))
    )


def ward_map_module() -> str:
    """Units of January 2025 and what became of each on 1 July 2025."""
    places = _new_wards()[1]
    tree: Tree = {}
    targets: dict[str, dict[str, list[str]]] = {}
    homes: dict[str, str] = {}
    for row in _csv("ward_map_jan2025_to_jul2025.csv") + [
        {
            **row,
            "old_province": row["province"],
            "old_district": row["district"],
            "new_ward_codes": row["new_ward_code"],
        }
        for row in _csv("districts_without_wards.csv")
    ]:
        province, district = row["old_province"], row["old_district"]
        found = [places[code] for code in row["new_ward_codes"].split()]
        homes[province] = found[0][0]
        tree.setdefault(province, {}).setdefault(district, []).append(row.get("old_ward", ""))
        joined = "/".join(str(index) for _, index in found)
        targets.setdefault(province, {}).setdefault(district, []).append(joined)
    doc = "Units of January 2025 as `units_2023.py` has them, and the place of each one's new ward in `units_2025.py`."
    return (
        HEAD.format(doc=doc)
        + _table("PROVINCES", "dict[str, str]", _lines(tree))
        + "\n"
        + _table("NEW_PROVINCES", "dict[str, str]", list(homes.items()))
        + "\n"
        + _table(
            "NEW_WARDS",
            "dict[str, str]",
            [(province, "\n".join(",".join(line) for line in lines.values())) for province, lines in targets.items()],
        )
    )


MODULES = {
    "names.py": names_module,
    "units_2023.py": units_module,
    "units_2025.py": new_units_module,
    "ward_map.py": ward_map_module,
}


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
