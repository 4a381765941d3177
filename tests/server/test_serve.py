from __future__ import annotations

import gc
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.api.bodies import MAX_BODY
from server.app import create_app
from server.intake import LONGEST
from server.serve import Server, _settle_memory, make_server

_SERVE = "import sys; from server.serve import serve; serve('127.0.0.1', 0, sys.argv[1])"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_its_address_and_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/kqht.db"
    with subprocess.Popen([sys.executable, "-c", _SERVE, url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        with httpx.Client(base_url=address) as client:
            assert client.get("/readyz").json() == {"status": "ok"}
            process.send_signal(number)
            assert process.wait() == 0
        assert process.stdout.read() == ""


def test_a_server_is_closed_from_another_thread(sqlite_url: str) -> None:
    server = make_server(create_app(sqlite_url), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    with httpx.Client(base_url=server.address) as client:
        assert client.get("/healthz").status_code == 200
        server.close()
        thread.join()
        with pytest.raises(httpx.HTTPError):
            client.get("/healthz")


@pytest.fixture
def server(sqlite_url: str) -> Iterator[Server]:
    server = make_server(create_app(sqlite_url), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.close()
    thread.join()


def pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // 65536 + 1):
        yield b" " * 65536


@pytest.mark.parametrize("size", [MAX_BODY + 1, 5 * MAX_BODY])
def test_a_body_over_the_limit_is_answered_when_it_has_gone_by(server: Server, size: int) -> None:
    for content in (b" " * size, pieces(size)):
        with httpx.Client(base_url=server.address) as client:
            answer = client.post("/api/v1/login", content=content)
            assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
            assert "quá lớn" in answer.json()["detail"]
            assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("size", [2, 600_000, MAX_BODY])
def test_a_body_within_the_limit_arrives_whole(server: Server, size: int) -> None:
    body = b"{" + b" " * (size - 2) + b"}"
    for content in (body, iter([body[:9], body[9:]] if size > 9 else [body])):
        answer = httpx.post(f"{server.address}/api/v1/login", content=content)
        assert (answer.status_code, answer.json()["params"]["fields"]) == (400, ["username", "password"])


@pytest.mark.parametrize(
    "head", [f"Content-Length: {MAX_BODY + 1}\r\nExpect: 100-continue", f"Content-Length: {LONGEST + 1}"]
)
def test_a_body_that_has_not_been_sent_is_not_waited_for(server: Server, head: str) -> None:
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=10) as client:
        client.sendall(f"POST /api/v1/login HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())
        told = b"".join(iter(lambda: client.recv(65536), b""))
    start, _, body = told.partition(b"\r\n\r\n")
    assert start.startswith(b"HTTP/1.1 413 ")
    assert b"Content-Type: application/problem+json" in start
    assert json.loads(body)["status"] == 413


def test_what_the_application_is_made_of_is_collected_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(gc, "freeze", lambda: done.append("freeze"))
    monkeypatch.setattr(gc, "set_threshold", lambda *numbers: done.append(numbers))
    _settle_memory()
    assert done == ["freeze", (20_000, 20, 50)]
