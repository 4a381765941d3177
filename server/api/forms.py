"""The shapes of requests and answers that only the API knows; the wire form of a class is in `shared.schemas.wire`."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from server.callers import SCHOOL_ADMIN, STAFF
from shared.columns import Period
from shared.layout import GRADES
from shared.programmes import GDTX, THPT
from shared.schemas.wire import AccountSchema, ClassSummarySchema, FindingSchema, HistoryEntrySchema, WireSchema
from shared.sync_api import RIGHTS

_NAME = validate.Regexp(r"^[\w.@-]{1,64}\Z")
_CODE = validate.Regexp(r"^[\w.-]{1,32}\Z")
_YEAR = validate.Regexp(r"^\d{4}-\d{4}\Z")
_ID = validate.Regexp(r"^[A-Za-z0-9_.:-]{1,64}\Z")
_TEXT = validate.And(validate.Length(max=200), str.isprintable)
_STAGE = validate.OneOf([1, 2])


def _password(**options: Any) -> fields.String:
    return fields.String(validate=validate.Length(8, 256), load_only=True, **options)


def _rights() -> fields.Dict:
    right = fields.String(validate=validate.OneOf(RIGHTS))
    return fields.Dict(keys=fields.String(), values=fields.List(right))


class Nothing(WireSchema):
    """An empty answer."""


class SignIn(WireSchema):
    """A username and its password."""

    username = fields.String(required=True, validate=validate.Length(max=200))
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
    """Whose history, and of which public column."""

    student_code = fields.String(load_default=None, validate=_TEXT)
    column = fields.String(load_default=None, validate=_TEXT)


class UndoForm(WireSchema):
    """The id of the compensating send, minted by its sender."""

    undo_id = fields.String(required=True, validate=_ID)


class BlockForm(WireSchema):
    """A grade's HK I (`hk1`) or HK II - CN (`hk2`)."""

    grade = fields.String(required=True, validate=validate.OneOf(GRADES))
    period = fields.Enum(Period, by_value=True, required=True)


class ReopeningForm(BlockForm):
    """A block and why it is opened again."""

    reason = fields.String(required=True, validate=validate.Length(max=1000))


class Reopening(ReopeningForm):
    """An unlock as it is recorded."""

    at = fields.String()
    by = fields.String()
    version = fields.Integer()


class Classes(WireSchema):
    """Classes with locks and progress."""

    classes = fields.List(fields.Nested(ClassSummarySchema))


class Findings(WireSchema):
    """The findings of a class."""

    findings = fields.List(fields.Nested(FindingSchema))
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class History(WireSchema):
    """Changes, the newest first."""

    history = fields.List(fields.Nested(HistoryEntrySchema))


class SchoolForm(WireSchema):
    """A school and its current year."""

    code = fields.String(required=True, validate=_CODE)
    name = fields.String(required=True, validate=_TEXT)
    level = fields.String(required=True, validate=validate.OneOf([THPT, GDTX]))
    school_year = fields.String(required=True, validate=_YEAR)
    stage = fields.Integer(load_default=1, validate=_STAGE)


class Schools(WireSchema):
    """Schools in scope."""

    schools = fields.List(fields.Nested(SchoolForm))


class SchoolLine(SchoolForm):
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

    stage = fields.Integer(required=True, validate=_STAGE)


class User(WireSchema):
    """An account of a school; `classes` maps a class name to the rights in it."""

    username = fields.String(required=True, validate=_NAME)
    role = fields.String(required=True, validate=validate.OneOf([SCHOOL_ADMIN, STAFF]))
    full_name = fields.String(load_default="", validate=_TEXT)
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

    full_name = fields.String(validate=_TEXT)
    password = _password()
    disabled = fields.Boolean()
    classes = _rights()
    revoke_tokens = fields.Boolean()
