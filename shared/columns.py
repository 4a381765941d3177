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
