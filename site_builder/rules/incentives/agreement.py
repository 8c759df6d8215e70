"""Whether a referrer signed the terms that a referral came under (domain, "Incentives", step 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from site_builder.model.content import Terms
from site_builder.model.portal import Portal
from site_builder.model.tables import Referrer
from site_builder.rules.incentives.trace import Step, StepName


def versions(portal: Portal) -> tuple[Terms, ...]:
    """Return the versions of the terms, the oldest first; a translation is no version of its own."""
    return tuple(sorted((each for each in portal.terms if not each.lang), key=lambda each: (each.effective_on, each.slug)))


def unsigned(referrer: Referrer, received_on: date, terms: Sequence[Terms], as_of: date) -> Step | None:
    """Say what was not signed for a referral of that day; None where all is signed. terms: the oldest first.

    Where none were in force yet any version is a later one, and signing it will do. A version there is not was never signed.
    """
    in_force = next((each for each in reversed(terms) if each.effective_on <= received_on), None)
    signed = next((each for each in terms if each.version == referrer.agreement_version), None)
    has_signed = signed is not None and referrer.agreement_signed_on is not None and referrer.agreement_signed_on <= as_of
    if has_signed and signed is not None and (in_force is None or signed.effective_on >= in_force.effective_on):
        return None
    return Step(StepName.UNSIGNED, {} if in_force is None else {"version": in_force.version, "on": received_on})
