"""One build of one portal, timed stage by stage: run in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from site_builder.page import Artifact

T = TypeVar("T")


def main() -> None:
    """Build the portal in argv[1] into argv[2] with the cache in argv[3]; print seconds by stage as JSON."""
    portal, output, cache = (Path(part) for part in sys.argv[1:4])
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], T]) -> T:
        began = perf_counter()
        result = work()
        seconds[stage] = round(perf_counter() - began, 4)
        return result

    timed("import", _import)
    from site_builder.audit import audit
    from site_builder.audit.leaks import leaks
    from site_builder.checks import Subject, check
    from site_builder.load.folder import load
    from site_builder.load.wording import wording
    from site_builder.pages import plan
    from site_builder.publish import publish
    from site_builder.render import Surroundings, Workshop, public_files, workshop
    from site_builder.render.theme import find
    from site_builder.rules.consent import public_portal

    loaded = timed("load", lambda: load(portal, as_of=None, today=lambda _zone: date(2026, 10, 31), cache=cache))
    whole = loaded.portal
    if whole is None:
        raise SystemExit(f"the portal of the bench is broken: {loaded.problems[:3]}")
    timed("check", lambda: check(Subject(whole, wording(whole.settings))))
    public = timed("project", lambda: public_portal(whole))
    pages = timed("plan", lambda: plan(public))
    theme = find(portal, "default")
    if theme is None:
        raise SystemExit("the default theme is missing")

    def rendered() -> tuple[Artifact, ...]:
        shop = workshop(public, pages, Surroundings(portal, theme, loaded.pictures, cache))
        return public_files(shop, pages)[0] if isinstance(shop, Workshop) else ()

    artifacts = timed("render", rendered)
    timed("audit", lambda: audit(artifacts, base="/", origin="https://refer.bench.example"))
    timed("leaks", lambda: leaks(whole, artifacts))
    timed("publish", lambda: publish(artifacts, output))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    judged = "frictionless" in sys.modules
    print(json.dumps({"pages": len(pages), "seconds": seconds, "peak_mb": peak, "imported_frictionless": judged}))


def _import() -> None:
    import site_builder.pipeline
    import site_builder.publish  # noqa: F401  # both are what a build needs


if __name__ == "__main__":
    main()
