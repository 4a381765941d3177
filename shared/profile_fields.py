"""The fields of a student's profile: the guide's form 2.1, its printed numbers in brackets; then how each grade was studied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from shared.catalogues import ETHNIC_NAMES, STATUSES
from shared.columns import KEY_COLUMNS, STATUS_COLUMN, Choice, Column, Kind, choices_of
from shared.problems import Refused
from shared.programmes import programme_for

SEXES = choices_of(("Nam", "Nữ"), {"Nữ": ("Nu",)})
YES_NO = (Choice("Có", "Có", ("x", "X", "1", "TRUE", "True")), Choice("Không", "Không", ("0", "FALSE", "False")))
ETHNIC_CHOICES = tuple(Choice(name, name, variants) for name, variants in ETHNIC_NAMES.items())
STATUS_CHOICES = choices_of(STATUSES)


def _tick(key: str, group: str) -> Column:
    return Column(key, group, kind=Kind.CHOICE, choices=YES_NO, width=9)


def _place(prefix: str, group: str, *, required: bool = False) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}.province", group, "Tỉnh/TP", Kind.ADDRESS, required=required, width=21),
        Column(f"{prefix}.district", group, "Quận/Huyện", Kind.ADDRESS, required=required, width=21),
        Column(f"{prefix}.ward", group, "Phường/Xã", Kind.ADDRESS, required=required, width=21),
    )


# The guide's form 2.1, its printed numbers in brackets; the first five identify the student on every sheet.
PROFILE_COLUMNS = (
    *KEY_COLUMNS,
    Column("full_name", "Họ tên", kind=Kind.NAME, aliases=("Họ và tên",), required=True, width=26),  # [3]
    Column(
        "national_id", "Số định danh cá nhân", kind=Kind.IDENTITY, aliases=("Số ĐDCN", "ĐDCN"), required=True, width=16
    ),  # [31]
    Column("other_name", "Tên gọi khác", kind=Kind.NAME, width=16),  # [4]
    Column("birth_date", "Ngày sinh", kind=Kind.DATE, aliases=("Ngày tháng năm sinh",), required=True, width=12),  # [5]
    Column("sex", "Giới tính", kind=Kind.CHOICE, choices=SEXES, required=True, width=9),  # [6]
    Column("student_status", "Trạng thái HS", kind=Kind.CHOICE, choices=STATUS_CHOICES, width=14),  # [7]
    Column("ethnic_group", "Dân tộc", kind=Kind.CHOICE, choices=ETHNIC_CHOICES, required=True, width=10),  # [8]
    Column(
        "ethnic_group_on_birth_certificate", "DT trên giấy KS", kind=Kind.CHOICE, choices=ETHNIC_CHOICES, width=10
    ),  # [9]
    Column("nationality", "Quốc tịch", width=11),  # [10]
    Column("religion", "Tôn giáo", width=12),  # [11]
    Column("phone", "Điện thoại liên hệ", kind=Kind.IDENTITY, aliases=("SĐT liên hệ",), width=13),  # [12]
    *_place("residence", "Hộ khẩu thường trú", required=True),  # [14]
    Column("residence.street", "Hộ khẩu thường trú", "Thôn/Số nhà", width=20),
    *_place("origin", "Quê quán"),  # [15]
    *_place("birth_place", "Nơi sinh"),  # [16]
    *_place("current", "Chỗ ở hiện nay"),  # [17]
    Column("area", "Khu vực", width=10),  # [19]
    Column("disability", "Loại khuyết tật", width=14),  # [20]
    Column("policy", "Đ.Tượng chính sách", aliases=("B.Tượng chính sách",), width=14),  # [21]
    Column("vocation", "H.Nghiệp, D.nghề", width=12),  # [22]
    _tick("can_swim", "Học sinh biết bơi"),  # [23]
    Column("eye_disease", "Bệnh về mắt", width=10),  # [24]
    Column("passport", "Số hộ chiếu", kind=Kind.IDENTITY, width=13),  # [25]
    Column("passport_date", "Ngày cấp (Hộ chiếu)", kind=Kind.DATE, width=12),  # [26]
    Column("passport_place", "Nơi cấp (Hộ chiếu)", width=14),  # [27]
    Column("id_card", "Số CMND/CCCD", kind=Kind.IDENTITY, aliases=("CMND", "CCCD"), width=16),  # [28]
    Column("id_card_date", "Ngày cấp", kind=Kind.DATE, width=12),  # [29]
    Column("id_card_place", "Nơi cấp", width=14),  # [30]
    _tick("young_pioneer", "Đội viên"),  # [32]
    _tick("youth_union", "Đoàn viên"),  # [33]
    _tick("learns_ethnic_language", "Học tiếng D.Tộc"),  # [34]
    Column("sessions_a_week", "Số buổi học trên tuần", width=13),  # [35]
    _tick("parents_have_smartphone", "P.Huynh có Smartphone"),  # [36]
    _tick("bilingual", "Học song ngữ"),  # [37]
    _tick("ministry_programme", "Học CTGD của Bộ"),  # printed [31] a second time; its place in the form is after [37]
    _tick("boarder", "HS B.Trú D.Nuôi"),  # [38]
    _tick("ethnic_mother", "Có mẹ dân tộc"),  # [39]
    _tick("ethnic_father", "Có cha dân tộc"),  # [40]
    _tick("repeated_last_year", "Lưu ban năm trước"),  # [41]
    _tick("career_counselling", "T.vấn giáo dục hướng nghiệp"),  # [42]
    _tick("parents_have_internet", "PHuynh có M.tính Internet"),  # [43]
)

GRADES = ("10", "11", "12")
SCHOOL_YEAR, SOURCE, ELECTIVES = "school_year", "source", "electives"
TRANSFERRED, ABROAD, INDIVIDUAL = "transferred", "abroad", "individual"
SOURCES = (  # where a grade's results come from, when not from this school's own books (RULEBOOK 6.4)
    Choice(TRANSFERRED, "Học bạ chuyển đến", ("Chuyển đến", "Chuyển trường")),
    Choice(ABROAD, "Học ở nước ngoài", ("Nước ngoài",)),
    Choice(INDIVIDUAL, "Kế hoạch giáo dục cá nhân", ("Khuyết tật", "Khuyết tật không đánh giá")),
)
_EARLIER = 8  # years that a learner may lie behind the class


def year_of_grade(school_year: str, grade: str) -> str:
    """The school year in which a grade-12 class of `school_year` was in `grade`."""
    return earlier(school_year, 12 - int(grade))


def earlier(school_year: str, years: int) -> str:
    """The school year some years before."""
    start = int(school_year[:4]) - years
    return f"{start}-{start + 1}"


def study_key(grade: str, fact: str) -> str:
    """The profile's key for how a grade was studied: `grade_10.electives`."""
    return f"grade_{grade}.{fact}"


def _study_columns(level: str, school_year: str, grade: str) -> Iterator[Column]:
    """The year in which a grade was studied, where its results come from, which subjects were chosen."""
    group, usual = f"Lớp {grade}", year_of_grade(school_year, grade)
    years = [year for back in range(_EARLIER + 1) if _is_known(level, year := earlier(usual, back), grade)]
    kind = Kind.CHOICE
    yield Column(study_key(grade, SCHOOL_YEAR), group, "Năm học", kind, choices_of(years), width=11)
    yield Column(study_key(grade, SOURCE), group, "Nguồn kết quả", kind, SOURCES, width=17)
    electives = programme_for(level, usual, grade).electives
    if any(not subject.on_request for subject in electives) and programme_for(level, usual, grade).chosen:
        choices = tuple(Choice(s.key, s.name, s.aliases) for s in electives)
        yield Column(study_key(grade, ELECTIVES), group, "Môn lựa chọn", Kind.SUBJECTS, choices, width=30)


def _is_known(level: str, school_year: str, grade: str) -> bool:
    try:
        programme_for(level, school_year, grade)
    except Refused:
        return False
    return True


@cache
def profile_columns(level: str, school_year: str) -> tuple[Column, ...]:
    """The columns of the profile sheet of a grade-12 class of a school year."""
    studies = (column for grade in GRADES for column in _study_columns(level, school_year, grade))
    return (*PROFILE_COLUMNS, *studies, STATUS_COLUMN)
