"""portal tally: the votes for customer of the month (domain, "Rewards for clients"; source: Rewards)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.asjson import document
from site_builder.cli.loaded import answer
from site_builder.cli.speaking import counted, heading
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, bar, paragraph, screen, table
from site_builder.model.portal import Portal
from site_builder.rules.election import Election, election

_NOMINATIONS: Final = "data/nominations.csv"
_READS: Final = (_NOMINATIONS, "data/votes.csv", "data/clients.csv")
_COLUMNS: Final = (
    Column("client"),
    Column("name", is_spare=True),
    Column("votes", is_number=True),
    Column("", is_ornament=True),
    Column(""),
)


def tally(arguments: Arguments) -> int:
    """Print a month's votes; 1 where mistakes would make them wrong, 2 where others read along."""

    def said(portal: Portal) -> str:
        held = election(portal, arguments.month)
        return as_json(held) if arguments.format == "json" else as_text(held, portal, screen(sys.stdout))

    return answer(arguments, _READS, said)


def as_json(held: Election) -> str:
    """Return the count for programs: votes for the nominated alone, and everybody's in the turnout."""
    return document(
        {
            "month": held.month,
            "nominated": list(held.nominated),
            "votes": dict(held.votes),
            "turnout": held.turnout,
            "winner": held.winner,
            "tie": held.is_tie,
        }
    )


def as_text(held: Election, portal: Portal, on: Screen) -> str:
    """Return a line a nominated client, most votes first, and who won; nobody's own vote."""
    return heading(f"Customer of the month, {held.month}", on) + "".join(_told(held, portal, on))


def _told(held: Election, portal: Portal, on: Screen) -> Iterator[str]:
    if not held.nominated:
        yield paragraph(_without_nominations(held.month, portal), on)
    else:
        yield table(_COLUMNS, [_row(client_id, held, portal) for client_id in _ranked(held)], on)
        yield paragraph(_result(held), on)
    if held.turnout:
        staff = f" of {portal.settings.staff}" if portal.settings.staff else ""
        yield paragraph(f"turnout: {held.turnout}{staff}", on)
    if held.stray:
        votes = counted(len(held.stray), "vote")
        yield paragraph(f"{votes} for somebody who was not nominated: in the turnout alone.", on)


def _without_nominations(month: str, portal: Portal) -> str:
    if _NOMINATIONS in portal.absent:
        return f"{_NOMINATIONS} is not started, so there is nothing to count."
    if month > portal.as_of.isoformat()[: len(month)]:
        return f"{month} has not begun by {portal.as_of}."
    return f"Nobody was nominated for {month}, so nobody can win."


def _ranked(held: Election) -> list[str]:
    return sorted(held.nominated, key=lambda client_id: (-held.votes[client_id], client_id))


def _row(client_id: str, held: Election, portal: Portal) -> Row:
    votes, leads = held.votes[client_id], client_id in held.leading
    share = Decimal(votes) / held.turnout if held.turnout else None
    word = "" if not leads else "tie" if held.is_tie else "leads" if held.is_running else "winner"
    dye = Dye.GREEN if leads else Dye.NONE
    named = portal.client_by_id.get(client_id)
    return Row((Cell(client_id, dye), named.name if named else "", str(votes), Cell(bar(share), dye), Cell(word, dye)))


def _result(held: Election) -> str:
    if held.winner is None and not held.is_tie:
        return "Nobody voted for one of them, so there is no winner."
    if held.is_running:
        return f"{held.month} is still running, so this may change."
    return "A tie has no winner: a spotlight then says in override_reason why it is theirs." if held.is_tie else ""
