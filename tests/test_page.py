"""Routes, kinds of page and what becomes of their entries."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from site_builder.model.public import PublicPortal
from site_builder.page import Artifact, Entry, Page, PageKind, Route
from site_builder.problem import NOWHERE, Source
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL

PUBLIC = public_portal(PORTAL)
PLACE = Source("data/clients.csv", 2, 1)


@pytest.mark.parametrize(
    ("pattern", "params", "url", "path"),
    [
        ("/", {}, "/", "index.html"),
        ("/trust/", {}, "/trust/", "trust/index.html"),
        ("/sitemap.xml", {}, "/sitemap.xml", "sitemap.xml"),
        ("/directory/{client}/", {"client": "acme"}, "/directory/acme/", "directory/acme/index.html"),
        ("/refer/{code}/card/", {"code": "7ZQ0MK3B"}, "/refer/7ZQ0MK3B/card/", "refer/7ZQ0MK3B/card/index.html"),
    ],
)
def test_a_route_gives_the_url_and_the_file(pattern: str, params: dict[str, str], url: str, path: str) -> None:
    assert Route(pattern).url(**params) == url
    assert Route(pattern).path(**params) == path


def test_a_parameter_is_put_in_as_it_is_even_when_it_looks_like_one() -> None:
    assert Route("/{one}/{two}/").url(one="{two}", two="2") == "/{two}/2/"


@pytest.mark.parametrize("params", [{}, {"client": "a", "code": "b"}, {"code": "b"}])
def test_a_parameter_missing_or_too_many_is_our_mistake(params: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"/directory/\{client\}/ takes \['client'\]"):
        Route("/directory/{client}/").url(**params)


def _two(portal: PublicPortal) -> Iterable[Entry[str]]:
    yield Entry(portal.settings.name, PLACE, (("client", "acme"),), "Acme")
    yield Entry("other", PLACE, (("client", "best"),), "Best", nav=7)


def test_a_kind_plans_a_page_for_each_entry() -> None:
    kind = PageKind("entry", Route("/directory/{client}/"), "entry.html", str, _two, nav=3, indexed=False)
    assert kind.pages(PUBLIC) == (
        Page("entry", "entry.html", "/directory/acme/", "directory/acme/index.html", "Harbour IT", PLACE, False, 3, "Acme"),  # noqa: FBT003  # the record, whole
        Page("entry", "entry.html", "/directory/best/", "directory/best/index.html", "other", PLACE, False, 7, "Best"),  # noqa: FBT003  # the record, whole
    )


def test_a_page_is_indexed_and_out_of_the_menu_unless_it_says_otherwise() -> None:
    page = Page("home", "home.html", "/", "index.html", None)
    assert (page.indexed, page.nav, page.source) == (True, None, NOWHERE)


def test_an_artifact_made_by_nobody_in_particular_stands_nowhere() -> None:
    assert Artifact("_headers", b"").source == NOWHERE
