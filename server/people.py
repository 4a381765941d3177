"""The accounts of a school: a department manages school administrators, these manage everyone of their school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, delete, false, insert, select, update
from sqlalchemy.exc import IntegrityError

from server import words
from server.accounts import revoke_tokens
from server.callers import DEPARTMENT, SCHOOL_ADMIN, STAFF, Caller, FoundSchool, find_school
from server.database import reading, writing
from server.loading import new_id
from server.passwords import Passwords
from server.store import SchoolClass, StoredAccount, StoredRights
from shared.problems import Code, Refused
from shared.sync_api import RIGHTS

Rights = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Person:
    """An account to be created."""

    username: str
    password: str
    role: str
    full_name: str = ""
    classes: Rights = field(default_factory=dict)


class People:
    """Managing the accounts of one school, on behalf of a caller."""

    def __init__(self, engine: Engine, caller: Caller, passwords: Passwords) -> None:
        self._engine = engine
        self._caller = caller
        self._passwords = passwords

    def everyone(self, school: str) -> list[dict[str, Any]]:
        """The accounts that the caller manages there."""
        with reading(self._engine) as connection:
            found = self._managed(connection, school)
            return self._told(connection, found, None)

    def add(self, school: str, person: Person) -> dict[str, Any]:
        """Create an account."""
        kept = self._passwords.hashed(person.password)
        try:
            with writing(self._engine) as connection:
                found = self._managed(connection, school)
                self._may_manage(person.role)
                account_id = new_id(
                    connection, StoredAccount, username=person.username, password_hash=kept, role=person.role,
                    full_name=person.full_name, school_id=found.school_id, disabled=False, removed=False,
                )  # fmt: skip
                _give(connection, found, account_id, person.classes)
                return self._told(connection, found, person.username)[0]
        except IntegrityError as error:
            raise Refused(Code.ACCOUNT_EXISTS, username=person.username) from error

    def change(self, school: str, username: str, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Set a password, name, role, rights or `disabled`; a new password or a disabled account is signed out."""
        values = {name: changes[name] for name in ("full_name", "disabled", "role") if name in changes}
        if "password" in changes:
            values["password_hash"] = self._passwords.hashed(changes["password"])
        with writing(self._engine) as connection:
            own = not (changes.get("disabled") or "role" in changes)
            found, account_id = self._account(connection, school, username, own=own)
            if "role" in changes:
                self._may_manage(changes["role"])
            if values:
                connection.execute(update(StoredAccount).filter_by(account_id=account_id).values(**values))
            if "classes" in changes:
                connection.execute(_rights_of(found, account_id))
                _give(connection, found, account_id, changes["classes"])
            if "password" in changes or changes.get("disabled") or changes.get("revoke_tokens"):
                revoke_tokens(connection, account_id)
            return self._told(connection, found, username)[0]

    def remove(self, school: str, username: str) -> None:
        """Take an account away for good; its name stays taken."""
        with writing(self._engine) as connection:
            found, account_id = self._account(connection, school, username, own=False)
            connection.execute(update(StoredAccount).filter_by(account_id=account_id).values(removed=True))
            connection.execute(delete(StoredRights).filter_by(school_id=found.school_id, account_id=account_id))
            revoke_tokens(connection, account_id)

    def _managed(self, connection: Connection, school: str) -> FoundSchool:
        found = find_school(connection, self._caller, school)
        if self._caller.role == STAFF:
            raise Refused(Code.FORBIDDEN, what=words.MANAGING)
        return found

    @property
    def _roles(self) -> tuple[str, ...]:
        return (SCHOOL_ADMIN,) if self._caller.role == DEPARTMENT else (SCHOOL_ADMIN, STAFF)

    def _may_manage(self, role: str) -> None:
        if role not in self._roles:
            raise Refused(Code.FORBIDDEN, what=words.MANAGING_ACCOUNT)

    def _account(self, connection: Connection, school: str, username: str, *, own: bool) -> tuple[FoundSchool, int]:
        found = self._managed(connection, school)
        query = select(StoredAccount.account_id, StoredAccount.role).filter_by(
            school_id=found.school_id, username=username, removed=False
        )
        row = connection.execute(query).first()
        if row is None:
            raise Refused(Code.ACCOUNT_UNKNOWN, username=username)
        self._may_manage(row.role)
        if row.account_id == self._caller.account_id and not own:
            raise Refused(Code.REQUEST_INVALID, what=words.OWN_ACCOUNT)
        return found, row.account_id

    def _told(self, connection: Connection, found: FoundSchool, username: str | None) -> list[dict[str, Any]]:
        account = StoredAccount
        query = select(account.account_id, account.username, account.role, account.full_name, account.disabled).where(
            account.school_id == found.school_id, account.removed == false(), account.role.in_(self._roles)
        )
        if username is not None:
            query = query.where(account.username == username)
        rows = connection.execute(query.order_by(account.username)).all()
        rights = _rights(connection, found)
        return [
            {
                "username": row.username,
                "role": row.role,
                "full_name": row.full_name,
                "disabled": row.disabled,
                "classes": rights.get(row.account_id, {}),
            }
            for row in rows
        ]


def _class_ids(found: FoundSchool) -> Any:
    return select(SchoolClass.class_id).filter_by(school_id=found.school_id, school_year=found.school_year)


def _rights_of(found: FoundSchool, account_id: int) -> Any:
    return delete(StoredRights).where(
        StoredRights.school_id == found.school_id,
        StoredRights.account_id == account_id,
        StoredRights.class_id.in_(_class_ids(found)),
    )


def _rights(connection: Connection, found: FoundSchool) -> dict[int, dict[str, list[str]]]:
    query = (
        select(StoredRights.account_id, SchoolClass.name, StoredRights.rights)
        .join(
            SchoolClass,
            (SchoolClass.school_id == StoredRights.school_id) & (SchoolClass.class_id == StoredRights.class_id),
        )
        .where(StoredRights.school_id == found.school_id, SchoolClass.school_year == found.school_year)
    )
    given: dict[int, dict[str, list[str]]] = {}
    for account_id, name, rights in connection.execute(query):
        given.setdefault(account_id, {})[name] = rights.split()
    return given


def _give(connection: Connection, found: FoundSchool, account_id: int, classes: Rights) -> None:
    query = _class_ids(found).add_columns(SchoolClass.name)
    ids = {name: class_id for class_id, name in connection.execute(query)}
    for name, may in classes.items():
        if name not in ids:
            raise Refused(Code.REQUEST_INVALID, what=words.NO_SUCH_CLASS.format(name=words.cited(name)))
        if wrong := [right for right in may if right not in RIGHTS]:
            told = words.NO_SUCH_RIGHT.format(right=words.cited(wrong[0]), rights=", ".join(RIGHTS))
            raise Refused(Code.REQUEST_INVALID, what=told)
    keys = {"school_id": found.school_id, "account_id": account_id}
    rows = [
        {**keys, "class_id": ids[name], "rights": " ".join(sorted(set(may)))} for name, may in classes.items() if may
    ]
    if rows:
        connection.execute(insert(StoredRights), rows)
