"""Schools, their stage, and the department's view of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from server import schools, settings
from server.api import forms
from server.api.endpoint import endpoint
from server.api.house import caller, house


@endpoint("/schools", forms.Schools)
def get_schools() -> Any:
    """The schools in scope."""
    return {"schools": schools.schools(house().engine, caller())}


@endpoint("/schools", forms.SchoolForm, body=forms.SchoolForm, status=HTTPStatus.CREATED, also=[403])
def post_school(form: dict[str, Any]) -> Any:
    """A new school of the department."""
    return schools.create_school(house().engine, caller(), form)


@endpoint("/schools/<school>", forms.School, body=forms.SchoolSettings, also=[403])
def patch_school(form: dict[str, Any], school: str) -> Any:
    """Set or clear the numbers that the 2018 programme of GDTX leaves open."""
    return settings.change_school(house().engine, caller(), school, form)


@endpoint("/schools/<school>/stage", forms.SchoolForm, body=forms.StageForm, query=forms.OfYear, also=[403])
def put_stage(query: dict[str, Any], form: dict[str, Any], school: str) -> Any:
    """Move a school's year to stage 1 or 2; the year may stand in the address, as everywhere, or in the body."""
    year = form["school_year"] or query["school_year"]
    return schools.set_stage(house().engine, caller(), school, form["stage"], year)


@endpoint("/progress", forms.SchoolLines, also=[403])
def get_department_progress() -> Any:
    """One line a school."""
    return {"schools": schools.department_progress(house().engine, caller())}
