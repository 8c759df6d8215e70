"""The links to private pages: who has them may read, so each goes to one person alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.portal import Portal
from site_builder.page import Circle, Reader
from site_builder.rules.standing import active_clients
from site_builder.seal import Keys

_GAP = "  "


@dataclass(frozen=True, slots=True)
class PrivateLink:
    """One person's or firm's own page. id: the referrer's or the client's."""

    circle: Circle
    id: str
    name: str
    url: str


def private_links(portal: Portal, keys: Keys) -> tuple[PrivateLink, ...]:
    """Return each active referrer's link and then each active client's, by name."""
    return tuple(
        PrivateLink(reader.circle, reader.id, name, keys.link(reader).url(portal.settings.base_url))
        for name, reader in _who(portal)
    )


def as_lines(links: tuple[PrivateLink, ...]) -> str:
    """Return a line a page below a heading for referrers and one for clients; "" without any."""
    return "".join(
        _group(f"the {heading}'s own page", [each for each in links if each.circle is circle]) for circle, heading in _HEADINGS
    )


_HEADINGS = ((Circle.REFERRER, "referrer"), (Circle.CLIENT, "client"))


def _who(portal: Portal) -> Iterator[tuple[str, Reader]]:
    people = [
        (each.name, Reader(Circle.REFERRER, each.referrer_id, each.link_version)) for each in portal.referrers if each.active
    ]
    firms = [
        (each.name, Reader(Circle.CLIENT, each.client_id, each.link_version)) for each in active_clients(portal, portal.as_of)
    ]
    for group in (people, firms):
        yield from sorted(group, key=lambda each: (each[0].casefold(), each[1].id))


def _group(heading: str, links: list[PrivateLink]) -> str:
    if not links:
        return ""
    width = max(len(text) for text in ("name", *(each.name for each in links)))
    lines = (("name", heading), *((each.name, each.url) for each in links))
    return "\n" + "".join(f"{name.ljust(width)}{_GAP}{text}\n" for name, text in lines)
