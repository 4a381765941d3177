"""The workbook and the service give the same findings on the same class, byte for byte: they run the same function."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from addin import commands
from addin.client import HttpClient, sign_in
from shared.layout import GRADES
from shared.schemas.wire import dump_finding
from tests.end_to_end.conftest import School
from workbooks.files import FileWorkbook
from workbooks.template import write_workbook


@pytest.mark.parametrize("name", ["12A1", "12A3"])
def test_findings_agree_byte_for_byte(school: School, tmp_path: Path, name: str) -> None:
    account = school.account("school_admin")
    token = sign_in(school.server, account["username"], account["password"])["token"]
    with HttpClient(school.server, token) as line:
        key = next(summary.key for summary in line.classes() if summary.key.name == name)
        path = tmp_path / f"{name}.xlsx"
        write_workbook(path, commands.new_state(line.pull(key, GRADES), school.server))
        here = commands.examine(FileWorkbook(path).read()).findings
        there = line.findings(key)
    assert there, "the guide's noise is found"

    def text(findings: object) -> bytes:
        assert isinstance(findings, tuple)
        return json.dumps([dump_finding(finding) for finding in findings], ensure_ascii=False).encode()

    assert text(here) == text(there)
