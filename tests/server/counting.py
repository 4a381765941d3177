"""What must always hold in a database, however it came to be: history, versions and counters agree with the records."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import orjson
from sqlalchemy import Engine, text

from server.database import reading
from shared.columns import Period
from shared.layout import GRADES, PROFILE, SheetLayout, sheet_layout
from shared.progress import missing, stage1_done, stage2_done
from shared.records import RecordKey
from shared.studies import study_of

Blanks = dict[Period | None, int]


def rows(engine: Engine, statement: str) -> list[Any]:
    """The rows of a query."""
    with reading(engine) as connection:
        return list(connection.execute(text(statement)).all())


def records_of(engine: Engine, class_id: int = 1) -> dict[RecordKey, dict[str, str]]:
    """The cells that a class of the first school holds."""
    where = f"WHERE school_id = 1 AND class_id = {class_id}"
    found = rows(engine, f"SELECT sheet, student_code, cells FROM records {where}")  # noqa: S608
    return {(sheet, code): orjson.loads(cells) for sheet, code, cells in found}


def everything(engine: Engine) -> dict[str, list[Any]]:
    """All that a send writes."""
    tables = ("records", "history", "sends", "classes", "class_summaries", "locks", "lock_events")
    return {table: sorted(map(str, rows(engine, f"SELECT * FROM {table}"))) for table in tables}  # noqa: S608


def assert_agreed(engine: Engine, class_id: int = 1) -> None:
    """History replayed gives the records; versions and counters are what a recount gives."""
    where = f"WHERE school_id = 1 AND class_id = {class_id}"
    replayed: dict[RecordKey, dict[str, str | None]] = defaultdict(dict)
    changed: dict[RecordKey, int] = defaultdict(int)
    versions = set()
    history = rows(engine, f"SELECT version, sheet, student_code, changes FROM history {where} ORDER BY version")  # noqa: S608
    for version, sheet, code, changes in history:
        versions.add(version)
        changed[sheet, code] += 1
        for key, (before, after) in orjson.loads(changes).items():
            assert replayed[sheet, code].get(key) == before
            replayed[sheet, code][key] = after
    held = records_of(engine, class_id)
    assert held == {key: {k: v for k, v in cells.items() if v is not None} for key, cells in replayed.items()}
    stored = rows(engine, f"SELECT sheet, student_code, version FROM records {where}")  # noqa: S608
    assert {(sheet, code): version for sheet, code, version in stored} == dict(changed)
    locked = rows(engine, f"SELECT version FROM lock_events {where}")  # noqa: S608
    versions |= {row[0] for row in locked}
    assert versions == set(range(1, len(versions) + 1))
    assert_counted(engine, class_id)


def assert_counted(engine: Engine, class_id: int = 1) -> None:
    """The blanks of every record, its year and the class's counters are what a recount gives, the profiles beside it."""
    where = f"WHERE school_id = 1 AND class_id = {class_id}"
    layouts = _layouts(engine, where)
    held = records_of(engine, class_id)
    roster = [row[0] for row in rows(engine, f"SELECT student_code FROM students {where}")]  # noqa: S608
    told = {
        (sheet, code): (year, tuple(numbers))
        for sheet, code, year, *numbers in rows(
            engine,
            f"SELECT sheet, student_code, school_year, missing_profile, missing_hk1, missing_hk2 FROM records {where}",  # noqa: S608
        )
    }
    profiles = {code: held.get((PROFILE, code), {}) for code in roster}
    assert told == {
        (sheet, code): _counted(layouts[sheet], cells, profiles[code]) for (sheet, code), cells in held.items()
    }
    done = [0, 0, 0]
    for code in roster:
        blanks = {key: _blanks(lay, held.get((key, code), {}), profiles[code]) for key, lay in layouts.items()}
        grades = [blanks[grade] for grade in GRADES]
        full = (not any(blanks[PROFILE].values()), stage1_done(*grades), stage2_done(grades[-1]))
        done = [count + more for count, more in zip(done, full, strict=True)]
    (counters,) = rows(engine, f"SELECT profile_done, stage1_done, stage2_done FROM class_summaries {where}")  # noqa: S608
    assert list(counters) == done


def _layouts(engine: Engine, where: str) -> dict[str, SheetLayout]:
    ((level,),) = rows(engine, "SELECT level FROM schools WHERE school_id = 1")
    ((year,),) = rows(engine, f"SELECT school_year FROM classes {where}")  # noqa: S608
    return {sheet: sheet_layout(level, year, sheet) for sheet in (PROFILE, *GRADES)}


def _blanks(layout: SheetLayout, cells: dict[str, str], profile: dict[str, str]) -> Blanks:
    return missing(layout, cells, study_of(layout, profile) if layout.programme else None)


def _counted(layout: SheetLayout, cells: dict[str, str], profile: dict[str, str]) -> tuple[str, tuple[int, ...]]:
    blanks = _blanks(layout, cells, profile)
    year = study_of(layout, profile).school_year if layout.programme else layout.school_year
    return year, tuple(blanks[period] for period in (None, Period.HK1, Period.HK2))
