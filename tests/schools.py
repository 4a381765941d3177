"""A small department with two schools, and a school elsewhere: what the tests of the service work on."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine

from server.loading import AccountLoad, ClassLoad, SchoolLoad, load_school
from server.passwords import Passwords
from shared.columns import Kind, Period
from shared.layout import GRADES, SheetLayout, sheet_layout
from shared.merge import Change, RowChange
from shared.programmes import THPT
from shared.records import ClassKey
from shared.sync_api import RIGHTS, Submission

YEAR = "2022-2023"
PASSWORD = "mat-khau-de-thu"
CHEAP = Passwords(time_cost=1, memory_cost=8)
HOME, NEIGHBOUR, ELSEWHERE = "THPT-A", "THPT-B", "THPT-C"
KEY = ClassKey(HOME, YEAR, "12A1")
CODES = ("2400000001", "2400000002", "2400000003")
ALL = frozenset(RIGHTS)


def layout(sheet: str) -> SheetLayout:
    """The layout of a sheet of the tests' classes."""
    return sheet_layout(THPT, YEAR, sheet)


def good_cells(sheet: str, period: Period | None = None) -> dict[str, str]:
    """A result sheet's cells without a fault, of one period or of both."""
    ratings = {"academic_rating": "G", "conduct_rating": "T"}
    cells = {}
    for column in layout(sheet).stored:
        if period in (None, column.period):
            value = ratings.get(column.subject or "") or (
                column.choices[0].key if column.kind is Kind.CHOICE else "8.0"
            )
            cells[column.key] = value
    return cells


def change(sheet: str, code: str, **cells: Change) -> RowChange:
    """A changed row; `__` stands for the dot in a column's key."""
    return RowChange(sheet, code, {key.replace("__", "."): pair for key, pair in cells.items()})


def fill(sheet: str, cells: Mapping[str, str], codes: tuple[str, ...] = CODES) -> tuple[RowChange, ...]:
    """Rows that enter the same cells for some students who had none."""
    return tuple(RowChange(sheet, code, {key: (None, value) for key, value in cells.items()}) for code in codes)


def one(send_id: str, before: str | None, after: str | None, code: str = CODES[0]) -> Submission:
    """A submission of one cell: mathematics of grade 11, the year."""
    return Submission(send_id, (change("11", code, mathematics__year=(before, after)),))


def school_load(code: str, department: str, people: str, codes: tuple[str, ...] = CODES) -> SchoolLoad:
    """A school with two classes; the second one's students have other codes."""
    second = tuple(f"9{student[1:]}" for student in codes)
    classes = (ClassLoad("12A1", "12", codes, {}), ClassLoad("12A2", "12", second, {}))
    accounts = (
        AccountLoad(f"admin.{people}", PASSWORD, "school_admin", "Quản trị"),
        AccountLoad(f"teacher.{people}", PASSWORD, "staff", "Chủ nhiệm", {"12A1": ALL}),
        AccountLoad(f"viewer.{people}", PASSWORD, "staff", "Chỉ xem", {"12A1": frozenset({"view"})}),
        AccountLoad(f"scores.{people}", PASSWORD, "staff", "Nhập điểm", {"12A1": frozenset({"view", "results"})}),
        AccountLoad(f"nobody.{people}", PASSWORD, "staff", "Chưa phân công"),
    )
    return SchoolLoad(code, f"Trường {code}", THPT, department, YEAR, classes, accounts)


def load_schools(engine: Engine) -> None:
    """Both departments with their three schools."""
    for code, department, people in ((HOME, "Sở Một", "a"), (NEIGHBOUR, "Sở Một", "b"), (ELSEWHERE, "Sở Hai", "c")):
        load_school(engine, school_load(code, department, people), CHEAP)
    for code, department, name in ((HOME, "Sở Một", "department.1"), (ELSEWHERE, "Sở Hai", "department.2")):
        account = AccountLoad(name, PASSWORD, "department", "Chuyên viên")
        load_school(engine, SchoolLoad(code, code, THPT, department, "2021-2022", (), (account,)), CHEAP)


SHEETS = ("profile", *GRADES)
