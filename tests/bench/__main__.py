"""Time builds of 100, 1,000 and 10,000 clients, a table of a million rows, the rules, private pages, the receiver, and the start.

`python -m tests.bench` measures everything, `python -m tests.bench tables` that section only. Each number is of one run on
this machine; compare the ratios, and runs of the same machine only.
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

from tests.bench import receiver, rules, sealed
from tests.bench.portals import write

_SIZES = (100, 1_000, 10_000)
_STARTS = 15
# The portal a table of a million tickets belongs to, and what reading it may take: the first time, and from then on.
_CLIENTS, _MONTHS = 2_000, 500
_LIMITS = {"first sight": "60 s, 400 MB", "judged": "6 s"}
_READS = 3


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
    """Print the sections that argv names, all of them when it names none."""
    sections = {
        "builds": _builds,
        "tables": _tables,
        "rules": rules.main,
        "sealed": sealed.main,
        "receiver": receiver.main,
        "starts": _starts,
    }
    for name in sys.argv[1:] or sections:
        sections[name]()
        print()


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


def _tables() -> None:
    print(f"Tables: a portal with {_CLIENTS * _MONTHS:,} rows of tickets read, wall seconds from the start of Python to its end.")
    print("First sight: frictionless judges the table; judged: its verdict is remembered, the fastest and slowest of the runs.")
    print(f"{'tickets':>10} {'':12}{'rows':>10}{'seconds':>14}{'peak MB':>9}  {'frictionless':14}at most")
    for order in ("by client", "shuffled"):
        with tempfile.TemporaryDirectory() as scratch:
            portal, cache = Path(scratch, "portal"), Path(scratch, "cache")
            write(portal, _CLIENTS, months=_MONTHS, ordered=order == "by client")
            for label, runs in (("first sight", 1), ("judged", _READS)):
                reads = [_read(portal, cache) for _ in range(runs)]
                taken = "–".join(dict.fromkeys(f"{taken:.1f}" for taken in sorted((min(reads)[0], max(reads)[0]))))
                peak, rows, judged = max(read[1:] for read in reads)
                said = "imported" if judged else "not needed"
                print(f"{order:>10} {label:12}{rows:>10,}{taken:>14}{peak:>9,}  {said:14}{_LIMITS[label]}", flush=True)


def _starts() -> None:
    bare = _start([sys.executable, "-c", "pass"])
    print(f"Starts: median of {_STARTS}, in milliseconds, and times Python's own.")
    print(f"{'python -c pass':24}{bare:>7.0f}")
    for words in (["--version"], ["--help"]):
        taken = _start([sys.executable, "-m", "site_builder", *words])
        print(f"{'portal ' + ' '.join(words):24}{taken:>7.0f}{taken / bare:>7.1f} x")


def _build(folder: Path) -> Run:
    places = [str(folder / name) for name in ("portal", "output", "cache")]
    command = [sys.executable, "-m", "tests.bench.stages", *places]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout))


def _read(portal: Path, cache: Path) -> tuple[float, int, int, bool]:
    """Return wall seconds, peak MB, rows and whether frictionless was imported, of one reading."""
    command = [sys.executable, "-m", "tests.bench.tables", str(portal), str(cache)]
    began = perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    taken = perf_counter() - began
    said = json.loads(done.stdout)
    return taken, said["peak_mb"], said["rows"], said["imported_frictionless"]


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
