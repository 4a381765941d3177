"""Failed sign-ins by username and by address: after the free ones each doubles the wait.

An attempt is counted before its password is looked at, so that many at once gain nothing.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from server.store import LoginAttempts
from shared.problems import Code, Refused

FREE = {"user": 5, "address": 30}
LONGEST_WAIT = 900
FORGOTTEN_AFTER = 3600


def _subject(kind: str, name: str) -> str:
    # A hash, since people type passwords into the field of the username.
    return sha256(f"{kind}:{name}".encode()).hexdigest()


def _wait(kind: str, failures: int) -> int:
    over = failures - FREE[kind]
    return min(2**over, LONGEST_WAIT) if over >= 0 else 0


def count_attempt(connection: Connection, username: str, address: str, now: int) -> None:
    """Count an attempt as failed, or refuse it while its username or address has to wait."""
    subjects = {"user": _subject("user", username), "address": _subject("address", address)}
    query = select(LoginAttempts.subject, LoginAttempts.failures, LoginAttempts.last_at, LoginAttempts.wait_until)
    rows = connection.execute(
        query.where(LoginAttempts.subject.in_(subjects.values())).order_by(LoginAttempts.subject).with_for_update()
    )
    kept = {row.subject: row for row in rows}
    wait = max((row.wait_until - now for row in kept.values()), default=0)
    if wait > 0:
        raise Refused(Code.SIGN_IN_THROTTLED, seconds=wait)
    for kind, subject in subjects.items():
        row = kept.get(subject)
        failures = row.failures + 1 if row and now - row.last_at < FORGOTTEN_AFTER else 1
        values = {"failures": failures, "last_at": now, "wait_until": now + _wait(kind, failures)}
        if row:
            connection.execute(update(LoginAttempts).filter_by(subject=subject).values(**values))
        else:
            connection.execute(insert(LoginAttempts), {"subject": subject, **values})


def forgive(connection: Connection, username: str, address: str) -> None:
    """After a good sign-in: forget the username's failures, and take this attempt off the address."""
    connection.execute(delete(LoginAttempts).filter_by(subject=_subject("user", username)))
    connection.execute(
        update(LoginAttempts)
        .where(LoginAttempts.subject == _subject("address", address), LoginAttempts.failures > 0)
        .values(failures=LoginAttempts.failures - 1, wait_until=0)
    )
