"""Every demo school: the guide's two, and invented ones of the other programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from server.demo.gdtx_centres import centre_2006, centre_2018
from server.demo.guide_school import guide_schools
from server.demo.people import Register
from server.demo.school_2018 import school_2018
from server.loading import SchoolLoad
from shared.layout import PROFILE


@cache
def demo_schools() -> tuple[SchoolLoad, ...]:
    """The guide's schools as they are, a school of TT22, and two GDTX centres before and after the change of programme."""
    guide = guide_schools()
    register = Register(numbers=set(_numbers(guide)))
    return (*guide, school_2018(register), centre_2006(register), centre_2018(register))


def _numbers(schools: Iterable[SchoolLoad]) -> Iterator[str]:
    """The identity numbers that are taken."""
    for school in schools:
        for loaded in school.classes:
            for (sheet, _), cells in loaded.records.items():
                if sheet == PROFILE and "national_id" in cells:
                    yield cells["national_id"]
