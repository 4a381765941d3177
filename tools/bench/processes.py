"""Whole processes: what `kqht check` costs beside a bare Python with openpyxl, what it imports, what the service holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.bench import samples
from tools.bench.timing import Line, compare
from workbooks.template import write_workbook

_BARE = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"
_IMPORTED = """
import json, sys
from kqht.cli import main
try:
    main(["check", "--json", sys.argv[1]])
except SystemExit:
    pass
print(json.dumps([name for name in ("flask", "sqlalchemy") if name in sys.modules]), file=sys.stderr)
"""
_MEGABYTES = 150


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


def measure(folder: Path) -> Iterator[Line]:
    """The command beside the bare read, its imports, and the memory of the service with the guide's school."""
    owner = samples.school()
    file = str(folder / "process.xlsx")
    write_workbook(Path(file), samples.state(owner.classes[0], owner))
    yield compare(
        "kqht check TỆP / python trần đọc bằng openpyxl",
        lambda: _python("-m", "kqht", "check", file), lambda: _python("-c", _BARE, file), 1.5, runs=7,
    )  # fmt: skip
    imported = json.loads(_python("-c", _IMPORTED, file).stderr.strip().splitlines()[-1])
    yield Line("kqht check không nạp flask, sqlalchemy", len(imported), 1, 0, "gói")
    yield Line("bộ nhớ kqht serve với trường mẫu", _service_megabytes(folder), _MEGABYTES, 1, "MB")


def _service_megabytes(folder: Path) -> float:
    """Resident memory of the service after a teacher has signed in and pulled a class, in megabytes."""
    database = f"sqlite:///{(folder / 'serve.db').as_posix()}"
    loaded = _python("-m", "kqht", "demo-data", "--database", database, "--json")
    accounts = json.loads(loaded.stdout)["accounts"]
    teacher = next(account for account in accounts if account["classes"] == ["12A1"])
    with serving(folder, database) as (address, process_id):
        environment = {**os.environ, "KQHT_HOME": str(folder / "home")}
        kqht(
            "login",
            address,
            "--user",
            teacher["username"],
            "--password-stdin",
            environment=environment,
            typed=teacher["password"],
        )
        kqht("pull", "12A1", "-o", str(folder / "pulled.xlsx"), environment=environment)
        return resident_megabytes(process_id)


def kqht(*arguments: str, environment: dict[str, str], typed: str = "") -> str:
    """What a command prints; it must succeed."""
    command: Sequence[str] = [sys.executable, "-m", "kqht", *arguments]
    return subprocess.run(command, env=environment, input=typed, capture_output=True, text=True, check=True).stdout


def resident_megabytes(process_id: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii", errors="replace")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


@contextmanager
def serving(folder: Path, database: str) -> Iterator[tuple[str, int]]:
    """A service of our own on a free port: its address and process."""
    command = [sys.executable, "-m", "kqht", "serve", "--port", "0", "--database", database]
    environment = {**os.environ, "KQHT_HOME": str(folder / "home")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline() if process.stdout else ""
        address = next(word for word in line.split() if word.startswith("http"))
        with urllib.request.urlopen(f"{address.rstrip('/')}/readyz") as ready:  # noqa: S310  our own service
            ready.read()
        yield address.rstrip("/."), process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)
