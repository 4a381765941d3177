"""Records as rows, and how far a student is: from the blanks of the records to what the table of progress adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from server.held import SHEETS, Blanks, Edit, Holding, Write
from shared.columns import Period
from shared.layout import GRADES, PROFILE, SheetLayout
from shared.progress import missing, stage1_done, stage2_done
from shared.records import Cells
from shared.studies import STUDY_PREFIX, Study, study_of


class Done(NamedTuple):
    """Which parts of the report are full: 1 or 0 for a student, sums for a class."""

    profile: int = 0
    stage1: int = 0
    stage2: int = 0

    def plus(self, other: Done, times: int = 1) -> Done:
        """Both together; `times=-1` takes the other away."""
        return Done(*(mine + times * theirs for mine, theirs in zip(self, other, strict=True)))


def studied(layout: SheetLayout, profile: Cells) -> Study | None:
    """How a student went through a sheet's grade, as the profile says; nothing for the profile itself."""
    return study_of(layout, profile) if layout.programme else None


def blanks_of(layout: SheetLayout, cells: Cells, study: Study | None) -> Blanks:
    """How many required cells of a record are blank."""
    return missing(layout, cells, study) if cells else _blanks_of_nothing(layout, study)


@lru_cache(maxsize=1024)
def _blanks_of_nothing(layout: SheetLayout, study: Study | None) -> Blanks:
    return missing(layout, {}, study)


def student_done(blanks: Callable[[str], Blanks]) -> Done:
    """Which parts one student has full, from the blanks of each sheet."""
    grades = [blanks(grade) for grade in GRADES]
    return Done(
        profile=int(not any(blanks(PROFILE).values())),
        stage1=int(stage1_done(*grades)),
        stage2=int(stage2_done(grades[-1])),
    )


def counted(layout: SheetLayout, edit: Edit, profile: Cells) -> Write:
    """An edited record with its blanks and its year, given the student's profile."""
    study = studied(layout, profile)
    year, blanks = study.school_year if study else layout.school_year, blanks_of(layout, edit.cells, study)
    return Write(edit.sheet, edit.student_code, edit.version, edit.cells, edit.changes, year, blanks)


class Counted(NamedTuple):
    """What edits come to: the records to write, those to count anew, and by how much the class's counters move."""

    writes: list[Write]
    recounts: list[Write]
    done: Done


def count(holding: Holding, edits: Iterable[Edit]) -> Counted:
    """Count the blanks of edited records, and of those of which a profile now asks for other cells."""
    by_student: dict[str, dict[str, Edit]] = {}
    for edit in edits:
        by_student.setdefault(edit.student_code, {})[edit.sheet] = edit
    writes: list[Write] = []
    recounts: list[Write] = []
    moved = Done()
    for code, own in by_student.items():
        student = _Student(holding, code, own)
        mine, others = student.writes(), student.recounts()
        writes += mine
        recounts += others
        moved = moved.plus(student.moved((*mine, *others)))
    return Counted(writes, recounts, moved)


class _Student:
    """One student of a class, before and after a submission."""

    def __init__(self, holding: Holding, code: str, edits: Mapping[str, Edit]) -> None:
        self._holding, self._code, self._edits = holding, code, edits
        profile = edits.get(PROFILE)
        self._before = holding.told(code)
        self._after = profile.cells if profile else self._before
        told = profile is not None and any(key.startswith(STUDY_PREFIX) for key in profile.changes)
        self._restudied = self._otherwise() if told else []

    def writes(self) -> list[Write]:
        """The edited records, counted."""
        return [self._counted(edit) for edit in self._edits.values()]

    def recounts(self) -> list[Write]:
        """The other records held of grades that were studied otherwise than the profile said before."""
        found = ((sheet, self._holding.records.get((sheet, self._code))) for sheet in self._restudied)
        return [
            self._counted(Edit(sheet, self._code, held.version, held.cells, {}))
            for sheet, held in found
            if held and sheet not in self._edits
        ]

    def moved(self, written: Iterable[Write]) -> Done:
        """By how much the class's counters move."""
        now = {sheet: self._blanks(sheet, self._after) for sheet in self._restudied}
        now |= {write.sheet: write.blanks for write in written}
        if all(blanks == self._blanks(sheet, self._before) for sheet, blanks in now.items()):
            return Done()
        before = {sheet: self._blanks(sheet, self._before) for sheet in SHEETS}
        return student_done({**before, **now}.__getitem__).plus(student_done(before.__getitem__), -1)

    def _otherwise(self) -> list[str]:
        layouts = map(self._holding.layout, GRADES)
        return [lay.key for lay in layouts if study_of(lay, self._before) != study_of(lay, self._after)]

    def _counted(self, edit: Edit) -> Write:
        return counted(self._holding.layout(edit.sheet), edit, self._after)

    def _blanks(self, sheet: str, profile: Cells) -> Blanks:
        """As the record was counted; a sheet without one has the blanks of nothing."""
        held = self._holding.records.get((sheet, self._code))
        if held:
            return held.blanks
        layout = self._holding.layout(sheet)
        return blanks_of(layout, {}, studied(layout, profile))


def json_text(value: Any) -> str:
    """A value as the JSON text that is stored."""
    return orjson.dumps(value).decode()


def record_values(write: Write) -> dict[str, Any]:
    """What is stored of a record: its cells as JSON, the year they are of, and how many required ones are blank."""
    return {
        "student_code": write.student_code,
        "sheet": write.sheet,
        "school_year": write.school_year,
        "version": write.version,
        "missing_profile": write.blanks[None],
        "missing_hk1": write.blanks[Period.HK1],
        "missing_hk2": write.blanks[Period.HK2],
        "cells": json_text(write.cells),
    }
