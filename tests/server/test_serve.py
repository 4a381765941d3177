from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from server.app import create_app
from server.serve import make_server

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
