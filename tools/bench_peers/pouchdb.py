"""pouchdb-server (the CouchDB protocol): a database a class, a document a student-year, one bulk request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import orjson

from tools.bench_peers.running import free_port, running
from tools.bench_peers.systems import Contents, Request, Step


class PouchDb:
    """A running pouchdb-server; a client must remember the revision of every document."""

    def __init__(self, http: httpx.Client, classes: int) -> None:
        self.name = "pouchdb-server"
        self.http = http
        self._revisions: dict[tuple[int, str], str] = {}
        for number in range(classes):
            http.put(f"/c{number}").raise_for_status()

    def requests(self, step: Step, number: int, contents: Contents) -> list[Request]:
        """One bulk request of documents, or one listing with them."""
        if step is Step.PULL:
            return [Request("GET", f"/c{number}/_all_docs?include_docs=true")]
        docs = []
        for (grade, code), cells in contents.of(step).items():
            name = f"g{grade}-{code}"
            revision = self._revisions.get((number, name))
            docs.append({"_id": name, **({"_rev": revision} if revision else {}), **cells})
        return [Request("POST", f"/c{number}/_bulk_docs", orjson.dumps({"docs": docs}))]

    def learn(self, step: Step, number: int, answers: Sequence[httpx.Response]) -> None:
        """Keep the new revisions."""
        for answer in answers if step is not Step.PULL else ():
            for done in answer.json():
                self._revisions[number, done["id"]] = done["rev"]


@contextmanager
def pouchdb(project: Path, folder: Path, classes: int) -> Iterator[PouchDb]:
    """pouchdb-server from a node project of its own, on an empty folder."""
    port = free_port()
    program = str(project / "node_modules" / ".bin" / "pouchdb-server")
    base = f"http://127.0.0.1:{port}"
    home = folder / "pouchdb"
    home.mkdir()
    command = ["node", program, "--port", str(port), "--dir", str(home), "--no-stdout-logs"]
    headers = {"Content-Type": "application/json"}
    with running(command, home, f"{base}/"), httpx.Client(base_url=base, headers=headers, timeout=120) as http:
        yield PouchDb(http, classes)
