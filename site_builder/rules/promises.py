"""What a review promised a client, until it is kept (domain, "Tables": reviews)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from site_builder.model.portal import Portal
from site_builder.model.tables import Review
from site_builder.rules.standing import GRAVITY, active_clients


def latest_promises(portal: Portal) -> Mapping[str, Review]:
    """Return each client's latest review that promised something, kept or not, by id; a later promise takes its place.

    Of one day what is not kept yet comes first, then the graver outcome, then the sooner promised. A client reviewed again and
    promised nothing still waits for what they were promised before.
    """
    as_of = portal.as_of
    promised = (review for review in portal.reviews if review.follow_up is not None and review.reviewed_on <= as_of)
    return {review.client_id: review for review in sorted(promised, key=lambda review: _rank(review, as_of))}


def open_promises(portal: Portal) -> tuple[Review, ...]:
    """Return what is promised to active clients and not kept by as_of, however they stand: by day, without a day last, by id."""
    latest = latest_promises(portal)
    found = (latest[each.client_id] for each in active_clients(portal, portal.as_of) if each.client_id in latest)
    return tuple(sorted((each for each in found if is_open(each, portal.as_of)), key=_by_day))


def is_open(review: Review, as_of: date) -> bool:
    """Say whether a review promised something that is not kept by a day."""
    kept_on = review.follow_up_kept_on
    return review.follow_up is not None and (kept_on is None or kept_on > as_of)


def _rank(review: Review, as_of: date) -> tuple[date, bool, int, int, str, str]:
    sooner = -(review.follow_up_on or date.max).toordinal()
    graver = GRAVITY[review.outcome]
    return review.reviewed_on, is_open(review, as_of), graver, sooner, review.follow_up or "", review.note or ""


def _by_day(review: Review) -> tuple[date, str]:
    return review.follow_up_on or date.max, review.client_id
