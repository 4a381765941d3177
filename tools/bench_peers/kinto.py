"""Kinto with PostgreSQL behind it: a collection a class, a record a student-year, batches of 25."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import orjson

from tools.bench_peers.running import free_port, running
from tools.bench_peers.systems import Contents, Request, Step, parts

_BATCH = 25
_SETTINGS = """
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.cache_backend = kinto.core.cache.postgresql
kinto.cache_url = {url}
kinto.userid_hmac_secret = bench
multiauth.policies = basicauth
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
"""


class Kinto:
    """A running Kinto."""

    def __init__(self, http: httpx.Client, classes: int) -> None:
        self.name = "Kinto (PostgreSQL)"
        self.http = http
        http.put("/buckets/school").raise_for_status()
        for number in range(classes):
            http.put(f"/buckets/school/collections/c{number}").raise_for_status()

    def requests(self, step: Step, number: int, contents: Contents) -> list[Request]:
        """Batches of puts, or one listing."""
        home = f"/buckets/school/collections/c{number}/records"
        if step is Step.PULL:
            return [Request("GET", home)]
        bodies = [
            [{"path": f"/v1{home}/g{grade}-{code}", "body": {"data": dict(cells)}} for (grade, code), cells in batch]
            for batch in parts(contents.of(step), _BATCH)
        ]
        return [
            Request("POST", "/batch", orjson.dumps({"defaults": {"method": "PUT"}, "requests": body}))
            for body in bodies
        ]

    def learn(self, step: Step, number: int, answers: Sequence[httpx.Response]) -> None:
        """Every part of a batch must have been written."""
        del number
        for answer in answers if step is not Step.PULL else ():
            if any(part["status"] >= 300 for part in answer.json()["responses"]):
                raise RuntimeError(answer.text[:500])


@contextmanager
def kinto(environment: Path, folder: Path, url: str, classes: int) -> Iterator[Kinto]:
    """Kinto from a virtual environment of its own, on an empty database."""
    port = free_port()
    settings = folder / "kinto.ini"
    settings.write_text(_SETTINGS.format(url=url, port=port), encoding="utf-8")
    program = str(environment / "bin" / "kinto")
    subprocess.run([program, "migrate", "--ini", str(settings)], check=True, capture_output=True)
    command = [program, "start", "--ini", str(settings), "--port", str(port)]
    base = f"http://127.0.0.1:{port}/v1"
    headers = {"Content-Type": "application/json"}
    with (
        running(command, folder, f"{base}/"),
        httpx.Client(base_url=base, auth=("bench", "bench"), headers=headers, timeout=120) as http,
    ):
        yield Kinto(http, classes)
