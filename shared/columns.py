"""What a column is: its kind, its term and lock, its header, its choices; what subjects and programmes are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


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
    SUBJECTS = "subjects"  # some of the column's choices, by key, comma-separated: `geography,physics`


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
    also: tuple[Choice, ...] = ()  # read, but not offered: codes of an older programme, for who repeats a grade
    aliases: tuple[str, ...] = ()  # other words for the first header row
    stored: bool = True  # kept in the record; false for STT, class, copies of the profile, status
    editable: bool = True
    required: bool = False  # counted as missing when blank (guide 2.4)
    optional: bool = False  # a subject that only some students have: shown where one of the class has it
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


PASSED, FAILED = "Đ", "CĐ"
COMMENTS = (Choice(PASSED, "Đ", ("Đạt",)), Choice(FAILED, "CĐ", ("Chưa đạt",)))


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of the guide's form: a subject, the average, or a rating."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind = Kind.SCORE
    choices: tuple[Choice, ...] = ()
    with_language: bool = False  # has a column for the language's name (Môn ngoại ngữ)
    elective: bool = False  # studied by some students only: their profile or their marks say which
    on_request: bool = False  # an elective taught beside those that a student must choose
    required: bool = True
    in_average: bool = True

    @property
    def comment(self) -> bool:
        """Whether it is assessed by comments only: passed or not (TT22 art. 6)."""
        return self.choices == COMMENTS


@dataclass(frozen=True, slots=True)
class Programme:
    """What a grade reports in a school year, and by which circular it is rated."""

    key: str
    circular: str
    subjects: tuple[Subject, ...]
    min_unlisted: int = 0  # scored subjects that count in the average and are not reported
    max_unlisted: int = 0
    chosen: int = 0  # electives that a student chooses
    sure: bool = True  # false where the circular was not read: what only it says is a warning, never an error
    older: Programme | None = None  # the one before, which who repeats a grade may have gone through

    def __hash__(self) -> int:
        """By the key alone: programmes are looked up for every row."""
        return hash(self.key)

    @property
    def averaged(self) -> tuple[str, ...]:
        """Keys of the scored subjects that count in the average."""
        return tuple(s.key for s in self.subjects if s.kind is Kind.SCORE and s.in_average)

    @property
    def electives(self) -> tuple[Subject, ...]:
        """The subjects that only some students have."""
        return tuple(s for s in self.subjects if s.elective)

    @property
    def older_subjects(self) -> tuple[Subject, ...]:
        """What only the older programme reports."""
        own = {subject.key for subject in self.subjects}
        return tuple(s for s in self.older.subjects if s.key not in own) if self.older else ()

    def older_choices(self, subject: Subject) -> tuple[Choice, ...]:
        """The codes of a rating that only the older programme has."""
        own = {choice.key for choice in subject.choices}
        before = (s for s in (self.older.subjects if self.older else ()) if s.key == subject.key)
        return tuple(choice for s in before for choice in s.choices if choice.key not in own)


STATUS = "status"
STUDENT_CODE = "student_code"
CLASS_NAME = "class_name"


def choices_of(texts: Iterable[str], aliases: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Choice, ...]:
    """Choices that are kept as they are shown."""
    return tuple(Choice(text, text, (aliases or {}).get(text, ())) for text in texts)


KEY_COLUMNS = (
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
STATUS_COLUMN = Column(STATUS, "Trạng thái", stored=False, editable=False, width=52)
