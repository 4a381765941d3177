"""The accounts of a school."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from server.api import forms
from server.api.endpoint import endpoint
from server.api.house import people
from server.people import Person

_USERS = "/schools/<school>/users"


@endpoint(_USERS, forms.Users, also=[403])
def get_users(school: str) -> Any:
    """The accounts that I manage."""
    return {"users": people().everyone(school)}


@endpoint(_USERS, forms.User, body=forms.NewUser, status=HTTPStatus.CREATED, also=(403, 409))
def post_user(form: dict[str, Any], school: str) -> Any:
    """Create an account."""
    return people().add(school, Person(**form))


@endpoint(f"{_USERS}/<username>", forms.User, body=forms.UserChanges, also=[403])
def patch_user(form: dict[str, Any], school: str, username: str) -> Any:
    """Change a role, name, password or rights, disable an account, or sign it out everywhere."""
    return people().change(school, username, form)


@endpoint(f"{_USERS}/<username>", None, also=(400, 403))
def delete_user(school: str, username: str) -> Any:
    """Take an account away."""
    return people().remove(school, username)
