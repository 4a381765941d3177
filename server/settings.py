"""What a class and a school are set to: the subject of a chuyên class, and numbers that a circular leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, update

from server import words
from server.callers import SCHOOL_ADMIN, STAFF, Caller, FoundClass, find_class, find_school
from server.database import reading, writing
from server.schools import line_of
from server.store import School, SchoolClass
from shared.layout import GRADES
from shared.problems import Code, Refused
from shared.programmes import GDTX
from shared.records import ClassInfo, ClassKey
from shared.schemas.wire import dump_class_info

_OF_SCHOOL = ("least_subjects", "chosen_subjects")


def class_profile(engine: Engine, caller: Caller, key: ClassKey) -> dict[str, Any]:
    """The programme of each of a class's grades, and what the class is set to."""
    with reading(engine) as connection:
        return _told(find_class(connection, caller, key))


def change_class(engine: Engine, caller: Caller, key: ClassKey, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Set a class; it moves on by a version, so that whoever has it sees that it is not as it was."""
    with writing(engine) as connection:
        found = find_class(connection, caller, key)
        if caller.role != SCHOOL_ADMIN:
            raise Refused(Code.FORBIDDEN, what=words.MANAGING)
        subject = changes.get("specialised", found.info.specialised)
        if subject == found.info.specialised:
            return _told(found)
        if subject is not None:
            _refuse_unscored(found.info, subject)
        values = {"specialised": subject, "version": SchoolClass.version + 1}
        connection.execute(update(SchoolClass).filter_by(**found.ids).values(**values))
        return _told(find_class(connection, caller, key))


def change_school(engine: Engine, caller: Caller, school: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Set the numbers that the 2018 programme of GDTX leaves open; THPT has them in its circular."""
    with writing(engine) as connection:
        found = find_school(connection, caller, school)
        if caller.role == STAFF:
            raise Refused(Code.FORBIDDEN, what=words.MANAGING)
        values = {name: changes[name] for name in _OF_SCHOOL if name in changes}
        named = [name for name, value in values.items() if value is not None]
        if named and found.level != GDTX:
            raise Refused(Code.REQUEST_INVALID, what=words.ONLY_GDTX, fields=named)
        if values:
            connection.execute(update(School).filter_by(school_id=found.school_id).values(**values))
        return line_of(connection, caller, found)


def _refuse_unscored(info: ClassInfo, subject: str) -> None:
    scored = {
        s.key: s.name
        for layout in info.layouts(GRADES)
        if layout.programme
        for s in layout.programme.subjects
        if s.key in layout.programme.averaged
    }
    if subject not in scored:
        known = ", ".join(f"{key} ({name})" for key, name in scored.items())
        what = words.NOT_SCORED.format(subject=words.cited(subject), known=known)
        raise Refused(Code.REQUEST_INVALID, what=what, fields=["specialised"])


def _told(found: FoundClass) -> dict[str, Any]:
    programmes = [
        {
            "grade": layout.key,
            "school_year": layout.school_year,
            "programme": layout.programme.key,
            "circular": layout.programme.circular,
        }
        for layout in found.info.layouts(GRADES)
        if layout.programme
    ]
    return {**dump_class_info(found.info), "version": found.version, "programmes": programmes}
