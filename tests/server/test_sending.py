from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from server.callers import caller_named
from server.loading import load_school
from server.sending import _SHORT
from server.sync import SyncService
from shared.layout import GRADES
from shared.merge import Outcome, RowChange, diff
from shared.problems import Code, Refused
from shared.records import ClassKey
from shared.schemas.rows import load_row
from shared.sync_api import Submission
from tests.schools import CHEAP, CODES, HOME, KEY, YEAR, change, fill, good_cells, layout, one, school_load
from tests.server.counting import assert_agreed, everything, records_of, rows

Service = Callable[[str], SyncService]


def test_a_sent_cell_is_held_with_its_history(school: Engine, teacher: SyncService) -> None:
    receipt = teacher.send(KEY, one("s1", None, "8.0"))
    assert (dict(receipt.counts), receipt.version, receipt.verdicts, receipt.by) == ({"applied": 1}, 1, (), "teacher.a")
    held = teacher.pull(KEY)
    assert held.cells("11", CODES[0]) == {"mathematics.year": "8.0"}
    assert [(e.by, e.at, e.send_id, e.source, dict(e.changes)) for e in held.history] == [
        ("teacher.a", "2023-05-20T01:02:03Z", "s1", "workbook", {"mathematics.year": (None, "8.0")})
    ]
    assert_agreed(school)


def test_sending_twice_is_harmless(school: Engine, teacher: SyncService) -> None:
    first = teacher.send_json(KEY, one("s1", None, "8.0"))
    before = everything(school)
    assert teacher.send_json(KEY, one("s1", None, "8.0")) == first
    assert everything(school) == before
    assert teacher.receipt_json(KEY, "s1") == first


def test_the_order_of_rows_and_cells_does_not_make_another_send(teacher: SyncService) -> None:
    rows_ = fill("10", good_cells("10"))
    shuffled = tuple(replace(row, cells=dict(reversed(list(row.cells.items())))) for row in reversed(rows_))
    assert teacher.send_json(KEY, Submission("s1", rows_)) == teacher.send_json(KEY, Submission("s1", shuffled))


@pytest.mark.parametrize(
    ("key", "submission"),
    [
        (KEY, one("s1", None, "9.0")),
        (KEY, one("s1", "8.0", "8.0")),
        (KEY, Submission("s1", ())),
        (ClassKey(HOME, YEAR, "12A2"), one("s1", None, "8.0")),
    ],
)
def test_the_same_id_for_other_content_is_refused(service: Service, key: ClassKey, submission: Submission) -> None:
    admin = service("admin.a")
    admin.send(KEY, one("s1", None, "8.0"))
    with pytest.raises(Refused) as refused:
        admin.send(key, submission)
    assert refused.value.code is Code.SEND_REUSED


def test_a_conflict_tells_what_is_held_who_wrote_it_and_when(service: Service, teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    receipt = service("scores.a").send(KEY, one("s2", None, "7.0"))
    (verdict,) = receipt.verdicts
    assert dict(receipt.counts) == {"conflict": 1}
    assert (verdict.outcome, verdict.current, verdict.by, verdict.at) == (
        Outcome.CONFLICT, "8.0", "teacher.a", "2023-05-20T01:02:03Z",
    )  # fmt: skip
    assert "Toán CN" in verdict.message
    assert teacher.pull(KEY).cells("11", CODES[0]) == {"mathematics.year": "8.0"}


def test_neighbours_of_what_is_refused_are_applied(teacher: SyncService) -> None:
    cells = {
        "mathematics.year": (None, "8.0"),
        "physics.year": (None, "11.0"),
        "astronomy.year": (None, "9.0"),
        "full_name": (None, "Lê An"),
        "history.year": (None, None),
    }
    stranger = change("11", "0000000000", mathematics__year=(None, "8.0"))
    nowhere = change("13", CODES[0], mathematics__year=(None, "8.0"))
    receipt = teacher.send(KEY, Submission("s1", (RowChange("11", CODES[0], cells), stranger, nowhere)))
    told = {(v.sheet, v.student_code, v.column): v.outcome.value for v in receipt.verdicts}
    assert told == {
        ("11", CODES[0], "physics.year"): "invalid",
        ("11", CODES[0], "astronomy.year"): "invalid",
        ("11", CODES[0], "full_name"): "forbidden",
        ("11", CODES[0], "history.year"): "unchanged",
        ("11", "0000000000", "mathematics.year"): "invalid",
        ("13", CODES[0], "mathematics.year"): "invalid",
    }
    assert all(v.message for v in receipt.verdicts if v.outcome is not Outcome.UNCHANGED)
    assert dict(receipt.counts) == {"applied": 1, "invalid": 4, "forbidden": 1, "unchanged": 1}


def test_rights_decide_cell_by_cell(service: Service) -> None:
    sent = (change("profile", CODES[0], religion=(None, "Không")), change("10", CODES[0], physics__year=(None, "8.0")))
    assert dict(service("scores.a").send(KEY, Submission("s1", sent)).counts) == {"applied": 1, "forbidden": 1}
    assert dict(service("viewer.a").send(KEY, Submission("s2", sent)).counts) == {"unchanged": 1, "forbidden": 1}


def test_a_cleared_cell_is_cleared_and_counted(school: Engine, teacher: SyncService) -> None:
    for grade in GRADES:
        teacher.send(KEY, Submission(f"fill{grade}", fill(grade, good_cells(grade))))
    (summary,) = teacher.classes()
    assert (summary.total, summary.stage1_done, summary.stage2_done) == (3, 3, 3)
    teacher.send(KEY, one("s2", "8.0", None))
    (summary,) = teacher.classes()
    assert (summary.stage1_done, summary.stage2_done) == (2, 3)
    assert "mathematics.year" not in records_of(school)["11", CODES[0]]
    assert_agreed(school)


WRITTEN = [
    ("11", "mathematics.year", "8,5", "8.5"),
    ("11", "mathematics.year", "8", "8.0"),
    ("11", "mathematics.year", " 7.5 ", "7.5"),
    ("profile", "sex", "nam", "Nam"),
    ("profile", "birth_date", "12/7/2005", "2005-07-12"),
    ("profile", "religion", "  Không ", "Không"),
    ("11", "academic_rating.year", "Giỏi", "G"),
    ("11", "mathematics.year", " ", None),
    ("profile", "religion", "\u00a0", None),
]


@pytest.mark.parametrize(("sheet", "key", "written", "held"), WRITTEN)
def test_a_value_is_held_in_its_one_form(
    school: Engine, teacher: SyncService, sheet: str, key: str, written: str, held: str | None
) -> None:
    neighbour = "physics.year" if sheet == "11" else "full_name"
    sent = RowChange(sheet, CODES[0], {key: (None, written), neighbour: (None, "9.0")})
    receipt = teacher.send(KEY, Submission("s1", (sent,)))
    assert dict(receipt.counts) == ({"applied": 2} if held else {"applied": 1, "unchanged": 1})
    cells = teacher.pull(KEY).cells(sheet, CODES[0])
    assert cells.get(key) == held
    assert diff(cells, load_row(layout(sheet), cells)[0]) == {}
    again = teacher.send(KEY, Submission("s2", (RowChange(sheet, CODES[0], {key: (written, written)}),)))
    assert dict(again.counts) == {"unchanged": 1}
    assert_agreed(school)


def test_who_saw_another_form_of_what_is_held_has_seen_it(teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8"))
    assert dict(teacher.send(KEY, one("s2", "8", "9")).counts) == {"applied": 1}
    assert dict(teacher.send(KEY, one("s3", "9,0", " ")).counts) == {"applied": 1}
    assert dict(teacher.send(KEY, one("s4", " ", "7,5")).counts) == {"applied": 1}
    assert [dict(entry.changes) for entry in teacher.pull(KEY).history] == [
        {"mathematics.year": pair} for pair in ((None, "7.5"), ("9.0", None), ("8.0", "9.0"), (None, "8.0"))
    ]
    receipt = teacher.send(KEY, one("s5", "8", "6,5"))
    assert dict(receipt.counts) == {"conflict": 1}
    assert "6.5" in receipt.verdicts[0].message


def test_what_cannot_be_read_leaves_its_neighbours_in_their_one_form(teacher: SyncService) -> None:
    sent = change("11", CODES[0], mathematics__year=(None, "8,5"), physics__year=(None, "tám"))
    receipt = teacher.send(KEY, Submission("s1", (sent,)))
    assert [(v.column, v.outcome) for v in receipt.verdicts] == [("physics.year", Outcome.INVALID)]
    assert "tám" in receipt.verdicts[0].message
    assert teacher.pull(KEY).cells("11", CODES[0]) == {"mathematics.year": "8.5"}


def test_a_cell_of_spaces_is_counted_as_blank(school: Engine, teacher: SyncService) -> None:
    for grade in GRADES:
        teacher.send(KEY, Submission(f"fill{grade}", fill(grade, good_cells(grade))))
    teacher.send(KEY, one("s1", "8.0", " "))
    (summary,) = teacher.classes()
    assert (summary.stage1_done, summary.stage2_done) == (2, 3)
    assert "mathematics.year" not in records_of(school)["11", CODES[0]]
    assert_agreed(school)


def test_a_send_that_changes_nothing_leaves_the_version(teacher: SyncService) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    assert teacher.send(KEY, one("s2", None, "8.0")).version == 1


def test_a_send_that_names_very_many_students_reads_the_class_once(teacher: SyncService) -> None:
    strangers = tuple(change("11", f"{number:010d}", physics__year=(None, "8.0")) for number in range(300))
    receipt = teacher.send(KEY, Submission("s1", (*strangers, *one("", None, "8.0").rows)))
    assert dict(receipt.counts) == {"invalid": 300, "applied": 1}


def test_the_same_record_twice_is_malformed(teacher: SyncService) -> None:
    row = change("11", CODES[0], mathematics__year=(None, "8.0"))
    with pytest.raises(Refused) as refused:
        teacher.send(KEY, Submission("s1", (row, row)))
    assert refused.value.code is Code.SEND_MALFORMED


@contextmanager
def once_students_are_read(engine: Engine, job: Callable[[], object]) -> Iterator[None]:
    """Do something else at the moment at which a send has read the students it names."""
    done = list[str]()

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM students" in statement and not done:
            done.append(statement)
            job()

    event.listen(engine, "after_cursor_execute", look)
    yield
    event.remove(engine, "after_cursor_execute", look)
    assert done


@pytest.mark.parametrize("size", [1, _SHORT, _SHORT + 1])
def test_a_decision_made_before_someone_else_wrote_is_made_again(engine: Engine, size: int) -> None:
    if size <= _SHORT and engine.dialect.name == "sqlite":
        pytest.skip("decided while nobody else can write")
    codes = tuple(f"{number:010d}" for number in range(size))
    load_school(engine, school_load(HOME, "Sở Một", "a", codes), CHEAP)
    mine, other = (SyncService(engine, caller_named(engine, name)) for name in ("teacher.a", "scores.a"))
    sent = Submission("s1", fill("11", {"mathematics.year": "8.0"}, codes))
    with once_students_are_read(engine, lambda: other.send(KEY, one("between", None, "7.0", codes[0]))):
        receipt = mine.send(KEY, sent)
    assert dict(receipt.counts) == {"conflict": 1} | ({"applied": size - 1} if size > 1 else {})
    assert [(v.student_code, v.by) for v in receipt.verdicts] == [(codes[0], "scores.a")]
    assert_agreed(engine)


def test_an_undo_decided_before_someone_else_wrote_is_decided_again(
    school: Engine, service: Service, teacher: SyncService
) -> None:
    teacher.send(KEY, one("s1", None, "8.0"))
    with once_students_are_read(school, lambda: service("scores.a").send(KEY, one("between", "8.0", "7.0"))):
        receipt = teacher.undo(KEY, "s1", "u1")
    assert (dict(receipt.counts), receipt.skipped) == ({"conflict": 1}, ("11.mathematics.year",))
    assert_agreed(school)


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    yield seen
    event.remove(engine, "before_cursor_execute", see)


def test_the_cost_of_a_small_send_does_not_grow_with_the_class(engine: Engine) -> None:
    counts = []
    for size in (3, 60):
        codes = tuple(f"{number:010d}" for number in range(size))
        load_school(engine, school_load(f"S{size}", "Sở Một", f"of{size}", codes), CHEAP)
        teacher, key = (
            SyncService(engine, caller_named(engine, f"teacher.of{size}")),
            ClassKey(f"S{size}", YEAR, "12A1"),
        )
        for grade in GRADES:
            teacher.send(key, Submission(f"fill{grade}", fill(grade, good_cells(grade), codes)))
        with statements_of(engine) as seen:
            teacher.send(key, one("s1", "8.0", "9.0", codes[0]))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


_CELLS = st.sampled_from(["mathematics.year", "physics.year", "history.year"])
_CHANGES = st.dictionaries(
    st.tuples(st.sampled_from(CODES), _CELLS), st.sampled_from(["5.0", "6.0", "7.0"]), min_size=1, max_size=6
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=_CHANGES, theirs=_CHANGES)
def test_the_order_of_disjoint_senders_does_not_matter(
    school: Engine,
    teacher: SyncService,
    mine: dict[tuple[str, str], str],
    theirs: dict[tuple[str, str], str],
) -> None:
    salt = uuid4()
    theirs = {cell: value for cell, value in theirs.items() if cell not in mine}
    ends = []
    for number, order in enumerate([(mine, theirs), (theirs, mine)]):
        for part, cells in enumerate(order):
            held = teacher.pull(KEY)
            grouped: dict[str, dict[str, tuple[str | None, str | None]]] = {}
            for (code, key), value in cells.items():
                grouped.setdefault(code, {})[key] = (held.cells("11", code).get(key), value)
            sent = tuple(RowChange("11", code, changes) for code, changes in grouped.items())
            receipt = teacher.send(KEY, Submission(f"{salt}.{number}.{part}", sent))
            assert set(receipt.counts) <= {"applied", "unchanged"}
        ends.append(records_of(school))
        held_now = records_of(school)
        back = [
            RowChange(sheet, code, {key: (value, None) for key, value in cells.items()})
            for (sheet, code), cells in held_now.items()
            if cells
        ]
        teacher.send(KEY, Submission(f"{salt}.{number}.back", tuple(back)))
    assert ends[0] == ends[1]
    assert_agreed(school)


def test_history_is_complete_after_many_sends(
    school: Engine, teacher: SyncService, monkeypatch: pytest.MonkeyPatch
) -> None:
    value: str | None = None
    for number in range(5):
        after = f"{number}.0"
        teacher.send(KEY, one(f"s{number}", value, after))
        value = after
    assert len(rows(school, "SELECT 1 FROM history")) == 5
    monkeypatch.setattr("server.sync.HISTORY_PAGE", 3)
    page = orjson.loads(teacher.history_json(KEY, column="11.mathematics.year"))
    assert ([entry["send_id"] for entry in page["history"]], page["next"]) == (["s4", "s3", "s2"], 3)
    page = orjson.loads(teacher.history_json(KEY, before=page["next"]))
    assert ([entry["send_id"] for entry in page["history"]], page["next"]) == (["s1", "s0"], None)
    assert_agreed(school)
