from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from server.callers import caller_named
from server.loading import ClassLoad, load_school
from server.sync import SyncService
from shared.columns import Period
from shared.layout import GRADES
from shared.records import Lock
from tests.schools import CHEAP, CODES, HOME, KEY, good_cells, school_load
from tests.server.counting import everything, rows

LOCK = Lock("10", Period.HK1, "2023-05-15T01:00:00Z", "admin.a")
RECORDS = {(grade, code): good_cells(grade) for grade in GRADES for code in CODES[:2]}
LOADED = replace(
    school_load(HOME, "Sở Một", "a"), classes=(ClassLoad("12A1", "12", CODES, RECORDS, (LOCK,)),), accounts=()
)


def test_a_school_is_loaded_with_its_counters_and_locks(engine: Engine) -> None:
    assert load_school(engine, replace(LOADED, accounts=school_load(HOME, "", "a").accounts[:1]), CHEAP)
    admin = SyncService(engine, caller_named(engine, "admin.a"))
    (line,) = admin.classes()
    assert (line.total, line.profile_done, line.stage1_done, line.stage2_done) == (3, 0, 2, 2)
    assert line.locks == (LOCK,)
    held = admin.pull(KEY)
    assert {key: dict(record.cells) for key, record in held.records.items()} == RECORDS
    assert (held.roster, held.version) == (CODES, 1)


def test_loading_again_changes_nothing(engine: Engine) -> None:
    load_school(engine, LOADED, CHEAP)
    before = everything(engine)
    assert load_school(engine, replace(LOADED, name="Tên khác"), CHEAP) is False
    assert everything(engine) == before


def test_another_year_of_the_school_is_added(engine: Engine) -> None:
    load_school(engine, school_load(HOME, "Sở Một", "a"), CHEAP)
    assert load_school(engine, replace(school_load(HOME, "Sở Một", "a"), school_year="2021-2022"), CHEAP)
    found = rows(engine, "SELECT class_id, school_year, name FROM classes ORDER BY class_id")
    assert [tuple(row) for row in found] == [
        (1, "2022-2023", "12A1"), (2, "2022-2023", "12A2"), (3, "2021-2022", "12A1"), (4, "2021-2022", "12A2"),
    ]  # fmt: skip
    assert len(rows(engine, "SELECT 1 FROM accounts")) == 5


def test_a_record_carries_the_year_of_its_grade(engine: Engine) -> None:
    load_school(engine, LOADED, CHEAP)
    years = rows(engine, "SELECT DISTINCT sheet, school_year FROM records ORDER BY sheet")
    assert [tuple(row) for row in years] == [("10", "2020-2021"), ("11", "2021-2022"), ("12", "2022-2023")]
