"""Whatever a field of a request holds, it is understood or refused, by either database."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.server.conftest import Http
from tests.server.test_every_endpoint import TABLE, address
from tests.server.test_requests import WITH_BODY, role_for

VALUES: list[Any] = [None, 7, 1.5, True, [], {}, "", "x\x00y", "a\nb", "x" * 5000, {"a": {"b": [None]}}]


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=" ".join)
def test_whatever_a_field_holds_it_is_understood_or_refused(http: Http, endpoint: tuple[str, str]) -> None:
    method, rule = endpoint
    body, _ = TABLE[endpoint]
    for field in body:
        for value in VALUES:
            answer = http(method, address(rule), role_for(endpoint), {**body, field: value})
            told = answer.get_data(as_text=True)
            assert answer.status_code < 500, (field, value, told)
            if answer.status_code == 400:
                assert field not in re.findall(r"\w+", answer.get_json()["detail"]), told
            if answer.status_code in {204, 401}:
                http.tokens.clear()


def test_whatever_an_address_holds_it_is_understood_or_refused(http: Http) -> None:
    for value in ("%00", "%0A", "%FF%FE", "x" * 5000, "%F0%9F%98%80", "'--", "..", "%2E%2E%2F"):
        for method, rule in TABLE:
            if "<" in rule:
                places = dict.fromkeys(("school", "name", "send_id", "username"), value)
                answer = http(method, address(rule, **places), "admin.a", TABLE[method, rule][0])
                assert 400 <= answer.status_code < 500, (method, rule, answer.get_data(as_text=True))
                assert answer.content_type == "application/problem+json"
