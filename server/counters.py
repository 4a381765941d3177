"""Records as rows, and how far a student is: from the blanks of the records to what the table of progress adds up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import orjson

from shared.columns import Period
from shared.layout import GRADES, PROFILE, sheet_layout
from shared.progress import missing, stage1_done, stage2_done
from shared.records import Cells

Blanks = Mapping[Period | None, int]


class Done(NamedTuple):
    """Which parts of the report are full: 1 or 0 for a student, sums for a class."""

    profile: int = 0
    stage1: int = 0
    stage2: int = 0

    def plus(self, other: Done, times: int = 1) -> Done:
        """Both together; `times=-1` takes the other away."""
        return Done(*(mine + times * theirs for mine, theirs in zip(self, other, strict=True)))


def blanks_of(level: str, school_year: str, sheet: str, cells: Cells) -> Blanks:
    """How many required cells of a record are blank."""
    return missing(sheet_layout(level, school_year, sheet), cells)


def student_done(blanks: Callable[[str], Blanks]) -> Done:
    """Which parts one student has full, from the blanks of each sheet."""
    grades = [blanks(grade) for grade in GRADES]
    return Done(
        profile=int(not any(blanks(PROFILE).values())),
        stage1=int(stage1_done(*grades)),
        stage2=int(stage2_done(grades[-1])),
    )


def json_text(value: Any) -> str:
    """A value as the JSON text that is stored."""
    return orjson.dumps(value).decode()


def record_values(
    level: str, school_year: str, sheet: str, cells: Cells, blanks: Blanks | None = None
) -> dict[str, Any]:
    """What is stored of a record's cells: their JSON, their year and how many required ones are blank."""
    layout = sheet_layout(level, school_year, sheet)
    blanks = missing(layout, cells) if blanks is None else blanks
    return {
        "sheet": sheet,
        "school_year": layout.school_year,
        "missing_profile": blanks[None],
        "missing_hk1": blanks[Period.HK1],
        "missing_hk2": blanks[Period.HK2],
        "cells": json_text(cells),
    }
