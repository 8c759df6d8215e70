"""A talk with a referrer (domain, "Tables": referrers; source: Step by step, nurture)."""

from __future__ import annotations

from datetime import date

from site_builder.model.tables import Referrer
from site_builder.record.refusal import RefusedError, row


def synced(referrer: Referrer, on: date) -> Referrer:
    """Return the referrer after it; the same one where that stands there already.

    Raises RefusedError where a later talk stands there, held or planned: the table knows the last one alone.
    """
    stands = referrer.last_sync_on
    if stands is not None and stands > on:
        message = f"{referrer.referrer_id} has {stands} as last_sync_on already, which is later than {on}"
        raise RefusedError(f"{message}; if that is wrong, mend {row(referrer)}")
    return referrer if stands == on else referrer.model_copy(update={"last_sync_on": on})
