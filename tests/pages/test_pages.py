"""The plan of a portal: which pages there are, where they stand and when they are off."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from site_builder.model.documents import Trust
from site_builder.model.marks import Origin
from site_builder.model.public import PublicPortal
from site_builder.model.tables import Referrer
from site_builder.page import Artifact, Page
from site_builder.pages import KINDS, collisions, plan
from site_builder.problem import Severity, Source
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, client, event, free_page, referral, referrer, share_text, spotlight, story, terms

ALWAYS = [
    *("/", "/who-to-refer/", "/rewards/", "/refer/", "/refer/thanks/", "/introduce/", "/privacy/"),
    *("/404.html", "/sitemap.xml", "/robots.txt", "/icon.svg", "/site.webmanifest", "/.well-known/security.txt"),
]
RITA = {
    *("/refer/7ZQ0MK3B/", "/refer/7ZQ0MK3B/card/", "/refer/7ZQ0MK3B/thanks/", "/meet/7ZQ0MK3B/"),
    *("/refer/01DC0DE1/", "/meet/01DC0DE1/"),
}
SAM = {"/refer/sam/", "/refer/sam/card/", "/refer/sam/thanks/", "/meet/sam/"}
FRIENDS = {"/meet/thanks/"}
SPOTLIGHTS = {"/spotlights/", "/spotlights/2026-09-acme/", "/spotlights/2026-09-acme/badge.svg", "/spotlights/feed.xml"}
STORIES = {"/stories/", "/stories/monday/"}
FULL = public_portal(
    replace(
        PORTAL,
        trust=Trust(),
        clients=(client("acme", listed="yes"),),
        referrers=(referrer("rita", link_code="7ZQ0MK3B", old_codes="01DC0DE1", named="yes"), referrer("sam")),
        referrals=(referral(),),
        spotlights=(spotlight("acme", "2026-09"),),
        stories=(story(),),
        events=(event(),),
        terms=(terms(),),
        share=(share_text(),),
        pages=(free_page("faq", nav_order="1"), free_page("small-print")),
    )
)


def urls(portal: PublicPortal) -> list[str]:
    return [page.url for page in plan(portal)]


FAQ = Source("content/pages/faq.md", 1)


def at_line(line: int, person: Referrer) -> Referrer:
    """The same referrer in another line of referrers.csv."""
    return person.model_copy(update={"origin": Origin(Source("data/referrers.csv", line, 1))})


def page_on(path: str, source: Source = FAQ) -> Page[object]:
    return Page("page", "page.html", "/" + path.removesuffix("index.html"), path, None, source)


def test_the_smallest_portal_has_the_pages_that_are_always_there() -> None:
    assert urls(public_portal(PORTAL)) == ALWAYS


def test_each_part_switches_its_pages_on() -> None:
    assert set(urls(FULL)) - set(ALWAYS) == {
        *("/trust/", "/directory/", "/directory/acme/", "/faq/", "/small-print/", "/feed.xml", "/wins/", "/share/"),
        *("/search/", "/search.json"),
        *("/events/", "/events/supper.ics", "/terms/", "/terms/v1/"),
        *(*RITA, *SAM, *FRIENDS, *SPOTLIGHTS, *STORIES),
    }


@pytest.mark.parametrize(
    ("absent", "lost"),
    [
        ({"trust": None}, {"/trust/"}),
        ({"clients": ()}, {"/directory/", "/directory/acme/"}),
        ({"spotlights": ()}, SPOTLIGHTS),
        ({"stories": ()}, STORIES),
        ({"spotlights": (), "stories": ()}, SPOTLIGHTS | STORIES | {"/feed.xml"}),
        ({"events": ()}, {"/events/", "/events/supper.ics"}),
        ({"terms": ()}, {"/terms/", "/terms/v1/"}),
        ({"share": ()}, {"/share/"}),
        ({"wins": ()}, {"/wins/"}),
        ({"personal_links": ()}, RITA | SAM | FRIENDS),
        ({"pages": ()}, {"/faq/", "/small-print/"}),
    ],
    ids=[
        *("trust", "clients", "spotlights", "stories", "spotlights and stories", "events", "terms", "share texts", "wins"),
        *("referrers", "pages"),
    ],
)
def test_an_absent_part_takes_its_pages_along_and_no_others(absent: dict[str, tuple[()] | None], lost: set[str]) -> None:
    kept = {item.name: getattr(FULL, item.name) for item in fields(FULL)} | absent
    assert set(urls(FULL)) - set(urls(PublicPortal(**kept))) == lost


def test_the_menu_and_its_order() -> None:
    placed = sorted((page.nav, page.url) for page in plan(FULL) if page.nav is not None)
    assert [url for _, url in placed] == [
        *("/who-to-refer/", "/rewards/", "/trust/", "/spotlights/", "/directory/", "/stories/", "/events/", "/faq/")
    ]


def test_personal_and_technical_pages_are_not_indexed() -> None:
    assert {page.url for page in plan(FULL) if not page.indexed} == {
        *(*RITA, *SAM, *FRIENDS, "/refer/thanks/", "/404.html", "/sitemap.xml", "/robots.txt", "/icon.svg", "/site.webmanifest"),
        *("/.well-known/security.txt", "/events/supper.ics", "/feed.xml", "/spotlights/feed.xml", "/search.json"),
        *("/spotlights/2026-09-acme/badge.svg",),
    }


def test_every_page_names_the_file_behind_it() -> None:
    sources = {page.url: page.source.path for page in plan(FULL)}
    assert all(path.startswith(("data/", "content")) for path in sources.values())
    assert sources["/directory/acme/"] == "data/clients.csv"
    assert sources["/faq/"] == "content/pages/faq.md"
    assert {sources[url] for url in RITA | SAM} == {"data/referrers.csv"}
    assert sources["/stories/monday/"] == "content/stories/monday.md"
    assert sources["/events/supper.ics"] == "content/events/supper.md"
    assert sources["/terms/v1/"] == "content/terms/v1.md"


def test_the_style_guide_stands_in_the_preview_alone() -> None:
    assert {page.url for page in plan(FULL, preview=True)} - {page.url for page in plan(FULL)} == {"/styleguide/"}
    assert [page.indexed for page in plan(FULL, preview=True) if page.url == "/styleguide/"] == [False]


def test_each_kinds_name_is_its_own_and_so_is_its_address_but_that_of_old_codes() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    present = [kind for kind in KINDS if not kind.name.endswith("_moved")]
    assert len({kind.route for kind in present}) == len(present)


def test_every_view_is_of_the_type_its_kind_declares() -> None:
    kinds = {kind.name: kind for kind in KINDS}
    firms = tuple(client(f"c{number}", listed="yes", industry="law" if number else "boats") for number in range(60))
    planned = plan(FULL, preview=True) + plan(public_portal(replace(PORTAL, clients=firms)))
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
    second, third = Source("content/pages/b.md", 1), Source("content/pages/c.md", 1)
    found = collisions([page_on("a.html"), page_on("a.html", second), page_on("b.html"), page_on("a.html", third)])
    assert [each.source for each in found] == [second, third]


def test_a_referrer_whose_id_is_a_page_of_ours_is_the_one_to_rename() -> None:
    portal = public_portal(replace(PORTAL, referrers=(referrer("thanks"),)))
    (found,) = collisions(plan(portal))
    assert found.source == Source("data/referrers.csv", 2, 1)
    assert found.message == "two pages stand on /refer/thanks/: this one and that of data/portal.yaml"


@pytest.mark.parametrize(
    "other",
    [
        {"link_code": "7ZQ0MK3B"},
        {"old_codes": "7ZQ0MK3B"},
        {"link_code": "ABCD2345", "old_codes": "7ZQ0MK3B"},
        {"referrer_id": "7zq0mk3b"},
    ],
    ids=["as the code of another", "as an old code of another", "as an old code beside a new one", "as an id"],
)
def test_a_code_that_leads_to_two_people_is_one_problem(other: dict[str, str]) -> None:
    rita = at_line(2, referrer("rita", link_code="7ZQ0MK3B"))
    sam = at_line(3, referrer(**{"referrer_id": "sam", **other}))
    for people in ((rita, sam), (sam, rita)):
        (found,) = collisions(plan(public_portal(replace(PORTAL, referrers=people))))
        assert (found.code, found.source.path) == ("D504", "data/referrers.csv")
        assert {found.source.line, int(found.message.rpartition(":")[2])} == {2, 3}
        assert "/refer/7" in found.message


def test_an_old_code_that_is_ones_present_code_is_a_slip_too() -> None:
    portal = public_portal(replace(PORTAL, referrers=(referrer("rita", link_code="7ZQ0MK3B", old_codes="7ZQ0MK3B"),)))
    (found,) = collisions(plan(portal))
    assert found.message == "two pages stand on /refer/7ZQ0MK3B/: this one and that of data/referrers.csv:2"


def test_nobody_is_sent_on_from_the_code_of_someone_who_no_longer_takes_part() -> None:
    gone = referrer("gone", link_code="7ZQ0MK3B", old_codes="ABCD2345", active="no")
    assert urls(public_portal(replace(PORTAL, referrers=(gone,)))) == ALWAYS


def test_an_owners_own_security_txt_takes_the_place_of_ours() -> None:
    own = Artifact(".well-known/security.txt", b"", Source("content/static/.well-known/security.txt"))
    planned = plan(FULL, (own, file_on("robots.txt")))
    assert {page.url for page in plan(FULL)} - {page.url for page in planned} == {"/.well-known/security.txt"}
    assert collisions(planned, (own,)) == ()


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
