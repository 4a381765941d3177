"""Run every system that is there, class by class in turns, and print what ours takes beside each."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from server.demo.generator import generate_schools
from tools.bench.timing import HEADER, Line
from tools.bench_peers.kinto import kinto
from tools.bench_peers.ours import ours
from tools.bench_peers.pouchdb import pouchdb
from tools.bench_peers.running import postgres_binaries, private_postgres
from tools.bench_peers.systems import WORDS, Contents, Step, System, contents_of

Times = dict[tuple[str, Step], list[float]]
_PEERS = Path("build/peers")
_SQLITE, _POSTGRES = "SQLite", "PostgreSQL"


def main() -> int:
    """Measure; exit code 1 when a bound is broken."""
    given = _arguments()
    school = next(generate_schools(1, given.classes, 45, stage=2))
    contents = [contents_of(loaded) for loaded in school.classes]
    with ExitStack() as stack:
        systems: list[System] = []
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sqlite = folder / "sqlite"
        sqlite.mkdir()
        systems.append(stack.enter_context(ours(_SQLITE, sqlite, f"sqlite:///{sqlite}/bench.db", school)))
        if binaries := postgres_binaries():
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            address = stack.enter_context(private_postgres(binaries, home, "ours", "kinto"))
            systems.append(stack.enter_context(ours(_POSTGRES, folder, f"{address}/ours", school)))
            if given.kinto:
                systems.append(stack.enter_context(kinto(given.kinto, folder, f"{address}/kinto", given.classes)))
        if given.pouchdb:
            systems.append(stack.enter_context(pouchdb(given.pouchdb, folder, given.classes)))
        return _report(_measure(systems, contents))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_peers")
    parser.add_argument("--kinto", type=Path, default=_PEERS / "kinto", help="môi trường ảo có kinto[postgresql]")
    parser.add_argument(
        "--pouchdb", type=Path, default=_PEERS / "pouchdb", help="thư mục có node_modules/pouchdb-server"
    )
    parser.add_argument("--classes", type=int, default=8, help="số lớp được gửi lần lượt")
    given = parser.parse_args()
    given.kinto = _installed(
        given.kinto, "bin/kinto", f"python3 -m venv {given.kinto}; pip install 'kinto[postgresql]'"
    )
    given.pouchdb = _installed(given.pouchdb, "node_modules/.bin/pouchdb-server", "npm install pouchdb-server")
    return given


def _installed(home: Path, program: str, how: str) -> Path | None:
    if (home / program).exists():
        return home.absolute()
    print(f"bỏ qua: không có {home / program} (cài bằng: {how})", file=sys.stderr)
    return None


def _measure(systems: Sequence[System], contents: Sequence[Contents]) -> Times:
    times: Times = {}
    for number, content in enumerate(contents):
        for step in Step:
            for system in systems:
                taken = _timed(system, step, number, content)
                if number:  # the first class warms every system up
                    times.setdefault((system.name, step), []).append(taken)
    return times


def _timed(system: System, step: Step, number: int, content: Contents) -> float:
    requests = system.requests(step, number, content)
    started = time.perf_counter()
    answers = [system.http.request(r.method, r.path, content=r.body) for r in requests]
    taken = time.perf_counter() - started
    for answer in answers:
        answer.raise_for_status()
    system.learn(step, number, answers)
    return taken


def _report(times: Times) -> int:
    medians = {key: 1000 * median(taken) for key, taken in times.items()}
    bounds = {("Kinto (PostgreSQL)", Step.PUSH): (_POSTGRES, 1 / 25)}
    bounds |= {("pouchdb-server", step): (_SQLITE, 1.0) for step in Step}
    print(HEADER)
    broken = 0
    for (name, step), taken in medians.items():
        if name in {_SQLITE, _POSTGRES}:
            print(f"{WORDS[step]}: {name}: {taken:.2f} ms")
            continue
        mine, bound = bounds.get((name, step), (_POSTGRES if "Kinto" in name else _SQLITE, float("inf")))
        line = Line(f"{WORDS[step]}: ta trên {mine} / {name}", medians[mine, step], taken, bound)
        print(line)
        broken += not line.passed
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
