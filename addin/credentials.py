"""Where the sign-in is kept: the system's keyring, or a 0600 file where there is none. Never in a workbook."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.problems import Code, Refused

_SERVICE = "kqht"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A service and the token that opens it."""

    server: str
    token: str
    username: str = ""


def home() -> Path:
    """The folder for everything the program keeps on a machine: `KQHT_HOME`, or the user's data folder."""
    if chosen := os.environ.get("KQHT_HOME"):
        return Path(chosen)
    import platformdirs  # noqa: PLC0415 - only pulled in when no folder is named

    return Path(platformdirs.user_data_dir("kqht", appauthor=False))


def load() -> SignIn:
    """The current sign-in, `KQHT_SERVER` and `KQHT_TOKEN` first; `Refused(NOT_SIGNED_IN)` when there is none."""
    kept = _read()
    server = os.environ.get("KQHT_SERVER") or kept.get("server", "")
    same = server == kept.get("server")
    token = os.environ.get("KQHT_TOKEN") or (_kept_token(kept) if same else None)
    if not server or not token:
        raise Refused(Code.NOT_SIGNED_IN)
    return SignIn(server, token, kept.get("username", "") if same else "")


def save(sign_in: SignIn) -> str:
    """Keep a sign-in; returns where the token went: `keyring` or `file`."""
    kept = {"server": sign_in.server, "username": sign_in.username}
    where = "file"
    if ring := _keyring():
        with contextlib.suppress(Exception):  # a keyring may be locked or refuse; the file then serves
            ring.set_password(_SERVICE, _entry(kept), sign_in.token)
            where = "keyring"
    _write(kept if where == "keyring" else {**kept, "token": sign_in.token})
    return where


def forget() -> None:
    """Remove the sign-in from the keyring and the file."""
    kept = _read()
    if kept and "token" not in kept and (ring := _keyring()):
        with contextlib.suppress(Exception):  # already gone
            ring.delete_password(_SERVICE, _entry(kept))
    _path().unlink(missing_ok=True)


def _kept_token(kept: Mapping[str, str]) -> str | None:
    if not kept:
        return None
    if token := kept.get("token"):
        return token
    ring = _keyring()
    if ring is None:
        return None
    with contextlib.suppress(Exception):  # a locked keyring means: sign in again
        found: str | None = ring.get_password(_SERVICE, _entry(kept))
        return found
    return None


def _keyring() -> Any:
    """The system's keyring, or None: when none works, or when `KQHT_HOME` asks for everything in its folder."""
    if os.environ.get("KQHT_HOME"):
        return None
    import keyring  # noqa: PLC0415 - slow to import, needed only when signing in
    from keyring.backends import fail  # noqa: PLC0415

    ring = keyring.get_keyring()
    return None if isinstance(ring, fail.Keyring) or ring.priority <= 0 else ring


def _entry(kept: Mapping[str, str]) -> str:
    return f"{kept.get('username', '')}@{kept.get('server', '')}"


def _path() -> Path:
    return home() / "sign-in.json"


def _read() -> dict[str, str]:
    try:
        found = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(kept: Mapping[str, str]) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept, file)
