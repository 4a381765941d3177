"""What comes in and goes out: JSON, plain or gzipped; what comes in is of bounded size."""

from __future__ import annotations

import zlib
from http import HTTPStatus
from typing import Any, cast

import orjson
from flask import Request, Response, request
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge

from server import words
from shared.problems import Code, Refused

MAX_BODY = 8 * 1024 * 1024
_PACK_FROM = 8 * 1024  # bytes; below that packing costs more than it saves
_GZIP = 16 + zlib.MAX_WBITS


def inflate(packed: bytes, limit: int) -> bytes:
    """A gzipped body, unpacked up to a limit."""
    unpacking = zlib.decompressobj(_GZIP)
    try:
        data = unpacking.decompress(packed, limit)
    except zlib.error as error:
        raise Refused(Code.REQUEST_INVALID, what=words.BODY_NOT_GZIP) from error
    if unpacking.unconsumed_tail:
        raise RequestEntityTooLarge
    if not unpacking.eof:
        raise Refused(Code.REQUEST_INVALID, what=words.BODY_NOT_GZIP)
    return data


def pack(answer: Response) -> None:
    """Gzip a large answer for a client that takes it: over a slow line a class is read in a fifth of the time."""
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0 and (answer.content_length or 0) > _PACK_FROM:
        answer.set_data(zlib.compress(answer.get_data(), 1, _GZIP))
        answer.headers["Content-Encoding"] = "gzip"


class ApiRequest(Request):
    """A request whose body may be gzipped."""

    def json_body(self) -> Any:
        """The body as JSON; an empty one is an empty object."""
        data = self.get_data()
        if self.headers.get("Content-Encoding", "").lower() == "gzip":
            data = inflate(data, MAX_BODY)
        if not data:
            return {}
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise Refused(Code.REQUEST_INVALID, what=words.BODY_NOT_JSON) from error


class BodyParser(FlaskParser):
    """Reads the arguments of views; every body is taken as JSON."""

    DEFAULT_VALIDATION_STATUS = HTTPStatus.BAD_REQUEST

    def _raw_load_json(self, req: Request) -> Any:
        return cast(ApiRequest, req).json_body()
