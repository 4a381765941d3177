"""A pull protects again what somebody left open; who set a protection of their own keeps it."""

import re
from pathlib import Path

import pytest

from tests.workbooks.sample import CODES, LOCKS, edited, parts, respell, written
from workbooks.files import FileWorkbook
from workbooks.port import Update

SHEETS = [f"xl/worksheets/sheet{i}.xml" for i in (1, 2, 3, 4)]
_PROTECTION = re.compile(rb"<(?:\w+:)?sheetProtection[^>]*/>")


def _protections(workbook: FileWorkbook) -> list[bytes]:
    found = parts(workbook.path)
    return [b"".join(_PROTECTION.findall(found[name])) for name in SHEETS]


def _attributes(element: bytes) -> dict[bytes, bytes]:
    return dict(re.findall(rb'(\w+)="(\w+)"', element))


@pytest.mark.parametrize("left", [b"", b'<sheetProtection sheet="0" objects="1"/>'])
def test_a_pull_protects_sheets_again_as_they_were(tmp_path: Path, left: bytes) -> None:
    workbook = written(tmp_path)
    before = _protections(workbook)
    assert all(before)
    for name in SHEETS:
        respell(workbook.path, name, lambda data: _PROTECTION.sub(left, data))
    workbook.write(Update({("12", CODES[0], "physics.year"): "5.0"}, report=()))
    assert _protections(workbook) == [left] * 4
    workbook.write(Update(locks=LOCKS))
    assert list(map(_attributes, _protections(workbook))) == list(map(_attributes, before))
    assert not any(b"password" in element or b"hashValue" in element for element in _protections(workbook))


def test_a_protection_of_the_users_own_stays(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    with edited(workbook) as book:
        book["Lớp 12"].protection.set_password("của tôi")
        book["Lớp 11"].protection.sort = True
    before = _protections(workbook)
    workbook.write(Update(locks=LOCKS[:1]))
    assert _protections(workbook) == before


def test_it_stands_where_the_format_wants_it(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    respell(workbook.path, SHEETS[3], lambda data: _PROTECTION.sub(b"", data))
    workbook.write(Update(locks=()))
    data = parts(workbook.path)[SHEETS[3]]
    assert data.index(b"</sheetData>") < data.index(b"<sheetProtection") < data.index(b"<autoFilter")
