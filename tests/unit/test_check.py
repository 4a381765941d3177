"""The checks as a whole: order, places, two sources with one answer, locks, counts, roster and columns."""

from __future__ import annotations

import pytest

from shared.cells import to_cell
from shared.check import block_findings, check, check_students, counts, place
from shared.columns import Period
from shared.layout import GRADES, PROFILE
from shared.problems import Code, Finding, Severity
from shared.records import ClassData, Row, Sheet
from tests.tables import Cells, changed, class_of, class_of_45, codes, findings, good_profile, good_result, layout


def test_a_whole_class_without_a_fault_draws_nothing() -> None:
    assert check(class_of_45()) == ()


def as_workbook(data: ClassData) -> ClassData:
    """The same class with the raw cells a spreadsheet holds: numbers, shown texts."""
    for sheet in data.sheets.values():
        by_key = sheet.layout.by_key
        written = tuple(
            Row(
                row.student_code,
                row.number,
                {k: to_cell(by_key[k], v) if k in by_key else v for k, v in row.cells.items()},
            )
            for row in sheet.rows
        )
        data = data.with_sheet(Sheet(sheet.layout, written, sheet.columns))
    return data


def spoiled() -> ClassData:
    """A class of the service with faults of many kinds, in canonical values."""
    data = class_of_45()
    for key, at, changes in (
        (PROFILE, 2, {"birth_date": "2004-01-31", "ethnic_group": "Tây"}),
        (PROFILE, 5, {"sex": None, "national_id": None}),
        ("10", 7, {"mathematics.year": "3.1", "academic_rating.year": "KEM"}),
        ("12", 9, {"physics.semester_1": None, "conduct_rating.year": "Y"}),
    ):
        sheet = data.sheets[key]
        row = sheet.rows[at]
        rows = list(sheet.rows)
        rows[at] = Row(row.student_code, row.number, changed(dict(row.cells), changes))
        data = data.with_sheet(Sheet(sheet.layout, tuple(rows), sheet.columns))
    return data


def test_the_workbook_and_the_service_say_the_same() -> None:
    found = check(spoiled())
    assert len(found) > 8
    assert check(as_workbook(spoiled())) == found


def test_findings_stand_in_reading_order() -> None:
    found = check(spoiled())
    sheets = [layout(key).title for key in (PROFILE, *GRADES)]

    def order(finding: Finding) -> tuple[int, int, int]:
        key, column = (finding.column or ".").split(".", 1)
        return sheets.index(finding.sheet), int("".join(filter(str.isdigit, finding.cell))), layout(key).index[column]

    assert [order(f) for f in found] == sorted(order(f) for f in found)


def test_findings_of_some_students_are_those_of_the_whole_class() -> None:
    data = spoiled()
    some = frozenset({"HS03", "HS10"})
    assert check_students(data, some) == tuple(f for f in check(data) if f.student_code in some)
    assert check_students(data, frozenset()) == ()


def test_places() -> None:
    assert place(layout(PROFILE), 3, "full_name") == "D3"
    assert place(layout("10"), 12, "foreign_language.year") == "AG12"
    moved = Sheet(layout("10"), (), {"mathematics.year": 0})
    assert place(moved, 4, "mathematics.year") == "A4"


def test_a_moved_column_is_named_where_it_stands() -> None:
    data = class_of({"10": [good_result(mathematics__year=11.5)]})
    sheet = data.sheets["10"]
    moved = Sheet(sheet.layout, sheet.rows, {**sheet.columns, "mathematics.year": 50})
    assert [f.cell for f in check(data.with_sheet(moved))] == ["AY3"]


def test_only_errors_of_a_block_keep_it_from_being_locked() -> None:
    row = good_result(mathematics__semester_1=11.5, physics__year=8.2, conduct_rating__year="K")
    data = class_of({PROFILE: [good_profile(sex=None)], "10": [row], "11": [good_result(civics__semester_2=None)]})
    found = check(data)

    def columns(grade: str, period: Period) -> list[str | None]:
        return [f.column for f in block_findings(found, grade, period)]

    assert columns("10", Period.HK1) == ["10.mathematics.semester_1"]
    assert columns("10", Period.HK2) == ["10.physics.year"]
    assert columns("11", Period.HK1) == []
    assert columns("11", Period.HK2) == ["11.civics.semester_2"]


def test_a_missing_row_keeps_both_blocks_of_its_grade_from_being_locked() -> None:
    found = check(class_of({PROFILE: [good_profile()], "10": []}))
    for period in Period:
        assert [f.code for f in block_findings(found, "10", period)] == [Code.ROW_MISSING]
        assert block_findings(found, "11", period) == ()


def test_counts() -> None:
    found = findings(PROFILE, good_profile(sex=None, national_id="031204000123", birth_date="1/7/2005"))
    assert counts(found) == {"error": 1, "warning": 1, "info": 1}
    assert counts(()) == {"error": 0, "warning": 0, "info": 0}


def student(code: str | None, **changes: object) -> Cells:
    return {**good_result(**changes), "student_code": code}


def test_rows_against_the_class_list() -> None:
    data = class_of({"10": [student("HS01"), student("HS01"), student("HS99"), student(None)]})
    found = [(f.code, f.student_code, f.cell) for f in check(data)]
    assert found == [
        (Code.ROW_MISSING, "HS02", ""),
        (Code.ROW_MISSING, "HS03", ""),
        (Code.ROW_MISSING, "HS04", ""),
        (Code.TPL_COUNT, None, ""),
        (Code.MOET_ID_DUPLICATE, "HS01", "C4"),
        (Code.MOET_ID_UNKNOWN, "HS99", "C5"),
        (Code.MOET_ID, None, "C6"),
    ]


def test_an_empty_row_without_a_code_is_no_row() -> None:
    data = class_of({"10": [student("HS01"), {"student_code": None}]})
    assert Code.MOET_ID not in {f.code for f in check(data)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"class_name": "12A1", "full_name": "Lê An"}, None),
        ({"class_name": "12A2"}, Code.TPL_CLASS),
        ({"full_name": "Trần Bình"}, Code.ROW_IDENTITY),
        ({"full_name": "Lê  An "}, None),
        ({"full_name": "LÊ AN"}, None),
        ({"full_name": "Lê Ân"}, Code.ROW_IDENTITY),
    ],
)
def test_a_row_of_someone_else(changes: Cells, code: Code | None) -> None:
    found = check(class_of({"10": [good_result(**changes)]}, names={"HS01": "Lê An"}))
    assert [(f.code, f.severity) for f in found] == ([(code, Severity.ERROR)] if code else [])


def test_another_tone_placement_is_no_other_student() -> None:
    sheets = {PROFILE: [good_profile(full_name="Lê Thúy Hòa")], "10": [good_result(full_name="Lê Thuý Hoà")]}
    assert check(class_of(sheets, names={"HS01": "Lê Thúy Hoà"})) == ()


def test_a_name_corrected_in_the_profile_is_no_other_student() -> None:
    sheets = {PROFILE: [good_profile(full_name="Lê Ân")], "10": [good_result(full_name="Lê Ân")]}
    assert check(class_of(sheets, names={"HS01": "Lê An"})) == ()


def varied(count: int) -> list[Cells]:
    """Faultless rows whose columns all differ."""
    return [dict(row.cells) for row in as_workbook(class_of_45()).sheets["10"].rows[:count]]


def test_a_column_of_one_value_is_a_warning_to_the_column() -> None:
    rows = [changed(row, {"physics.semester_1": 9.0}) for row in varied(6)]
    (found,) = [f for f in findings("10", *rows) if f.code is Code.SC_CONSTANT]
    assert (found.severity, found.cell, found.student_code, found.column) == (
        Severity.WARNING,
        "L2",
        None,
        "10.physics.semester_1",
    )
    assert "Cả lớp cùng điểm 9.0 ở cột Vật lý HK1" in found.message


def test_two_columns_alike_are_a_warning() -> None:
    rows = [changed(row, {"history.semester_1": row["physics.semester_1"]}) for row in varied(6)]
    (found,) = [f for f in findings("10", *rows) if f.code is Code.SC_CONSTANT]
    assert "Cột Lịch sử HK1 giống hệt cột Vật lý HK1" in found.message


def test_few_students_with_one_value_prove_nothing() -> None:
    rows = [changed(row, {"physics.semester_1": 9.0}) for row in varied(4)]
    assert Code.SC_CONSTANT not in codes("10", *rows)


def test_a_series_down_a_column() -> None:
    rows = [changed(row, {"physics.semester_1": 7.0 + i / 10}) for i, row in enumerate(varied(5))]
    assert Code.SC_SERIES in codes("10", *rows)


def exchanged(first: str, second: str) -> list[Finding]:
    rows = [changed(row, {first: row[second], second: row[first]}) for row in varied(20)]
    return [f for f in findings("10", *rows) if f.code is Code.SC_COL_SWAP]


def test_the_semesters_of_a_subject_exchanged() -> None:
    (found,) = exchanged("physics.semester_1", "physics.semester_2")
    assert found.column == "10.physics.year"
    assert "đổi cột HK1 với HK2" in found.message


def test_the_columns_of_two_subjects_exchanged() -> None:
    found = exchanged("physics.year", "history.year")
    assert [f.column for f in found] == ["10.physics.year", "10.history.year"]
    assert "đổi cột CN với môn Lịch sử" in found[0].message


@pytest.mark.parametrize(("students", "said"), [(5, True), (4, False)])
def test_five_students_make_a_column(students: int, said: bool) -> None:  # noqa: FBT001
    rows = [changed(row, {"physics.semester_1": 9.0}) for row in varied(students)]
    assert (Code.SC_CONSTANT in codes("10", *rows)) is said
    rows = [changed(row, {"history.semester_1": row["physics.semester_1"]}) for row in varied(students)]
    assert (Code.SC_CONSTANT in codes("10", *rows)) is said
