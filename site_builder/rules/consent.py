"""What may be published: the projection of a Portal onto its public part (domain, "Private unless listed here").

Every copy goes through project(), which refuses a field that its record does not mark public, so that a slip in a public type
is our mistake at once and never a leak.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from site_builder.model.incentives import AnyRule, GiftRule
from site_builder.model.portal import Portal
from site_builder.model.public import (
    PersonalLink,
    PublicCapacity,
    PublicClient,
    PublicClientRewards,
    PublicDifferentiator,
    PublicFigure,
    PublicFreePage,
    PublicGuarantee,
    PublicIncentives,
    PublicMatch,
    PublicPortal,
    PublicPositioning,
    PublicPracticeTier,
    PublicReviewElsewhere,
    PublicSettings,
    PublicSpotlight,
    PublicTeamMember,
    PublicTestimonial,
    PublicTrust,
    PublicUtilisationTier,
    Turnout,
)
from site_builder.rules.calendar import first_of_month
from site_builder.rules.collections import events, share_texts, stories, terms, wins
from site_builder.rules.example import worked
from site_builder.rules.languages import drafts, further, translated, words_of
from site_builder.rules.letters import alphabetical
from site_builder.rules.matches import Match, listed_matches
from site_builder.rules.projection import agreed, client_card, project

if TYPE_CHECKING:
    from site_builder.model.content import Spotlight
    from site_builder.model.documents import Testimonial, Trust

FEWEST_VOTERS = 5
"""Below this a turnout could tell who voted."""
MOST_MATCHES = 6
"""How many firms a client's page names that it could meet: a suggestion, not another directory."""


def public_portal(portal: Portal, lang: str = "", *, preview: bool = False) -> PublicPortal:
    """Return what may be published of a portal on its as_of, in its own language or a further one (its folder in content/).

    preview: whether its owner alone is shown it, with the languages that are drafts.

    In a further language there are the documents of its folder, the terms (see terms()), and the texts of data/ as far as they
    are translated; what is not is said in the portal's own language.
    """
    unfinished = drafts(portal)
    public = PublicPortal(
        as_of=portal.as_of,
        settings=project(portal.settings, PublicSettings),
        positioning=_positioning(portal),
        incentives=_incentives(portal),
        trust=_trust(portal, portal.trust) if portal.trust else None,
        client_rewards=_client_rewards(portal),
        clients=_clients(portal),
        matches=_matches(portal),
        spotlights=_spotlights(portal, lang),
        stories=stories(portal, lang),
        events=events(portal, lang),
        terms=terms(portal, lang),
        share=share_texts(portal, lang),
        wins=wins(portal),
        pages=tuple(project(page, PublicFreePage, source=page.origin.source) for page in portal.pages if page.lang == lang),
        personal_links=_personal_links(portal),
        media=portal.media,
        lang=lang,
        languages=tuple(each for each in further(portal) if preview or each not in unfinished),
        drafts=unfinished if preview else (),
    )
    return translated(public, words_of(portal, lang)) if lang else public


def _positioning(portal: Portal) -> PublicPositioning:
    differentiators = tuple(project(item, PublicDifferentiator) for item in portal.positioning.differentiators)
    return project(portal.positioning, PublicPositioning, differentiators=differentiators)


def _incentives(portal: Portal) -> PublicIncentives:
    """Keep the rules that hold on as_of, without what gifts cost."""
    disclosed = tuple(entry.words for entry in portal.incentives.policy.clauses.values() if entry.words)
    rules = tuple(_without_cost(rule) for rule in portal.incentives.rules if _holds(rule, portal.as_of))
    examples = {rule.id: example for rule in rules if (example := worked(portal, rule))}
    return project(portal.incentives, PublicIncentives, rules=rules, clause_words=disclosed, worked=examples)


def _holds(rule: AnyRule, as_of: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= as_of) and (rule.valid_to is None or as_of <= rule.valid_to)


def _without_cost(rule: AnyRule) -> AnyRule:
    return rule.model_copy(update={"cost": None}) if isinstance(rule, GiftRule) else rule


def _trust(portal: Portal, trust: Trust) -> PublicTrust:
    capacity = trust.capacity
    hidden = {} if capacity is None or capacity.show_numbers else {"slots_a_month": None, "slots_taken": None}
    return PublicTrust(
        guarantees=tuple(project(item, PublicGuarantee) for item in trust.guarantees),
        capacity=None if capacity is None else project(capacity, PublicCapacity, **hidden),
        team=tuple(project(member, PublicTeamMember) for member in trust.team if member.public),
        outcomes=tuple(project(item, PublicFigure) for item in trust.outcomes),
        reviews_elsewhere=tuple(project(item, PublicReviewElsewhere) for item in trust.reviews_elsewhere),
        testimonials=tuple(_testimonial(portal, item) for item in trust.testimonials if agreed(item.consent_on, portal.as_of)),
    )


def _testimonial(portal: Portal, item: Testimonial) -> PublicTestimonial:
    return project(item, PublicTestimonial, client=client_card(portal, item.client) if item.client else None)


def _client_rewards(portal: Portal) -> PublicClientRewards | None:
    rewards = portal.rewards
    if rewards is None or not (rewards.utilisation or rewards.practices):
        return None
    titles = {item.id: item.title for item in rewards.practices.items} if rewards.practices else {}
    return PublicClientRewards(
        months=rewards.utilisation.months if rewards.utilisation else 0,
        utilisation=tuple(project(tier, PublicUtilisationTier) for tier in rewards.utilisation.tiers)
        if rewards.utilisation
        else (),
        practices=tuple(
            project(tier, PublicPracticeTier, practices=tuple(titles[item] for item in tier.practices))
            for tier in (rewards.practices.tiers if rewards.practices else ())
        ),
    )


def _clients(portal: Portal) -> tuple[PublicClient, ...]:
    """Return the listed clients by name; the order of rows never matters."""
    listed = (project(client, PublicClient, source=client.origin.source) for client in portal.clients if client.listed)
    return tuple(sorted(listed, key=lambda client: alphabetical(client.name, client.client_id)))


def _matches(portal: Portal) -> Mapping[str, tuple[PublicMatch, ...]]:
    """Return the first few whom each listed client would like to meet among the listed ones."""
    return {client_id: tuple(map(_match, found)) for client_id, found in listed_matches(portal, MOST_MATCHES).items()}


def _match(match: Match) -> PublicMatch:
    return project(match.client, PublicMatch, industry=match.industry, location=match.location)


def _spotlights(portal: Portal, lang: str) -> tuple[PublicSpotlight, ...]:
    """Return the permitted spotlights of one language, the latest first; a month after as_of has not happened yet."""
    shown = (
        project(
            item,
            PublicSpotlight,
            month=first_of_month(item.month),
            client=client_card(portal, item.client),
            turnout=_turnout(portal, item),
            source=item.origin.source,
        )
        for item in portal.spotlights
        if item.lang == lang and agreed(item.permission_on, portal.as_of) and first_of_month(item.month) <= portal.as_of
    )
    return tuple(sorted(shown, key=lambda spotlight: (spotlight.month, spotlight.slug), reverse=True))


def _turnout(portal: Portal, spotlight: Spotlight) -> Turnout | None:
    voters = sum(vote.month == spotlight.month for vote in portal.votes)
    if voters < FEWEST_VOTERS:
        return None
    staff = portal.settings.staff
    return Turnout(voters, round(100 * voters / staff) if staff else None)


def _personal_links(portal: Portal) -> tuple[PersonalLink, ...]:
    """Return a link for each active referrer; without consent to be named it tells nothing about them."""
    links = (
        PersonalLink(
            code=referrer.link_code or referrer.referrer_id,
            old_codes=referrer.old_codes,
            name=referrer.name if referrer.named else None,
            audience=referrer.audience if referrer.named else None,
            source=referrer.origin.source,
        )
        for referrer in portal.referrers
        if referrer.active
    )
    return tuple(sorted(links, key=lambda link: link.code))
