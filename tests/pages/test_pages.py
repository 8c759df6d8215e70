"""The plan of a portal: which pages there are, where they stand and when they are off."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from site_builder.model.documents import Trust
from site_builder.model.public import PublicPortal
from site_builder.page import Artifact, Page
from site_builder.pages import KINDS, collisions, plan
from site_builder.problem import Severity, Source
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, client, free_page, referrer, spotlight

ALWAYS = [
    *("/", "/who-to-refer/", "/rewards/", "/refer/", "/refer/thanks/", "/privacy/"),
    *("/404.html", "/sitemap.xml", "/robots.txt", "/icon.svg"),
]
FULL = public_portal(
    replace(
        PORTAL,
        trust=Trust(),
        clients=(client("acme", listed="yes"),),
        referrers=(referrer("rita", link_code="7ZQ0MK3B"), referrer("sam")),
        spotlights=(spotlight("acme", "2026-09"),),
        pages=(free_page("faq", nav_order="1"), free_page("small-print")),
    )
)


def urls(portal: PublicPortal) -> list[str]:
    return [page.url for page in plan(portal)]


FAQ = Source("content/pages/faq.md", 1)


def page_on(path: str, source: Source = FAQ) -> Page[object]:
    return Page("page", "page.html", "/" + path.removesuffix("index.html"), path, None, source)


def test_the_smallest_portal_has_the_pages_that_are_always_there() -> None:
    assert urls(public_portal(PORTAL)) == ALWAYS


def test_each_part_switches_its_pages_on() -> None:
    assert set(urls(FULL)) - set(ALWAYS) == {
        *("/trust/", "/directory/", "/directory/acme/", "/spotlights/", "/spotlights/2026-09-acme/"),
        *("/refer/7ZQ0MK3B/", "/refer/sam/", "/faq/", "/small-print/"),
    }


@pytest.mark.parametrize(
    ("absent", "lost"),
    [
        ({"trust": None}, {"/trust/"}),
        ({"clients": ()}, {"/directory/", "/directory/acme/"}),
        ({"spotlights": ()}, {"/spotlights/", "/spotlights/2026-09-acme/"}),
        ({"personal_links": ()}, {"/refer/7ZQ0MK3B/", "/refer/sam/"}),
        ({"pages": ()}, {"/faq/", "/small-print/"}),
    ],
    ids=["trust", "clients", "spotlights", "referrers", "pages"],
)
def test_an_absent_part_takes_its_pages_along_and_no_others(absent: dict[str, tuple[()] | None], lost: set[str]) -> None:
    kept = {item.name: getattr(FULL, item.name) for item in fields(FULL)} | absent
    assert set(urls(FULL)) - set(urls(PublicPortal(**kept))) == lost


def test_the_menu_and_its_order() -> None:
    placed = sorted((page.nav, page.url) for page in plan(FULL) if page.nav is not None)
    assert [url for _, url in placed] == ["/who-to-refer/", "/rewards/", "/trust/", "/spotlights/", "/directory/", "/faq/"]


def test_personal_and_technical_pages_are_not_indexed() -> None:
    assert {page.url for page in plan(FULL) if not page.indexed} == {
        *("/refer/7ZQ0MK3B/", "/refer/sam/", "/refer/thanks/", "/404.html", "/sitemap.xml", "/robots.txt", "/icon.svg")
    }


def test_every_page_names_the_file_behind_it() -> None:
    sources = {page.url: page.source.path for page in plan(FULL)}
    assert all(path.startswith(("data/", "content/")) for path in sources.values())
    assert sources["/directory/acme/"] == "data/clients.csv"
    assert sources["/faq/"] == "content/pages/faq.md"
    assert sources["/refer/sam/"] == "data/referrers.csv"


def test_each_kinds_name_and_address_is_its_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({kind.route for kind in KINDS}) == len(KINDS)


def test_every_view_is_of_the_type_its_kind_declares() -> None:
    kinds = {kind.name: kind for kind in KINDS}
    planned = plan(FULL)
    assert {page.kind for page in planned} == kinds.keys()
    assert all(isinstance(page.view, kinds[page.kind].view) for page in planned)


def test_pages_that_stand_apart_do_not_collide() -> None:
    assert collisions(plan(FULL)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("faq/index.html", "faq/index.html"),
        ("FAQ/index.html", "faq/index.html"),
        ("caf\u00e9/index.html", "cafe\u0301/index.html"),
        ("CAFE\u0301/index.html", "caf\u00e9/index.html"),
    ],
    ids=["the same", "of another case", "composed otherwise", "both"],
)
def test_two_pages_on_one_file_are_told_with_both_their_sources(one: str, other: str) -> None:
    (found,) = collisions([page_on(one, Source("content/pages/a.md", 3)), page_on(other, Source("content/pages/b.md", 1))])
    assert (found.code, found.severity, found.source) == ("D504", Severity.ERROR, Source("content/pages/b.md", 1))
    url = "/" + other.removesuffix("index.html")
    assert found.message == f"two pages stand on {url}: this one and that of content/pages/a.md:3"


def test_a_whole_file_is_named_without_a_line() -> None:
    (found,) = collisions([page_on("a.html", Source("data/portal.yaml")), page_on("a.html")])
    assert found.message.endswith("that of data/portal.yaml")


def test_every_further_page_is_told_against_the_first() -> None:
    found = collisions([page_on("a.html"), page_on("a.html"), page_on("b.html"), page_on("a.html")])
    assert len(found) == 2


def test_a_referrer_whose_id_is_a_page_of_ours_is_the_one_to_rename() -> None:
    portal = public_portal(replace(PORTAL, referrers=(referrer("thanks"),)))
    (found,) = collisions(plan(portal))
    assert found.source == Source("data/referrers.csv", 2, 1)


def file_on(path: str) -> Artifact:
    return Artifact(path, b"", Source(f"content/static/{path}"))


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("robots.txt", "data/portal.yaml"),
        ("Robots.TXT", "data/portal.yaml"),
        ("robots.txt/notes.txt", "data/portal.yaml"),
        ("faq", "content/pages/faq.md:1"),
        ("faq/index.html", "content/pages/faq.md:1"),
    ],
    ids=["on a page's place", "of another case", "inside a page's file", "instead of a page's folder", "as a page"],
)
def test_a_file_beside_the_pages_takes_the_place_of_none(path: str, other: str) -> None:
    (found,) = collisions(plan(FULL), [file_on(path), file_on("notes.txt"), file_on("faq/notes.txt")])
    assert (found.code, found.source.path) == ("D504", f"content/static/{path}")
    assert found.message == f"two pages stand on /{path}: this one and that of {other}"
