"""Run everything and print a line for each; exit code 1 when a bound is broken."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools.bench import checking, files, processes, sending
from tools.bench.timing import HEADER


def main() -> int:
    """Measure part by part; arguments name the parts wanted."""
    parts = {
        "files": files.measure,
        "checking": checking.measure,
        "sending": sending.measure,
        "processes": processes.measure,
    }
    wanted = sys.argv[1:] or list(parts)
    broken = 0
    print(HEADER)
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            for line in parts[name](Path(folder)):
                print(line, flush=True)
                broken += not line.passed
    print(f"{broken} giới hạn KHÔNG ĐẠT" if broken else "mọi giới hạn đều OK")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
