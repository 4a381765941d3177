"""The pages that need no sign-in: the first page, the description of the API, and the two signs of life."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template
from sqlalchemy.exc import SQLAlchemyError

from server.api.house import house
from server.database import reading
from server.migrate import is_migrated

pages = Blueprint("pages", __name__)
SPEC = "kqht-spec"


@pages.get("/")
def get_home() -> str:
    """The first page."""
    return render_template("home.html", version=version("kqht"))


@pages.get("/api/docs")
def get_docs() -> str:
    """The operations of the API, from its own description."""
    spec: dict[str, Any] = current_app.extensions[SPEC].to_dict()
    return render_template("docs.html", spec=spec, operations=list(_operations(spec)))


def _operations(spec: dict[str, Any]) -> Any:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                parameters = [*methods.get("parameters", []), *operation.get("parameters", [])]
                yield method.upper(), path, operation, parameters


@pages.get("/healthz")
def get_health() -> Response:
    """The process is alive."""
    return jsonify(status="ok")


@pages.get("/readyz")
def get_ready() -> tuple[Response, int]:
    """The database is reachable and migrated."""
    try:
        with reading(house().engine) as connection:
            ready = is_migrated(connection)
    except SQLAlchemyError:
        ready = False
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ok" if ready else "unavailable"), status.value
