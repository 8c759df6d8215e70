"""What referrals earn (domain, "Incentives"): evaluated together, for tiers, duplicates and caps look at several of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from site_builder.model.content import Terms
from site_builder.model.incentives import Policy, Verdict
from site_builder.model.portal import Portal
from site_builder.model.tables import Audience, Referral, Referrer
from site_builder.rules.incentives.agreement import unsigned, versions
from site_builder.rules.incentives.caps import cut
from site_builder.rules.incentives.choice import Offer, granted, offers, ruling
from site_builder.rules.incentives.claims import voids
from site_builder.rules.incentives.course import Course, course
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.lines import Case, Lines
from site_builder.rules.incentives.tiers import Place, places
from site_builder.rules.incentives.trace import LineCode, Step, StepName
from site_builder.rules.incentives.worth import Worths, has_unknown_months

_MONTHS_UNKNOWN = Step(StepName.MONTHS_UNKNOWN, {})


def evaluations(portal: Portal) -> Mapping[str, Evaluation]:
    """Return what each referral received by as_of earns, by its id, in the order of ids.

    Unknown months, of a rule that pays by the month, are told in the evaluation's steps: there is no line to tell them.
    """
    received = (each for each in portal.referrals if each.received_on <= portal.as_of)
    referrals = sorted(received, key=lambda each: each.referral_id)
    referrers = {each.referrer_id: each for each in portal.referrers}
    shared = _shared(portal, referrals)
    found = {each.referral_id: _evaluation(each, referrers.get(each.referrer_id or ""), shared) for each in referrals}
    after = cut([(each.referral, each.lines) for each in found.values()], portal.settings.currency)
    return {key: replace(each, lines=after[key]) if key in after else each for key, each in found.items()}


@dataclass(frozen=True, slots=True)
class _Shared:
    """What several referrals share. voids, courses, places: by referral; terms: the oldest first."""

    policy: Policy
    offers: Mapping[Audience, tuple[Offer, ...]]
    as_of: date
    courses: Mapping[str, Course]
    voids: Mapping[str, Step]
    places: Mapping[str, Place]
    terms: tuple[Terms, ...]
    worths: Worths
    lines: Lines


def _shared(portal: Portal, referrals: Sequence[Referral]) -> _Shared:
    courses = {each.referral_id: course(each, portal.as_of) for each in referrals}
    void = voids(portal)
    return _Shared(
        policy=portal.incentives.policy,
        offers=offers(portal.incentives),
        as_of=portal.as_of,
        courses=courses,
        voids=void,
        places=places(referrals, courses, void, portal.as_of),
        terms=versions(portal),
        worths=Worths(portal.settings.currency),
        lines=Lines(portal.payouts, portal.as_of),
    )


def _evaluation(referral: Referral, referrer: Referrer | None, shared: _Shared) -> Evaluation:
    """Steps 1 to 7 of the domain; caps come last, over all referrals."""
    if referrer is None:
        return Evaluation(referral, None, Verdict.ALLOW, None, (), ())
    void = shared.voids.get(referral.referral_id)
    ruled = ruling(shared.policy, referrer)
    grants = granted(shared.offers.get(referrer.audience, ()), referrer, referral.received_on, ruled)
    case = Case(
        referral.referral_id,
        shared.courses[referral.referral_id],
        void,
        unsigned(referrer, referral.received_on, shared.terms, shared.as_of),
    )
    place = shared.places[referral.referral_id]
    found: list[Line] = []
    for grant in grants:
        found.extend(shared.lines.of(case, grant, shared.worths.of(grant.rule, referral, place)))
    open_ended = any(has_unknown_months(grant.rule, referral) for grant in grants)
    steps = (void, ruled.step, _MONTHS_UNKNOWN if open_ended else None)
    return Evaluation(
        referral=referral,
        referrer=referrer,
        verdict=ruled.verdict,
        void=LineCode(void.name.value) if void else None,
        lines=tuple(found),
        steps=tuple(step for step in steps if step is not None),
    )
