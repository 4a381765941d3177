"""Commands about who one is: login, logout, whoami, and the accounts of a school."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from addin import credentials
from addin.client import HttpClient, sign_in
from kqht.cli import Result
from kqht.doors import client
from kqht.shown import table
from shared.problems import Code, Refused
from shared.times import local_time

ROLES = {"department": "Sở", "school_admin": "quản trị trường", "staff": "giáo viên, nhân viên"}


RIGHT_WORDS = {"view": "xem", "profile": "sửa hồ sơ", "results": "sửa kết quả", "complete": "xét hoàn thành"}


def rights_words(rights: Iterable[str]) -> str:
    """Rights in Vietnamese, in the order of `shared.sync_api.RIGHTS`."""
    held = set(rights)
    return ", ".join(words for right, words in RIGHT_WORDS.items() if right in held)


def login(given: argparse.Namespace) -> Result:
    """Sign in; the password is asked for without showing it, or read from standard input."""
    server = given.server if "://" in given.server else f"http://{given.server}"
    if not server.startswith(("http://", "https://")):
        raise Refused(Code.REQUEST_INVALID, what=f"địa chỉ máy chủ phải bắt đầu bằng http:// hoặc https://: {server}")
    found = sign_in(server, given.user, _password(given, "Mật khẩu: "))
    kept = credentials.SignIn(server.rstrip("/"), found["token"], given.user)
    where = credentials.save(kept)
    document = {"server": kept.server, "username": given.user, "expires_at": found["expires_at"], "kept_in": where}
    until = local_time(found["expires_at"])
    return Result(document, [f"✔ Đã đăng nhập {given.user} tại {kept.server}, đến {until}."])


def _password(given: argparse.Namespace, prompt: str) -> str:
    if given.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(prompt)


def logout(given: argparse.Namespace) -> Result:
    """End this sign-in on the service and forget it here; offline it is at least forgotten here."""
    revoked = True
    try:
        with client() as api:
            api.request("POST", "/logout", {"all": given.everywhere})
    except Refused as refused:
        if refused.code not in (Code.NOT_SIGNED_IN, Code.NOT_REACHABLE):
            raise
        revoked = refused.code is Code.NOT_SIGNED_IN
    credentials.forget()
    words = "✔ Đã đăng xuất." if revoked else "! Đã xóa đăng nhập trên máy này; chưa báo được cho máy chủ."
    return Result({"signed_out": True, "revoked": revoked}, [words])


def whoami(given: argparse.Namespace) -> Result:
    """The account that is signed in, its school and classes."""
    with client() as api:
        account = api.me()
    document: dict[str, Any] = {
        "username": account.username,
        "role": account.role,
        "school": account.school,
        "full_name": account.full_name,
    }
    document["classes"] = {name: sorted(rights) for name, rights in account.classes.items()}
    lines = [
        f"{account.username} ({account.full_name}), {ROLES.get(account.role, account.role)}, trường {account.school or '(tất cả)'}"
    ]
    lines += [f"  {name}: {rights_words(rights)}" for name, rights in sorted(account.classes.items())]
    return Result(document, lines)


def password(given: argparse.Namespace) -> Result:
    """Change one's own password; every sign-in ends."""
    lines = sys.stdin.read().splitlines() if given.password_stdin else []
    current = lines[0] if lines else getpass.getpass("Mật khẩu hiện tại: ")
    new = lines[1] if len(lines) > 1 else getpass.getpass("Mật khẩu mới: ")
    with client() as api:
        api.request("PUT", "/me/password", {"current": current, "new": new})
    credentials.forget()
    return Result({"changed": True}, ["✔ Đã đổi mật khẩu. Hãy đăng nhập lại."])


def users(given: argparse.Namespace) -> Result:
    """The accounts of a school: list, add, set, password, disable, enable, signout, remove."""
    with client() as api:
        school = quote(given.school or api.me().school or "", safe="")
        if not school:
            raise Refused(Code.REQUEST_INVALID, what="hãy nêu mã trường bằng --school")
        if given.action == "list":
            return _listed(api.request("GET", f"/schools/{school}/users"))
        if not given.name:
            raise Refused(Code.REQUEST_INVALID, what="hãy nêu tên đăng nhập")
        return _changed(api, school, given)


def _listed(found: dict[str, Any]) -> Result:
    rows = [
        (
            u["username"],
            u["full_name"],
            ROLES.get(u["role"], u["role"]),
            "khóa" if u.get("disabled") else "",
            ",".join(u["classes"]),
        )
        for u in found["users"]
    ]
    return Result(found, table(("Tên đăng nhập", "Họ tên", "Vai trò", "Trạng thái", "Lớp"), rows))


def _changed(api: HttpClient, school: str, given: argparse.Namespace) -> Result:
    body: dict[str, Any] = {}
    if given.action in ("add", "password"):
        body["password"] = _password(given, "Mật khẩu mới: ")
    if given.action in ("add", "set"):
        body |= {"full_name": given.full_name, "role": given.role} if given.full_name or given.role else {}
        body |= {"classes": _rights(given)} if given.classes else {}
    if given.action in ("disable", "enable"):
        body["disabled"] = given.action == "disable"
    if given.action == "signout":
        body["revoke_tokens"] = True
    body = {name: value for name, value in body.items() if value is not None}
    if given.action == "remove":
        api.request("DELETE", f"/schools/{school}/users/{quote(given.name, safe='')}")
        return Result({"removed": given.name}, [f"✔ Đã xóa tài khoản {given.name}; lịch sử của tài khoản vẫn còn."])
    if given.action == "add":
        found = api.request(
            "POST", f"/schools/{school}/users", {"role": "staff", "full_name": "", **body, "username": given.name}
        )
    else:
        found = api.request("PATCH", f"/schools/{school}/users/{quote(given.name, safe='')}", body)
    return Result(found, [f"✔ Đã cập nhật tài khoản {given.name}."])


def _rights(given: argparse.Namespace) -> dict[str, list[str]]:
    rights = [right.strip() for right in (given.rights or "view,profile,results").split(",")]
    return {name.strip(): rights for name in given.classes.split(",") if name.strip()}
