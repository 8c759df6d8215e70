"""Personal links that can be guessed because they are the referrer's id (domain, "Personal links")."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.problem import Problem

OWN_ADDRESSES = frozenset({"thanks"})
"""What stands below /refer/ and /meet/ already: such an id is told as an error, since two pages would have one address."""


def guessable_links(subject: Subject) -> Iterable[Problem]:
    """Advise once on all active referrers without a code: one command mends them together."""
    portal = subject.portal
    active = (person for person in portal.referrers if person.active and person.referrer_id not in OWN_ADDRESSES)
    guessable = [person for person in active if person.link_code is None]
    if not guessable:
        return
    first, others = guessable[0], len(guessable) - 1
    also = f", and so can {others:,} more in this table" if others else ""
    message = f"this referrer's link is their id and can be guessed{also}"
    hint = "portal links --assign writes a code for everybody who has none"
    yield problem("L201", first.at("link_code"), message, hint=hint, field="link_code", row_id=first.referrer_id)
