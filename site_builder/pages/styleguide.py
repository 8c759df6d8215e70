"""/styleguide/: the theme's tokens, and its components in all their states. The live preview alone has it; no site does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicGuarantee, PublicPortal, PublicSpotlight, PublicTeamMember, PublicTestimonial
from site_builder.page import Entry, PageKind, Route
from site_builder.pages.rewards import Offer, offers
from site_builder.problem import Source

_OFFERS = 2


@dataclass(frozen=True)
class TokenGroup:
    """Tokens of one kind, by their names in tokens.css without the dashes. kind: how the style guide shows them."""

    kind: str
    tokens: tuple[str, ...]


TOKENS = (
    TokenGroup(
        "colour",
        (
            *("page", "surface", "sunken", "brand-tint", "ink", "ink-soft", "line", "line-strong", "alert"),
            *("brand", "on-brand", "brand-text", "brand-edge", "brand-ink"),
            *("accent", "on-accent", "accent-text", "accent-edge", "accent-on-brand"),
        ),
    ),
    TokenGroup("face", ("face-display", "face-text", "face-speech")),
    TokenGroup("type", ("text-display", "text-title", "text-subtitle", "text-speech", "text-large", "text", "text-small")),
    TokenGroup("space", ("space-s", "space-m", "space-l", "space-xl", "space-section", "gutter")),
    TokenGroup("radius", ("radius-s", "radius", "radius-l", "radius-button")),
    TokenGroup("depth", ("shadow",)),
    TokenGroup("motion", ("quick",)),
)
"""What the theme is made of. A test holds it to tokens.css."""


@dataclass(frozen=True)
class StyleguideView:
    """The tokens, and the portal's own words to show the components with; None and empty where it has none."""

    tokens: tuple[TokenGroup, ...]
    promise: str
    phrases: tuple[str, ...]
    offers: tuple[Offer, ...]
    guarantee: PublicGuarantee | None
    testimonial: PublicTestimonial | None
    person: PublicTeamMember | None
    spotlight: PublicSpotlight | None


def _styleguide(portal: PublicPortal) -> Iterable[Entry[StyleguideView]]:
    trust = portal.trust
    view = StyleguideView(
        tokens=TOKENS,
        promise=portal.positioning.promise,
        phrases=tuple(trigger.phrase for trigger in portal.positioning.triggers),
        offers=offers(portal)[:_OFFERS],
        guarantee=next(iter(trust.guarantees), None) if trust else None,
        testimonial=next(iter(trust.testimonials), None) if trust else None,
        person=next(iter(trust.team), None) if trust else None,
        spotlight=next(iter(portal.spotlights), None),
    )
    yield Entry(view, Source("data/portal.yaml"))


STYLEGUIDE = PageKind(
    "styleguide", Route("/styleguide/"), "styleguide.html", StyleguideView, _styleguide, indexed=False, spoken=False
)
