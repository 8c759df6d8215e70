"""Customer of the month: nominated, voted by the whole company (domain, "Rewards for clients"; source: Rewards)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from site_builder.model.portal import Portal
from site_builder.model.tables import Nomination, Vote

R = TypeVar("R", Nomination, Vote)


@dataclass(frozen=True, slots=True)
class Election:
    """A month's vote. month: YYYY-MM. nominated: client ids, sorted. votes: for each nominated, 0 included.

    turnout: everybody who voted. winner: None without a vote for a nominated client, and for a tie. leading: who has the most
    votes, the winner or all who tie. stray: votes for others, by voter; without nominations that is every vote. is_running: the
    month is not over on as_of; as_of's own is not on its last day either, for there is still time to vote.
    """

    month: str
    nominated: tuple[str, ...]
    votes: Mapping[str, int]
    turnout: int
    winner: str | None
    leading: tuple[str, ...]
    stray: tuple[Vote, ...]
    is_running: bool

    @property
    def is_tie(self) -> bool:
        """Whether several share the most votes."""
        return len(self.leading) > 1


def election(portal: Portal, month: str) -> Election:
    """Return a month's; without nominations nobody can win. After as_of's month nothing has happened yet."""
    has_happened = month <= _month(portal.as_of)
    nominations = [row for row in portal.nominations if has_happened and row.month == month]
    votes = [row for row in portal.votes if has_happened and row.month == month]
    return _counted(month, nominations, votes, portal.as_of)


def elections(portal: Portal) -> tuple[Election, ...]:
    """Return those of all months up to as_of's with nominations or votes, oldest first."""
    nominations, votes = _by_month(portal.nominations), _by_month(portal.votes)
    months = sorted(month for month in {*nominations, *votes} if month <= _month(portal.as_of))
    return tuple(_counted(month, nominations.get(month, ()), votes.get(month, ()), portal.as_of) for month in months)


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _by_month(rows: Iterable[R]) -> Mapping[str, Sequence[R]]:
    months: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        months[row.month].append(row)
    return months


def _counted(month: str, nominations: Sequence[Nomination], votes: Sequence[Vote], as_of: date) -> Election:
    """Count a month's rows: one vote a row, for the table has one row a person and month."""
    nominated = tuple(sorted({row.client_id for row in nominations}))
    cast = Counter(row.client_id for row in votes)
    most = max((cast[client_id] for client_id in nominated), default=0)
    leading = tuple(client_id for client_id in nominated if most and cast[client_id] == most)
    return Election(
        month=month,
        nominated=nominated,
        votes={client_id: cast[client_id] for client_id in nominated},
        turnout=len(votes),
        winner=leading[0] if len(leading) == 1 else None,
        leading=leading,
        stray=tuple(sorted((row for row in votes if row.client_id not in nominated), key=lambda row: row.voter)),
        is_running=month >= _month(as_of),
    )
