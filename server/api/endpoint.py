"""One decorator that says all about an endpoint: its address, what goes in, what comes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema

from server.api.bodies import BodyParser
from shared.schemas.wire import ProblemSchema

View = Callable[..., Any]


class ApiBlueprint(Blueprint):  # type: ignore[misc]
    """A group of endpoints."""

    ARGUMENTS_PARSER = BodyParser()


v1 = ApiBlueprint("v1", "v1", url_prefix="/api/v1")
OPEN: set[str] = set()  # endpoints that need no token


def endpoint(
    rule: str,
    answer: type[Schema],
    *,
    body: type[Schema] | None = None,
    query: type[Schema] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    is_open: bool = False,
) -> Callable[[View], View]:
    """Register a view; it takes the loaded query and body and gives JSON values or ready JSON bytes."""

    def register(view: View) -> View:
        documented = v1.response(status.value, answer)(_answering(view, status))
        documented = v1.alt_response(400, schema=ProblemSchema, content_type="application/problem+json")(documented)
        if body:
            documented = v1.arguments(body, unknown=RAISE)(documented)
        if query:
            documented = v1.arguments(query, location="query")(documented)
        if is_open:
            OPEN.add(f"v1.{view.__name__}")
        else:
            documented = v1.doc(security=[{"bearer": []}])(documented)
        method = view.__name__.split("_", 1)[0].upper()
        v1.route(rule, methods=[method])(documented)
        return view

    return register


def _answering(view: View, status: HTTPStatus) -> View:
    @wraps(view)
    def answering(*args: Any, **kwargs: Any) -> Response:
        told = view(*args, **kwargs)
        ready = told if isinstance(told, (bytes, str)) else orjson.dumps(told)
        content = b"" if status is HTTPStatus.NO_CONTENT else ready
        return Response(content, status.value, content_type="application/json")

    return answering
