"""One decorator that says all about an endpoint: its address, what goes in, what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

import orjson
from flask import Flask, Response
from flask_smorest import Api, Blueprint
from marshmallow import RAISE, Schema

from server import words
from server.api.bodies import BodyParser
from server.api.forms import Problem

View = Callable[..., Any]


class ApiBlueprint(Blueprint):  # type: ignore[misc]
    """A group of endpoints."""

    ARGUMENTS_PARSER = BodyParser()


class DescribedApi(Api):  # type: ignore[misc]
    """The API's own description: only what is said of an endpoint, none of the answers that are common elsewhere."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.ma_plugin.converter.add_attribute_function(_pattern)

    def _register_responses(self) -> None:
        pass

    def _register_etag_headers(self) -> None:
        pass

    def _register_pagination_header(self) -> None:
        pass


def _pattern(_converter: Any, _field: Any, *, ret: dict[str, Any], **_: Any) -> dict[str, Any]:
    # The end of a text as the patterns of JSON Schema know it; Python's own `$` lets a line break follow.
    return {"pattern": ret["pattern"].replace(r"\Z", "$")} if "pattern" in ret else {}


v1 = ApiBlueprint("v1", "v1", url_prefix="/api/v1")
OPEN = frozenset({"post_login"})  # views that need no token
_PROBLEM = {"schema": Problem, "content_type": "application/problem+json"}


def endpoint(
    rule: str,
    answer: type[Schema] | None,
    *,
    body: type[Schema] | None = None,
    query: type[Schema] | None = None,
    status: HTTPStatus | None = None,
    also: Iterable[int] = (),
) -> Callable[[View], View]:
    """Register a view, which takes the loaded query and body; `also`: the problems that its form does not imply."""
    status = status or (HTTPStatus.OK if answer else HTTPStatus.NO_CONTENT)

    def register(view: View) -> View:
        is_open = view.__name__ in OPEN
        documented = v1.response(status.value, answer, description=words.STATUSES[status])(_answering(view, status))
        implied = _implied(rule, is_open=is_open, read=bool(body or query), large=bool(body))
        for number in sorted({*also, *implied}, reverse=True):
            documented = v1.alt_response(number, **_PROBLEM, description=words.STATUSES[number])(documented)
        if body:
            documented = v1.arguments(body(), unknown=RAISE)(documented)
        if query:
            documented = v1.arguments(query(), location="query")(documented)
        about: dict[str, Any] = {} if is_open else {"security": [{"bearer": []}]}
        documented = v1.doc(summary=words.OPERATIONS[view.__name__], **about)(documented)
        v1.route(rule, methods=[view.__name__.split("_", 1)[0].upper()])(documented)
        return view

    return register


def _implied(rule: str, *, is_open: bool, read: bool, large: bool) -> Iterable[int]:
    if read:
        yield HTTPStatus.BAD_REQUEST
    if not is_open:
        yield HTTPStatus.UNAUTHORIZED
    if "<" in rule:
        yield HTTPStatus.NOT_FOUND
    if large:
        yield HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def _answering(view: View, status: HTTPStatus) -> View:
    @wraps(view)
    def answering(*args: Any, **kwargs: Any) -> Response:
        told = view(*args, **kwargs)
        ready = told if isinstance(told, (bytes, str)) else orjson.dumps(told)
        content = b"" if status is HTTPStatus.NO_CONTENT else ready
        return Response(content, status.value, content_type="application/json")

    return answering
