"""The one description of the sheets: programmes, subjects, terms, ratings, profile fields, and the columns they make.

Template writer, reader, schemas, checks, stored records, API and statistics all derive from the tables here; nobody
else writes a column name. Adding a subject is one line in `SUBJECTS_2006` (or another programme's table).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property

from shared.catalogues import ETHNIC_NAMES, LANGUAGE_ALIASES, LANGUAGES, STATUSES
from shared.problems import Code, Refused


class Kind(StrEnum):
    """What a column holds, and so how a cell of it is read, checked and written."""

    TEXT = "text"
    NAME = "name"
    SCORE = "score"  # 0.0 to 10.0, one decimal (TT58 art. 6)
    RATING = "rating"  # one of the column's choices, by code
    CHOICE = "choice"  # one of the column's choices, by text; a catalogue
    DATE = "date"  # shown dd/mm/yyyy, kept yyyy-mm-dd
    IDENTITY = "identity"  # digits kept as text: CCCD, CMND
    ADDRESS = "address"  # a unit of the administrative catalogue of the year


class Term(StrEnum):
    """One of the three results of a school year."""

    SEMESTER_1 = "semester_1"
    SEMESTER_2 = "semester_2"
    YEAR = "year"


class Period(StrEnum):
    """What is completed and locked as one: HK I, or HK II with the year (guide 2.3)."""

    HK1 = "hk1"
    HK2 = "hk2"


TERM_HEADERS = {Term.SEMESTER_1: "HK1", Term.SEMESTER_2: "HK2", Term.YEAR: "CN"}
PERIOD_NAMES = {Period.HK1: "HK I", Period.HK2: "HK II - CN"}
PERIOD_OF_TERM = {Term.SEMESTER_1: Period.HK1, Term.SEMESTER_2: Period.HK2, Term.YEAR: Period.HK2}

THPT = "THPT"
GDTX = "GDTX"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that is kept (`key`), the words shown for it, and other words that people type."""

    key: str
    text: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its key, its two header cells, and what it holds."""

    key: str
    group: str  # first header row
    header: str = ""  # second header row; empty when the first is merged down over it
    kind: Kind = Kind.TEXT
    choices: tuple[Choice, ...] = ()
    aliases: tuple[str, ...] = ()  # other words for the first header row
    stored: bool = True  # kept in the record; false for STT, class, copies of the profile, status
    editable: bool = True
    required: bool = False  # counted as missing when blank (guide 2.4)
    width: float = 6.0  # characters
    subject: str | None = None
    term: Term | None = None

    def __hash__(self) -> int:
        """By the key alone: columns are looked up for every cell."""
        return hash(self.key)

    @property
    def words(self) -> str:
        """The column in a sentence: `Toán CN`, `Ngày sinh`."""
        return f"{self.group} {self.header}".strip()

    @property
    def period(self) -> Period | None:
        """The lock that covers this column; none in the profile. A subject's language belongs to HK I."""
        if self.subject is None:
            return None
        return PERIOD_OF_TERM[self.term] if self.term else Period.HK1


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of the guide's form: a subject, the average, or a rating."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind = Kind.SCORE
    choices: tuple[Choice, ...] = ()
    with_language: bool = False  # has a column for the language's name (Môn ngoại ngữ)
    elective: bool = False  # studied by some students only: their record says which
    required: bool = True
    in_average: bool = True


@dataclass(frozen=True, slots=True)
class Programme:
    """What a grade reports in a school year, and by which circular it is rated."""

    key: str
    circular: str
    subjects: tuple[Subject, ...]
    min_unlisted: int  # scored subjects that count in the average and are not reported
    max_unlisted: int

    @property
    def averaged(self) -> tuple[str, ...]:
        """Keys of the scored subjects that count in the average."""
        return tuple(s.key for s in self.subjects if s.kind is Kind.SCORE and s.in_average)


ACADEMIC_2006 = (
    Choice("G", "G", ("Giỏi", "Gioi")),
    Choice("K", "K", ("Khá", "Kha")),
    Choice("TB", "TB", ("Trung bình", "T.Bình", "TrB")),
    Choice("Y", "Y", ("Yếu", "Yeu")),
    Choice("KEM", "Kém", ()),
)
CONDUCT_2006 = (
    Choice("T", "T", ("Tốt", "Tot")),
    Choice("K", "K", ("Khá", "Kha")),
    Choice("TB", "TB", ("Trung bình", "T.Bình", "TrB")),
    Choice("Y", "Y", ("Yếu", "Yeu")),
)

SUBJECTS_2006 = (
    Subject("mathematics", "Toán", ("Toán học",)),
    Subject("literature", "Ngữ văn", ("Văn",)),
    Subject("physics", "Vật lý", ("Vật lí", "Lý")),
    Subject("chemistry", "Hóa học", ("Hóa",)),
    Subject("biology", "Sinh học", ("Sinh",)),
    Subject("history", "Lịch sử", ("Sử",)),
    Subject("geography", "Địa lý", ("Địa lí", "Địa")),
    Subject("civics", "GDCD", ("Giáo dục công dân", "GD&CD", "GD CD", "GD&DC", "GD&ĐT")),
    Subject("foreign_language", "Ngoại ngữ", ("Ngoại ngữ 1", "NN"), with_language=True),
)
AVERAGE = Subject("average_score", "TB môn", ("Trung bình môn", "TBM"), in_average=False, required=False)
RATINGS_2006 = (
    Subject("academic_rating", "Học lực", ("HL",), Kind.RATING, ACADEMIC_2006, in_average=False),
    Subject("conduct_rating", "Hạnh kiểm", ("HK", "Hành kiểm"), Kind.RATING, CONDUCT_2006, in_average=False),
)

THPT_2006 = Programme(
    "thpt_2006", "TT 58/2011, TT 26/2020", (*SUBJECTS_2006, AVERAGE, *RATINGS_2006), min_unlisted=0, max_unlisted=4
)

_ANY = "*"
PROGRAMMES: Mapping[tuple[str, str, str], Programme] = {
    # (level, school year, grade): TT22 art. 21 takes over grade by grade from 2022-2023 (RULEBOOK 2.1)
    (THPT, "2018-2019", _ANY): THPT_2006,
    (THPT, "2019-2020", _ANY): THPT_2006,
    (THPT, "2020-2021", _ANY): THPT_2006,
    (THPT, "2021-2022", _ANY): THPT_2006,
    (THPT, "2022-2023", "11"): THPT_2006,
    (THPT, "2022-2023", "12"): THPT_2006,
    (THPT, "2023-2024", "12"): THPT_2006,
}


def programme_for(level: str, school_year: str, grade: str) -> Programme:
    """The programme of a grade in a school year; `Refused(RULESET)` when none is known."""
    found = PROGRAMMES.get((level, school_year, grade)) or PROGRAMMES.get((level, school_year, _ANY))
    if found is None:
        raise Refused(Code.RULESET, level=level, school_year=school_year, grade=grade)
    return found


GRADES = ("10", "11", "12")
PROFILE = "profile"
SHEET_TITLES = {PROFILE: "Hồ sơ", **{grade: f"Lớp {grade}" for grade in GRADES}}
FINDINGS_TITLE = "Kết quả kiểm tra"
HEADER_ROWS = 2
FIRST_ROW = HEADER_ROWS + 1  # the first row of students, counted as the spreadsheet does
STATUS = "status"
STUDENT_CODE = "student_code"
CLASS_NAME = "class_name"


def _choices(texts: Iterable[str], aliases: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Choice, ...]:
    return tuple(Choice(text, text, (aliases or {}).get(text, ())) for text in texts)


SEXES = _choices(("Nam", "Nữ"), {"Nữ": ("Nu",)})
YES_NO = (Choice("Có", "Có", ("x", "X", "1", "TRUE", "True")), Choice("Không", "Không", ("0", "FALSE", "False")))
ETHNIC_CHOICES = tuple(Choice(name, name, variants) for name, variants in ETHNIC_NAMES.items())
LANGUAGE_CHOICES = _choices(LANGUAGES, LANGUAGE_ALIASES)
STATUS_CHOICES = _choices(STATUSES)


def _tick(key: str, group: str) -> Column:
    return Column(key, group, kind=Kind.CHOICE, choices=YES_NO, width=9)


def _place(prefix: str, group: str, *, required: bool = False) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}.province", group, "Tỉnh/TP", Kind.ADDRESS, required=required, width=18),
        Column(f"{prefix}.district", group, "Quận/Huyện", Kind.ADDRESS, required=required, width=18),
        Column(f"{prefix}.ward", group, "Phường/Xã", Kind.ADDRESS, required=required, width=18),
    )


_KEY_COLUMNS = (
    Column("position", "STT", stored=False, editable=False, width=5),
    Column(CLASS_NAME, "Tên lớp", aliases=("Lớp", "Lớp học"), stored=False, editable=False, width=7),
    Column(
        STUDENT_CODE,
        "Mã định danh",
        aliases=("Mã định danh Bộ GD&ĐT", "Mã học sinh"),
        stored=False,
        editable=False,
        width=14,
    ),
)
_STATUS_COLUMN = Column(STATUS, "Trạng thái", stored=False, editable=False, width=24)

# The guide's form 2.1, its printed numbers in brackets; the first five identify the student on every sheet.
PROFILE_COLUMNS = (
    *_KEY_COLUMNS,
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
    _STATUS_COLUMN,
)

_COPIED = (  # shown on the result sheets, edited in the profile
    Column("full_name", "Họ tên", aliases=("Họ và tên",), stored=False, editable=False, width=26),
    Column(
        "national_id",
        "Số định danh cá nhân",
        kind=Kind.IDENTITY,
        aliases=("Số ĐDCN", "ĐDCN"),
        stored=False,
        editable=False,
        width=15,
    ),
)


def _subject_columns(subject: Subject) -> Iterable[Column]:
    if subject.with_language:
        yield Column(
            f"{subject.key}.language", subject.name, "Môn ngoại ngữ", Kind.CHOICE, LANGUAGE_CHOICES, subject.aliases,
            width=13, subject=subject.key,
        )  # fmt: skip
    for term, header in TERM_HEADERS.items():
        yield Column(
            f"{subject.key}.{term}", subject.name, header, subject.kind, subject.choices, subject.aliases,
            required=subject.required, width=5.5, subject=subject.key, term=term,
        )  # fmt: skip


def result_columns(programme: Programme) -> tuple[Column, ...]:
    """The columns of a result sheet, in the guide's order."""
    marks = (column for subject in programme.subjects for column in _subject_columns(subject))
    return (*_KEY_COLUMNS, *_COPIED, *marks, _STATUS_COLUMN)


@dataclass(frozen=True)
class SheetLayout:
    """A sheet of the class workbook: its key (`profile`, `10`, `11`, `12`), its title and its columns."""

    key: str
    columns: tuple[Column, ...]
    school_year: str
    programme: Programme | None = field(default=None)

    def __hash__(self) -> int:
        """By key and year alone: layouts are looked up for every row."""
        return hash((self.key, self.school_year))

    @property
    def title(self) -> str:
        """The name on the sheet's tab."""
        return SHEET_TITLES[self.key]

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        """The columns whose values are kept in the record, in sheet order."""
        return tuple(column for column in self.columns if column.stored)

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """Stored columns by their key."""
        return {column.key: column for column in self.stored}

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where each column stands in the template, from 0."""
        return {column.key: i for i, column in enumerate(self.columns)}

    @cached_property
    def required(self) -> Mapping[Period | None, frozenset[str]]:
        """Keys of the cells that must be filled, by the lock that covers them (guide 2.4: TB môn is not named)."""
        keys: dict[Period | None, set[str]] = {None: set(), Period.HK1: set(), Period.HK2: set()}
        for column in self.stored:
            if column.required:
                keys[column.period].add(column.key)
        return {period: frozenset(found) for period, found in keys.items()}

    def public(self, key: str) -> str:
        """A column's name outside the program, such as `11.mathematics.year` or `profile.national_id`."""
        return f"{self.key}.{key}"


def year_of_grade(school_year: str, grade: str) -> str:
    """The school year in which a grade-12 class of `school_year` was in `grade`."""
    start = int(school_year[:4]) - (12 - int(grade))
    return f"{start}-{start + 1}"


@cache
def sheet_layout(level: str, school_year: str, key: str) -> SheetLayout:
    """The layout of one sheet of a grade-12 class of `school_year`; `Refused(RULESET)` for an unknown programme."""
    if key == PROFILE:
        return SheetLayout(PROFILE, PROFILE_COLUMNS, school_year)
    year = year_of_grade(school_year, key)
    programme = programme_for(level, year, key)
    return SheetLayout(key, result_columns(programme), year, programme)


def class_layouts(level: str, school_year: str, grades: Iterable[str] = GRADES) -> tuple[SheetLayout, ...]:
    """The sheets of a class workbook in the order of their tabs: the profile, then the grades."""
    return tuple(sheet_layout(level, school_year, key) for key in (PROFILE, *grades))


def split_public(name: str) -> tuple[str, str]:
    """`11.mathematics.year` → (`11`, `mathematics.year`)."""
    sheet, _, key = name.partition(".")
    return sheet, key
