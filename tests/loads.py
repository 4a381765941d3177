"""Classes as they are loaded into a service, seen as the checks see them."""

from __future__ import annotations

from server.loading import ClassLoad, SchoolLoad
from shared.records import ClassData, ClassInfo, ClassKey, Record, Snapshot, sheets_of


def data_of(school: SchoolLoad, loaded: ClassLoad) -> ClassData:
    """A class of a school that is about to be loaded."""
    info = ClassInfo(ClassKey(school.code, school.school_year, loaded.name), school.name, school.level, school.stage)
    records = {key: Record(cells) for key, cells in loaded.records.items()}
    return sheets_of(Snapshot(info, 1, "", loaded.roster, records))
