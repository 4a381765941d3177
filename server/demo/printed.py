"""The guide's printed rows as cells of the sheets: class list, forms, locks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random

from server.demo.classes import STAGE1_TERMS, printed_marks
from server.demo.guide_tables import CLASS_LIST, FORM_12A1, FORM_12A3, LOCKS
from server.demo.scores import TERMS, conduct, result_cells
from shared.cells import from_cell
from shared.columns import Column, Period
from shared.layout import GRADES, sheet_layout
from shared.programmes import THPT
from shared.records import Lock

SCHOOL_YEAR = "2022-2023"
HANOI_TIME = dt.timezone(dt.timedelta(hours=7))
BOY_BORN = dt.date(2004, 7, 12)
_LANGUAGE = {"foreign_language.language": "Tiếng Anh"}


def result_sheet_columns(grade: str) -> tuple[Column, ...]:
    """The stored columns of a result sheet of the guide's year, in sheet order."""
    return sheet_layout(THPT, SCHOOL_YEAR, grade).stored


def class_list_cells() -> Iterator[dict[str, str]]:
    """Grade 11 of the first five students of 12A1, noise kept."""
    for line in CLASS_LIST:
        yield _cells(result_sheet_columns("11"), line)


def form_cells(table: Sequence[Sequence[str]], grade: str) -> dict[str, str]:
    """One grade of a student's form."""
    columns = [column for column in result_sheet_columns(grade) if column.term]
    first = 3 * GRADES.index(grade)
    printed = [cell for line in table for cell in line[first : first + 3]]
    return {**_LANGUAGE, **_cells(columns[: len(printed)], printed)}


def boy_of_12a1(grade: str) -> dict[str, str]:
    """The form of 2.2: a boy born 12/07/2004."""
    return form_cells(FORM_12A1, grade)


def girl_of_12a3(dice: Random, grade: str) -> dict[str, str]:
    """The form of 2.4, which ends before the ratings; grade 10 is locked, so its ratings are invented."""
    printed = form_cells(FORM_12A3, grade)
    if grade != "10":
        return printed
    listed = printed_marks(printed, STAGE1_TERMS[grade])
    marks = {term: (*row, *(dice.randint(76, 92) for _ in range(3))) for term, row in listed.items()}
    return {**result_cells(marks, conduct(dice, 80, TERMS)), **printed}


def profile_form() -> dict[str, str]:
    """What can be read of the profile form of 2.1; name and numbers are hidden there."""
    home = {"province": "Tỉnh Bắc Giang", "district": "Huyện Lạng Giang", "ward": "Xã Đào Mỹ"}
    return {
        "ethnic_group": "Kinh",
        "ethnic_group_on_birth_certificate": "Kinh",
        **{f"{place}.{unit}": name for place in ("residence", "origin", "current") for unit, name in home.items()},
        "residence.street": "Thôn Gai Bùn",
        "birth_place.province": home["province"],
        "birth_place.district": home["district"],
        "eye_disease": "Cận thị",
        "sessions_a_week": "6 buổi/tuần",
    }


def locks_of(class_name: str, by: str) -> tuple[Lock, ...]:
    """The completed blocks of a class: grade 10 of 12A1 to 12A5."""
    times = next((line[1:] for line in LOCKS if line[0] == class_name), ())
    return tuple(Lock("10", period, _utc(time), by) for period, time in zip(Period, times, strict=False))


def _utc(printed: str) -> str:
    local = dt.datetime.strptime(printed, "%d/%m/%Y %H:%M:%S").replace(tzinfo=HANOI_TIME)
    return local.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _cells(columns: Sequence[Column], printed: Sequence[str]) -> dict[str, str]:
    values = ((column.key, from_cell(column, text)) for column, text in zip(columns, printed, strict=True))
    return {key: value for key, value in values if value is not None}
