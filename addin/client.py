"""The service over HTTP: `SyncApi` for the office side, and the only network in it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from shared.columns import Period
from shared.problems import Code, Finding, Refused
from shared.records import ClassKey, Lock, Snapshot
from shared.schemas import wire
from shared.sync_api import Account, ClassSummary, Receipt, Submission

Loaded = TypeVar("Loaded")
TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_GZIP_FROM = 4096  # bytes; below that compressing costs more than it saves


class HttpClient:
    """One signed-in conversation with the service."""

    def __init__(self, server: str, token: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        if token and not token.isascii():
            raise Refused(Code.NOT_SIGNED_IN)  # no token of ours, and no header can carry it
        headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        self.server = server.rstrip("/")
        self._http = httpx.Client(
            base_url=f"{self.server}/api/v1", headers=headers, timeout=TIMEOUT, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def request(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """One request; a refusal comes back as `Refused`, and no answer at all as `Refused(NOT_REACHABLE)`."""
        content, headers = None, {}
        if body is not None:
            content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
            headers["Content-Type"] = "application/json"
            if len(content) >= _GZIP_FROM:
                content, headers["Content-Encoding"] = gzip.compress(content, 1), "gzip"
        query = {name: value for name, value in params.items() if value is not None}
        try:
            answer = self._http.request(method, path, content=content, headers=headers, params=query)
            answer.read()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Refused(Code.NOT_REACHABLE, server=self.server) from error
        return self._understood(answer)

    def _loaded(self, load: Callable[[Any], Loaded], value: Any) -> Loaded:
        """An answer that says the work was done must be understood, or nobody knows what was done."""
        try:
            return load(value)
        except (Refused, KeyError, TypeError) as error:
            raise Refused(Code.SERVICE_FAILED, reference="answer") from error

    def _understood(self, answer: httpx.Response) -> Any:
        try:
            value = answer.json() if answer.content else None
        except ValueError as error:
            raise Refused(Code.NOT_REACHABLE, server=self.server) from error
        if answer.is_success:
            return value
        problem = value if isinstance(value, dict) else {}
        try:
            code = Code(str(problem.get("code")))
        except ValueError:
            raise Refused(Code.SERVICE_FAILED, reference=problem.get("code") or answer.status_code) from None
        raise Refused(code, **{"detail": problem.get("detail"), **(problem.get("params") or {}), **_findings(problem)})

    # The SyncApi.

    def me(self) -> Account:
        """The account that is signed in."""
        return self._loaded(wire.load_account, self.request("GET", "/me"))

    def classes(self, school: str | None = None, school_year: str | None = None) -> tuple[ClassSummary, ...]:
        """The classes I may open."""
        found = self.request("GET", f"/schools/{self._school(school)}/classes", school_year=school_year)
        return tuple(wire.load_class_summary(item) for item in found["classes"])

    def pull(self, key: ClassKey, grades: tuple[str, ...]) -> Snapshot:
        """The class as it is now."""
        return self._loaded(
            wire.load_snapshot, self.request("GET", f"{_path(key)}/snapshot", grades=",".join(grades), **_year(key))
        )

    def send(self, key: ClassKey, submission: Submission) -> Receipt:
        """Send changed cells."""
        body = wire.dump_submission(submission)
        return self._loaded(wire.load_receipt, self.request("POST", f"{_path(key)}/sends", body, **_year(key)))

    def receipt(self, key: ClassKey, send_id: str) -> Receipt:
        """The stored receipt of a submission."""
        return self._loaded(wire.load_receipt, self.request("GET", f"{_path(key)}/sends/{send_id}", **_year(key)))

    def undo(self, key: ClassKey, send_id: str, undo_id: str) -> Receipt:
        """A compensating submission."""
        body = {"undo_id": undo_id}
        return self._loaded(
            wire.load_receipt, self.request("POST", f"{_path(key)}/sends/{send_id}/undo", body, **_year(key))
        )

    def findings(self, key: ClassKey) -> tuple[Finding, ...]:
        """The checks on the records held."""
        found = self.request("GET", f"{_path(key)}/findings", **_year(key))
        return tuple(wire.load_finding(item) for item in found["findings"])

    def complete(self, key: ClassKey, grade: str, period: Period) -> Lock:
        """Lock a block."""
        body = {"grade": grade, "period": period.value}
        return self._loaded(wire.load_lock, self.request("POST", f"{_path(key)}/completions", body, **_year(key)))

    def reopen(self, key: ClassKey, grade: str, period: Period, reason: str) -> Mapping[str, Any]:
        """Unlock a block for a stated reason."""
        body = {"grade": grade, "period": period.value, "reason": reason}
        found: Mapping[str, Any] = self.request("POST", f"{_path(key)}/reopenings", body, **_year(key))
        return found

    def progress(self, school: str | None = None, school_year: str | None = None) -> tuple[ClassSummary, ...]:
        """The table of progress."""
        found = self.request("GET", f"/schools/{self._school(school)}/progress", school_year=school_year)
        return tuple(wire.load_class_summary(item) for item in found["classes"])

    def _school(self, school: str | None) -> str:
        chosen = school or self.me().school
        if not chosen:
            raise Refused(Code.REQUEST_INVALID, what="hãy nêu mã trường bằng --school")
        return quote(chosen, safe="")


def sign_in(server: str, username: str, password: str, transport: httpx.BaseTransport | None = None) -> dict[str, Any]:
    """Exchange a password for a token: `{"token", "expires_at", "account"}`."""
    with HttpClient(server, transport=transport) as client:
        found: dict[str, Any] = client.request("POST", "/login", {"username": username, "password": password})
        return found


def _path(key: ClassKey) -> str:
    return f"/schools/{quote(key.school, safe='')}/classes/{quote(key.name, safe='')}"


def _year(key: ClassKey) -> dict[str, str | None]:
    return {"school_year": key.school_year or None}


def _findings(problem: Mapping[str, Any]) -> dict[str, Any]:
    if "findings" not in problem:
        return {}
    return {"findings": tuple(wire.load_finding(item) for item in problem["findings"])}
