"""What a grade must hold follows the profile: counters, completion and locks, whatever is sent in whatever order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from server.callers import caller_named
from server.loading import ClassLoad, load_school
from server.sync import SyncService
from shared.columns import Kind, Period
from shared.layout import GRADES, PROFILE, SheetLayout, sheet_layout
from shared.merge import Outcome, RowChange
from shared.programmes import THPT
from shared.records import Cells, ClassKey, RecordKey
from shared.sync_api import Submission
from tests.schools import CHEAP, CODES, HOME, school_load
from tests.server.counting import assert_agreed, assert_counted, rows

YEAR = "2024-2025"  # all three grades by TT 22/2021
KEY = ClassKey(HOME, YEAR, "12A1")
CHOSEN = "chemistry,geography,informatics,physics"
Wanted = tuple[str, str, Mapping[str, str | None]]  # sheet, student, cells


def layout(sheet: str) -> SheetLayout:
    return sheet_layout(THPT, YEAR, sheet)


def whole(grade: str, chosen: str = CHOSEN) -> dict[str, str]:
    """A grade's cells without a blank, for a student of TT 22/2021 who chose some subjects."""
    programme = layout(grade).programme
    assert programme
    optional = {s.key for s in programme.electives} - set(chosen.split(","))
    return {
        column.key: "8.0" if column.kind is Kind.SCORE else column.choices[0].key
        for column in layout(grade).stored
        if column.subject in {s.key for s in programme.subjects} - optional
    }


@pytest.fixture
def school(engine: Engine) -> Engine:
    load_school(engine, replace(school_load(HOME, "Sở Một", "a"), school_year=YEAR), CHEAP)
    return engine


@pytest.fixture
def teacher(school: Engine) -> SyncService:
    return SyncService(school, caller_named(school, "teacher.a"))


@dataclass
class Desk:
    """Someone who sends what a record should hold, having seen what it holds."""

    service: SyncService

    def send(self, *wanted: Wanted, send_id: str = "") -> dict[str, int]:
        held = self.service.pull(KEY)
        changes = [
            RowChange(sheet, code, {key: (held.cells(sheet, code).get(key), value) for key, value in cells.items()})
            for sheet, code, cells in wanted
        ]
        return dict(self.service.send(KEY, Submission(send_id or str(uuid4()), tuple(changes))).counts)

    def fill(self, grade: str, cells: Cells, codes: tuple[str, ...] = CODES) -> None:
        self.send(*((grade, code, dict(cells)) for code in codes))

    def done(self) -> tuple[int, int, int]:
        line = self.service.classes()[0]
        return line.profile_done, line.stage1_done, line.stage2_done


@pytest.fixture
def desk(teacher: SyncService) -> Desk:
    return Desk(teacher)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Every student's results are whole: four electives have marks, and no profile says anything."""
    for grade in GRADES:
        desk.fill(grade, whole(grade))
    return desk


def test_naming_other_subjects_leaves_blanks_and_unnaming_them_none(school: Engine, full: Desk) -> None:
    assert full.done() == (0, 3, 3)
    full.send((PROFILE, CODES[0], {"grade_11.electives": "biology,geography,informatics,physics"}))
    assert full.done() == (0, 2, 3)
    full.send((PROFILE, CODES[0], {"grade_12.electives": "biology,geography,informatics,physics"}))
    assert full.done() == (0, 2, 2)
    assert_agreed(school)
    full.send((PROFILE, CODES[0], {"grade_11.electives": None, "grade_12.electives": CHOSEN}))
    assert full.done() == (0, 3, 3)
    assert_agreed(school)


def test_a_grade_without_a_record_counts_as_its_blanks_from_nothing(school: Engine, desk: Desk) -> None:
    for grade in ("10", "12"):
        desk.fill(grade, whole(grade))
    assert desk.done() == (0, 0, 3)
    desk.send(*((PROFILE, code, {"grade_11.source": "abroad"}) for code in CODES[:2]))
    assert desk.done() == (0, 2, 3)
    assert_agreed(school)
    desk.send((PROFILE, CODES[0], {"grade_11.source": None}))
    assert desk.done() == (0, 1, 3)
    assert_agreed(school)


def test_profile_and_results_of_one_send_are_counted_together(school: Engine, desk: Desk) -> None:
    chosen = "biology,geography,informatics,physics"
    desk.send(
        *((grade, CODES[0], dict(whole(grade, chosen))) for grade in GRADES),
        (PROFILE, CODES[0], {f"grade_{grade}.electives": chosen for grade in GRADES}),
    )
    assert desk.done() == (0, 1, 1)
    assert_agreed(school)


def test_who_repeats_a_grade_is_counted_by_the_year_it_was_passed(school: Engine, full: Desk) -> None:
    full.send((PROFILE, CODES[0], {"grade_10.school_year": "2021-2022"}))
    assert full.done() == (0, 2, 3)
    ((year,),) = rows(school, f"SELECT school_year FROM records WHERE sheet = '10' AND student_code = '{CODES[0]}'")  # noqa: S608
    assert year == "2021-2022"
    assert_agreed(school)


def test_what_is_only_counted_anew_has_no_history_and_no_new_version(school: Engine, full: Desk) -> None:
    before = len(rows(school, "SELECT 1 FROM history"))
    full.send((PROFILE, CODES[0], {"grade_11.electives": "biology,geography,informatics,physics"}))
    assert len(rows(school, "SELECT 1 FROM history")) == before + 1
    assert full.service.pull(KEY).records["11", CODES[0]].version == 1


def test_an_undo_counts_anew_too(school: Engine, full: Desk) -> None:
    change = RowChange(PROFILE, CODES[0], {"grade_11.electives": (None, "biology,geography,informatics,physics")})
    full.service.send(KEY, Submission("s1", (change,)))
    assert full.done() == (0, 2, 3)
    full.service.undo(KEY, "s1", "u1")
    assert full.done() == (0, 3, 3)
    assert_agreed(school)


def test_a_school_is_loaded_with_counters_that_know_the_profiles(engine: Engine) -> None:
    chosen = "biology,geography,informatics,physics"
    records: dict[RecordKey, Cells] = {(grade, code): whole(grade) for grade in GRADES for code in CODES}
    records |= {(PROFILE, CODES[0]): {"grade_11.electives": chosen, "grade_10.school_year": "2021-2022"}}
    records |= {(PROFILE, CODES[1]): {"grade_10.source": "abroad"}}
    del records["10", CODES[1]]
    load = replace(
        school_load(HOME, "Sở Một", "a"), school_year=YEAR, classes=(ClassLoad("12A1", "12", CODES, records),)
    )
    load_school(engine, replace(load, accounts=()), CHEAP)
    assert_counted(engine)
    assert tuple(rows(engine, "SELECT stage1_done, stage2_done FROM class_summaries")[0]) == (2, 3)


def test_a_small_send_asks_for_nothing_more_because_of_studies(school: Engine, full: Desk) -> None:
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    def cost(cells: dict[str, tuple[str | None, str | None]], sheet: str) -> int:
        seen.clear()
        full.service.send(KEY, Submission(str(uuid4()), (RowChange(sheet, CODES[0], cells),)))
        return len(seen)

    event.listen(school, "before_cursor_execute", see)
    plain = cost({"religion": (None, "Không")}, PROFILE)
    assert cost({"grade_11.source": (None, "transferred")}, PROFILE) == plain
    assert cost({"mathematics.year": ("8.0", "9.0")}, "11") == plain


@pytest.mark.parametrize("period", list(Period))
@pytest.mark.parametrize(
    ("key", "value"),
    [("electives", "biology,geography,informatics,physics"), ("school_year", "2021-2022"), ("source", "abroad")],
)
def test_a_locked_grade_stays_studied_as_it_was(
    school: Engine, full: Desk, period: Period, key: str, value: str
) -> None:
    full.service.complete(KEY, "11", period)
    sent = {f"grade_11.{key}": (None, value), "religion": (None, "Không"), "grade_10.source": (None, "transferred")}
    receipt = full.service.send(KEY, Submission("s1", (RowChange(PROFILE, CODES[0], sent),)))
    assert dict(receipt.counts) == {"applied": 2, "locked": 1}
    (verdict,) = receipt.verdicts
    assert (verdict.column, verdict.outcome) == (f"grade_11.{key}", Outcome.LOCKED)
    assert f"Lớp 11 {'HK I ' if period is Period.HK1 else 'HK II - CN '}" in verdict.message
    assert_agreed(school)
    full.service.reopen(KEY, "11", period, "Sửa môn lựa chọn")
    assert full.send((PROFILE, CODES[0], {f"grade_11.{key}": value})) == {"applied": 1}
    assert_agreed(school)


def test_an_undo_does_not_unsay_how_a_locked_grade_was_studied(school: Engine, full: Desk) -> None:
    full.service.send(KEY, Submission("s1", (RowChange(PROFILE, CODES[0], {"grade_11.electives": (None, CHOSEN)}),)))
    full.service.complete(KEY, "11", Period.HK1)
    assert dict(full.service.undo(KEY, "s1", "u1").counts) == {"locked": 1}
    assert_agreed(school)


def test_a_block_is_completed_as_each_student_studied(full: Desk) -> None:
    missing = {key: None for key in whole("10") if key.startswith(("physics.", "history."))}
    full.send(("10", CODES[0], missing), (PROFILE, CODES[0], {"grade_10.source": "abroad"}))
    assert full.service.complete(KEY, "10", Period.HK1).title == "Lớp 10 HK I"


FACTS = {
    "electives": [None, CHOSEN, "biology,geography,informatics,physics", "chemistry,economics_law,fine_arts,music"],
    "school_year": [None, "2021-2022", "2023-2024"],
    "source": [None, "abroad", "transferred"],
}
_TOLD = st.tuples(
    st.just(PROFILE),
    st.sampled_from(CODES[:2]),
    st.tuples(st.sampled_from(GRADES), st.sampled_from(sorted(FACTS))).flatmap(
        lambda fact: st.sampled_from(FACTS[fact[1]]).map(lambda value: {f"grade_{fact[0]}.{fact[1]}": value})
    ),
)
_CELLS = ["mathematics.year", "physics.semester_1", "biology.semester_1", "music.year", "civics.semester_1"]
_RESULT = st.tuples(
    st.sampled_from(GRADES),
    st.sampled_from(CODES[:2]),
    st.dictionaries(st.sampled_from(_CELLS), st.sampled_from([None, "8.0", "Đ"]), min_size=1, max_size=3),
)
_FILLED = st.tuples(st.sampled_from(GRADES), st.sampled_from(CODES[:2]), st.just({})).map(
    lambda row: (row[0], row[1], dict(whole(row[0])))
)
_SENT = st.lists(_TOLD | _RESULT | _FILLED, min_size=1, max_size=4, unique_by=lambda row: row[:2])
_STEP = _SENT | st.integers(1, 3)  # a send, or the undo of the send so many before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, min_size=1, max_size=6))
def test_the_counters_are_those_of_a_recount_after_any_sends(
    school: Engine, desk: Desk, steps: list[list[Wanted] | int]
) -> None:
    done: list[str] = []
    for step in steps:
        mark = str(uuid4())
        if isinstance(step, int):
            if step > len(done):
                continue
            desk.service.undo(KEY, done[-step], mark)
        else:
            desk.send(*step, send_id=mark)
        done.append(mark)
        assert_counted(school)
    assert_agreed(school)
