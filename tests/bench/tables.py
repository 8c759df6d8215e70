"""One portal read in a process of its own, so that its peak memory is its own: no rules, no pages."""

from __future__ import annotations

import json
import resource
import sys
from datetime import date
from pathlib import Path

from site_builder.load.folder import load


def main() -> None:
    """Read the portal in argv[1] with the cache in argv[2]; print what was read and the peak of memory in MB as JSON."""
    portal, cache = (Path(part) for part in sys.argv[1:3])
    loaded = load(portal, as_of=None, today=lambda _zone: date(2026, 10, 31), cache=cache)
    if loaded.portal is None or loaded.problems:
        raise SystemExit(f"the portal of the bench is broken: {loaded.problems[:3]}")
    rows = sum(map(len, loaded.portal.tickets.values()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"rows": rows, "peak_mb": peak, "imported_frictionless": "frictionless" in sys.modules}))


if __name__ == "__main__":
    main()
