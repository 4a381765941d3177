"""A foreign sheet into a class workbook: what each cell becomes, one write, twice harmless, nothing of mine lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from addin import importing
from addin.commands import examine, new_state
from addin.import_cells import CellKind
from addin.importing import ImportPlan, Request
from shared.columns import Period, Term
from shared.foreign.context import Context
from shared.foreign.source import SourceSheet
from shared.foreign.students import Reason
from shared.problems import Code
from shared.records import Lock, Record, Snapshot
from shared.sync_api import RIGHTS
from tests.fakes import INFO, FakeWorkbook
from tests.foreign import drawn

CODES = ("HS01", "HS02", "HS03")
NAMES = ("Lê Văn An", "Trần Thị Bình", "Phạm Chi")
RECORDS = {
    **{
        ("profile", code): Record({"full_name": name, "birth_date": f"2005-0{n}-10"})
        for n, (code, name) in enumerate(zip(CODES, NAMES, strict=True), 1)
    },
    ("11", "HS01"): Record({"mathematics.year": "8.0", "literature.year": "7.0"}),
}
SHEET = """
    | STT | Mã HS | Họ và tên     | Toán | Văn | HL | Thể dục |
    | 1   | HS01  | LÊ VĂN AN     | 8.5  | 7,0 | G  | Đ       |
    | 2   | HS02  | Trần Thị Bình | 11   |     | Giỏi | Đ     |
    | 3   | HS09  | Ai Đó         | 6.0  | 6.0 | TB | Đ       |
"""
CN_11 = Request(context=Context("11", Term.YEAR))


def snapshot(*locks: Lock, rights: frozenset[str] = frozenset(RIGHTS)) -> Snapshot:
    return Snapshot(INFO, 1, "2023-04-01T00:00:00Z", CODES, RECORDS, locks, rights)


def workbook(*locks: Lock, rights: frozenset[str] = frozenset(RIGHTS)) -> FakeWorkbook:
    return FakeWorkbook(new_state(snapshot(*locks, rights=rights), "http://mau"))


def planned(book: FakeWorkbook, *sheets: SourceSheet, request: Request = CN_11) -> ImportPlan:
    return importing.plan(book.read(), sheets or (drawn(SHEET),), request, {})


def kinds(plan: ImportPlan) -> dict[str, str]:
    """Cell → kind and value, as `HS01 mathematics.year`."""
    return {f"{c.key[1]} {c.key[2]}": f"{c.kind.value} {c.after}" for c in plan.cells}


def test_new_changed_same_and_impossible_cells_are_told_apart() -> None:
    plan = planned(workbook())
    assert kinds(plan) == {
        "HS01 mathematics.year": "changed 8.5",
        "HS01 literature.year": "same 7.0",
        "HS01 academic_rating.year": "new G",
        "HS02 mathematics.year": "invalid 11",
        "HS02 academic_rating.year": "new G",
    }
    assert "lớn hơn 10" in next(c.message for c in plan.cells if c.kind is CellKind.INVALID)
    assert [(left.row.index, left.reason) for left in plan.sheets[0].left] == [(3, Reason.UNKNOWN)]


def test_values_arrive_as_unsent_edits_in_one_write_and_twice_changes_nothing() -> None:
    book = workbook()
    checked = importing.apply(book, planned(book))
    assert len(book.writes) == 1
    assert {cell[1:] for cell in checked.changes} == {
        ("HS01", "mathematics.year"), ("HS01", "academic_rating.year"), ("HS02", "academic_rating.year"),
    }  # fmt: skip
    assert examine(book.read()).changes == checked.changes
    assert book.writes[0].report is not None
    again = planned(book)
    assert again.to_write == {}
    importing.apply(book, again)
    assert len(book.writes) == 1


def test_a_blank_of_theirs_never_clears_a_cell_of_ours() -> None:
    sheet = drawn("| STT | Mã HS | Họ tên | Toán |\n| 1 | HS01 | Lê Văn An | |\n| 2 | HS02 | Trần Thị Bình | 9 |")
    assert kinds(planned(workbook(), sheet)) == {"HS02 mathematics.year": "new 9.0"}


def test_a_locked_block_is_left_out_unless_nothing_would_change() -> None:
    lock = Lock("11", Period.HK2, "2023-04-01T00:00:00Z", "gv")
    found = kinds(planned(workbook(lock)))
    assert found["HS01 mathematics.year"] == "locked 8.5"
    assert found["HS01 literature.year"] == "same 7.0"


def test_what_the_account_may_not_change_is_left_out() -> None:
    found = kinds(planned(workbook(rights=frozenset({"view", "profile"}))))
    assert found["HS01 mathematics.year"] == "forbidden 8.5"


def test_an_unsent_edit_of_mine_stays_unless_i_say_otherwise() -> None:
    book = workbook()
    book.typed(("11", "HS01", "mathematics.year"), "9.0")
    assert kinds(planned(book))["HS01 mathematics.year"] == "conflict 8.5"
    overwriting = replace(CN_11, overwrite_mine=True)
    assert kinds(planned(book, request=overwriting))["HS01 mathematics.year"] == "changed 8.5"
    book.typed(("11", "HS01", "mathematics.year"), "8.5")
    assert kinds(planned(book))["HS01 mathematics.year"] == "same 8.5"


def test_a_row_of_the_workbook_that_cannot_be_told_is_not_written() -> None:
    book = workbook()
    book.hidden.add(("11", "HS01"))
    found = kinds(planned(book))
    assert found["HS01 mathematics.year"] == "unplaced 8.5"
    importing.apply(book, planned(book))
    assert all(cell[1] == "HS02" for cell in book.writes[0].cells)


def test_two_sheets_that_disagree_about_a_cell_are_left_out_and_those_that_agree_are_one() -> None:
    same = drawn("| Mã HS | Họ tên | Toán | Văn |\n| HS01 | Lê Văn An | 8.5 | 9 |", title="Hai")
    found = kinds(planned(workbook(), drawn(SHEET), same))
    assert found["HS01 mathematics.year"] == "changed 8.5"
    assert found["HS01 literature.year"] == "two_sources 7.0 / 9.0"


def test_scores_are_read_as_a_repair_reads_them_and_only_where_the_rest_confirms() -> None:
    sheet = drawn(
        """
        | Mã HS | Họ tên        | Toán |     |     | Văn  |
        |       |               | HK1  | HK2 | CN  | CN   |
        | HS01  | Lê Văn An     | 80   | 8.5 | 8.3 | 8.25 |
        | HS02  | Trần Thị Bình | 75   |     |     |      |
        """
    )
    plan = planned(workbook(), sheet, request=Request(context=Context("11")))
    assert kinds(plan) == {
        "HS01 mathematics.semester_1": "new 8.0",
        "HS01 mathematics.semester_2": "new 8.5",
        "HS01 mathematics.year": "changed 8.3",
        "HS01 literature.year": "changed 8.3",
        "HS02 mathematics.semester_1": "invalid 75",
    }
    assert {c.written for c in plan.cells if c.written} == {"80", "8.25"}


def test_profile_columns_come_in_too_and_a_name_never_does() -> None:
    sheet = drawn(
        """
        | Mã HS | Họ và tên | Ngày sinh  | Giới tính | Dân tộc | Nơi sinh  |
        | HS01  | LÊ VĂN AN | 10/01/2005 | Nam       | Kinh    | Hải Phòng |
        """
    )
    assert kinds(planned(workbook(), sheet, request=Request())) == {
        "HS01 birth_date": "same 2005-01-10",
        "HS01 sex": "new Nam",
        "HS01 ethnic_group": "new Kinh",
    }


def test_sheets_without_the_class_and_hidden_ones_are_told_and_passed_by() -> None:
    others = drawn("| Mã HS | Họ tên | Toán |\n| HS77 | Ai Đó | 8 |", title="11A9")
    hidden = replace(drawn(SHEET), title="Ẩn", visible=False)
    notes = drawn("| Ghi chú |", title="Chú thích")
    plan = planned(workbook(), drawn(SHEET), others, hidden, notes)
    assert dict(plan.skipped) == {
        "11A9": Reason.NOBODY, "Ẩn": Reason.HIDDEN_SHEET, "Chú thích": Reason.NO_TABLE,
    }  # fmt: skip
    named = planned(workbook(), drawn(SHEET), hidden, request=replace(CN_11, sheets=("Ẩn",)))
    assert [sheet.title for sheet in named.sheets] == ["Ẩn"]


def test_a_profile_that_stands_in_the_workbook_only_names_the_student_too() -> None:
    book = workbook()
    book.typed(("profile", "HS03", "full_name"), "Phạm Thùy Chi")
    for name in ("Phạm Chi", "Phạm Thùy Chi"):
        sheet = drawn(f"| Họ tên | Toán |\n| {name} | 8 |")
        assert kinds(planned(book, sheet)) == {"HS03 mathematics.year": "new 8.0"}


values = st.one_of(st.just(""), st.floats(-1, 12), st.text(max_size=6), st.sampled_from(("8,5", "G", "x", 85, 9)))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from((*CODES, "HS09", "")), values, values, values), max_size=6),
    st.sampled_from((None, "9.0")),
)
def test_whatever_a_file_says_only_its_cells_move_and_the_second_time_nothing_does(
    lines: list[tuple[object, ...]], mine: str | None
) -> None:
    book = workbook()
    if mine:
        book.typed(("11", "HS01", "mathematics.year"), mine)
    before = examine(book.read())
    names = dict(zip(CODES, NAMES, strict=True))
    grid: list[list[object]] = [
        ["Mã HS", "Họ tên", "Toán", "Văn", "HL"],
        *([c, names.get(str(c), "Ai"), *v] for c, *v in lines),
    ]
    plan = planned(book, SourceSheet("S", grid))
    importing.apply(book, plan)
    after = examine(book.read())
    moved = {key for key in after.changes if before.changes.get(key) != after.changes[key]}
    assert moved == set(plan.to_write)
    assert all(after.standing.cells[key[:2]][key[2]] == value for key, value in plan.to_write.items())
    if mine:
        assert after.standing.cells["11", "HS01"]["mathematics.year"] == mine
    assert {f.code for f in after.findings} & {Code.CONFLICT} == set()
    assert planned(book, SourceSheet("S", grid)).to_write == {}


def test_reasons_in_the_file_come_in_and_none_is_taken_away() -> None:
    book = workbook()
    book.typed(("11", "HS01", "mathematics.year"), "8.0#retest:QĐ 12")
    sheet = drawn(
        "| Mã HS | Họ tên | Toán | Văn |\n| HS01 | Lê Văn An | 8.0 | |\n| HS02 | Trần Thị Bình | Miễn | 5,0 (thi lại) |"
    )
    assert kinds(planned(book, sheet)) == {
        "HS01 mathematics.year": "same 8.0",
        "HS02 mathematics.year": "new #exempt",
        "HS02 literature.year": "new 5.0#retest",
    }


def test_a_subject_that_the_student_does_not_take_stays_blank() -> None:
    info = replace(INFO, key=replace(INFO.key, school_year="2025-2026"))
    profile = Record({"full_name": NAMES[0], "grade_11.electives": "physics,chemistry,informatics,technology"})
    snapshot = Snapshot(
        info, 1, "2026-04-01T00:00:00Z", CODES[:1], {("profile", "HS01"): profile}, (), frozenset(RIGHTS)
    )
    book = FakeWorkbook(new_state(snapshot, "http://mau"))
    sheet = drawn("| Mã HS | Họ tên | Vật lí | Sinh học |\n| HS01 | Lê Văn An | 8.0 | 7.0 |")
    assert kinds(planned(book, sheet)) == {"HS01 physics.year": "new 8.0", "HS01 biology.year": "closed 7.0"}
