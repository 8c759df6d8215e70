"""Pictures that a document names and content/media/ does not hold, and those that say nothing to who cannot see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.portal import Portal
from site_builder.problem import Problem, Source


def missing_pictures(subject: Subject) -> Iterable[Problem]:
    """Report each field that names a picture there is not."""
    portal = subject.portal
    known = sorted(item.name for item in portal.media)
    for field, name, source in _named(portal):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "put the picture into content/media/"
            yield problem("D507", source, f'there is no picture "{name}" in content/media/', hint=hint, field=field)


def wordless_pictures(subject: Subject) -> Iterable[Problem]:
    """Report each spotlight's picture without words. Logos and portraits need none: they stand for a name."""
    portal = subject.portal
    for spotlight in portal.spotlights:
        if spotlight.photo and not spotlight.photo_alt:
            hint = "add photo_alt: what the picture shows, in a few words"
            message = f"the picture {spotlight.photo} has no words"
            yield problem("D506", spotlight.at("photo"), message, hint=hint, field="photo_alt")


def _named(portal: Portal) -> Iterator[tuple[str, str, Source]]:
    brand = portal.settings.brand
    if brand.logo:
        yield "brand.logo", brand.logo, brand.at("logo")
    for number, member in enumerate(portal.trust.team if portal.trust else ()):
        if member.photo:
            yield f"team[{number}].photo", member.photo, member.at("photo")
    for spotlight in portal.spotlights:
        if spotlight.photo:
            yield "photo", spotlight.photo, spotlight.at("photo")
