"""Two things measured in turns, and the line that says whether their ratio keeps its bound."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Line:
    """One result: ours against a reference, both in the same unit."""

    name: str
    ours: float
    reference: float
    bound: float  # the largest ratio that passes
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the reference ours takes."""
        return self.ours / self.reference

    @property
    def passed(self) -> bool:
        """Whether the ratio keeps its bound."""
        return self.ratio <= self.bound

    def __str__(self) -> str:
        verdict = "OK" if self.passed else "KHÔNG ĐẠT"
        figures = f"{self.ours:10.2f} {self.reference:10.2f} {self.unit:<3} {self.ratio:8.2f} {self.bound:8.2f}"
        return f"{self.name:<66} {figures}  {verdict}"


HEADER = f"{'việc':<66} {'ta':>10} {'đối chiếu':>10}     {'tỉ lệ':>8} {'giới hạn':>8}"


def seconds(work: Work) -> float:
    """How long one piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def race(ours: Callable[[], float], reference: Callable[[], float], runs: int) -> tuple[float, float]:
    """Medians in milliseconds of two timed runs taken in turns, after one of each to warm up."""
    ours(), reference()
    gc.collect()
    times = [(ours(), reference()) for _ in range(runs)]
    return 1000 * median(t[0] for t in times), 1000 * median(t[1] for t in times)


def compare(name: str, ours: Work, reference: Work, bound: float, runs: int = 15) -> Line:
    """The line of two pieces of work that need no preparation."""
    return Line(name, *race(lambda: seconds(ours), lambda: seconds(reference), runs), bound)
