"""Every code has words, in one place only, and a finding's words hold its numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shared.messages import CAUSES, MESSAGES, SEVERITIES, message
from shared.problems import Code
from shared.refusals import REFUSALS


def test_every_code_has_words_in_exactly_one_place() -> None:
    assert MESSAGES.keys() | REFUSALS.keys() == set(Code)
    assert not MESSAGES.keys() & REFUSALS.keys()


def test_every_finding_has_a_severity_and_a_heading() -> None:
    assert SEVERITIES.keys() == CAUSES.keys() == MESSAGES.keys()
    assert all(CAUSES.values())


@pytest.mark.parametrize("code", MESSAGES)
def test_sentences_are_whole_and_do_not_break_without_facts(code: Code) -> None:
    words = message(code)
    assert words[0].isupper() or words[0] in "…{"
    assert words.endswith((".", "…"))
    assert "{" not in words


def test_a_sentence_holds_the_numbers() -> None:
    words = message(Code.SC_CN_FORMULA, subject="Toán", value="8.1", a="6.5", b="8.7", fixed="8.0", others="")
    assert words == ("Điểm cả năm môn Toán là 8.1, theo công thức (6.5 + 2×8.7)/3 phải là 8.0. Hãy sửa CN thành 8.0.")


# Checks of the rulebook's list that are none of a workbook's findings, each with its reason.
ELSEWHERE = {
    "ID_PREFIX_RESIDENCE": "never checked: the prefix tells the place of birth",
    "SC_TB_NINE": "never checked: the nine are not all subjects",
}


def test_every_check_of_the_rulebook_has_a_code_or_a_reason() -> None:
    data = json.loads((Path(__file__).parents[2] / "data" / "checks.json").read_text("utf-8"))
    ids = {check["id"] for check in data["checks"]}
    assert ids - {code.value for code in Code} == ELSEWHERE.keys()


def test_severities_are_those_of_the_rulebook() -> None:
    data = json.loads((Path(__file__).parents[2] / "data" / "checks.json").read_text("utf-8"))
    stated = {c["id"]: c["severity"] for c in data["checks"] if c["severity"] in {"error", "warning"}}
    assert {code: SEVERITIES[Code(code)].value for code in stated if Code.__members__.get(code) in SEVERITIES} == {
        code: severity for code, severity in stated.items() if Code.__members__.get(code) in SEVERITIES
    }
