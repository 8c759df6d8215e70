"""The links as people and programs read them, and a change of their table as a difference."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import Final, TextIO

from site_builder.cli.privatelinks import PrivateLink
from site_builder.cli.shell import terminal_width
from site_builder.headers import base_path
from site_builder.model.portal import Portal
from site_builder.page import Circle
from site_builder.pages.meet import CARD, MEET
from site_builder.pages.refer import REFER_PERSONAL
from site_builder.rules.consent import public_portal
from site_builder.rules.letters import alphabetical

_HEADINGS: Final = ("name", "their form", "for their friend", "card to print")
_GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class _Links:
    """What one person hands out. guessable: the code is their id."""

    referrer: str
    name: str
    code: str
    guessable: bool
    refer: str
    meet: str
    card: str


def as_json(portal: Portal, private: tuple[PrivateLink, ...] = (), only: Collection[str] = ()) -> str:
    """Return {"links": [{"referrer", "name", "code", "guessable", "refer", "meet", "card", "my"}], "clients": [...]}, by name.

    clients: [{"client", "name", "page"}]. my is null and clients empty where no private pages are made. only: the referrers' ids;
    empty for all.
    """
    theirs = {each.id: each.url for each in private if each.circle is Circle.REFERRER}
    links = [
        {**{name: getattr(each, name) for name in each.__slots__}, "my": theirs.get(each.referrer)}
        for each in _links(portal, only)
    ]
    clients = [{"client": each.id, "name": each.name, "page": each.url} for each in private if each.circle is Circle.CLIENT]
    return json.dumps({"links": links, "clients": clients}, indent=2, ensure_ascii=False) + "\n"


def as_text(portal: Portal, stream: TextIO, only: Collection[str] = ()) -> str:
    """Return a line a person under headings, "" for nobody; on a terminal too narrow the addresses stand below each name.

    only: the referrers' ids; empty for all.
    """
    rows = [(each.name, each.refer, each.meet, each.card) for each in _links(portal, only)]
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in (_HEADINGS, *rows)) for column in range(len(_HEADINGS))]
    if stream.isatty() and sum(widths) + len(_GAP) * (len(widths) - 1) > terminal_width(stream):
        return "\n".join(_below(row) for row in rows)
    lines = (_GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (_HEADINGS, *rows))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def difference(former: bytes, content: bytes, path: str) -> str:
    """Return what differs between two contents of a file, line by line with a line around it."""
    lines = unified_diff(_lines(former), _lines(content), path, f"{path} (not written)", n=1, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _links(portal: Portal, only: Collection[str]) -> Iterator[_Links]:
    settings = public_portal(portal).settings
    origin = "/".join(settings.base_url.split("/")[:3])
    base = origin + base_path(settings).removesuffix("/")
    people = (person for person in portal.referrers if person.active and (not only or person.referrer_id in only))
    for person in sorted(people, key=lambda person: alphabetical(person.name, person.referrer_id)):
        code = person.link_code or person.referrer_id
        yield _Links(
            referrer=person.referrer_id,
            name=person.name,
            code=code,
            guessable=person.link_code is None,
            refer=base + REFER_PERSONAL.route.url(code=code),
            meet=base + MEET.route.url(code=code),
            card=base + CARD.route.url(code=code),
        )


def _below(row: tuple[str, ...]) -> str:
    width = max(map(len, _HEADINGS[1:]))
    return f"{row[0]}\n" + "".join(
        f"{_GAP}{heading.ljust(width)}{_GAP}{address}\n" for heading, address in zip(_HEADINGS[1:], row[1:], strict=True)
    )


def _lines(content: bytes) -> list[str]:
    return re.split(r"\r\n|\r|\n", content.decode(errors="backslashreplace"))
