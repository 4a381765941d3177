"""A result that says why it is blank or unusual: how it is typed, kept, shown and judged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import reasons
from shared.cells import from_cell, shown, to_cell
from shared.check import invalid_cells
from shared.columns import Period
from shared.layout import sheet_layout
from shared.problems import Code, Severity
from shared.progress import missing
from shared.rules.facts import TENTHS
from shared.schemas.rows import load_row
from tests.programmes import INFO_2018, INFO_GDTX, found_in, result_2018
from tests.tables import INFO, column, findings, good_result, layout

SCORE = column(layout("11"), "Toán CN")
RATING = column(layout("11"), "Hạnh kiểm CN")
LANGUAGE = column(layout("11"), "Ngoại ngữ Môn ngoại ngữ")
NAME = column(layout("profile"), "Họ tên")


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("Miễn", "#exempt", "Miễn"),
        ("miễn", "#exempt", "Miễn"),
        ("M", "#exempt", "Miễn"),
        ("MIỄN HỌC", "#exempt", "Miễn"),
        ("Miễn: QĐ 12/QĐ-THPT", "#exempt:QĐ 12/QĐ-THPT", "Miễn: QĐ 12/QĐ-THPT"),
        ("Miễn - QĐ 12", "#exempt:QĐ 12", "Miễn: QĐ 12"),
        ("Miễn (QĐ 12)", "#exempt:QĐ 12", "Miễn: QĐ 12"),
        ("KT", "#disability", "Khuyết tật"),
        ("Học ở nước ngoài: Đức", "#abroad:Đức", "Nước ngoài: Đức"),
        ("Chuyển đến", "#transfer", "Chuyển đến"),
        ("Lý do: bão lụt", "#other:bão lụt", "Lý do: bão lụt"),
        ("5.0 (kiểm tra lại)", "5.0#retest", "5.0 (kiểm tra lại)"),
        ("5,0 (KTL)", "5.0#retest", "5.0 (kiểm tra lại)"),
        ("5 thi lại", "5.0#retest", "5.0 (kiểm tra lại)"),
        ("5.0 (kiểm tra lại: 20/6)", "5.0#retest:20/6", "5.0 (kiểm tra lại: 20/6)"),
        ("8.5 (Đã đối chiếu)", "8.5#verified", "8.5 (đã đối chiếu)"),
        ("7.0 (Lý do: phúc khảo (lần 2))", "7.0#other:phúc khảo (lần 2)", "7.0 (Lý do: phúc khảo (lần 2))"),
        ("#exempt", "#exempt", "Miễn"),
        ("5#retest", "5.0#retest", "5.0 (kiểm tra lại)"),
    ],
)
def test_a_score_with_a_reason(typed: str, kept: str, told: str) -> None:
    assert from_cell(SCORE, typed) == kept
    assert shown(SCORE, kept) == told
    assert to_cell(SCORE, kept) == told
    assert load_row(layout("11"), {SCORE.key: typed}) == ({SCORE.key: kept}, {})


@pytest.mark.parametrize(
    "typed", ["x", "-", "nghỉ", "kiểm tra lại", "Lý do", "Lý do:", "8.5 (abc)", "#retest", "5.0#xyz"]
)
def test_what_is_no_reason_is_no_score_either(typed: str) -> None:
    assert from_cell(SCORE, typed) == typed.removesuffix(":") or from_cell(SCORE, typed) == typed
    _, errors = load_row(layout("11"), {SCORE.key: typed})
    assert [issue.code for issue in errors[SCORE.key]] == [Code.SC_TYPE]


def test_a_value_with_a_reason_must_be_a_value() -> None:
    assert [i.code for i in load_row(layout("11"), {SCORE.key: "11 (kiểm tra lại)"})[1][SCORE.key]] == [Code.SC_X10]
    assert [i.code for i in load_row(layout("11"), {RATING.key: "G (rèn luyện hè)"})[1][RATING.key]] == [Code.HK_CODE]
    long = f"Miễn: {'a' * 300}"
    assert [i.code for i in load_row(layout("11"), {SCORE.key: long})[1][SCORE.key]] == [Code.TEXT_CHARACTERS]


def test_reasons_beside_ratings_and_languages() -> None:
    assert from_cell(RATING, "tốt (rèn luyện hè)") == "T#training"
    assert shown(RATING, "T#training") == "T (rèn luyện hè)"
    assert from_cell(RATING, "Miễn") == "#exempt"
    assert from_cell(LANGUAGE, "Tiếng Pháp (đổi ngoại ngữ)") == "Tiếng Pháp#language"
    assert from_cell(LANGUAGE, "anh (đổi ngoại ngữ)") == "Tiếng Anh#language"
    assert from_cell(NAME, "Lê Miễn") == "Lê Miễn"
    assert from_cell(NAME, "Miễn") == "Miễn"


details = st.text(st.sampled_from("aăQĐ12/ .:()-"), max_size=12).map(lambda text: " ".join(text.split()).strip(" :;-"))
any_reason = st.builds(reasons.Reason, st.sampled_from(reasons.REASONS), details).filter(
    lambda reason: reason.detail or not reason.kind.detailed
)


@given(st.sampled_from(sorted(TENTHS)), any_reason)
def test_what_is_shown_is_read_back_as_it_was_kept(score: str, reason: reasons.Reason) -> None:
    for kept in (reasons.joined(score, reason), *([reason.canonical] if reason.kind.alone else [])):
        assert from_cell(SCORE, shown(SCORE, kept)) == kept
        assert from_cell(SCORE, kept) == kept
        assert load_row(layout("11"), {SCORE.key: kept}) == ({SCORE.key: kept}, {})


def test_the_service_refuses_what_the_workbook_refuses() -> None:
    assert invalid_cells(layout("11"), {SCORE.key: "#exempt"}) == {}
    assert set(invalid_cells(layout("11"), {SCORE.key: "#retest"})) == {SCORE.key}


def said(**changes: Any) -> list[tuple[Code, Severity]]:
    return [(f.code, f.severity) for f in findings("11", good_result(**changes))]


def test_a_blank_with_a_reason_is_not_missing_and_is_told() -> None:
    assert said(history__semester_1=None) == [(Code.SC_BLANK_STAGE1, Severity.ERROR)]
    assert said(history__semester_1="Miễn: QĐ 12") == [(Code.EXEMPT, Severity.INFO)]
    assert missing(layout("11"), {"history.semester_1": "#exempt"})[Period.HK1] == 10
    assert missing(layout("11"), {})[Period.HK1] == 11


def test_blanks_of_one_reason_are_told_once() -> None:
    subjects = ("history", "geography")
    found = findings(
        "11", good_result(**{f"{s}__{t}": "KT" for s in subjects for t in ("semester_1", "semester_2", "year")})
    )
    assert [(f.code, f.column) for f in found] == [(Code.EXEMPT, "11.history.semester_1")]
    assert found[0].message == (
        "6 ô để trống vì: Khuyết tật (Lịch sử HK1, Lịch sử HK2, Lịch sử CN, Địa lý HK1 và 2 ô khác)."
    )
    assert found[0].value == "Khuyết tật"


def test_a_reason_answers_a_warning_where_it_stands() -> None:
    low = {"history__semester_1": 4.0, "history__semester_2": 4.5, "academic_rating__semester_1": "TB"}
    low |= {"academic_rating__semester_2": "TB"}
    unsaid = [f for f in findings("11", good_result(**low, history__year=5.0)) if f.code is Code.SC_CN_RETEST]
    answered = [f for f in findings("11", good_result(**low, history__year="5.0 (KTL)")) if f.code is Code.SC_CN_RETEST]
    assert [f.severity for f in unsaid] == [Severity.WARNING]
    assert [(f.severity, f.value) for f in answered] == [(Severity.INFO, "5.0 (kiểm tra lại)")]
    assert answered[0].message == f"{unsaid[0].message} Lý do đã ghi: kiểm tra lại."


def test_a_reason_never_answers_an_error() -> None:
    assert said(history__year="9.9 (đã đối chiếu)") == [(Code.SC_CN_FORMULA, Severity.ERROR)]


def test_scores_with_reasons_count_as_scores() -> None:
    assert said(history__semester_1="8.6 (đã đối chiếu)") == []
    found = found_in(INFO, "11", good_result(history__semester_1="6.0 (đã đối chiếu)"))
    assert {f.code for f in found} >= {Code.SC_CN_FORMULA, Code.HL_TOO_HIGH}


def test_gdtx_conduct_may_be_blank_with_a_reason() -> None:
    blank = {f"conduct_rating__{t}": None for t in ("semester_1", "semester_2", "year")}
    found = found_in(INFO_GDTX, "11", good_result(**blank))
    assert [(f.code, f.severity) for f in found] == [(Code.SC_BLANK_STAGE1, Severity.WARNING)] * 3
    assert "hãy ghi lý do" in found[0].message
    exempt = dict.fromkeys(blank, "Miễn: tự học có hướng dẫn")
    assert [f.code for f in found_in(INFO_GDTX, "11", good_result(**exempt))] == [Code.EXEMPT]
    assert missing(sheet_layout("GDTX", "2022-2023", "11"), {})[Period.HK1] == 8


def test_comment_subjects_take_reasons_too() -> None:
    cells = result_2018(**{f"physical_education__{t}": "Miễn: sức khỏe" for t in ("semester_1", "semester_2", "year")})
    assert [f.code for f in found_in(INFO_2018, "11", cells)] == [Code.EXEMPT]
