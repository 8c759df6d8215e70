"""/who-to-refer/: the problem a referrer can recognise by themselves, and what to say (Step by step: positioning)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicPortal, PublicPositioning
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class WhoToReferView:
    """The positioning, whole."""

    positioning: PublicPositioning


def _who_to_refer(portal: PublicPortal) -> Iterable[Entry[WhoToReferView]]:
    yield Entry(WhoToReferView(portal.positioning), Source("data/positioning.yaml"))


WHO_TO_REFER = PageKind("who_to_refer", Route("/who-to-refer/"), "who_to_refer.html", WhoToReferView, _who_to_refer, nav=10)
