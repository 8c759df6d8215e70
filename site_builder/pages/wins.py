"""/wins/: people whose word brought somebody, by name and month, where they agreed to be named (Step by step: gratitude)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from site_builder.model.public import PublicPortal
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class WinsMonth:
    """A month and the names of those to thank for it, in alphabetical order: never by rank."""

    month: date
    names: tuple[str, ...]


@dataclass(frozen=True)
class WinsView:
    """The months with somebody to thank, the latest first."""

    months: tuple[WinsMonth, ...]


def _wins(portal: PublicPortal) -> Iterable[Entry[WinsView]]:
    if portal.wins:
        months = (
            WinsMonth(month, tuple(win.name for win in wins)) for month, wins in groupby(portal.wins, key=lambda win: win.month)
        )
        yield Entry(WinsView(tuple(months)), Source("data/referrals.csv"))


WINS = PageKind("wins", Route("/wins/"), "wins.html", WinsView, _wins)
