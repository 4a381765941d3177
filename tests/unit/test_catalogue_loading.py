"""The large catalogues are loaded when an address asks for them and not before."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tools.build_catalogues import ROOT

LARGE = ("units_2023", "units_2025", "ward_map")
SCRIPT = """
import json, sys
from shared.check import check
from shared.layout import PROFILE, sheet_layout
from shared.records import ClassData, ClassInfo, ClassKey, Row, Sheet
from shared.repair import repairs
year, addresses = json.loads(sys.argv[1])
layout = sheet_layout("THPT", year, PROFILE)
places = [f"{place}.{level}" for place in ("residence", "origin", "birth_place", "current")
          for level in ("province", "district", "ward")]
rows = [
    Row(f"HS{i:02}", i + 3, {"full_name": f"Nguyễn Văn An", **{p: n for p, n in zip(places, names) if n}})
    for i, names in enumerate(addresses)
]
data = ClassData(ClassInfo(ClassKey("HP01", year, "12A1"), "THPT", "THPT", stage=1),
                 tuple(row.student_code for row in rows), {PROFILE: Sheet(layout, tuple(rows), layout.index)}, {})
check(data)
repairs(data)
print(json.dumps([name for name in %r if "shared.catalogues." + name in sys.modules]))
""" % (LARGE,)  # noqa: UP031 (the script has braces)


def loaded(year: str, *addresses: Sequence[str | None]) -> list[str]:
    """Which large catalogues a check and a repair of a class have loaded in a fresh process."""
    command = [sys.executable, "-c", SCRIPT, json.dumps([year, addresses])]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    found: list[str] = json.loads(done.stdout)
    return found


OLD = ["Tỉnh Bắc Giang", "Huyện Lạng Giang", "Xã Đào Mỹ"]
MERGED = ["Thành phố Hải Phòng", "Thành phố Thủy Nguyên", "Phường Minh Đức"]
NEW = ["Tỉnh Bắc Ninh", None, "Xã Tiên Lục"]


@pytest.mark.parametrize("year", ["2022-2023", "2024-2025", "2025-2026"])
def test_a_class_without_addresses_loads_no_units(year: str) -> None:
    assert loaded(year, [], []) == []


def test_addresses_written_as_the_list_has_them_load_that_list_only() -> None:
    assert loaded("2022-2023", [*OLD, *OLD, *OLD, *OLD], OLD) == ["units_2023"]
    assert loaded("2024-2025", OLD) == ["units_2023"]
    assert loaded("2025-2026", [*NEW, *NEW], NEW) == ["units_2025"]


def test_addresses_written_in_another_way_load_no_more() -> None:
    assert loaded("2022-2023", ["T. Bắc Giang", "lạng giang", "Xã Đào Mỹ"]) == ["units_2023"]
    assert loaded("2025-2026", ["Bắc Ninh", None, "X. Tiên Lục"]) == ["units_2025"]


def test_an_address_of_another_time_loads_what_tells_it() -> None:
    assert loaded("2023-2024", MERGED) == ["units_2023", "ward_map"]
    assert loaded("2022-2023", NEW) == ["units_2023", "units_2025", "ward_map"]
    assert loaded("2025-2026", OLD) == ["units_2023", "units_2025", "ward_map"]
