"""Whatever stands in a cell, the checks answer: they never fail, and tidy values stay tidy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.cells import from_cell, shown
from shared.check import check, invalid_cells
from shared.layout import GRADES, PROFILE
from shared.problems import Severity
from shared.repair import repairs
from shared.schemas.rows import load_row
from tests.tables import class_of, good_profile, good_result, layout

anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**13), 10**13),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["8,5", "031205000123", "3.1E+10", "12/7/05", "Giỏi", "T", "x", "'", "\u200b", "2023-02-30", "Đ"]),
    st.dates(dt.date(1899, 1, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001 (spreadsheets know no time zones)
    st.times(),
)


def row_of(key: str) -> st.SearchStrategy[dict[str, Any]]:
    good = good_profile() if key == PROFILE else good_result()
    keys = st.sampled_from([column.key for column in layout(key).columns])
    return st.dictionaries(keys, anything, max_size=6).map(lambda changes: {**good, **changes, "student_code": "HS01"})


@given(row_of(PROFILE), row_of("10"), row_of("12"))
@settings(max_examples=200)
def test_checks_and_repairs_always_answer(
    profile: dict[str, Any], tenth: dict[str, Any], twelfth: dict[str, Any]
) -> None:
    data = class_of({PROFILE: [profile], "10": [tenth], "12": [twelfth]})
    for finding in check(data):
        assert finding.message
        assert "…" not in finding.message.replace(str(finding.value), "").replace(" … ", "")
    repairs(data)


@given(st.sampled_from([PROFILE, *GRADES]), anything)
@settings(max_examples=200)
def test_a_value_that_is_accepted_is_accepted_again_unchanged(key: str, raw: Any) -> None:
    sheet = layout(key)
    values, errors = load_row(sheet, {column.key: raw for column in sheet.stored})
    assert load_row(sheet, values) == (values, {})
    assert not values.keys() & errors.keys()
    for name, value in values.items():
        column = sheet.by_key[name]
        assert from_cell(column, shown(column, value)) == value


@given(st.sampled_from([PROFILE, *GRADES]), anything)
@settings(max_examples=100)
def test_what_the_service_refuses_is_an_error_in_the_workbook(key: str, raw: Any) -> None:
    sheet = layout(key)
    canonical = {column.key: from_cell(column, raw) for column in sheet.stored}
    refused = invalid_cells(sheet, canonical)
    data = class_of({key: [{**canonical, "student_code": "HS01"}]})
    errors = {f.column for f in check(data) if f.severity is Severity.ERROR}
    assert {f"{key}.{name}" for name in refused} <= errors
