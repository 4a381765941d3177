"""What every `SyncApi` does, whichever end it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.check import check
from shared.columns import Period
from shared.layout import GRADES
from shared.merge import Outcome
from shared.problems import Code, Refused
from shared.records import ClassKey, sheets_of
from shared.refusals import refusal_text
from shared.sync_api import Submission, SyncApi
from tests.contract.conftest import Signed
from tests.schools import ALL, CODES, HOME, KEY, NEIGHBOUR, YEAR, change, fill, good_cells, one

FULL = Submission("fill", tuple(row for grade in GRADES for row in fill(grade, good_cells(grade))))


def refusal(job: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        job()
    assert "…" not in refusal_text(refused.value)
    return refused.value


def test_me(api: SyncApi) -> None:
    me = api.me()
    assert (me.username, me.role, me.school, dict(me.classes)) == ("teacher.a", "staff", HOME, {"12A1": ALL})


def test_staff_see_their_classes_and_administrators_all(signed: Signed) -> None:
    assert [line.key.name for line in signed("teacher.a").classes()] == ["12A1"]
    assert [line.key.name for line in signed("admin.a").classes()] == ["12A1", "12A2"]
    assert [line.key.name for line in signed("department.1").classes(NEIGHBOUR)] == ["12A1", "12A2"]
    assert signed("nobody.a").classes() == ()
    assert refusal(lambda: signed("department.1").classes("THPT-C")).code is Code.SCHOOL_UNKNOWN


def test_a_new_class_is_pulled_empty(api: SyncApi) -> None:
    held = api.pull(KEY, GRADES)
    assert (held.info.key, held.version, held.roster, dict(held.records)) == (KEY, 0, CODES, {})
    assert (held.rights, held.locks, held.history, held.grades) == (ALL, (), (), GRADES)


def test_a_pull_brings_the_grades_asked_for_and_the_profile(api: SyncApi) -> None:
    api.send(KEY, replace(FULL, rows=(*FULL.rows, change("profile", CODES[0], religion=(None, "Không")))))
    held = api.pull(KEY, ("11",))
    assert held.grades == ("11",)
    assert {sheet for sheet, _ in held.records} == {"profile", "11"}


def test_the_year_is_the_school_s_current_one_by_default(api: SyncApi) -> None:
    assert api.pull(ClassKey(HOME, "", "12A1"), GRADES).info.key == KEY


def test_what_is_sent_is_pulled(api: SyncApi) -> None:
    receipt = api.send(KEY, FULL)
    held = api.pull(KEY, GRADES)
    assert dict(receipt.counts) == {"applied": sum(len(row.cells) for row in FULL.rows)}
    assert (receipt.send_id, receipt.by, receipt.version, receipt.verdicts) == ("fill", "teacher.a", 1, ())
    assert held.version == 1
    for row in FULL.rows:
        assert held.cells(row.sheet, row.student_code) == {key: after for key, (_, after) in row.cells.items()}
    assert len(held.history) == len(FULL.rows)


def test_sending_twice_is_harmless(api: SyncApi) -> None:
    first = api.send(KEY, FULL)
    held = api.pull(KEY, GRADES)
    assert api.send(KEY, FULL) == first == api.receipt(KEY, "fill")
    assert replace(api.pull(KEY, GRADES), as_of=held.as_of) == held


def test_the_same_id_with_other_content_is_refused(api: SyncApi) -> None:
    api.send(KEY, one("s1", None, "8.0"))
    assert refusal(lambda: api.send(KEY, one("s1", None, "9.0"))).code is Code.SEND_REUSED


def test_a_send_that_never_arrived_is_unknown(api: SyncApi) -> None:
    assert refusal(lambda: api.receipt(KEY, "never")).code is Code.SEND_UNKNOWN


def test_no_edit_is_overwritten_unseen(signed: Signed) -> None:
    mine, theirs = signed("teacher.a"), signed("scores.a")
    theirs.send(KEY, one("s1", None, "7.0"))
    sent = change("11", CODES[0], mathematics__year=(None, "8.0"), physics__year=(None, "9.0"))
    receipt = mine.send(KEY, Submission("s2", (sent,)))
    (verdict,) = receipt.verdicts
    assert dict(receipt.counts) == {"applied": 1, "conflict": 1}
    assert (verdict.outcome, verdict.column, verdict.current, verdict.by) == (
        Outcome.CONFLICT, "mathematics.year", "7.0", "scores.a",
    )  # fmt: skip
    assert mine.pull(KEY, GRADES).cells("11", CODES[0]) == {"mathematics.year": "7.0", "physics.year": "9.0"}


def test_untouched_and_cleared_are_different(api: SyncApi) -> None:
    api.send(KEY, FULL)
    api.send(KEY, one("s1", "8.0", None))
    cells = api.pull(KEY, GRADES).cells("11", CODES[0])
    assert "mathematics.year" not in cells
    assert len(cells) == len(good_cells("11")) - 1


def test_cells_without_a_right_are_forbidden(signed: Signed) -> None:
    receipt = signed("viewer.a").send(KEY, one("s1", None, "8.0"))
    assert [verdict.outcome for verdict in receipt.verdicts] == [Outcome.FORBIDDEN]
    assert receipt.verdicts[0].message


def test_impossible_values_are_invalid_and_the_rest_is_applied(api: SyncApi) -> None:
    sent = change("11", CODES[0], mathematics__year=(None, "11.0"), physics__year=(None, "9.0"))
    receipt = api.send(KEY, Submission("s1", (sent,)))
    assert dict(receipt.counts) == {"applied": 1, "invalid": 1}


def test_the_findings_are_those_of_the_workbook(api: SyncApi) -> None:
    api.send(KEY, Submission("s1", fill("11", {**good_cells("11"), "mathematics.year": "3.0"})))
    findings = api.findings(KEY)
    assert findings == check(sheets_of(api.pull(KEY, GRADES)))
    assert Code.SC_CN_FORMULA in {finding.code for finding in findings}


def test_a_block_is_locked_and_opened_again(api: SyncApi) -> None:
    api.send(KEY, FULL)
    lock = api.complete(KEY, "10", Period.HK2)
    assert (lock.title, lock.by) == ("Lớp 10 HK II - CN", "teacher.a")
    assert api.pull(KEY, GRADES).locks == (lock,)
    sent = change("10", CODES[0], physics__year=("8.0", "9.0"))
    assert [v.outcome for v in api.send(KEY, Submission("s1", (sent,))).verdicts] == [Outcome.LOCKED]
    assert refusal(lambda: api.complete(KEY, "10", Period.HK2)).code is Code.ALREADY_LOCKED
    assert api.reopen(KEY, "10", Period.HK2, "Nhập nhầm")["reason"] == "Nhập nhầm"
    assert api.pull(KEY, GRADES).locks == ()
    assert dict(api.send(KEY, Submission("s2", (sent,))).counts) == {"applied": 1}


def test_an_unfinished_block_is_not_locked_and_says_why(api: SyncApi) -> None:
    refused = refusal(lambda: api.complete(KEY, "10", Period.HK1))
    assert refused.code is Code.LOCK_INCOMPLETE
    assert refused.params["blanks"] == len(layout_hk1()) * len(CODES)
    assert {finding.sheet for finding in refused.params["findings"]} == {"Lớp 10"}


def layout_hk1() -> list[str]:
    return [key for key in good_cells("10", Period.HK1) if not key.startswith(("average_score", "foreign_language.l"))]


def test_an_undo_puts_back_what_was_there(api: SyncApi) -> None:
    api.send(KEY, one("s1", None, "8.0"))
    api.send(KEY, one("s2", "8.0", "9.0"))
    assert dict(api.undo(KEY, "s2", "u1").counts) == {"applied": 1}
    assert api.pull(KEY, GRADES).cells("11", CODES[0]) == {"mathematics.year": "8.0"}
    assert api.undo(KEY, "s2", "u1") == api.receipt(KEY, "u1")
    assert api.undo(KEY, "s1", "u2").counts == {"applied": 1}
    assert api.undo(KEY, "s2", "u3").skipped == ("11.mathematics.year",)


def test_what_a_lock_kept_from_being_undone_is_undone_once_it_is_open(api: SyncApi) -> None:
    api.send(KEY, Submission("s1", fill("10", good_cells("10"))))
    api.complete(KEY, "10", Period.HK1)
    first, second = (len(good_cells("10", period)) * len(CODES) for period in (Period.HK1, Period.HK2))
    receipt = api.undo(KEY, "s1", "u1")
    assert dict(receipt.counts) == {"applied": second, "locked": first}
    assert [v.outcome for v in receipt.verdicts] == [Outcome.LOCKED] * first
    api.reopen(KEY, "10", Period.HK1, "Nhập nhầm")
    receipt = api.undo(KEY, "s1", "u2")
    assert (dict(receipt.counts), receipt.skipped) == ({"applied": first, "unchanged": second}, ())
    held = api.pull(KEY, GRADES)
    assert all(not held.cells("10", code) for code in CODES)
    receipt = api.undo(KEY, "s1", "u3")
    assert (dict(receipt.counts), receipt.skipped) == ({"unchanged": first + second}, ())
    assert {v.outcome for v in receipt.verdicts} == {Outcome.UNCHANGED}
    assert replace(api.pull(KEY, GRADES), as_of=held.as_of) == held


def test_progress_counts_what_is_full(api: SyncApi) -> None:
    api.send(KEY, replace(FULL, rows=FULL.rows[:-1]))
    (line,) = api.progress()
    assert (line.total, line.profile_done, line.stage1_done, line.stage2_done) == (3, 0, 2, 2)
    assert (line.key, line.version, line.rights) == (KEY, 1, ALL)


@pytest.mark.parametrize("username", ["teacher.a", "admin.a", "department.1"])
def test_a_year_that_has_no_classes_is_named(signed: Signed, username: str) -> None:
    api = signed(username)
    for job in (api.progress, api.classes):
        assert [line.key.school_year for line in job(HOME, YEAR)] == [YEAR] * (1 if username == "teacher.a" else 2)
        refused = refusal(lambda: job(HOME, "1999-2000"))  # noqa: B023
        assert refused.code is Code.CLASS_UNKNOWN
        assert "năm học 1999-2000" in refusal_text(refused)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (ClassKey(HOME, YEAR, "12Z9"), Code.CLASS_UNKNOWN),
        (ClassKey(HOME, YEAR, "12A2"), Code.CLASS_UNKNOWN),
        (ClassKey(HOME, "1999-2000", "12A1"), Code.CLASS_UNKNOWN),
        (ClassKey(NEIGHBOUR, YEAR, "12A1"), Code.SCHOOL_UNKNOWN),
        (ClassKey("NOSUCH", YEAR, "12A1"), Code.SCHOOL_UNKNOWN),
    ],
)
def test_what_is_out_of_sight_does_not_exist(api: SyncApi, key: ClassKey, code: Code) -> None:
    jobs: list[Callable[[], object]] = [
        lambda: api.pull(key, GRADES),
        lambda: api.send(key, one("s1", None, "8.0")),
        lambda: api.receipt(key, "s1"),
        lambda: api.undo(key, "s1", "u1"),
        lambda: api.findings(key),
        lambda: api.complete(key, "10", Period.HK1),
        lambda: api.reopen(key, "10", Period.HK1, "x"),
    ]
    assert {refusal(job).code for job in jobs} == {code}


def test_a_department_looks_and_does_not_write(signed: Signed) -> None:
    department = signed("department.1")
    assert department.pull(KEY, GRADES).rights == frozenset({"view"})
    assert refusal(lambda: department.send(KEY, one("s1", None, "8.0"))).code is Code.FORBIDDEN
