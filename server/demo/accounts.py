"""Accounts of the demo schools; the passwords are for the demo only and stand open here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from server.loading import AccountLoad, SchoolLoad
from shared.sync_api import COMPLETE_RIGHT, PROFILE_RIGHT, RESULTS_RIGHT, RIGHTS, VIEW

DEPARTMENT = "Sở GD&ĐT Hải Phòng (dữ liệu mẫu)"
_DEPARTMENT_ROLE, _ADMIN_ROLE, _STAFF_ROLE = "department", "school_admin", "staff"
_HOMEROOM = frozenset({VIEW, PROFILE_RIGHT, RESULTS_RIGHT, COMPLETE_RIGHT})
_SUBJECT = frozenset({VIEW, RESULTS_RIGHT})


def _demo_password(username: str) -> str:
    """A password that can be read aloud: demo only."""
    return f"demo-{username}"


def _account(username: str, role: str, full_name: str, rights: dict[str, frozenset[str]] | None = None) -> AccountLoad:
    return AccountLoad(username, _demo_password(username), role, full_name, rights or {})


def department_account() -> AccountLoad:
    """The department that the schools belong to; it may only look."""
    return _account("so-haiphong", _DEPARTMENT_ROLE, "Cán bộ Sở GD&ĐT Hải Phòng")


def admin_account(username: str, full_name: str) -> AccountLoad:
    """A school's administrator."""
    return _account(username, _ADMIN_ROLE, full_name)


def homeroom_teacher(username: str, full_name: str, class_name: str) -> AccountLoad:
    """The teacher who answers for a class: every right in it."""
    return _account(username, _STAFF_ROLE, full_name, {class_name: _HOMEROOM})


def subject_teacher(username: str, full_name: str, class_name: str) -> AccountLoad:
    """A teacher who enters results of a class and does nothing else there."""
    return _account(username, _STAFF_ROLE, full_name, {class_name: _SUBJECT})


def demo_accounts(schools: Iterable[SchoolLoad]) -> list[dict[str, Any]]:
    """The accounts as `kqht demo-data --json` prints them; a department belongs to no school."""
    return [_printed(account, school) for school in schools for account in school.accounts]


def _printed(account: AccountLoad, school: SchoolLoad) -> dict[str, Any]:
    return {
        "username": account.username,
        "password": account.password,
        "role": account.role,
        "full_name": account.full_name,
        "school": None if account.role == _DEPARTMENT_ROLE else school.code,
        "school_year": None if account.role == _DEPARTMENT_ROLE else school.school_year,
        "classes": _classes(account, school),
        "rights": {name: [right for right in RIGHTS if right in held] for name, held in account.rights.items()},
    }


def _classes(account: AccountLoad, school: SchoolLoad) -> list[str]:
    if account.role == _STAFF_ROLE:
        return sorted(account.rights)
    return [school_class.name for school_class in school.classes] if account.role == _ADMIN_ROLE else []
