"""portal record: ticks off what happened, to a referral, a client or a referrer, in the table that holds it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from site_builder.cli import recordpeople, recordreferral
from site_builder.cli.arguments import Arguments
from site_builder.cli.loaded import ended, load_portal
from site_builder.cli.private import private_refusal
from site_builder.cli.recordedit import Change, Edit, joined
from site_builder.cli.shell import WrongUsageError, portal_folder
from site_builder.load.tables import LARGEST_TABLE
from site_builder.load.text import read_bytes
from site_builder.model.portal import Portal

_REFERRALS: Final = "data/referrals.csv"
_CLIENTS: Final = "data/clients.csv"


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that may have happened. table: what it is written into; holder: whose id is typed.

    reads: what it is judged by; needed, options: what must and what may be typed with it and with nothing else.
    """

    change: Callable[[Portal, date, Arguments], Change | None]
    table: str
    holder: str
    reads: tuple[str, ...]
    needed: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    may_come: bool = False


_TICK: Final = _Step(recordreferral.ticked_off, _REFERRALS, _REFERRALS, (_REFERRALS,))
_STEPS: Final[Mapping[str, _Step]] = MappingProxyType(
    {
        "paid": _Step(
            recordreferral.paid,
            "data/payouts.csv",
            _REFERRALS,
            # What a payout may be is reckoned from rules, people, clients and terms; the rest needs its own rows alone.
            ("data/", "content/terms/"),
            options=("rule", "instalment", "early"),
        ),
        "reviewed": _Step(
            recordpeople.review,
            "data/reviews.csv",
            _CLIENTS,
            (_CLIENTS, "data/reviews.csv"),
            ("outcome",),
            ("roadblock", "follow_up", "follow_up_on", "nps", "note"),
        ),
        "kept": _Step(recordpeople.promise, "data/reviews.csv", _CLIENTS, (_CLIENTS, "data/reviews.csv")),
        "introduced": _Step(
            recordpeople.introduction,
            "data/introductions.csv",
            _CLIENTS,
            (_CLIENTS, "data/introductions.csv"),
            ("whom",),
        ),
        "gift": _Step(
            recordpeople.gift,
            "data/gifts.csv",
            _CLIENTS,
            (_CLIENTS, "data/gifts.csv"),
            ("what",),
            ("occasion", "cost"),
            may_come=True,
        ),
        "synced": _Step(recordpeople.talk, "data/referrers.csv", "data/referrers.csv", ("data/referrers.csv",)),
    }
)
"""Every step that is no tick in a referral's own row."""


def record(arguments: Arguments) -> int:
    """Write one thing that happened; 1 where mistakes stand in the way or the file cannot be written, 2 where it is refused."""
    return ended(lambda: _record(arguments))


def _record(arguments: Arguments) -> int:
    step = _STEPS.get(arguments.step, _TICK)
    _check_usage(arguments, step)
    root = portal_folder(arguments.portal)
    # Read before it is judged: what is changed is what was judged, or the change is refused.
    read = read_bytes(root, step.table, LARGEST_TABLE)
    former = read if isinstance(read, bytes) else None
    portal = load_portal(arguments, step.reads)
    on = arguments.on or portal.as_of
    if not step.may_come:
        _check_come(portal, on)
    change = step.change(portal, on, arguments)
    if change is None:
        sys.stdout.write(f"{arguments.row} says so already; nothing was written.\n")
        return 0
    edit = Edit(root, step.table, step.holder, former, change)
    return edit.shown() if arguments.dry_run else edit.made()


def _check_usage(arguments: Arguments, step: _Step) -> None:
    for name, other in _STEPS.items():
        takes = (*other.needed, *other.options)
        if other is not step and any(getattr(arguments, option) not in {None, False} for option in takes):
            raise WrongUsageError(
                f"{joined([_typed(option) for option in takes])} {'goes' if len(takes) == 1 else 'go'} with {name}"
            )
    for option in step.needed:
        if not (getattr(arguments, option) or "").strip():
            raise WrongUsageError(f"{arguments.step} needs {_typed(option)}; portal record --help says more")
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)


def _typed(option: str) -> str:
    return "--" + option.replace("_", "-")


def _check_come(portal: Portal, on: date) -> None:
    """Refuse a day that has not come."""
    if on > portal.as_of:
        pinned = " (as_of in data/portal.yaml)" if portal.settings.as_of is not None else ""
        raise WrongUsageError(f"{on} has not come yet: today is {portal.as_of}{pinned}")
