"""The sheets of a class workbook: which columns stand on each, in the guide's order.

Template writer, reader, schemas, checks, stored records, API and statistics all derive from here; the tables stand in
`shared/programmes.py` (subjects and ratings by school year) and `shared/profile_fields.py`, and nobody else writes a
column name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from shared.catalogues import LANGUAGE_ALIASES, LANGUAGES
from shared.columns import (
    KEY_COLUMNS,
    STATUS_COLUMN,
    TERM_HEADERS,
    Column,
    Kind,
    Period,
    Programme,
    Subject,
    choices_of,
)
from shared.profile_fields import PROFILE_COLUMNS
from shared.programmes import programme_for

GRADES = ("10", "11", "12")
PROFILE = "profile"
SHEET_TITLES = {PROFILE: "Hồ sơ", **{grade: f"Lớp {grade}" for grade in GRADES}}
FINDINGS_TITLE = "Kết quả kiểm tra"
HEADER_ROWS = 2
FIRST_ROW = HEADER_ROWS + 1  # the first row of students, counted as the spreadsheet does
LANGUAGE_CHOICES = choices_of(LANGUAGES, LANGUAGE_ALIASES)

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
    return (*KEY_COLUMNS, *_COPIED, *marks, STATUS_COLUMN)


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
