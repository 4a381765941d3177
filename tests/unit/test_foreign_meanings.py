"""What header words of other software mean: subjects, terms, and the HK that is a term or a conduct."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.columns import Term
from shared.foreign.meanings import Kind, Meaning, Vocabulary
from shared.layout import class_layouts
from shared.programmes import THPT
from tests.foreign import PROPOSER

ONE, TWO, YEAR = Term.SEMESTER_1, Term.SEMESTER_2, Term.YEAR
WORDS = PROPOSER.words


@pytest.mark.parametrize(
    ("path", "key", "term"),
    [
        (("Toán",), "mathematics", None),
        (("Điểm TK môn Toán",), "mathematics", None),
        (("Toán học", "HK1"), "mathematics", ONE),
        (("TOÁN", "Học kỳ II"), "mathematics", TWO),
        (("Toán", "I"), "mathematics", ONE),
        (("Toán", "HK", "II"), "mathematics", TWO),
        (("Toán", "ĐTB mhk I"), "mathematics", ONE),
        (("Toán", "ĐTBmcn"), "mathematics", YEAR),
        (("Học kỳ I", "Vật lí"), "physics", ONE),
        (("HKI - Hoá học",), "chemistry", ONE),
        (("Kết quả học tập", "Ngữ văn", "Cả năm"), "literature", YEAR),
        (("Điểm trung bình các môn", "Sử"), "history", None),
        (("Điểm trung bình các môn", "TBM"), "average_score", None),
        (("ĐTB mhk I",), "average_score", ONE),
        (("TBHK1",), "average_score", ONE),
        (("Anh văn", "CN"), "foreign_language", YEAR),
        (("Môn ngoại ngữ", "HK2"), "foreign_language", TWO),
        (("HL", "HKI"), "academic_rating", ONE),
        (("Xếp loại", "HL"), "academic_rating", None),
        (("HLHK2",), "academic_rating", TWO),
        (("HK",), "conduct_rating", None),
        (("HK", "HK1"), "conduct_rating", ONE),
        (("HK", "I"), "conduct_rating", ONE),
        (("HK CN",), "conduct_rating", YEAR),
        (("Kết quả rèn luyện",), "conduct_rating", None),
    ],
)
def test_a_result_is_recognised_by_its_words(path: tuple[str, ...], key: str, term: Term | None) -> None:
    found = WORDS.meaning(path)
    assert (found.kind, found.key, found.term, found.doubt) == (Kind.SUBJECT, key, term, False)


@pytest.mark.parametrize(
    "path",
    [("Tin học",), ("CN",), ("HK I",), ("Thể dục",), ("GDQP-AN",), ("Danh hiệu",), ("Toán", "ĐĐGtx"), ("Toán", "GK"),
     ("Toán", "Thi lại"), ("Toán", "Xếp loại"), ("Sinh hoạt",), ("Văn hóa",), ("Lý do nghỉ",), ("Ngày sinh", "Tháng"),
     ("Ghi chú",), ("Trạng thái",), ("",)],
)  # fmt: skip
def test_what_is_no_result_of_ours_is_none(path: tuple[str, ...]) -> None:
    assert WORDS.meaning(path).kind in {Kind.UNKNOWN, Kind.COMPONENT}


@pytest.mark.parametrize("path", [("Toán nâng cao",), ("Toán", "Tự chọn"), ("Toán", "Vật lý", "HK1")])
def test_what_may_mean_something_else_is_doubted(path: tuple[str, ...]) -> None:
    assert WORDS.meaning(path).doubt


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("Họ và tên",), "full_name"),
        (("Thông tin học sinh", "Họ đệm"), "surname"),
        (("Mã HS",), "student_code"),
        (("Mã định danh Bộ GD&ĐT",), "student_code"),
        (("Số CCCD",), "id_card"),
        (("Ngày, tháng, năm sinh",), "birth_date"),
        (("Hộ khẩu thường trú", "Tỉnh/TP"), "residence.province"),
        (("Lớp",), "class_name"),
    ],
)
def test_a_field_of_the_student_is_recognised(path: tuple[str, ...], field: str) -> None:
    assert (WORDS.meaning(path).kind, WORDS.meaning(path).key) == (Kind.FIELD, field)


def test_the_language_is_not_its_score() -> None:
    for path in (("Ngoại ngữ", "Môn ngoại ngữ"), ("Ngoại ngữ", "Môn"), ("Môn NN",)):
        assert WORDS.meaning(path).kind is Kind.LANGUAGE
    assert WORDS.meaning(("Lớp 11", "Toán", "HK1")).grade == "11"


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_no_header_breaks_the_reader(path: list[str]) -> None:
    assert WORDS.meaning(path).kind in set(Kind)


def test_the_subjects_of_a_newer_programme_are_known_where_the_workbook_has_them() -> None:
    newer = Vocabulary(class_layouts(THPT, "2025-2026"))
    assert newer.meaning(("GDKT&PL", "CN")).key == "economics_law"
    assert newer.meaning(("Công nghệ CN",)).term is None, "công nghiệp, not cả năm"
    assert newer.meaning(("Tin học", "HKI")).key == "informatics"
    assert newer.meaning(("Ngoại ngữ 2", "Môn ngoại ngữ")) == Meaning(Kind.LANGUAGE, "foreign_language_2")
    assert WORDS.meaning(("Tin học", "HKI")).kind is Kind.UNKNOWN
