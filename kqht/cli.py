"""`kqht`: parse, run one command, print, and turn every refusal into a sentence and an exit code."""

from __future__ import annotations

import argparse
import errno
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from kqht import parser
from shared.problems import Code, Refused
from shared.refusals import refusal_text

DONE, FINDINGS, USAGE, UNREACHABLE, CONFLICTS, NOT_ALLOWED = range(6)

_EXITS: Mapping[Code, int] = {
    Code.DATABASE_UNUSABLE: UNREACHABLE,
    Code.NOT_REACHABLE: UNREACHABLE,
    Code.SERVICE_FAILED: UNREACHABLE,
    Code.NOT_SIGNED_IN: NOT_ALLOWED,
    Code.SIGN_IN_FAILED: NOT_ALLOWED,
    Code.SIGN_IN_THROTTLED: NOT_ALLOWED,
    Code.FORBIDDEN: NOT_ALLOWED,
    Code.CLASS_UNKNOWN: NOT_ALLOWED,
    Code.SCHOOL_UNKNOWN: NOT_ALLOWED,
    Code.ACCOUNT_UNKNOWN: NOT_ALLOWED,
    Code.LOCK_INCOMPLETE: FINDINGS,
    Code.SEND_REUSED: FINDINGS,
    Code.ALREADY_LOCKED: CONFLICTS,
    Code.OFFER_CLOSED: CONFLICTS,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a command came to: its JSON document, its lines for people, its exit code."""

    document: Any
    lines: list[str] = field(default_factory=list)
    exit_code: int = DONE


# Where each command lives: its module is imported only when it is called.
_COMMANDS: Mapping[str, str] = {
    "pull": "kqht.pulling",
    **dict.fromkeys(("send", "resolve", "undo"), "kqht.syncing"),
    **dict.fromkeys(("check", "status", "history"), "kqht.offline"),
    "repair": "kqht.repairing",
    **dict.fromkeys(("classes", "progress", "complete", "reopen", "stage"), "kqht.classes"),
    **dict.fromkeys(("class-profile", "school"), "kqht.settings"),
    **dict.fromkeys(("login", "logout", "whoami", "password", "users"), "kqht.accounts"),
    **dict.fromkeys(("serve", "demo-data", "backup", "restore", "doctor"), "kqht.operation"),
    "import-sheet": "kqht.importing",
    "demo": "kqht.demo",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code says how it went (CONTRACT)."""
    _speak_utf8()
    given = parser.build().parse_args(arguments)
    try:
        result = _command(given.command)(given)
    except Refused as refused:
        return _refuse(given, refused)
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu. Dữ liệu trong sổ vẫn nguyên.")
        return 130
    except OSError as error:
        return _refuse(given, unusable(error))
    except Exception as error:  # noqa: BLE001 - the last door: no traceback reaches a user
        from kqht.mishaps import record

        code, log = record(error)
        words = f"Chương trình gặp lỗi ngoài dự kiến (mã {code}). Dữ liệu trong sổ vẫn nguyên. Hãy gửi tệp {log} cho người hỗ trợ."
        if given.json:
            sys.stdout.write(json.dumps({"error": {"code": code, "message": words}}, ensure_ascii=False) + "\n")
        say(words)
        return USAGE
    _print(given, result)
    return result.exit_code


def unusable(error: OSError) -> Refused:
    """A file or folder that the system would not give us, in words."""
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return Refused(Code.PLACE_UNUSABLE, file=error.filename or "tệp", reason=reason)


_REASONS: Mapping[int, str] = {
    errno.ENOENT: "không có thư mục hoặc tệp này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EEXIST: "đã có tệp hoặc thư mục cùng tên",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
}


def say(line: str) -> None:
    """A message for people, beside the result."""
    sys.stderr.write(line + "\n")


def _command(name: str) -> Callable[[argparse.Namespace], Result]:
    function: Callable[[argparse.Namespace], Result] = getattr(import_module(_COMMANDS[name]), name.replace("-", "_"))
    return function


def _print(given: argparse.Namespace, result: Result) -> None:
    if given.json and result.document is not None:
        sys.stdout.write(json.dumps(result.document, ensure_ascii=False) + "\n")
    elif not given.json:
        sys.stdout.write("".join(f"{line}\n" for line in result.lines))


def _refuse(given: argparse.Namespace, refused: Refused) -> int:
    words = refused.params.get("detail") or refusal_text(refused)
    findings = refused.params.get("findings", ())
    if given.json:
        from kqht.shown import finding_document

        error = {"code": refused.code.value, "message": words}
        document = {"error": error} | ({"findings": [finding_document(f) for f in findings]} if findings else {})
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    say(words)
    if not given.json:
        from kqht.shown import finding_lines

        for line in finding_lines(findings, in_book=False):
            say(line)
    return _EXITS.get(refused.code, USAGE)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    raise SystemExit(main())
