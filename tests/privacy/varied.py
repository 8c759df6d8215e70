"""A whole portal with every private cell replaced, but for the few that steer what is public without being shown."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.privacy.another import World, another, mark_of
from tests.privacy.cells import Cell, rewrite


@dataclass(frozen=True)
class Kept:
    """A private cell that is left as it is, and why. where: of which rows, with what the portal publishes of others at hand."""

    path: str
    name: str
    why: str
    where: Callable[[Mapping[str, Any], Original], bool] = lambda _beside, _original: True


@dataclass(frozen=True)
class Original:
    """What a portal says as it is, as far as the exceptions ask."""

    root: Path
    as_of: date

    def rows(self, table: str) -> list[dict[str, str]]:
        path = self.root / "data" / f"{table}.csv"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return [*csv.DictReader(file)]

    @cached_property
    def agreed_clients(self) -> frozenset[str]:
        """Clients whom a permitted spotlight, story or testimonial names."""
        trust = yaml.load((self.root / "data/trust.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # plain texts
        documents = [*self._front("spotlights"), *self._front("stories"), *trust["testimonials"]]
        given = [(each.get("permission_on") or each.get("consent_on"), each.get("client", "")) for each in documents]
        return frozenset(client for day, client in given if day and date.fromisoformat(day) <= self.as_of)

    def _front(self, folder: str) -> Iterable[dict[str, str]]:
        for path in sorted((self.root / "content" / folder).glob("*.md")):
            yield yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)  # noqa: S506  # plain texts

    @cached_property
    def listed(self) -> frozenset[str]:
        return frozenset(row["client_id"] for row in self.rows("clients") if row["listed"] == "yes")

    @cached_property
    def thanked(self) -> frozenset[str]:
        """Referrers whose wins are told: named and active."""
        people = self.rows("referrers")
        return frozenset(row["referrer_id"] for row in people if row["named"] == "yes" and row["active"] != "no")

    @cached_property
    def world(self) -> World:
        rules = yaml.load((self.root / "data/incentives.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)["rules"]  # noqa: S506  # plain texts
        rewards = yaml.load((self.root / "data/rewards.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # plain texts
        return World(
            keys={
                "clients": tuple(row["client_id"] for row in self.rows("clients")),
                # Nobody's referral may become one of a person whose wins are told.
                "referrers": tuple(
                    row["referrer_id"] for row in self.rows("referrers") if row["referrer_id"] not in self.thanked
                ),
                "referrals": tuple(row["referral_id"] for row in self.rows("referrals")),
                "rewards.practices": tuple(item["id"] for item in rewards["practices"]["items"]),
            },
            pictures=tuple(sorted(path.name for path in (self.root / "content/media").iterdir())),
            incentives=tuple(rule["id"] for rule in rules),
        )


def _agreed(beside: Mapping[str, Any], original: Original) -> bool:
    return beside["client_id"] in original.agreed_clients


def _address(beside: Mapping[str, Any], _original: Original) -> bool:
    return not beside["link_code"] and beside["active"] != "no"


def _told_win(beside: Mapping[str, Any], original: Original) -> bool:
    return beside["referrer_id"] in original.thanked


_DECIDES = "decides what is shown, and is not shown"
_NAMED_BY_AGREEMENT = "domain §4: a permitted spotlight, story or testimonial names its client, with industry and website"
_WINS = "domain §4: /wins/ tells the month of a named referrer's win"

KEPT: tuple[Kept, ...] = (
    Kept("data/clients.csv", "listed", _DECIDES),
    Kept("data/clients.csv", "client_id", "stands in the address of what somebody agreed to", _agreed),
    Kept("data/clients.csv", "name", _NAMED_BY_AGREEMENT, _agreed),
    Kept("data/clients.csv", "industry", _NAMED_BY_AGREEMENT, _agreed),
    Kept("data/clients.csv", "website", _NAMED_BY_AGREEMENT, _agreed),
    Kept("data/referrers.csv", "named", _DECIDES),
    Kept("data/referrers.csv", "active", _DECIDES),
    Kept("data/referrers.csv", "referrer_id", "is the address of a personal link without a code", _address),
    Kept("data/referrals.csv", "referrer_id", _WINS, _told_win),
    Kept("data/referrals.csv", "status", _WINS, _told_win),
    Kept("data/referrals.csv", "status_on", _WINS, _told_win),
    Kept("data/referrals.csv", "won_on", _WINS, _told_win),
    Kept("data/votes.csv", "month", "domain §4: a published spotlight tells how many voted"),
    Kept("data/portal.yaml", "staff", "domain §4: a published spotlight tells the share of the staff that voted"),
    Kept("data/portal.yaml", "as_of", "the day the portal speaks for"),
    Kept("data/trust.yaml", "public", _DECIDES),
    Kept("data/trust.yaml", "show_numbers", _DECIDES),
)
"""Every private cell that steers the public portal without being shown: what can be learnt of each is that much and no more.

permission_on and consent_on are not among them: any other day up to as_of gives the same portal, and is tried.
"""


@dataclass
class Varied:
    """Replaces cells and keeps the books. changed: each replaced cell with its mark's number; kept: exceptions that were used."""

    original: Original
    changed: list[tuple[Cell, int]] = field(default_factory=list)
    kept: set[tuple[str, str]] = field(default_factory=set)
    _ids: dict[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, cell: Cell) -> str:
        if not cell.private:
            return cell.value if cell.name not in _REFERENCES else self._renamed(_REFERENCES[cell.name], cell.value)
        if any(each.path == cell.path and each.name == cell.name and each.where(cell.beside, self.original) for each in KEPT):
            self.kept.add((cell.path, cell.name))
            return self._renamed(_REFERENCES[cell.name], cell.value) if cell.name in _REFERENCES else cell.value
        number = len(self.changed) + 1
        self.changed.append((cell, number))
        if cell.path in _KEYS and _KEYS[cell.path][1] == cell.name:
            return self._renamed(_KEYS[cell.path][0], cell.value)
        made = another(cell, number, self.original.world)
        return self._renamed(_REFERENCES[cell.name], made) if cell.name in _REFERENCES else made

    def _renamed(self, table: str, key: str) -> str:
        """Return what a key is called now: its own name where that is public or its address, another everywhere else."""
        if not key or key in self._stay(table):
            return key
        return self._ids.setdefault((table, key), mark_of(90_000 + len(self._ids)))

    def _stay(self, table: str) -> frozenset[str]:
        if table == "clients":
            return self.original.listed | self.original.agreed_clients
        if table == "referrers":
            return frozenset(row["referrer_id"] for row in self.original.rows(table) if _address(row, self.original))
        return frozenset()


_KEYS = {
    "data/clients.csv": ("clients", "client_id"),
    "data/referrers.csv": ("referrers", "referrer_id"),
    "data/referrals.csv": ("referrals", "referral_id"),
}
_REFERENCES = {
    "client_id": "clients",
    "won_client_id": "clients",
    "client": "clients",
    "referrer_id": "referrers",
    "referral_id": "referrals",
}


def vary(root: Path, where: Path, as_of: date) -> Varied:
    """Write the portal with another value in every private cell; ids that nobody may see are renamed everywhere alike."""
    varied = Varied(Original(root, as_of))
    rewrite(root, where, as_of, varied)
    return varied
