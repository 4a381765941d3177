"""What must always hold in a database, however it came to be: history, versions and counters agree with the records."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import orjson
from sqlalchemy import Engine, text

from server.counters import Done, blanks_of, student_done
from server.database import reading
from shared.programmes import THPT
from shared.records import RecordKey
from tests.schools import YEAR


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
    assert versions == set(range(1, len(versions) + 1))
    roster = [row[0] for row in rows(engine, f"SELECT student_code FROM students {where}")]  # noqa: S608
    done = Done()
    for code in roster:
        cells = {sheet: held.get((sheet, code), {}) for sheet in ("profile", "10", "11", "12")}
        done = done.plus(
            student_done({sheet: blanks_of(THPT, YEAR, sheet, c) for sheet, c in cells.items()}.__getitem__)
        )
    counted = rows(engine, f"SELECT profile_done, stage1_done, stage2_done FROM class_summaries {where}")  # noqa: S608
    assert tuple(counted[0]) == tuple(done)
