"""Time builds of 100, 1,000 and 10,000 clients, cold, warm and unchanged, and the start of the command beside Python's own.

Each number is of one run on this machine; compare the ratios, and runs of the same machine only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.portals import write

_SIZES = (100, 1_000, 10_000)
_STARTS = 15


@dataclass(frozen=True)
class Run:
    """What one build took: seconds by stage, and its peak of memory in MB."""

    pages: int
    seconds: dict[str, float]
    peak_mb: int
    imported_frictionless: bool

    def cells(self) -> str:
        """Return the run's part of a row of the table."""
        total = sum(self.seconds.values())
        stages = "".join(f"{taken:>9.3f}" for taken in self.seconds.values())
        judged = "imported" if self.imported_frictionless else "not needed"
        return f"{self.pages:>7,}{stages}{total:>9.2f}{1000 * total / self.pages:>9.2f}{self.peak_mb:>9,}  {judged}"


def main() -> None:
    """Print a table of builds and one of starts."""
    _builds()
    _starts()


def _builds() -> None:
    print("Builds: seconds by stage. Cold: no cache and no output; warm: both are there and nothing has changed.")
    titled = False
    for size in _SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            write(Path(scratch, "portal"), size)
            for label in ("cold", "warm"):
                run = _build(Path(scratch))
                if not titled:
                    stages = "".join(f"{stage:>9}" for stage in run.seconds)
                    print(f"{'clients':>8} {'':5}{'pages':>7}{stages}{'total':>9}{'ms/page':>9}{'peak MB':>9}  frictionless")
                    titled = True
                print(f"{size:>8,} {label:5}{run.cells()}", flush=True)


def _starts() -> None:
    bare = _start([sys.executable, "-c", "pass"])
    print(f"\nStarts: median of {_STARTS}, in milliseconds, and times Python's own.")
    print(f"{'python -c pass':24}{bare:>7.0f}")
    for words in (["--version"], ["--help"]):
        taken = _start([sys.executable, "-m", "site_builder", *words])
        print(f"{'portal ' + ' '.join(words):24}{taken:>7.0f}{taken / bare:>7.1f} x")


def _build(folder: Path) -> Run:
    places = [str(folder / name) for name in ("portal", "output", "cache")]
    command = [sys.executable, "-m", "tests.bench.stages", *places]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout))


def _start(command: list[str]) -> float:
    """Return the median of a command's wall time in milliseconds."""
    taken = []
    for _ in range(_STARTS):
        began = perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(1000 * (perf_counter() - began))
    return median(taken)


if __name__ == "__main__":
    main()
