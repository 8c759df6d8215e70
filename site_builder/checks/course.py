"""Steps of a referral that cannot all be true: its status against its days, and its days against one another (D218).

What each step means to a reward stands in the domain, "Incentives", step 7. A day after as_of has not come yet and contradicts
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.tables import Referral, Status
from site_builder.problem import Problem
from site_builder.rules.incentives.course import course

_BEYOND: Mapping[Status, tuple[str, ...]] = MappingProxyType(
    {
        Status.RECEIVED: ("qualified_on", "won_on", "first_paid_on", "ended_on"),
        Status.CONTACTED: ("qualified_on", "won_on", "first_paid_on", "ended_on"),
        Status.QUALIFIED: ("won_on", "first_paid_on", "ended_on"),
        Status.WON: (),
        Status.LOST: ("won_on", "first_paid_on"),
    }
)
"""The days that a referral of this status cannot have yet, or never; ended_on of a lost one may be the day it was given up."""
_OWN_COLUMN: Mapping[Status, str] = MappingProxyType({Status.QUALIFIED: "qualified_on", Status.WON: "won_on"})
_ORDER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "status_on": ("received_on",),
        "qualified_on": ("received_on",),
        "won_on": ("received_on", "qualified_on"),
        "first_paid_on": ("received_on", "qualified_on", "won_on"),
        "ended_on": ("received_on", "qualified_on", "won_on"),
        "thanked_on": ("received_on",),
    }
)
"""A step's column, and those of the steps before it; in the order of the table."""


class _Clash(NamedTuple):
    """A cell that contradicts another. fault: what follows the referral's id in the message."""

    field: str
    fault: str
    hint: str


def contradictory_steps(subject: Subject) -> Iterable[Problem]:
    """Report each referral whose status and days cannot all be true, once, at the first cell that contradicts another (D218).

    A prospect may have been told before the referral came. A first payment may come after the end of a contract, for last
    invoices do; one before the win is a slip.
    """
    for referral in subject.portal.referrals:
        if referral.received_on > subject.portal.as_of:
            continue
        clash = next(_clashes(referral, subject.portal.as_of), None)
        if clash is not None:
            message = f'"{referral.referral_id}" {clash.fault}'
            place = referral.at(clash.field)
            yield problem("D218", place, message, hint=clash.hint, field=clash.field, row_id=referral.referral_id)


def _clashes(referral: Referral, as_of: date) -> Iterator[_Clash]:
    """Yield what contradicts: the status, by which the days are judged, and then days out of order, as the columns stand."""
    yield from _against_status(referral, as_of)
    for later, earlier in _order(referral):
        first, then = _come(referral, earlier, as_of), _come(referral, later, as_of)
        if first is not None and then is not None and then < first:
            hint = f"write a day in {later} that is not before {earlier}; or correct {earlier}, if that is the slip"
            yield _Clash(later, f"has a day in {later} that is before its {earlier}", hint)


def _against_status(referral: Referral, as_of: date) -> Iterator[_Clash]:
    status = referral.status
    if status is Status.WON and referral.won_on is None and referral.status_on is None:
        fault = "is won, and neither won_on nor status_on says when; without a day nothing is earned"
        yield _Clash("won_on", fault, "write the day on which they signed in won_on")
    if status is Status.LOST and not course(referral, as_of).is_lost:
        return
    for name in _BEYOND[status]:
        if _come(referral, name, as_of) is not None:
            yield _lost(name) if status is Status.LOST else _early(name)


def _lost(name: str) -> _Clash:
    hint = f"if they did sign and left since, write won in status and their last day in ended_on; if not, empty {name}"
    return _Clash(name, f"is lost by its status, and {name} says that they became a client", hint)


def _early(name: str) -> _Clash:
    step = Status.QUALIFIED if name == "qualified_on" else Status.WON
    hint = f"write {step} in status, and since when in status_on; or empty {name}"
    return _Clash(name, f"has a day in {name}, and has not come that far by its status", hint)


def _order(referral: Referral) -> Iterator[tuple[str, str]]:
    """Yield the columns of a later step and of an earlier one; status_on stands for a step that has no day of its own."""
    stands: dict[str, str] = {}
    own = _OWN_COLUMN.get(referral.status)
    if own is not None and getattr(referral, own) is None:
        stands[own] = "status_on"
    for later, before in _ORDER.items():
        yield from ((stands.get(later, later), stands.get(earlier, earlier)) for earlier in before)
    if referral.status is Status.LOST:
        yield "status_on", "qualified_on"


def _come(referral: Referral, name: str, as_of: date) -> date | None:
    day: date | None = getattr(referral, name)
    return day if day is not None and day <= as_of else None
