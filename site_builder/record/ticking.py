"""The days of a referral: how far it has come, and whether its referrer was thanked and told (domain, "Tables": referrals)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from site_builder.model.tables import Referral, Status
from site_builder.record.refusal import RefusedError, row
from site_builder.rules.collections import won_on


class Tick(StrEnum):
    """What may have happened to a referral, but for paid, which has a table of its own."""

    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    WON = "won"
    LOST = "lost"
    THANKED = "thanked"
    TOLD = "told"


_ORDER: Final = (Status.RECEIVED, Status.CONTACTED, Status.QUALIFIED, Status.WON)
_OWN_COLUMN: Final[Mapping[Status, str]] = MappingProxyType({Status.QUALIFIED: "qualified_on", Status.WON: "won_on"})
_OUTCOMES: Final = frozenset({Status.WON, Status.LOST})


def ticked(referral: Referral, tick: Tick, on: date) -> Referral:
    """Return the referral after it; the same one where that stands there already. on: the day it happened.

    Raises RefusedError where it cannot have happened then, goes backwards, or would write over another day.
    """
    if on < referral.received_on:
        raise RefusedError(f"{referral.referral_id} came on {referral.received_on}, so this did not happen on {on}")
    match tick:
        case Tick.THANKED:
            return _thanked(referral, on)
        case Tick.TOLD:
            return _told(referral, on)
        case _:
            return _advanced(referral, Status(tick.value), on)


def changed_cells(before: Referral, after: Referral) -> Mapping[str, str]:
    """Return the columns that differ and their new text."""
    names = (name for name in Referral.model_fields if getattr(before, name) != getattr(after, name))
    return {name: str(getattr(after, name)) for name in names}


def _advanced(referral: Referral, status: Status, on: date) -> Referral:
    own = _OWN_COLUMN.get(status)
    stands = getattr(referral, own) if own is not None else None
    if referral.status is status:
        _check_free(referral, own or "status_on", stands or referral.status_on, on)
    else:
        _check_order(referral, status)
        _check_free(referral, own or "", stands, on)
        _check_day(referral, on)
    is_new = referral.status is not status or referral.status_on is None
    days = {} if own is None else {own: on}
    return referral.model_copy(update={"status": status, "status_on": on if is_new else referral.status_on, **days})


def _check_order(referral: Referral, status: Status) -> None:
    """Refuse what goes backwards, and what comes after an end."""
    named = f"{referral.referral_id} is {referral.status}"
    if referral.status is Status.LOST:
        raise RefusedError(f"{named}; if they came back, write received as its status in {row(referral)}, and record from there")
    if status is Status.LOST:
        if referral.status is Status.WON:
            raise RefusedError(f"{named}; a contract that ended is not lost: write its last day as ended_on in {row(referral)}")
    elif _ORDER.index(status) < _ORDER.index(referral.status):
        raise RefusedError(
            f"{named} already, which comes after {status}; if that is a slip, mend status and days in {row(referral)}"
        )


def _check_day(referral: Referral, on: date) -> None:
    """Refuse a day before the one on which the referral came as far as it is."""
    days = {"status_on": referral.status_on, "qualified_on": referral.qualified_on}
    for column, day in days.items():
        if day is not None and on < day:
            message = f"{referral.referral_id} has {day} as {column}, which is later than {on}; give a later day with --on"
            raise RefusedError(f"{message}, or mend {row(referral)}")


def _check_free(referral: Referral, column: str, stands: date | None, on: date) -> None:
    """Refuse to write over another day."""
    if stands is not None and stands != on:
        message = f"{referral.referral_id} has {stands} as {column} already, which is not written over"
        raise RefusedError(f"{message}; if it is wrong, mend {row(referral)}")


def _thanked(referral: Referral, on: date) -> Referral:
    _check_referrer(referral)
    _check_free(referral, "thanked_on", referral.thanked_on, on)
    return referral.model_copy(update={"thanked_on": on})


def _told(referral: Referral, on: date) -> Referral:
    """What was told before the outcome was another outcome, and is written over."""
    _check_referrer(referral)
    if referral.status not in _OUTCOMES:
        raise RefusedError(
            f"{referral.referral_id} is {referral.status}, so there is no outcome to tell before it is won or lost"
        )
    outcome_on = won_on(referral) if referral.status is Status.WON else referral.status_on
    if outcome_on is not None and on < outcome_on:
        raise RefusedError(f"{referral.referral_id} is {referral.status} since {outcome_on}, so nobody was told on {on}")
    stands = referral.outcome_told_on
    if stands is not None and (outcome_on is None or stands >= outcome_on):
        _check_free(referral, "outcome_told_on", stands, on)
    return referral.model_copy(update={"outcome_told_on": on})


def _check_referrer(referral: Referral) -> None:
    if referral.referrer_id is None:
        raise RefusedError(f"{referral.referral_id} names no referrer, so there is nobody to thank or tell")
