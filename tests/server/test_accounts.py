from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from server.accounts import Accounts
from server.throttle import FREE, LONGEST_WAIT
from shared.problems import Code, Refused
from tests.schools import CHEAP, PASSWORD
from tests.server.conftest import Clock, Http
from tests.server.counting import rows

ADDRESS = "203.0.113.7"


@pytest.fixture
def accounts(school: Engine, clock: Clock) -> Accounts:
    return Accounts(school, CHEAP, clock, token_days=2)


def refusal(job: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        job()
    return refused.value


def test_a_password_is_exchanged_for_a_token(accounts: Accounts) -> None:
    signed = accounts.sign_in("teacher.a", PASSWORD, ADDRESS)
    assert signed.expires_at == "2023-05-22T01:02:03Z"
    assert accounts.caller(signed.token).username == "teacher.a"


def test_neither_passwords_nor_tokens_are_kept(school: Engine, accounts: Accounts) -> None:
    token = accounts.sign_in("teacher.a", PASSWORD, ADDRESS).token
    kept = str(rows(school, "SELECT * FROM tokens")) + str(rows(school, "SELECT * FROM accounts"))
    assert token not in kept
    assert PASSWORD not in kept
    assert "$argon2id$" in kept


@pytest.mark.parametrize("token", [None, "", "x", "\ud800", "é" * 500])
def test_what_is_no_token_opens_nothing(accounts: Accounts, token: str | None) -> None:
    assert refusal(lambda: accounts.caller(token)).code is Code.NOT_SIGNED_IN


def test_a_token_expires(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sign_in("teacher.a", PASSWORD, ADDRESS).token
    clock.pass_(days=2, seconds=-1)
    assert accounts.caller(token)
    clock.pass_(seconds=1)
    assert refusal(lambda: accounts.caller(token)).code is Code.NOT_SIGNED_IN


def test_signing_out_here_or_everywhere(accounts: Accounts) -> None:
    here, there, third = (accounts.sign_in("teacher.a", PASSWORD, ADDRESS).token for _ in range(3))
    other = accounts.sign_in("viewer.a", PASSWORD, ADDRESS).token
    caller = accounts.caller(here)
    accounts.sign_out(here, caller)
    assert refusal(lambda: accounts.caller(here)).code is Code.NOT_SIGNED_IN
    assert accounts.caller(there)
    accounts.sign_out(there, caller, everywhere=True)
    assert refusal(lambda: accounts.caller(third)).code is Code.NOT_SIGNED_IN
    assert accounts.caller(other)


def test_one_s_own_password_needs_the_current_one_and_ends_every_sign_in(accounts: Accounts) -> None:
    token = accounts.sign_in("teacher.a", PASSWORD, ADDRESS).token
    caller = accounts.caller(token)
    assert (
        refusal(lambda: accounts.change_password(caller, "wrong", "new-password", ADDRESS)).code is Code.SIGN_IN_FAILED
    )
    accounts.change_password(caller, PASSWORD, "new-password", ADDRESS)
    assert refusal(lambda: accounts.caller(token)).code is Code.NOT_SIGNED_IN
    assert accounts.sign_in("teacher.a", "new-password", ADDRESS)


def test_wrong_current_passwords_wait_as_failed_sign_ins_do(accounts: Accounts, clock: Clock) -> None:
    caller = accounts.caller(accounts.sign_in("teacher.a", PASSWORD, ADDRESS).token)

    def tried(current: str) -> Refused:
        return refusal(lambda: accounts.change_password(caller, current, "new-password", ADDRESS))

    assert [tried("wrong").code for _ in range(FREE["user"])] == [Code.SIGN_IN_FAILED] * FREE["user"]
    assert tried(PASSWORD).code is Code.SIGN_IN_THROTTLED
    assert refusal(lambda: accounts.sign_in("teacher.a", PASSWORD, ADDRESS)).code is Code.SIGN_IN_THROTTLED
    clock.pass_(seconds=1)
    assert tried("wrong").code is Code.SIGN_IN_FAILED
    clock.pass_(seconds=1)
    assert tried(PASSWORD).params["seconds"] == 1
    clock.pass_(seconds=1)
    accounts.change_password(caller, PASSWORD, "new-password", ADDRESS)
    assert accounts.sign_in("teacher.a", "new-password", ADDRESS)


@pytest.mark.parametrize("username", ["teacher.a", "nobody-of-that-name"])
def test_failures_make_a_username_wait_longer_and_longer(accounts: Accounts, clock: Clock, username: str) -> None:
    waits = []
    for number in range(FREE["user"] + 12):
        refused = refusal(lambda: accounts.sign_in(username, "wrong", f"10.0.0.{number}"))  # noqa: B023
        if refused.code is Code.SIGN_IN_THROTTLED:
            waits.append(refused.params["seconds"])
            clock.pass_(seconds=refused.params["seconds"])
            refused = refusal(lambda: accounts.sign_in(username, "wrong", f"10.0.0.{number}"))  # noqa: B023
        assert refused.code is Code.SIGN_IN_FAILED
    assert waits == [min(2**n, LONGEST_WAIT) for n in range(len(waits))]
    assert waits[-1] == LONGEST_WAIT


def test_while_waiting_even_the_right_password_is_not_looked_at(accounts: Accounts, clock: Clock) -> None:
    for _ in range(FREE["user"]):
        assert refusal(lambda: accounts.sign_in("teacher.a", "wrong", ADDRESS)).code is Code.SIGN_IN_FAILED
    assert refusal(lambda: accounts.sign_in("teacher.a", PASSWORD, ADDRESS)).code is Code.SIGN_IN_THROTTLED
    clock.pass_(seconds=1)
    assert accounts.sign_in("teacher.a", PASSWORD, ADDRESS)
    assert accounts.sign_in("teacher.a", PASSWORD, ADDRESS)


def test_an_address_that_tries_many_names_has_to_wait(accounts: Accounts) -> None:
    for number in range(FREE["address"]):
        refused = refusal(lambda: accounts.sign_in(f"name{number}", "wrong", ADDRESS))  # noqa: B023
        assert refused.code is Code.SIGN_IN_FAILED
    assert refusal(lambda: accounts.sign_in("teacher.a", PASSWORD, ADDRESS)).code is Code.SIGN_IN_THROTTLED
    assert accounts.sign_in("teacher.a", PASSWORD, "203.0.113.8")


def test_a_school_behind_one_address_signs_in_without_waiting(accounts: Accounts) -> None:
    for _ in range(FREE["address"] + 5):
        assert accounts.sign_in("teacher.a", PASSWORD, ADDRESS)


def test_over_http_a_wait_is_told_in_seconds(http: Http) -> None:
    body = {"username": "teacher.a", "password": "wrong"}
    answers = [http("POST", "/login", body=body) for _ in range(FREE["user"] + 1)]
    assert [answer.status_code for answer in answers] == [401] * FREE["user"] + [429]
    assert answers[-1].headers["Retry-After"] == "1"
    assert "1 giây" in answers[-1].get_json()["detail"]


def test_the_log_of_a_failure_does_not_hold_what_was_entered(
    http: Http, school: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with school.begin() as connection:
        connection.execute(text("ALTER TABLE accounts RENAME TO gone"))
    answer = http("POST", "/login", body={"username": "typed.by.somebody", "password": "typed-too"})
    assert answer.status_code == 500
    assert "accounts" in caplog.text
    assert "typed" not in caplog.text


def test_logging_out_over_http(http: Http) -> None:
    assert http("GET", "/me", "teacher.a").get_json()["classes"] == {"12A1": ["complete", "profile", "results", "view"]}
    assert http("POST", "/logout", "teacher.a").status_code == 204
    assert http("GET", "/me", "teacher.a").status_code == 401


def test_many_tries_at_once_gain_nothing(accounts: Accounts) -> None:
    start = Barrier(8)

    def knock(_: int) -> Code:
        start.wait()
        return refusal(lambda: accounts.sign_in("teacher.a", "wrong", ADDRESS)).code

    with ThreadPoolExecutor(8) as pool:
        codes = Counter(pool.map(knock, range(8)))
    assert codes == {Code.SIGN_IN_FAILED: FREE["user"], Code.SIGN_IN_THROTTLED: 8 - FREE["user"]}
