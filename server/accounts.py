"""Signing in and out: passwords for tokens, tokens for callers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, bindparam, false, insert, select, update
from sqlalchemy.exc import IntegrityError

from server.callers import Caller, Clock, at_text, caller_from, caller_query, utc_now
from server.database import reading, writing
from server.passwords import Passwords
from server.statements import Prepared
from server.store import StoredAccount, Token
from server.throttle import count_attempt, forgive
from shared.problems import Code, Refused

TOKEN_DAYS = 30

_LIVE = StoredAccount.disabled == false(), StoredAccount.removed == false()
_OF_TOKEN = Prepared(
    caller_query()
    .join(Token, Token.account_id == StoredAccount.account_id)
    .where(
        Token.token_hash == bindparam("token_hash"),
        Token.revoked == false(),
        Token.expires_at > bindparam("now"),
        *_LIVE,
    )
)
_OF_NAME = select(StoredAccount.account_id, StoredAccount.password_hash).where(
    StoredAccount.username == bindparam("username"), *_LIVE
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh token, shown once, and until when it is good."""

    token: str
    expires_at: str
    caller: Caller


class Accounts:
    """The door: who has which token, and how often someone may knock."""

    def __init__(
        self, engine: Engine, passwords: Passwords, clock: Clock = utc_now, token_days: float = TOKEN_DAYS
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._token_seconds = int(token_days * 86400)
        self.passwords = passwords

    def _now(self) -> int:
        return int(self._clock().timestamp())

    def sign_in(self, username: str, password: str, address: str) -> SignedIn:
        """Exchange a password for a token; what is wrong is never said."""
        self._count(username, address)
        with reading(self._engine) as connection:
            row = connection.execute(_OF_NAME, {"username": username}).first()
        if not self.passwords.verified(row.password_hash if row else None, password) or row is None:
            raise Refused(Code.SIGN_IN_FAILED)
        token, now = secrets.token_urlsafe(32), self._now()
        expires = now + self._token_seconds
        with writing(self._engine) as connection:
            forgive(connection, username, address)
            kept = {"token_hash": _hash(token), "account_id": row.account_id, "created_at": now, "expires_at": expires}
            connection.execute(insert(Token), {**kept, "revoked": False})
        return SignedIn(token, at_text(datetime.fromtimestamp(expires, UTC)), self.caller(token))

    def _count(self, username: str, address: str) -> None:
        try:
            with writing(self._engine) as connection:
                count_attempt(connection, username, address, self._now())
        except IntegrityError:  # two first attempts at the same moment: the second finds the first one's row
            with writing(self._engine) as connection:
                count_attempt(connection, username, address, self._now())

    def caller(self, token: str | None) -> Caller:
        """Whose token this is, while it is good."""
        if token:
            with reading(self._engine) as connection:
                row = _OF_TOKEN.first(connection, {"token_hash": _hash(token), "now": self._now()})
            if row is not None:
                return caller_from(row)
        raise Refused(Code.NOT_SIGNED_IN)

    def sign_out(self, token: str, caller: Caller, *, everywhere: bool = False) -> None:
        """Revoke this token, or all of the account's."""
        with writing(self._engine) as connection:
            if everywhere:
                revoke_tokens(connection, caller.account_id)
            else:
                connection.execute(update(Token).filter_by(token_hash=_hash(token)).values(revoked=True))

    def change_password(self, caller: Caller, current: str, new: str, address: str) -> None:
        """Set one's own password; every token is revoked, this one too. Wrong tries count as those of signing in do."""
        self._count(caller.username, address)
        with reading(self._engine) as connection:
            kept = connection.scalar(select(StoredAccount.password_hash).filter_by(account_id=caller.account_id))
        if not self.passwords.verified(kept, current):
            raise Refused(Code.SIGN_IN_FAILED)
        values = {"password_hash": self.passwords.hashed(new)}
        with writing(self._engine) as connection:
            forgive(connection, caller.username, address)
            connection.execute(update(StoredAccount).filter_by(account_id=caller.account_id).values(**values))
            revoke_tokens(connection, caller.account_id)


def revoke_tokens(connection: Connection, account_id: int) -> None:
    """Sign an account out everywhere."""
    connection.execute(update(Token).filter_by(account_id=account_id).values(revoked=True))


def _hash(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
