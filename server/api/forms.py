"""The shapes of requests and answers that only the API knows; the wire form of a class is in `shared.schemas.wire`."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, pre_load, validate

from server.api.faults import UNKNOWN
from server.callers import SCHOOL_ADMIN, STAFF
from shared.columns import Period
from shared.layout import GRADES
from shared.programmes import GDTX, THPT
from shared.schemas.wire import (
    AccountSchema,
    ClassInfoSchema,
    ClassSummarySchema,
    FindingSchema,
    HistoryEntrySchema,
    ProblemSchema,
    SubmissionSchema,
    WireSchema,
)
from shared.sync_api import RIGHTS

_OF_ROW = frozenset(("sheet", "student_code", "cells"))


def _consecutive(text: str) -> None:
    first, second = text[:4], text[5:9]
    if first.isdecimal() and second.isdecimal() and int(second) != int(first) + 1:
        raise ValidationError("not one year after the other")


def _line(text: str) -> None:
    if len(text) > 200 or not text.isprintable():
        raise ValidationError("not a line")


def _text(text: str) -> None:
    if len(text) > 1000 or "\x00" in text:
        raise ValidationError("not a text")


_NAME = validate.Regexp(r"^[\w.@-]{1,64}\Z")
_CODE = validate.Regexp(r"^[\w.-]{1,32}\Z")
_YEAR = (validate.Regexp(r"^[0-9]{4}-[0-9]{4}\Z"), _consecutive)
_ID = validate.Regexp(r"^[A-Za-z0-9_.:-]{1,64}\Z")
_STAGE = validate.OneOf([1, 2])
_FEW = validate.Range(1, 12)
_LAST = 2**31 - 1  # of the versions that a database can count
_ROLE = validate.OneOf([SCHOOL_ADMIN, STAFF])


def _password(**options: Any) -> fields.String:
    return fields.String(validate=validate.Length(8, 256), load_only=True, **options)


def _rights() -> fields.Dict:
    right = fields.String(metadata={"enum": list(RIGHTS)})  # a wrong one is named where rights are given
    return fields.Dict(keys=fields.String(), values=fields.List(right))


class Problem(ProblemSchema):
    """A refusal; one that lists what is wrong in a class has it as findings."""

    findings = fields.List(fields.Nested(FindingSchema))


class SignIn(WireSchema):
    """A username and its password."""

    username = fields.String(required=True, validate=_line)
    password = fields.String(required=True, validate=validate.Length(max=256), load_only=True)


class SignedInAnswer(WireSchema):
    """A token, shown once."""

    token = fields.String()
    expires_at = fields.String()
    account = fields.Nested(AccountSchema)


class SignOut(WireSchema):
    """With `all`, every sign-in of the account ends."""

    all = fields.Boolean(load_default=False)


class PasswordChange(WireSchema):
    """One's own password."""

    current = fields.String(required=True, validate=validate.Length(max=256), load_only=True)
    new = _password(required=True)


class OfYear(WireSchema):
    """Which school year; the school's current one by default."""

    school_year = fields.String(load_default=None, validate=_YEAR)


class SnapshotQuery(OfYear):
    """Which grades, comma-separated."""

    grades = fields.String(load_default=",".join(GRADES))


class HistoryQuery(OfYear):
    """Whose history, of which public column, and before which version of the class."""

    student_code = fields.String(load_default=None, validate=_line)
    column = fields.String(load_default=None, validate=_line)
    before = fields.Integer(load_default=None, validate=validate.Range(1, _LAST))


class Submission(SubmissionSchema):
    """Changed cells of one class: each cell as `[what its writer saw, what they made of it]`."""

    source = fields.String(load_default="workbook", validate=validate.Equal("workbook"))  # others are our own

    @pre_load
    def _known(self, data: Any, **_: Any) -> Any:
        rows = data.get("rows") if isinstance(data, dict) else None
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict) and not row.keys() <= _OF_ROW:
                raise ValidationError({"rows": {number: {str(key): [UNKNOWN] for key in row.keys() - _OF_ROW}}})
        return data


class UndoForm(WireSchema):
    """The id of the compensating send, minted by its sender."""

    undo_id = fields.String(required=True, validate=_ID)


class BlockForm(WireSchema):
    """A grade's HK I (`hk1`) or HK II - CN (`hk2`)."""

    grade = fields.String(required=True, validate=validate.OneOf(GRADES))
    period = fields.Enum(Period, by_value=True, required=True)


class ReopeningForm(BlockForm):
    """A block and why it is opened again."""

    reason = fields.String(required=True, validate=_text)


class Reopening(ReopeningForm):
    """An unlock as it is recorded."""

    at = fields.String()
    by = fields.String()
    version = fields.Integer()


class LockEvent(Reopening):
    """A lock or an unlock, by whom, when and why."""

    action = fields.String(validate=validate.OneOf(["lock", "unlock"]))


class LockEvents(WireSchema):
    """Locks and unlocks, the newest first."""

    lock_events = fields.List(fields.Nested(LockEvent))


class ClassChanges(WireSchema):
    """The subject of a chuyên class, by key; null: it is none. What is left out stays."""

    specialised = fields.String(allow_none=True, validate=_line)


class GradeProgramme(WireSchema):
    """What a grade of a class went through."""

    grade = fields.String(validate=validate.OneOf(GRADES))
    school_year = fields.String()
    programme = fields.String()
    circular = fields.String()


class ClassProfile(ClassInfoSchema):
    """A class, what it is set to, and the programme of each of its grades."""

    version = fields.Integer()
    programmes = fields.List(fields.Nested(GradeProgramme))


class Classes(WireSchema):
    """Classes with locks and progress."""

    classes = fields.List(fields.Nested(ClassSummarySchema))


class Findings(WireSchema):
    """The findings of a class."""

    findings = fields.List(fields.Nested(FindingSchema))
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class History(WireSchema):
    """Changes, the newest first; `next`, given as `before`, brings those that follow."""

    history = fields.List(fields.Nested(HistoryEntrySchema))
    next = fields.Integer(allow_none=True)


class SchoolForm(WireSchema):
    """A school and its current year."""

    code = fields.String(required=True, validate=_CODE)
    name = fields.String(required=True, validate=_line)
    level = fields.String(required=True, validate=validate.OneOf([THPT, GDTX]))
    school_year = fields.String(required=True, validate=_YEAR)
    stage = fields.Integer(load_default=1, strict=True, validate=_STAGE)


class SchoolSettings(WireSchema):
    """Numbers that TT 43/2021 leaves open to us, so of GDTX only; null: as the program takes it. What is left out stays."""

    least_subjects = fields.Integer(allow_none=True, strict=True, validate=_FEW)
    chosen_subjects = fields.Integer(allow_none=True, strict=True, validate=_FEW)


class School(SchoolForm, SchoolSettings):
    """A school, its current year and its settings."""


class Schools(WireSchema):
    """Schools in scope."""

    schools = fields.List(fields.Nested(School))


class SchoolLine(School):
    """A school's line of progress."""

    classes = fields.Integer()
    total = fields.Integer()
    profile_done = fields.Integer()
    stage1_done = fields.Integer()
    stage2_done = fields.Integer()


class SchoolLines(WireSchema):
    """One line a school."""

    schools = fields.List(fields.Nested(SchoolLine))


class StageForm(OfYear):
    """The stage of a school's year."""

    stage = fields.Integer(required=True, strict=True, validate=_STAGE)


class User(WireSchema):
    """An account of a school; `classes` maps a class name to the rights in it."""

    username = fields.String(required=True, validate=_NAME)
    role = fields.String(required=True, validate=_ROLE)
    full_name = fields.String(load_default="", validate=_line)
    classes = _rights()
    disabled = fields.Boolean(dump_only=True)


class NewUser(User):
    """An account to be created."""

    password = _password(required=True)


class Users(WireSchema):
    """Accounts."""

    users = fields.List(fields.Nested(User))


class UserChanges(WireSchema):
    """What is to change; what is left out stays."""

    role = fields.String(validate=_ROLE)
    full_name = fields.String(validate=_line)
    password = _password()
    disabled = fields.Boolean()
    classes = _rights()
    revoke_tokens = fields.Boolean()
