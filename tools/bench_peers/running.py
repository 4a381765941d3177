"""Programs of our own starting: on a free port, waited for, ended; a private PostgreSQL among them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
from psycopg import sql

_PATIENCE = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(command: Sequence[str], folder: Path, ready: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program that answers at an address when it is ready."""
    with (folder / "program.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(process, ready)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"ended with {process.returncode}: {process.args!r}")
        try:
            httpx.get(address, timeout=2)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def postgres_binaries() -> Path | None:
    """Where PostgreSQL's programs are installed, if they are."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


@contextmanager
def private_postgres(binaries: Path, folder: Path, *databases: str) -> Iterator[str]:
    """A PostgreSQL of our own with its usual settings: the address without the database's name."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    data, port = folder / "data", free_port()
    if user:
        shutil.chown(folder, user)
    programs = {name: str(binaries / name) for name in ("initdb", "pg_ctl")}
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=user)

    run(programs["initdb"], "-D", str(data), "-U", "kqht", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    run(programs["pg_ctl"], "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        address = f"postgresql://kqht@127.0.0.1:{port}"
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            for name in databases:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield address
    finally:
        run(programs["pg_ctl"], "-D", str(data), "-m", "fast", "stop")
