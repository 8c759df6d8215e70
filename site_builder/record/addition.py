"""A row more about a client: a review, business that was sent to them, a gift (domain, "Tables": reviews, introductions, gifts).

Each says whether there is anything to write: what stands there already is not written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from site_builder.model.portal import Portal
from site_builder.model.record import Row
from site_builder.model.tables import Gift, Introduction, Review
from site_builder.record.refusal import RefusedError, row
from site_builder.rules.anniversaries import PLAN_DAYS

R = TypeVar("R", bound=Row)


def reviewed(portal: Portal, new: Review) -> bool:
    """Say whether a review is not written yet; raises RefusedError for one that contradicts a row or itself.

    Two outcomes of one day are two rows: the graver counts (domain, "KPIs").
    """
    if new.follow_up_on is not None and new.follow_up is None:
        raise RefusedError("a day for a follow-up needs to say what you promised")
    if new.follow_up_on is not None and new.follow_up_on < new.reviewed_on:
        raise RefusedError(f"what was promised on {new.reviewed_on} cannot be for {new.follow_up_on}, which was before")
    return _is_new(portal.reviews, new, ("client_id", "reviewed_on", "outcome"))


def introduced(portal: Portal, new: Introduction) -> bool:
    """Say whether an introduction is not written yet; raises RefusedError where a client is to meet themselves."""
    if new.introduced == new.client_id:
        raise RefusedError(f"{new.client_id} cannot be introduced to {new.client_id}")
    return _is_new(portal.introductions, new, ("client_id", "introduced_on", "introduced"))


def given(portal: Portal, new: Gift) -> bool:
    """Say whether a gift is not written yet, given or planned; raises RefusedError where a row plans it for another day."""
    for planned in portal.gifts:
        is_same = (planned.client_id, planned.occasion, planned.what) == (new.client_id, new.occasion, new.what)
        is_near = 0 < abs((planned.given_on - new.given_on).days) <= PLAN_DAYS
        if is_same and is_near and planned.given_on > portal.as_of:
            named = f"this gift for {new.client_id} is planned for {planned.given_on}"
            raise RefusedError(f"{named}; if it is another day now, change given_on in {row(planned)}")
    return _is_new(portal.gifts, new, ("client_id", "given_on", "occasion", "what"))


def cells(new: Row) -> Mapping[str, str]:
    """Return the columns that were told and their text."""
    return {name: str(value) for name in type(new).model_fields if (value := _told(new).get(name)) is not None}


def _is_new(rows: Iterable[R], new: R, same: Sequence[str]) -> bool:
    """Say whether no row says it. same: the columns that make one thing of two rows.

    A row that says the same says what was told and may say more; one that says otherwise is not written over.
    """
    told = _told(new)
    twins = [each for each in rows if all(getattr(each, name) == told[name] for name in same)]
    if any(all(getattr(each, name) == value for name, value in told.items()) for each in twins):
        return False
    if twins:
        differing = [name for name, value in told.items() if getattr(twins[0], name) != value]
        raise RefusedError(f"{row(twins[0])} says so already, but for {' and '.join(differing)}; write that there")
    return True


def _told(new: Row) -> Mapping[str, object]:
    return {name: getattr(new, name) for name in type(new).model_fields if name in new.model_fields_set}
