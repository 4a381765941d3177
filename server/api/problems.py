"""Refusals as `application/problem+json` (RFC 9457): one table of statuses, one place that answers."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from server import words
from server.api.faults import refused_request
from shared.problems import Code, Finding, Refused
from shared.refusals import refusal_text
from shared.schemas.wire import dump_finding

STATUS: Mapping[Code, HTTPStatus] = {
    Code.NOT_SIGNED_IN: HTTPStatus.UNAUTHORIZED,
    Code.SIGN_IN_FAILED: HTTPStatus.UNAUTHORIZED,
    Code.SIGN_IN_THROTTLED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.CLASS_UNKNOWN: HTTPStatus.NOT_FOUND,
    Code.SCHOOL_UNKNOWN: HTTPStatus.NOT_FOUND,
    Code.ACCOUNT_UNKNOWN: HTTPStatus.NOT_FOUND,
    Code.SEND_UNKNOWN: HTTPStatus.NOT_FOUND,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.ACCOUNT_EXISTS: HTTPStatus.CONFLICT,
    Code.SEND_REUSED: HTTPStatus.CONFLICT,
    Code.ALREADY_LOCKED: HTTPStatus.CONFLICT,
    Code.NOT_LOCKED: HTTPStatus.CONFLICT,
    Code.LOCK_INCOMPLETE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.RULESET: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.SEND_MALFORMED: HTTPStatus.BAD_REQUEST,
    Code.REQUEST_INVALID: HTTPStatus.BAD_REQUEST,
    Code.SERVICE_FAILED: HTTPStatus.INTERNAL_SERVER_ERROR,
}
_WHAT = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: words.BODY_TOO_LARGE,
    HTTPStatus.METHOD_NOT_ALLOWED: words.METHOD_NOT_ALLOWED,
}
_log = logging.getLogger("kqht.server")


def problem(refused: Refused, status: HTTPStatus | None = None) -> Response:
    """A refusal as it travels."""
    status = status or STATUS.get(refused.code, HTTPStatus.BAD_REQUEST)
    params = dict(refused.params)
    findings: tuple[Finding, ...] | None = params.pop("findings", None)
    body: dict[str, Any] = {
        "type": f"urn:kqht:problem:{refused.code.value}",
        "title": words.STATUSES.get(status, status.phrase),
        "status": status.value,
        "code": refused.code.value,
        "detail": refusal_text(refused),
        "params": params,
    }
    if findings is not None:
        body["findings"] = [dump_finding(finding) for finding in findings]
    answer = Response(orjson.dumps(body, default=str), status.value, content_type="application/problem+json")
    if status is HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if refused.code is Code.SIGN_IN_THROTTLED:
        answer.headers["Retry-After"] = str(params["seconds"])
    return answer


def _http_problem(error: HTTPException) -> ResponseReturnValue:
    status = HTTPStatus(error.code or HTTPStatus.NOT_FOUND)
    if status < HTTPStatus.BAD_REQUEST or status is HTTPStatus.NOT_FOUND:  # nobody is sent from one address to another
        return problem(Refused(Code.NOT_FOUND))
    if messages := getattr(error, "data", {}).get("messages"):
        return problem(refused_request(messages, of_send=request.path.endswith("/sends")))
    return problem(Refused(Code.REQUEST_INVALID, what=_WHAT.get(status, words.BODY_NOT_JSON)), status)


def _failed(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    _log.error("request %s %s failed [%s]", request.method, request.path, reference, exc_info=error)
    return problem(Refused(Code.SERVICE_FAILED, reference=reference))


def register_problems(app: Flask) -> None:
    """Let every refusal and every failure of the application become a problem."""
    app.register_error_handler(Refused, problem)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(Exception, _failed)
