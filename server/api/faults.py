"""What a schema found wrong in a request, as the refusal that says so in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import fields

from server import words
from shared.problems import Code, Refused
from shared.schemas.wire import WireSchema

_MOST = 5  # faults that one sentence names
_SCHEMA, _ROWS = "_schema", "rows"
UNKNOWN = WireSchema().error_messages["unknown"]
_REQUIRED = fields.Field.default_error_messages["required"]

Path = tuple[str, ...]


def refused_request(messages: Mapping[str, Any], *, of_send: bool) -> Refused:
    """The refusal of a request whose query or body is not what it must be; `messages` as webargs gives them."""
    found = dict(fault for part in messages.values() for fault in _faults(part, ()))
    told = list(dict.fromkeys(_sentence(path, message) for path, message in found.items()))
    if len(told) > _MOST:
        told[_MOST:] = [words.MORE_FAULTS.format(count=len(told) - _MOST)]
    code = Code.SEND_MALFORMED if of_send and "json" in messages else Code.REQUEST_INVALID
    return Refused(code, what="; ".join(told), fields=[".".join(path)[:200] for path in found][:_MOST])


def _faults(found: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(found, Mapping):
        for key, inner in found.items():
            yield from _faults(inner, (*path, *str(key).split(".")) if path[:1] == (_ROWS,) else (*path, str(key)))
    else:
        yield path, str(found[0] if isinstance(found, list) and found else found)


def _sentence(path: Path, message: str) -> str:
    if path == (_SCHEMA,) or not path:
        return words.BODY_NOT_OBJECT
    if message == UNKNOWN:
        return words.UNKNOWN_FIELD.format(name=words.cited(path[-1]))
    if path[0] == _ROWS and len(path) > 1:
        return words.WRONG_ROW.format(number=int(path[1]) + 1)
    if message == _REQUIRED:
        return words.MISSING_FIELD.format(name=words.FIELDS[path[0]][0])
    return words.wrong(path[0])
