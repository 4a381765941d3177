"""The wire form: marshmallow schemas of everything that travels between a workbook and the service, and back.

`dump_x(value)` gives plain JSON values, `load_x(data)` the dataclass again or `Refused`. The fields that repeat for
every student (records, rows, changes) are lean: one pass over plain dictionaries, no schema object a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from shared.columns import Period
from shared.layout import GRADES
from shared.merge import RowChange
from shared.problems import Code, Finding, Refused, Severity
from shared.records import ClassInfo, ClassKey, HistoryEntry, Lock, Record, Snapshot
from shared.schemas.wire_fields import Changes, Codes, Records, Rows, TextMap, Verdicts
from shared.sync_api import Account, ClassSummary, Receipt, Submission

_ID = validate.Regexp(r"^[A-Za-z0-9_.:-]{1,64}\Z")
_GRADE = validate.OneOf(GRADES)


class WireSchema(Schema):
    """A JSON object; fields newer than this program are ignored."""

    class Meta:
        """Unknown fields are left out."""

        unknown = EXCLUDE


class ClassKeySchema(WireSchema):
    """Which class."""

    school = fields.String(required=True)
    school_year = fields.String(required=True)
    name = fields.String(required=True)


class ClassInfoSchema(ClassKeySchema):
    """A class and what the rules need to know of it."""

    school_name = fields.String(required=True)
    level = fields.String(required=True)
    stage = fields.Integer(required=True, strict=True)
    specialised = fields.String(load_default=None, allow_none=True)
    least_subjects = fields.Integer(load_default=None, allow_none=True, strict=True)
    chosen_subjects = fields.Integer(load_default=None, allow_none=True, strict=True)
    grade = fields.String(load_default="12", validate=_GRADE)


class LockSchema(WireSchema):
    """A completed block."""

    grade = fields.String(required=True, validate=_GRADE)
    period = fields.Enum(Period, by_value=True, required=True)
    at = fields.String(required=True)
    by = fields.String(required=True)


class HistoryEntrySchema(WireSchema):
    """One accepted change of one record; `changes` maps a column's key to `[before, after]`."""

    sheet = fields.String(required=True)
    student_code = fields.String(required=True)
    at = fields.String(required=True)
    by = fields.String(required=True)
    source = fields.String(required=True)
    send_id = fields.String(required=True)
    changes = Changes(required=True)


class SnapshotSchema(WireSchema):
    """A class as the service holds it at one moment."""

    info = fields.Nested(ClassInfoSchema, required=True, data_key="class")
    version = fields.Integer(required=True, strict=True)
    as_of = fields.String(required=True)
    grades = fields.List(fields.String(validate=_GRADE), required=True)
    roster = Codes(required=True)
    records = Records(required=True)
    locks = fields.List(fields.Nested(LockSchema), load_default=list)
    rights = Codes(load_default=tuple)
    history = fields.List(fields.Nested(HistoryEntrySchema), load_default=list)


class SubmissionSchema(WireSchema):
    """Changed cells of one class: each cell as `[what its writer saw, what they made of it]`."""

    send_id = fields.String(required=True, validate=_ID)
    source = fields.String(load_default="workbook", validate=validate.OneOf(["workbook", "import"]))
    rows = Rows(required=True)


class ReceiptSchema(WireSchema):
    """The stored answer to a submission; cells without a verdict were applied."""

    send_id = fields.String(required=True)
    at = fields.String(required=True)
    by = fields.String(required=True)
    version = fields.Integer(required=True, strict=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), required=True)
    verdicts = Verdicts(load_default=tuple)
    digest = fields.String(load_default="")
    skipped = Codes(load_default=tuple)


class ClassSummarySchema(ClassKeySchema):
    """One line of the table of progress."""

    total = fields.Integer(required=True, strict=True)
    profile_done = fields.Integer(required=True, strict=True)
    stage1_done = fields.Integer(required=True, strict=True)
    stage2_done = fields.Integer(required=True, strict=True)
    locks = fields.List(fields.Nested(LockSchema), load_default=list)
    rights = Codes(load_default=tuple)
    version = fields.Integer(load_default=0, strict=True)


class AccountSchema(WireSchema):
    """Who is signed in, and where; `classes` maps a class name to the rights in it."""

    username = fields.String(required=True)
    role = fields.String(required=True)
    school = fields.String(allow_none=True, load_default=None)
    full_name = fields.String(load_default="")
    classes = fields.Dict(keys=fields.String(), values=Codes(), load_default=dict)


class FindingSchema(WireSchema):
    """Something found in a cell; `column` is public, such as `11.mathematics.year`."""

    code = fields.Enum(Code, by_value=True, required=True)
    severity = fields.Enum(Severity, by_value=True, required=True)
    sheet = fields.String(required=True)
    cell = fields.String(required=True)
    student_code = fields.String(required=True, allow_none=True)
    column = fields.String(required=True, allow_none=True)
    value = fields.String(required=True, allow_none=True)
    message = fields.String(required=True)
    suggestion = fields.String(required=True, allow_none=True)


class ProblemSchema(WireSchema):
    """A refusal (RFC 9457): a stable `code`, a sentence for people, and the facts of the case."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    params = TextMap(metadata={"description": "the facts that the sentence is made of"})


_INFO = ClassInfoSchema()
_SNAPSHOT = SnapshotSchema()
_SUBMISSION = SubmissionSchema()
_RECEIPT = ReceiptSchema()
_SUMMARY = ClassSummarySchema()
_ACCOUNT = AccountSchema()
_LOCK = LockSchema()
_FINDING = FindingSchema()
_HISTORY = HistoryEntrySchema()


def faults(messages: Any, path: str = "") -> str:
    """The places that a schema refused, such as `rows.3.cells`, comma-separated."""
    if isinstance(messages, Mapping):
        parts = [faults(inner, f"{path}.{key}" if path else str(key)) for key, inner in messages.items()]
        return ", ".join(part for part in parts if part)
    return path.removesuffix("._schema")


def _load(schema: Schema, data: Any, code: Code = Code.REQUEST_INVALID) -> dict[str, Any]:
    try:
        return cast(dict[str, Any], schema.load(data))
    except ValidationError as error:
        raise Refused(code, what=faults(error.messages) or "JSON") from error


def _dump(schema: Schema, value: Any) -> dict[str, Any]:
    return cast(dict[str, Any], schema.dump(value))


def _dump_keyed(schema: Schema, key: ClassKey, value: Any) -> dict[str, Any]:
    return {"school": key.school, "school_year": key.school_year, "name": key.name, **_dump(schema, value)}


def _key(data: dict[str, Any]) -> ClassKey:
    return ClassKey(data.pop("school"), data.pop("school_year"), data.pop("name"))


def dump_class_info(info: ClassInfo) -> dict[str, Any]:
    """What is known of a class as JSON values."""
    return _dump_keyed(_INFO, info.key, info)


def dump_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as JSON values."""
    return {**_dump(_SNAPSHOT, snapshot), "class": dump_class_info(snapshot.info)}


def load_snapshot(data: Any) -> Snapshot:
    """A snapshot from JSON values."""
    found = _load(_SNAPSHOT, data)
    info = found.pop("info")
    return Snapshot(
        info=ClassInfo(_key(info), **info),
        version=found["version"],
        as_of=found["as_of"],
        roster=found["roster"],
        records=cast(dict[tuple[str, str], Record], found["records"]),
        locks=tuple(Lock(**lock) for lock in found["locks"]),
        rights=frozenset(found["rights"]),
        history=tuple(HistoryEntry(**entry) for entry in found["history"]),
        grades=tuple(found["grades"]),
    )


def dump_submission(submission: Submission) -> dict[str, Any]:
    """A submission as JSON values."""
    return _dump(_SUBMISSION, submission)


def load_submission(data: Any) -> Submission:
    """A submission from JSON values; `Refused(SEND_MALFORMED)` says where it is not one."""
    found = _load(_SUBMISSION, data, Code.SEND_MALFORMED)
    return Submission(found["send_id"], cast(tuple[RowChange, ...], found["rows"]), found["source"])


def dump_receipt(receipt: Receipt) -> dict[str, Any]:
    """A receipt as JSON values."""
    return _dump(_RECEIPT, receipt)


def load_receipt(data: Any) -> Receipt:
    """A receipt from JSON values."""
    found = _load(_RECEIPT, data)
    return Receipt(**found)


def dump_class_summary(summary: ClassSummary) -> dict[str, Any]:
    """A class's line of progress as JSON values."""
    return _dump_keyed(_SUMMARY, summary.key, summary)


def load_class_summary(data: Any) -> ClassSummary:
    """A class's line of progress from JSON values."""
    found = _load(_SUMMARY, data)
    locks, rights = tuple(Lock(**lock) for lock in found.pop("locks")), frozenset(found.pop("rights"))
    return ClassSummary(_key(found), locks=locks, rights=rights, **found)


def dump_account(account: Account) -> dict[str, Any]:
    """An account as JSON values."""
    return _dump(_ACCOUNT, account)


def load_account(data: Any) -> Account:
    """An account from JSON values."""
    found = _load(_ACCOUNT, data)
    classes = {name: frozenset(rights) for name, rights in found.pop("classes").items()}
    return Account(classes=classes, **found)


def dump_lock(lock: Lock) -> dict[str, Any]:
    """A lock as JSON values."""
    return _dump(_LOCK, lock)


def load_lock(data: Any) -> Lock:
    """A lock from JSON values."""
    return Lock(**_load(_LOCK, data))


def dump_finding(finding: Finding) -> dict[str, Any]:
    """A finding as JSON values."""
    return _dump(_FINDING, finding)


def load_finding(data: Any) -> Finding:
    """A finding from JSON values."""
    return Finding(**_load(_FINDING, data))


def dump_history_entry(entry: HistoryEntry) -> dict[str, Any]:
    """An entry of history as JSON values."""
    return _dump(_HISTORY, entry)


def load_history_entry(data: Any) -> HistoryEntry:
    """An entry of history from JSON values."""
    return HistoryEntry(**_load(_HISTORY, data))
