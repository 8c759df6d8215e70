"""A promise that was kept (domain, "Tables": reviews)."""

from __future__ import annotations

from datetime import date

from site_builder.model.portal import Portal
from site_builder.model.tables import Review
from site_builder.record.refusal import RefusedError, row
from site_builder.rules.promises import latest_promises


def kept(portal: Portal, client_id: str, on: date) -> Review | None:
    """Return the review whose promise was kept on a day: the client's latest that promised something; None where it says so.

    Raises RefusedError where nothing was promised, it was kept on another day, or the day is before the promise.
    """
    review = latest_promises(portal).get(client_id)
    if review is None:
        raise RefusedError(
            f"{client_id} was promised nothing; a promise is written down with a review: reviewed with --follow-up"
        )
    stands = review.follow_up_kept_on
    if stands == on:
        return None
    if stands is not None:
        message = f"what was promised to {client_id} on {review.reviewed_on} has {stands} as follow_up_kept_on already"
        raise RefusedError(f"{message}; if that is wrong, mend {row(review)}")
    if on < review.reviewed_on:
        raise RefusedError(f"what was promised to {client_id} on {review.reviewed_on} cannot have been kept on {on}")
    return review
