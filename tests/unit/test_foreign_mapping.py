"""Where the columns of a foreign sheet go: header lines and merged cells, what the titles tell, doubts, what was said."""

import pytest

from shared.columns import Term
from shared.foreign.context import Context, context_of
from shared.foreign.mapping import Certainty, Said, Why, given_keys
from shared.foreign.tables import find_table
from tests.foreign import PROPOSER, drawn, mapped, table_of, targets

TWO_LINES = """
    | SỞ GD&ĐT HẢI PHÒNG |           |      |      |     |        |     |     |         |         |
    | BẢNG TỔNG HỢP KẾT QUẢ LỚP 11A1 NĂM HỌC 2021-2022 | | | |    |  |     |     |         |         |
    | STT                | Họ và tên | Toán |      |     | Tin học |    | HL  | HK      | Ghi chú |
    |                    |           | HKI  | HKII | CN  | HKI     | CN | CN  | CN      |         |
    | 1                  | Lê An     | 8.0  | 8.5  | 8.3 | 9       | 9  | G   | T       |         |
"""
MERGES = ("A3:A4", "B3:B4", "C3:E3", "F3:G3", "J3:J4", "A2:J2")
ROWS = "| 1 | 2400000001 | Lê An | 8.0 | 7.0 |"


def test_a_merged_header_of_two_lines_is_read_by_its_words() -> None:
    mapping = mapped(drawn(TWO_LINES, *MERGES))
    assert targets(mapping) == {
        "Toán/HKI": "11.mathematics.semester_1",
        "Toán/HKII": "11.mathematics.semester_2",
        "Toán/CN": "11.mathematics.year",
        "HL/CN": "11.academic_rating.year",
        "HK/CN": "11.conduct_rating.year",
    }
    left = [c.column.label for c in mapping.columns if c.certainty is Certainty.LEFT_OUT]
    assert left == ["Tin học/HKI", "Tin học/CN", "Ghi chú"]
    assert mapping.table.first == 4


def test_without_merged_areas_a_group_reaches_over_the_blanks_to_its_right() -> None:
    certain, guessed = mapped(drawn(TWO_LINES, *MERGES)), mapped(drawn(TWO_LINES))
    assert targets(guessed) == targets(certain)
    toan = [c.certainty for c in guessed.columns if c.column.path[0] == "Toán"]
    assert toan == [Certainty.SURE, Certainty.LIKELY, Certainty.LIKELY]


def test_a_header_of_three_lines_with_the_terms_on_top() -> None:
    sheet = drawn(
        """
        | Mã HS | Họ đệm | Tên | HỌC KỲ I    |    | CẢ NĂM      |    |
        |       |        |     | Điểm TB môn |    | Điểm TB môn |    |
        |       |        |     | Văn         | Lý | Văn         | Lý |
        | X1    | Lê     | An  | 8           | 7  | 8           | 7  |
        """,
        *("A1:A3", "B1:B3", "C1:C3", "D1:E1", "F1:G1", "D2:E2", "F2:G2"),
        title="Lớp 10",
    )
    assert set(targets(mapped(sheet)).values()) == {
        "10.literature.semester_1", "10.physics.semester_1", "10.literature.year", "10.physics.year",
    }  # fmt: skip
    assert table_of(sheet).first == 3


def test_a_first_row_of_students_is_never_taken_for_a_header() -> None:
    sheet = drawn("""
        | STT | Họ tên | Toán | HL |
        |     | Lê An  | 8.0  | G  |
        |     |        | 7.0  | K  |
    """)
    assert table_of(sheet).first == 1


@pytest.mark.parametrize(
    ("tab", "title", "expected"),
    [
        ("Sheet1", "KẾT QUẢ HỌC KỲ I LỚP 11A1 NĂM HỌC 2021-2022", Context("11", Term.SEMESTER_1, "11a1")),
        ("11A1", "BẢNG ĐIỂM CẢ NĂM", Context("11", Term.YEAR, "11a1")),
        ("Khối 10", "", Context("10")),
        ("HK2", "Năm học 2020 - 2021", Context("10", Term.SEMESTER_2)),
        ("Lop 12 CN", "", Context("12", Term.YEAR)),
        ("Sheet1", "Hải Phòng, ngày 12 tháng 11 năm 2022", Context()),
        ("Sheet1", "Lớp 11A1 năm học 2020-2021", Context(class_name="11a1", disputed=True)),
    ],
)
def test_the_name_the_titles_and_the_school_year_tell_grade_and_term(tab: str, title: str, expected: Context) -> None:
    assert context_of(tab, (title,), "2022-2023", Context()) == expected


def test_what_the_user_says_of_a_sheet_goes_before_its_titles() -> None:
    said = Context("12", Term.YEAR)
    assert context_of("Lớp 11", ("HỌC KỲ I",), "2022-2023", said).grade == "12"
    assert context_of("Lớp 11", ("HỌC KỲ I",), "2022-2023", said).term is Term.YEAR


def test_an_unknown_grade_or_term_is_asked_with_everything_it_may_be() -> None:
    sheet = drawn(f"| STT | Mã HS | Họ tên | Toán | Văn |\n{ROWS}")
    first = next(c for c in mapped(sheet).columns if c.column.label == "Toán")
    assert (first.why, len(first.candidates)) == (Why.NO_GRADE, 9)
    first = next(c for c in mapped(sheet, grade="11").columns if c.column.label == "Toán")
    assert (first.why, len(first.candidates)) == (Why.NO_TERM, 3)
    assert targets(mapped(sheet, grade="11", term=Term.YEAR))["Toán"] == "11.mathematics.year"


def test_two_columns_that_claim_one_target_are_asked_until_the_user_says_which() -> None:
    sheet = drawn(f"| STT | Mã HS | Họ tên | Toán | Toán học |\n{ROWS}", title="Lớp 11 HK1")
    assert targets(mapped(sheet)) == {"Toán": "?", "Toán học": "?"}
    said = Said(given={given_keys("Toán học")[0]: "11.mathematics.semester_1"})
    assert targets(mapped(sheet, said=said)) == {"Toán học": "11.mathematics.semester_1"}
    assert targets(mapped(sheet, said=Said(given={"D": ""}))) == {"Toán học": "11.mathematics.semester_1"}


def test_hk_without_a_hoc_luc_beside_it_is_doubted() -> None:
    sheet = drawn("| STT | Họ tên | Toán | HK |\n| 1 | Lê An | 8 | T |", title="Lớp 11 CN")
    assert targets(mapped(sheet)) == {"Toán": "11.mathematics.year", "HK": "?"}


def test_what_was_confirmed_is_remembered_without_what_the_titles_told() -> None:
    first = drawn(f"| STT | Mã HS | Họ tên | Toán | Khác |\n{ROWS}", title="Lớp 11 HK1")
    said = Said(given={given_keys("Khác")[0]: "11.literature.semester_1"})
    kept = mapped(first, said=said).confirmed()
    assert kept["Khác"] == "*.literature.*"
    second = drawn(f"| STT | Mã HS | Họ tên | Toán | Khác |\n{ROWS}", title="Lớp 10 CN")
    again = mapped(second, said=Said(remembered=kept))
    assert targets(again) == {"Toán": "10.mathematics.year", "Khác": "10.literature.year"}
    assert again.fingerprint == mapped(first).fingerprint
    assert {c.certainty for c in again.columns if c.target} == {Certainty.REMEMBERED}


def test_a_column_that_was_left_out_stays_out() -> None:
    sheet = drawn(f"| STT | Mã HS | Họ tên | Toán | Văn |\n{ROWS}", title="Lớp 11 HK1")
    kept = mapped(sheet, said=Said(given={given_keys("Văn")[0]: ""})).confirmed()
    assert targets(mapped(sheet, said=Said(remembered=kept))) == {"Toán": "11.mathematics.semester_1"}


def test_a_sheet_without_students_has_no_table() -> None:
    assert find_table(drawn("| Toán | Văn |\n| 8 | 7 |"), PROPOSER.words) is None
    assert find_table(drawn("| Họ và tên giáo viên chủ nhiệm: Lê An |"), PROPOSER.words) is None


def test_titles_straight_above_the_header_are_no_part_of_it() -> None:
    for title, merged in (
        ("KẾT QUẢ HỌC KỲ I - KHỐI 11 - NĂM HỌC 2021-2022", ()),
        ("KẾT QUẢ HỌC KỲ I LỚP 11A1", ("A1:D1",)),
    ):
        mapping = mapped(drawn(f"| {title} | | | |\n| STT | Họ tên | Toán | Tin |\n| 1 | Lê An | 8 | 7 |", *merged))
        assert targets(mapping) == {"Toán": "11.mathematics.semester_1"}
    grouped = drawn("| | | HỌC KỲ I | |\n| STT | Họ tên | Toán | Văn |\n| 1 | Lê An | 8 | 7 |", "C1:D1", title="K11")
    assert set(targets(mapped(grouped)).values()) == {"11.mathematics.semester_1", "11.literature.semester_1"}


def test_the_parts_of_an_address_stand_below_its_name() -> None:
    profile = """
        | Mã HS | Họ tên | Quê quán |            |          | Lớp 10  |
        |       |        | Tỉnh/TP  | Quận/Huyện | Phường/Xã | Năm học |
        | HS01  | Lê An  | Hải Phòng | Lê Chân   | An Biên  |         |
    """
    for merges in (("A1:A2", "B1:B2", "C1:E1"), ("C1:E1",)):
        found = targets(mapped(drawn(profile, *merges)))
        assert found == {
            "Quê quán/Tỉnh/TP": "profile.origin.province",
            "Quê quán/Quận/Huyện": "profile.origin.district",
            "Quê quán/Phường/Xã": "profile.origin.ward",
            "Lớp 10/Năm học": "profile.grade_10.school_year",
        }
