"""/: the promise, whom to send, why it is safe, and the way to the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.documents import Trigger
from site_builder.model.public import (
    PublicGuarantee,
    PublicPortal,
    PublicPositioning,
    PublicSpotlight,
    PublicTeamMember,
    PublicTestimonial,
)
from site_builder.page import Entry, PageKind, Route
from site_builder.pages.rewards import Offer, offers
from site_builder.problem import Source

_TRIGGERS = 3
_OFFERS = 3
_FACES = 4


@dataclass(frozen=True)
class HomeView:
    """What / shows. triggers, offers and faces are the first few; the rest is a click away."""

    positioning: PublicPositioning
    triggers: tuple[Trigger, ...]
    offers: tuple[Offer, ...]
    guarantee: PublicGuarantee | None
    testimonial: PublicTestimonial | None
    faces: tuple[PublicTeamMember, ...]
    spotlight: PublicSpotlight | None
    respond_within: str | None


def _home(portal: PublicPortal) -> Iterable[Entry[HomeView]]:
    trust = portal.trust
    view = HomeView(
        positioning=portal.positioning,
        triggers=portal.positioning.triggers[:_TRIGGERS],
        offers=offers(portal)[:_OFFERS],
        guarantee=next(iter(trust.guarantees), None) if trust else None,
        testimonial=next(iter(trust.testimonials), None) if trust else None,
        faces=trust.team[:_FACES] if trust else (),
        spotlight=next(iter(portal.spotlights), None),
        respond_within=portal.settings.form.respond_within,
    )
    yield Entry(view, Source("data/positioning.yaml"))


HOME = PageKind("home", Route("/"), "home.html", HomeView, _home)
