"""Signing in and out, and one's own account."""

from __future__ import annotations

from typing import Any

from flask import request

from server.api import forms
from server.api.endpoint import endpoint
from server.api.house import bearer, caller, house, sync
from server.sync import SyncService
from shared.schemas.wire import AccountSchema, dump_account


@endpoint("/login", forms.SignedInAnswer, body=forms.SignIn, also=(401, 429))
def post_login(form: dict[str, str]) -> Any:
    """Exchange a password for a token."""
    signed = house().accounts.sign_in(form["username"].strip(), form["password"], request.remote_addr or "")
    account = SyncService(house().engine, signed.caller).me()
    return {"token": signed.token, "expires_at": signed.expires_at, "account": dump_account(account)}


@endpoint("/logout", None, body=forms.SignOut)
def post_logout(form: dict[str, bool]) -> Any:
    """Revoke this token, or with `all` every one of the account."""
    return house().accounts.sign_out(bearer() or "", caller(), everywhere=form["all"])


@endpoint("/me", AccountSchema)
def get_me() -> Any:
    """Who is signed in."""
    return dump_account(sync().me())


@endpoint("/me/password", None, body=forms.PasswordChange, also=[429])
def put_password(form: dict[str, str]) -> Any:
    """Change one's own password; every sign-in ends."""
    return house().accounts.change_password(caller(), form["current"], form["new"], request.remote_addr or "")
