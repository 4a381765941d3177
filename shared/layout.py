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
    Choice,
    Column,
    Kind,
    Programme,
    Subject,
    choices_of,
)
from shared.profile_fields import GRADES, profile_columns, year_of_grade
from shared.programmes import THPT, programme_for

__all__ = ["GRADES", "year_of_grade"]
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


def _subject_columns(subject: Subject, also: tuple[Choice, ...] = (), *, optional: bool = False) -> Iterable[Column]:
    if subject.with_language:
        yield Column(
            f"{subject.key}.language", subject.name, "Môn ngoại ngữ", Kind.CHOICE, LANGUAGE_CHOICES,
            aliases=subject.aliases, optional=optional, width=13, subject=subject.key,
        )  # fmt: skip
    for term, header in TERM_HEADERS.items():
        yield Column(
            f"{subject.key}.{term}", subject.name, header, subject.kind, subject.choices, also, subject.aliases,
            required=subject.required, optional=optional, width=5.5, subject=subject.key, term=term,
        )  # fmt: skip


def result_columns(programme: Programme) -> tuple[Column, ...]:
    """The columns of a result sheet, in the guide's order; before the ratings those that only the older programme has."""
    ratings = [s for s in programme.subjects if s.kind is Kind.RATING and not s.comment]
    marks = [
        *(
            column
            for s in programme.subjects
            if s not in ratings
            for column in _subject_columns(s, optional=s.elective)
        ),
        *(column for s in programme.older_subjects for column in _subject_columns(s, optional=True)),
        *(column for s in ratings for column in _subject_columns(s, programme.older_choices(s))),
    ]
    return (*KEY_COLUMNS, *_COPIED, *marks, STATUS_COLUMN)


@dataclass(frozen=True)
class SheetLayout:
    """A sheet of the class workbook: its key (`profile`, `10`, `11`, `12`), its title and its columns."""

    key: str
    columns: tuple[Column, ...]
    school_year: str
    programme: Programme | None = field(default=None)
    level: str = THPT

    def __hash__(self) -> int:
        """By key, year and level alone: layouts are looked up for every row."""
        return hash((self.key, self.school_year, self.level))

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

    def public(self, key: str) -> str:
        """A column's name outside the program, such as `11.mathematics.year` or `profile.national_id`."""
        return f"{self.key}.{key}"


@cache
def sheet_layout(level: str, school_year: str, key: str) -> SheetLayout:
    """The layout of one sheet of a grade-12 class of `school_year`; `Refused(RULESET)` for an unknown programme."""
    if key == PROFILE:
        return SheetLayout(PROFILE, profile_columns(level, school_year), school_year, level=level)
    year = year_of_grade(school_year, key)
    programme = programme_for(level, year, key)
    return SheetLayout(key, result_columns(programme), year, programme, level)


def class_layouts(level: str, school_year: str, grades: Iterable[str] = GRADES) -> tuple[SheetLayout, ...]:
    """The sheets of a class workbook in the order of their tabs: the profile, then the grades."""
    return tuple(sheet_layout(level, school_year, key) for key in (PROFILE, *grades))


def split_public(name: str) -> tuple[str, str]:
    """`11.mathematics.year` → (`11`, `mathematics.year`)."""
    sheet, _, key = name.partition(".")
    return sheet, key
