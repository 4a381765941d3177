"""Whose row it is: never by position, and left out rather than guessed."""

from hypothesis import given
from hypothesis import strategies as st

from shared.cells import fold
from shared.foreign.rows import RowReader
from shared.foreign.source import SourceSheet
from shared.foreign.students import How, Reason, Roster, SourceRow, Student, match_rows
from tests.foreign import drawn, mapped
from tests.tables import layout


def student(code: str, name: str, birth: str | None = None, number: str = "") -> Student:
    return Student(code, name, frozenset({fold(name)}), frozenset({number} if number else ()), birth)


AN = student("2400000001", "Lê Văn An", "2005-01-02", "031205000123")
BINH = student("2400000002", "Trần Thị Bình", "2005-03-04")
LAN_A = student("2400000003", "Phạm Lan", "2005-05-06")
LAN_B = student("2400000004", "Phạm Lan", "2005-07-08")
ROSTER = Roster((AN, BINH, LAN_A, LAN_B))


def found(*rows: SourceRow, titled: str | None = None) -> dict[int, str]:
    """Row → student and how, or why not."""
    matching = match_rows(rows, ROSTER, "12A1", titled)
    return {m.row.index: f"{m.student.code[-1]} {m.how.value}" for m in matching.matched} | {
        left.row.index: left.reason.value for left in matching.left
    }


def test_the_code_then_the_number_then_the_name_with_the_birth() -> None:
    rows = (
        SourceRow(0, ("2400000002",), "TRẦN THỊ BÌNH"),
        SourceRow(1, ("31205000123",), "Lê Văn An"),
        SourceRow(2, (), "pham lan", "2005-07-08"),
    )
    assert found(*rows) == {0: "2 code", 1: "1 number", 2: "4 name_and_birth"}, "a lost zero is put back for matching"


def test_a_code_under_another_name_is_left_out() -> None:
    assert found(SourceRow(0, ("2400000002",), "Lê Văn An")) == {0: Reason.NAME_DIFFERS.value}


def test_namesakes_are_never_guessed() -> None:
    assert found(SourceRow(0, (), "Phạm Lan")) == {0: Reason.SEVERAL.value}
    assert found(SourceRow(0, (), "Lê Văn An", "2005-12-31")) == {0: Reason.BIRTH_DIFFERS.value}
    twice = (SourceRow(0, (), "Trần Thị Bình"), SourceRow(1, (), "Trần Thị Bình"))
    assert found(*twice) == {0: Reason.TWICE.value, 1: Reason.TWICE.value}


def test_a_name_alone_is_trusted_only_among_others_of_the_class() -> None:
    alone = SourceRow(0, (), "Trần Thị Bình")
    strangers = [SourceRow(i, (), f"Người Lạ {i}") for i in range(1, 4)]
    assert found(alone) == {0: "2 name"}
    assert found(alone, *strangers)[0] == Reason.NAME_ONLY.value


def test_an_unknown_code_among_codes_of_ours_is_not_matched_by_name() -> None:
    rows = (SourceRow(0, ("2400000002",), "Trần Thị Bình"), SourceRow(1, ("9900000000",), "Lê Văn An", "2005-01-02"))
    assert found(*rows) == {0: "2 code", 1: Reason.UNKNOWN.value}
    assert found(rows[1]) == {1: "1 name_and_birth"}, "codes of another program tell nothing"


def test_only_the_rows_of_the_class_are_taken_from_a_sheet_of_the_school() -> None:
    rows = (
        SourceRow(0, (), "Lê Văn An", "2005-01-02", "12 A1"),
        SourceRow(1, (), "Trần Thị Bình", "2005-03-04", "12A2"),
        SourceRow(2, (), "Phạm Lan", "2005-05-06", "11A4"),
    )
    assert found(*rows) == {0: "1 name_and_birth", 1: Reason.OTHER_CLASS.value, 2: "3 name_and_birth"}
    assert found(SourceRow(0, ("2400000001",), "Lê Văn An"), titled="12a7") == {0: Reason.OTHER_CLASS.value}


def read(sheet: SourceSheet) -> tuple[list[str], list[tuple[int, str]]]:
    """Names of the rows that are students', and the numbers of those that are not."""
    rows = RowReader(mapped(sheet), layout("profile").by_key["birth_date"], ROSTER.by_name).read()
    return [row.name for row in rows.students], [(o.row.index + 1, o.reason.value) for o in rows.others]


def test_totals_signatures_repeated_headers_and_column_numbers_are_no_students() -> None:
    names, others = read(
        drawn(
            """
            | STT | Họ đệm  | Tên  | Toán |
            | (1) | (2)     | (3)  | (4)  |
            | 1   | Lê Văn  | An   | 8.0  |
            |     |         |      |      |
            | STT | Họ đệm  | Tên  | Toán |
            | 2   | Tống Thị | Nữ  | 7.0  |
            | 3   |         |      | 6.0  |
            |     | Tổng số: 2 | |   |
            |     |         |      | Hải Phòng, ngày 30 tháng 5 |
            |     | Người lập bảng | | |
            """,
            title="Lớp 11 HK1",
        )
    )
    assert names == ["Lê Văn An", "Tống Thị Nữ"]
    assert others == [(7, "no_name"), (8, "no_student"), (9, "no_student"), (10, "no_student")]


def test_a_name_merged_over_two_columns_is_put_together() -> None:
    sheet = drawn("| STT | Họ và tên | | Toán |\n| 1 | Lê Văn | An | 8 |", "B1:C1", title="Lớp 11 HK1")
    assert read(sheet)[0] == ["Lê Văn An"]


rows_of_anything = st.builds(
    SourceRow,
    st.integers(0, 50),
    st.lists(st.sampled_from(("2400000001", "2400000003", "31205000123", "x")), max_size=2).map(tuple),
    st.sampled_from(("Lê Văn An", "Phạm Lan", "Trần Thị Bình", "Ai", "")),
    st.sampled_from((None, "2005-01-02", "2005-05-06")),
    st.sampled_from(("", "12A1", "12A2", "11A1")),
)


@given(st.lists(rows_of_anything, max_size=8, unique_by=lambda row: row.index))
def test_every_row_is_either_one_students_or_left_out_with_a_reason(rows: list[SourceRow]) -> None:
    matching = match_rows(rows, ROSTER, "12A1", None)
    codes = [m.student.code for m in matching.matched]
    assert len(codes) == len(set(codes)), "no student has two rows"
    assert sorted((*(m.row.index for m in matching.matched), *(left.row.index for left in matching.left))) == sorted(
        row.index for row in rows
    )
    for item in matching.matched:
        assert item.how in {How.CODE, How.NUMBER} or fold(item.row.name) in item.student.names


@given(st.permutations(range(3)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows = [
        SourceRow(0, ("2400000001",), "Lê Văn An"),
        SourceRow(1, (), "Trần Thị Bình", "2005-03-04"),
        SourceRow(2, (), "Phạm Lan", "2005-05-06"),
    ]
    assert found(*(rows[i] for i in order)) == {0: "1 code", 1: "2 name_and_birth", 2: "3 name_and_birth"}
