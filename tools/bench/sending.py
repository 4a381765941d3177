"""The service in process on SQLite beside the raw floor: first send, five cells, pull; and what five cells cost as it grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from server.callers import caller_named
from server.database import open_engine
from server.demo.generator import generate_schools
from server.loading import ClassLoad, SchoolLoad, load_school
from server.migrate import migrate
from server.sync import SyncService
from shared.check import invalid_cells
from shared.layout import GRADES, PROFILE, sheet_layout
from shared.merge import RowChange
from shared.records import ClassKey
from shared.sync_api import Submission
from tools.bench import samples
from tools.bench.floor import RawStore
from tools.bench.timing import Line, race, seconds

RUNS = 25
SEND_BOUND, FIVE_BOUND, PULL_BOUND, GROWTH_BOUND = 5.0, 3.0, 4.0, 1.5
BIG_CLASS, MANY_SCHOOLS = 450, 60
_NUMBERS = count()


class Bench:
    """A service and its client in one process, on a database of its own."""

    def __init__(self, folder: Path, *schools: SchoolLoad) -> None:
        self._engine = open_engine(
            f"sqlite:///{folder.as_posix()}/{schools[0].code}-{len(schools)}-{next(_NUMBERS)}.db"
        )
        migrate(self._engine)
        for school in schools:
            load_school(self._engine, school)
        self.school = schools[0]
        self._service = SyncService(self._engine, caller_named(self._engine, self.school.accounts[0].username))
        self._ids = count()

    def key(self, number: int) -> ClassKey:
        """The class with a number, from 0."""
        return ClassKey(self.school.code, self.school.school_year, self.school.classes[number].name)

    def send(self, number: int, rows: tuple[RowChange, ...]) -> float:
        """How long the service takes for a submission; every cell must be applied."""
        submission = Submission(f"bench-{next(self._ids)}", rows)
        answers: list[str] = []
        taken = seconds(lambda: answers.append(self._service.send_json(self.key(number), submission)))
        if '"verdicts":[]' not in answers[0]:
            raise RuntimeError(answers[0][:500])
        return taken

    def five(self, turns: Iterator[int], number: int = 0) -> float:
        """How long five cells take in one of the classes, beside the check itself."""
        rows = samples.five_cells(self.school.classes[number], next(turns))
        checking = seconds(lambda: _judge(self.school, rows))
        return self.send(number, rows) - checking

    def pull(self, number: int = 0) -> float:
        """How long a pull takes, as it goes over the wire."""
        return seconds(lambda: self._service.pull_json(self.key(number), GRADES))


def measure(folder: Path) -> Iterator[Line]:
    """All lines of this part."""
    yield from _first_send(folder)
    yield from _small(folder)
    yield from _growth(folder)


def _first_send(folder: Path) -> Iterator[Line]:
    school = samples.school(RUNS + 1)
    bench = Bench(folder, replace(school, classes=tuple(map(_without_results, school.classes))))
    raw = RawStore(folder / "raw-first.db")
    mine, theirs = count(), count()

    def ours() -> float:
        number = next(mine)
        rows = samples.first_send(school.classes[number])
        checking = seconds(lambda: _judge(school, rows))
        return bench.send(number, rows) - checking

    def floor() -> float:
        number = next(theirs)
        rows = samples.first_send(school.classes[number])
        return seconds(lambda: raw.write(number, rows, {}))

    yield Line("lần gửi đầu của cả lớp, ngoài phần kiểm tra / sàn sqlite3", *race(ours, floor, RUNS), SEND_BOUND)
    pulled = race(bench.pull, lambda: seconds(lambda: raw.read(0)), RUNS)
    yield Line("lấy lớp, kèm lịch sử lần gửi / sàn đọc và xuất JSON", *pulled, PULL_BOUND)
    raw.close()


def _judge(school: SchoolLoad, rows: tuple[RowChange, ...]) -> None:
    """The part of the checks that a service runs on a send."""
    for row in rows:
        layout = sheet_layout(school.level, school.school_year, row.sheet)
        invalid_cells(layout, {key: after for key, (_, after) in row.cells.items()})


def _small(folder: Path) -> Iterator[Line]:
    school = samples.school()
    bench, raw = Bench(folder, school), RawStore(folder / "raw-five.db")
    loaded = school.classes[0]
    raw.write(0, samples.first_send(loaded), {})
    mine, theirs = count(), count()

    def floor() -> float:
        rows = samples.five_cells(loaded, next(theirs))
        return seconds(lambda: raw.write(0, rows, loaded.records))

    pulled = race(bench.pull, lambda: seconds(lambda: raw.read(0)), RUNS)
    yield Line("lấy lớp, chưa có lịch sử / sàn đọc và xuất JSON", *pulled, PULL_BOUND)
    yield Line(
        "gửi năm ô, ngoài phần kiểm tra / sàn sqlite3", *race(lambda: bench.five(mine), floor, 2 * RUNS), FIVE_BOUND
    )
    raw.close()


def _growth(folder: Path) -> Iterator[Line]:
    school, big = samples.school(), samples.school(1, BIG_CLASS)
    one, large = Bench(folder, school), Bench(folder, big)
    many = Bench(folder, *generate_schools(MANY_SCHOOLS, 10, 45, stage=2))
    small, grown = count(), count()
    times = race(lambda: large.five(grown), lambda: one.five(small), 2 * RUNS)
    yield Line(f"gửi năm ô: lớp {BIG_CLASS} học sinh / lớp 45", *times, GROWTH_BOUND)
    spread = count()
    times = race(lambda: many.five(spread), lambda: one.five(small), 2 * RUNS)
    yield Line(f"gửi năm ô: {MANY_SCHOOLS} trường / 1 trường", *times, GROWTH_BOUND)


def _without_results(loaded: ClassLoad) -> ClassLoad:
    return replace(loaded, records={key: cells for key, cells in loaded.records.items() if key[0] == PROFILE})
