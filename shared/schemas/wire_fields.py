"""The lean fields of the wire form: cells, changes, rows and records, each checked in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from shared.merge import Outcome, RowChange
from shared.records import Record, RecordKey
from shared.sync_api import Verdict

_CELLS = {"type": "object", "additionalProperties": {"type": "string"}}
_CHANGES = {
    "type": "object",
    "additionalProperties": {
        "type": "array",
        "items": {"type": "string", "nullable": True},
        "minItems": 2,
        "maxItems": 2,
        "description": "[before, after]",
    },
}
_CODE = {"type": "string"}
LONGEST_KEY = 64
MOST_CELLS = 50_000  # of one submission; a class of sixty with all its sheets has ten thousand


def _listing(**properties: Any) -> dict[str, Any]:
    item = {"type": "object", "required": list(properties), "properties": properties}
    return {"type": "array", "items": item}


def _code(value: Any, place: str) -> str:
    if isinstance(value, str) and 0 < len(value) <= 64 and value.isprintable():
        return value
    raise ValidationError({place: ["not a code"]})


def _cells(value: Any, place: str) -> dict[str, str]:
    if isinstance(value, dict) and all(type(text) is str for text in value.values()):
        return value
    raise ValidationError({place: ["not cells"]})


def _changes(value: Any, place: str) -> dict[str, tuple[str | None, str | None]]:
    if not isinstance(value, dict):
        raise ValidationError({place: ["not changes"]})
    changes = {}
    for key, pair in value.items():
        if type(pair) is not list or len(pair) != 2 or len(key) > LONGEST_KEY:
            raise ValidationError({place: {key: ["not a pair of before and after"]}})
        before, after = pair
        if (before is not None and type(before) is not str) or (after is not None and type(after) is not str):
            raise ValidationError({place: {key: ["not texts"]}})
        changes[key] = (before or None, after or None)
    return changes


def _objects(value: Any) -> Iterable[tuple[int, dict[str, Any]]]:
    if not isinstance(value, list):
        raise ValidationError("not a list")
    for i, item in enumerate(value):
        if not isinstance(item, dict):
            raise ValidationError({str(i): ["not an object"]})
        yield i, item


class Codes(fields.Field[Iterable[str]]):
    """A list of short texts, in order; a set is sorted."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"type": "array", "items": _CODE}, **options)

    def _serialize(self, value: Iterable[str] | None, attr: str | None, obj: Any, **kwargs: Any) -> list[str]:
        del attr, obj, kwargs
        return sorted(value) if isinstance(value, frozenset) else list(value or ())

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        del attr, data, kwargs
        if not isinstance(value, list):
            raise ValidationError("not a list")
        return tuple(_code(item, str(i)) for i, item in enumerate(value))


class TextMap(fields.Dict):
    """An object with any values."""


class Changes(fields.Field[Mapping[str, Any]]):
    """A column's key → `[before, after]`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=_CHANGES, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        del attr, obj, kwargs
        return {key: list(pair) for key, pair in value.items()}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        del data, kwargs
        return _changes(value, attr or "changes")


class Rows(fields.Field[tuple[RowChange, ...]]):
    """The changed rows of a submission; each record at most once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=_listing(sheet=_CODE, student_code=_CODE, cells=_CHANGES), **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        del attr, obj, kwargs
        return [
            {"sheet": r.sheet, "student_code": r.student_code, "cells": {k: list(c) for k, c in r.cells.items()}}
            for r in value
        ]

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        del attr, data, kwargs
        rows: dict[RecordKey, RowChange] = {}
        cells = 0
        for i, item in _objects(value):
            sheet, code = _code(item.get("sheet"), f"{i}.sheet"), _code(item.get("student_code"), f"{i}.student_code")
            if (sheet, code) in rows:
                raise ValidationError({str(i): ["the same record twice"]})
            rows[sheet, code] = RowChange(sheet, code, _changes(item.get("cells"), f"{i}.cells"))
            cells += len(rows[sheet, code].cells)
        if cells > MOST_CELLS:
            raise ValidationError("too many cells")
        return tuple(rows.values())


class Records(fields.Field[Mapping[RecordKey, Record]]):
    """The records of a class, one object each."""

    def __init__(self, **options: Any) -> None:
        version = {"type": "integer"}
        listing = _listing(sheet=_CODE, student_code=_CODE, version=version, cells=_CELLS)
        super().__init__(metadata=listing, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        del attr, obj, kwargs
        return [
            {"sheet": sheet, "student_code": code, "version": record.version, "cells": dict(record.cells)}
            for (sheet, code), record in value.items()
        ]

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        del attr, data, kwargs
        records: dict[RecordKey, Record] = {}
        for i, item in _objects(value):
            sheet, code = _code(item.get("sheet"), f"{i}.sheet"), _code(item.get("student_code"), f"{i}.student_code")
            version = item.get("version")
            if type(version) is not int:
                raise ValidationError({f"{i}.version": ["not a number"]})
            records[sheet, code] = Record(_cells(item.get("cells"), f"{i}.cells"), version)
        return records


class Verdicts(fields.Field[tuple[Verdict, ...]]):
    """The cells that were not applied; what is blank or unknown of a verdict is left out."""

    _OUTCOMES: ClassVar = {outcome.value: outcome for outcome in Outcome}

    def __init__(self, **options: Any) -> None:
        outcome = {"type": "string", "enum": list(self._OUTCOMES)}
        listing = _listing(sheet=_CODE, student_code=_CODE, column=_CODE, outcome=outcome)
        listing["items"]["properties"] |= dict.fromkeys(_VERDICT_FACTS, _CODE)
        super().__init__(metadata=listing, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        del attr, obj, kwargs
        return [_verdict(verdict) for verdict in value]

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        del attr, data, kwargs
        verdicts = []
        for i, item in _objects(value):
            outcome = self._OUTCOMES.get(item.get("outcome", ""))
            texts = [item.get(name) for name in ("sheet", "student_code", "column")]
            facts = {name: item[name] for name in _VERDICT_FACTS if item.get(name) is not None}
            if outcome is None or not all(isinstance(text, str) for text in (*texts, *facts.values())):
                raise ValidationError({str(i): ["not a verdict"]})
            verdicts.append(Verdict(*texts, outcome, **facts))  # type: ignore[arg-type, call-arg]
        return tuple(verdicts)


_VERDICT_FACTS = ("message", "current", "by", "at")


def _verdict(verdict: Verdict) -> dict[str, str]:
    told = {
        "sheet": verdict.sheet,
        "student_code": verdict.student_code,
        "column": verdict.column,
        "outcome": verdict.outcome.value,
    }
    if verdict.message:
        told["message"] = verdict.message
    if verdict.current is not None:
        told["current"] = verdict.current
    if verdict.by and verdict.at:
        told |= {"by": verdict.by, "at": verdict.at}
    return told
