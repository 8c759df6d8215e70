"""portal record: ticks off what happened to a referral, in data/referrals.csv, or in data/payouts.csv what was paid for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from site_builder.cli.arguments import Arguments
from site_builder.cli.linkstext import difference
from site_builder.cli.loaded import ended, load_portal, unknown
from site_builder.cli.private import private_refusal
from site_builder.cli.shell import WrongUsageError, complain, portal_folder
from site_builder.cli.speaking import speaker
from site_builder.edit import ChangedMeanwhileError, append_row, change_cells, create_content, replace_content
from site_builder.edit.table import open_table
from site_builder.load.tables import LARGEST_TABLE
from site_builder.load.text import read_bytes
from site_builder.model.portal import Portal
from site_builder.model.tables import Payout, Referral
from site_builder.record import Payment, RefusedError, Tick, Wish, changed_cells, following, missing, payment, row, ticked

_REFERRALS: Final = "data/referrals.csv"
_PAYOUTS: Final = "data/payouts.csv"
_PAID: Final = "paid"
_KEY: Final = "referral_id"
# What a payout may be is reckoned from rules, people, clients and terms; a tick needs its own row alone.
_RECKONED_FROM: Final = ("data/", "content/terms/")

T = TypeVar("T")


def record(arguments: Arguments) -> int:
    """Write one thing that happened; 1 where mistakes stand in the way or the file cannot be written, 2 where it is refused."""
    return ended(lambda: _record(arguments))


def _record(arguments: Arguments) -> int:
    _check_usage(arguments)
    is_paid = arguments.step == _PAID
    table = _PAYOUTS if is_paid else _REFERRALS
    root = portal_folder(arguments.portal)
    # Read before it is judged: what is changed is what was judged, or the change is refused.
    read = read_bytes(root, table, LARGEST_TABLE)
    former = read if isinstance(read, bytes) else None
    portal = load_portal(arguments, _RECKONED_FROM if is_paid else (_REFERRALS,))
    referral = _referral(portal, arguments.referral)
    on = arguments.on or portal.as_of
    _check_come(portal, on)
    change = _paid(portal, referral, on, arguments) if is_paid else _ticked(portal, referral, on, Tick(arguments.step))
    if change is None:
        sys.stdout.write(f"{referral.referral_id} says so already; nothing was written.\n")
        return 0
    edit = _Edit(root, table, former, change)
    return edit.shown() if arguments.dry_run else edit.made()


def _check_usage(arguments: Arguments) -> None:
    if arguments.step != _PAID and (arguments.rule is not None or arguments.instalment is not None or arguments.early):
        raise WrongUsageError(f"--rule, --instalment and --early go with {_PAID}")
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)


def _referral(portal: Portal, typed: str) -> Referral:
    referrals = {each.referral_id: each for each in portal.referrals}
    if typed not in referrals:
        raise unknown("referral", typed, referrals)
    return referrals[typed]


def _check_come(portal: Portal, on: date) -> None:
    """Refuse a day that has not come."""
    if on > portal.as_of:
        pinned = " (as_of in data/portal.yaml)" if portal.settings.as_of is not None else ""
        raise WrongUsageError(f"{on} has not come yet: today is {portal.as_of}{pinned}")


@dataclass(frozen=True, slots=True)
class _Change:
    """What becomes of a table for a referral. after: the portal with it; content: new bytes from the former, None for no file.

    needs: what is to be filled in by hand now, "" for nothing.
    """

    referral_id: str
    after: Portal
    content: Callable[[bytes | None], bytes]
    said: str
    needs: str = ""


def _ticked(portal: Portal, before: Referral, on: date, tick: Tick) -> _Change | None:
    """Return the change of a referral's row; None where it says so already."""
    after = _allowed(lambda: ticked(before, tick, on))
    cells = changed_cells(before, after)
    if not cells:
        return None
    name = before.referral_id
    changed = replace(portal, referrals=tuple(after if each is before else each for each in portal.referrals))
    match tick:
        case Tick.THANKED:
            said = f"{before.referrer_id} was thanked for {name} on {on}."
        case Tick.TOLD:
            former = before.outcome_told_on
            instead = f" (it said {former}, which was before the outcome)" if former is not None else ""
            said = f"{before.referrer_id} was told on {on} what became of {name}{instead}."
        case _:
            said = f"{name} is {tick} since {after.status_on}."
    needs = _to_fill_in(changed, before) if tick is Tick.WON else ""
    return _Change(name, changed, lambda content: change_cells(content or b"", {name: cells}, key=_KEY), said, needs)


def _to_fill_in(changed: Portal, before: Referral) -> str:
    columns = missing(changed, before.referral_id)
    return f"fill in {_joined(columns)} ({row(before)}), for rewards are reckoned from that" if columns else ""


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _paid(portal: Portal, referral: Referral, on: date, arguments: Arguments) -> _Change:
    """Return the change of the payouts: one row more, or a table with one row."""
    rules = [rule.id for rule in portal.incentives.rules]
    if arguments.rule is not None and arguments.rule not in rules:
        raise unknown("incentive", arguments.rule, rules)
    wish = Wish(on, arguments.rule, arguments.instalment, is_early=arguments.early)
    made = _allowed(lambda: payment(portal, referral, wish))
    changed = replace(portal, payouts=(*portal.payouts, made.payout()))

    def content(former: bytes | None) -> bytes:
        header = ",".join(name for name in Payout.model_fields if name != "origin").encode() + b"\n"
        return append_row(header if former is None else former, made.cells(), key=_KEY)

    return _Change(referral.referral_id, changed, content, _handed_over(made, portal))


def _handed_over(made: Payment, portal: Portal) -> str:
    number = "" if made.instalment is None else f", instalment {made.instalment},"
    amount = "" if made.amount is None else f" with {speaker(portal).money(made.amount)}"
    early = "" if made.due_on is None else f", before it is due on {made.due_on}"
    return f"{made.rule}{number} of {made.referral_id} is paid{amount} on {made.paid_on}{early}."


def _allowed(work: Callable[[], T]) -> T:
    try:
        return work()
    except RefusedError as refused:
        raise WrongUsageError(f"{refused}. Nothing was written.") from None


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change of one table. former: its bytes, None where it is not started."""

    root: Path
    table: str
    former: bytes | None
    change: _Change

    def shown(self) -> int:
        """Print what would change."""
        sys.stdout.write(difference(self.former or b"", self.change.content(self.former), self.table))
        complain("nothing was written")
        return 0

    def made(self) -> int:
        """Write the table, say so, and what is next."""
        path = self.root / self.table
        content = self.change.content(self.former)
        try:
            if self.former is None:
                create_content(path, content, like=self.root / _REFERRALS)
            else:
                replace_content(path, self.former, content)
        except ChangedMeanwhileError:
            complain(f"{self.table} was saved by somebody else just now, so nothing was written; run this again")
            return 1
        except OSError as error:
            complain(f"{self.table} cannot be written: {(error.strerror or 'unknown reason').lower()}")
            return 1
        sys.stdout.write(" ".join(self._told(content)) + "\n")
        return 0

    def _told(self, content: bytes) -> Iterable[str]:
        yield self.change.said
        if self.former is None:
            yield f"{self.table} was started for it."
        elif added := [name for name in _columns(content) if name not in _columns(self.former)]:
            yield f"{self.table} has a new {'column' if len(added) == 1 else 'columns'} for it: {_joined(added)}."
        if next_is := "; ".join(filter(None, (following(self.change.after, self.change.referral_id), self.change.needs))):
            yield f"Next: {next_is}."


def _columns(content: bytes) -> Iterable[str]:
    return open_table(content, _KEY).columns
