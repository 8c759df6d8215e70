"""/trust/: guarantees, capacity, people and results: what makes it safe to lend us one's name (Motivation sabotage)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicDifferentiator, PublicPortal, PublicTrust
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class TrustView:
    """What /trust/ shows."""

    trust: PublicTrust
    differentiators: tuple[PublicDifferentiator, ...]


def _trust(portal: PublicPortal) -> Iterable[Entry[TrustView]]:
    if portal.trust:
        yield Entry(TrustView(portal.trust, portal.positioning.differentiators), Source("data/trust.yaml"))


TRUST = PageKind("trust", Route("/trust/"), "trust.html", TrustView, _trust, nav=30)
