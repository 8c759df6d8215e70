"""Private pages drawn with the default theme, taken apart: what the tests of their templates begin with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import gettempdir

from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.page import Known
from site_builder.pages import plan
from site_builder.pages.private import sheets
from site_builder.problem import Problem
from site_builder.render import Surroundings, Unsealed, Workshop, private_pages, workshop
from site_builder.render.locks import shell
from site_builder.render.theme import Theme, default_folder
from site_builder.rules.consent import public_portal
from site_builder.rules.programme import Programme
from site_builder.seal import sanitised

DEMO = Path(__file__).parents[2]
OWNERS = {"ann": "Ann Hale"}
VOID = frozenset({"br", "hr", "wbr", "col"})


@dataclass(frozen=True)
class Element:
    """A tag of a page. inside: the tags around it, the outermost first; said: all words in it."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[Element, ...]
    words: list[str]

    @property
    def classes(self) -> set[str]:
        """The names it is dressed by."""
        return set(self.attributes.get("class", "").split())

    @property
    def said(self) -> str:
        """All words in it, a blank for any run of them."""
        return " ".join("".join(self.words).split())

    def within(self, other: Element) -> bool:
        """Whether it stands in another one."""
        return any(each is other for each in self.inside)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open), [])
        self.found.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)


@dataclass(frozen=True)
class Drawn:
    """A private page as it is before it is sealed. written: by the template; html: what the sanitiser leaves of it."""

    written: str
    html: str
    elements: tuple[Element, ...]

    def all(self, tag: str, **attributes: str) -> tuple[Element, ...]:
        """The elements of a tag; class_, of those that have the class."""
        wanted = attributes.pop("class_", None)
        return tuple(
            each
            for each in self.elements
            if each.tag == tag
            and (wanted is None or wanted in each.classes)
            and all(each.attributes.get(name) == value for name, value in attributes.items())
        )

    def with_class(self, name: str) -> tuple[Element, ...]:
        """Every element that has the class."""
        return tuple(each for each in self.elements if name in each.classes)


def demo(**tables: object) -> Portal:
    """The demo, with other tables in the place of its own."""
    return replace(_demo(), **tables)  # type: ignore[arg-type]  # any of its tables


def owned(portal: Portal) -> Portal:
    """The same portal with an owner."""
    return replace(portal, settings=portal.settings.model_copy(update={"owners": OWNERS}))


def drawn(portal: Portal, kind: str, reader: str = "", problems: tuple[Problem, ...] = ()) -> Drawn:
    """Draw one private page; reader: whose it is, "" for the owners'."""
    shop = _shop(portal)
    wanted = [each for each in sheets(Known(Programme(portal), problems)) if (each.kind, each.reader.id) == (kind, reader)]
    (page,), mistakes = private_pages(shop, wanted)
    assert mistakes == ()
    assert isinstance(page, Unsealed)
    html = sanitised(page.html)
    return Drawn(page.html, html, tuple(_Reader(html).found))


def alone(portal: Portal, page: Drawn) -> str:
    """A whole HTML file with the page as it stands once it is opened: for a browser, without the lock."""
    common = shell(_shop(portal))
    style = common.owners if 'class="own-' not in page.html else common.link
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Private page</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{style.element}</head>'
        f'<body class="page-private"><main><div class="private-page wrap">{page.html}</div></main></body></html>'
    )


@cache
def _demo() -> Portal:
    portal = load(DEMO, as_of=date(2026, 10, 31), today=lambda _zone: date(2026, 10, 31), cache=None).portal
    assert portal is not None
    return owned(portal)


def _shop(portal: Portal) -> Workshop:
    public = public_portal(portal)
    shop = workshop(public, plan(public), Surroundings(Path(gettempdir()), Theme(default_folder()), {}))
    assert isinstance(shop, Workshop)
    return shop
