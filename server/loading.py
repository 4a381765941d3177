"""Whole schools put into the database at once: demo data, the generator for measurement, a first import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.records import Cells, Lock, RecordKey


@dataclass(frozen=True, slots=True)
class AccountLoad:
    """An account to create; `rights` gives a staff member's rights by class name."""

    username: str
    password: str
    role: str  # department, school_admin, staff
    full_name: str
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClassLoad:
    """A class with its students in order, what is recorded of them, and what is locked."""

    name: str
    grade_level: str
    roster: tuple[str, ...]
    records: Mapping[RecordKey, Cells]
    locks: tuple[Lock, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolLoad:
    """A school of one year."""

    code: str
    name: str
    level: str
    department: str
    school_year: str
    classes: tuple[ClassLoad, ...]
    accounts: tuple[AccountLoad, ...] = ()
    stage: int = 1
