"""What hosts and browsers are told: policy, caching, indexing and redirects, the same in every file that says it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from site_builder.headers import (
    SERVER_FILES,
    Inline,
    Redirect,
    base_path,
    content_security_policy,
    headers_file,
    meta_policy,
    redirects,
    sealed_policy,
    server_files,
)
from site_builder.model.public import PublicPortal, PublicSettings
from site_builder.pages import plan
from site_builder.pages.meet import CARD, MEET
from site_builder.pages.refer import REFER, REFER_PERSONAL
from site_builder.rules.consent import public_portal
from tests.hosting import headers, sent
from tests.portals import PORTAL, free_page, referrer, settings


def published(**values: object) -> PublicSettings:
    return public_portal(replace(PORTAL, settings=settings(**values))).settings


POLICY = {
    "base-uri": "'none'",
    "default-src": "'none'",
    "font-src": "'self'",
    "form-action": "'self' mailto:",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
INLINE = Inline("'sha256-a'", "'sha256-b'")


def test_nothing_but_our_own_files_is_allowed() -> None:
    assert content_security_policy(published(), preview=False) == POLICY


def test_the_live_preview_may_ask_its_own_server_for_news() -> None:
    assert content_security_policy(published(), preview=True) == {**POLICY, "connect-src": "'self'"}


def test_a_page_with_a_search_may_fetch_from_the_portal_itself_beside_the_forms_back_end() -> None:
    assert content_security_policy(published(), preview=False, searches=True) == {**POLICY, "connect-src": "'self'"}
    policy = content_security_policy(published(form={"backend": "web3forms"}), preview=False, searches=True)
    assert policy["connect-src"] == "'self' https://api.web3forms.com"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"backend": "netlify"}, "'self'"),
        ({"backend": "web3forms"}, "'self' https://api.web3forms.com"),
        (
            {"backend": "receiver", "endpoint": "https://in.harbour.example:8443/leads?x=1"},
            "'self' https://in.harbour.example:8443",
        ),
    ],
)
def test_the_form_may_go_to_its_back_end_alone(form: dict[str, str], expected: str) -> None:
    policy = content_security_policy(published(form=form), preview=False)
    assert policy["form-action"] == expected
    # A script of ours posts to the back end alone: not even to our own host, where that is another one.
    assert policy["connect-src"] == expected.removeprefix("'self' ")


def test_the_live_preview_asks_its_own_server_beside_the_forms_back_end() -> None:
    policy = content_security_policy(published(form={"backend": "web3forms"}), preview=True)
    assert policy["connect-src"] == "'self' https://api.web3forms.com"


def test_the_page_says_the_same_as_the_header_but_for_framing() -> None:
    policy = content_security_policy(published(), preview=False)
    (line,) = [line for line in headers_file(published(), policy).splitlines() if "Content-Security-Policy" in line]
    header = line.removeprefix("  Content-Security-Policy: ").split("; ")
    assert meta_policy(policy).split("; ") == [directive for directive in header if directive != "frame-ancestors 'none'"]
    assert "frame-ancestors 'none'" in header


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("https://x.example", "/"),
        ("https://x.example/", "/"),
        ("https://x.example/portal", "/portal/"),
        ("https://x.example/a/b/", "/a/b/"),
    ],
)
def test_the_base_path_has_a_slash_at_both_ends(base_url: str, path: str) -> None:
    found = published(base_url=base_url)
    assert base_path(found) == path
    text = headers_file(found, POLICY)
    assert text.startswith(f"{path}*\n  Content-Security-Policy: base-uri 'none'; default-src 'none'; ")
    assert text.endswith(f"\n{path}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")
    assert f"\n{path}meet/:code/\n  X-Robots-Tag: noindex\n" in text
    assert "\n  X-Frame-Options: DENY\n" in text
    assert "\n  X-Content-Type-Options: nosniff\n" in text


@given(st.text("\r\n\t :;'*abc/.\x00\x85\u2028", max_size=12))
def test_no_value_adds_a_line_or_a_directive(tail: str) -> None:
    """Whatever an owner types behind an address is refused, or ends outside the header or in a path of one line."""
    try:
        found = published(
            base_url=f"https://x.example/{tail}", form={"backend": "custom", "endpoint": f"https://y.example/{tail}"}
        )
    except ValidationError:
        return
    text = headers_file(found, content_security_policy(found, preview=False))
    assert len(text.splitlines()) == 17
    assert "form-action 'self' https://y.example; frame-ancestors" in text
    assert all(
        re.fullmatch(r"/[^\s*:]*(?:\*|:code/(?:(?:card|thanks)/)?)|  [A-Z][A-Za-z-]+: [\x20-\x7e]+", line)
        for line in text.splitlines()
    )
    azure = azure_file(replace(PEOPLE, settings=found))
    assert azure["globalHeaders"] == headers(text)[f"{_place(found)}*"]


# The files hold together


class Azure(TypedDict):
    """What staticwebapp.config.json says, read back."""

    globalHeaders: dict[str, str]
    routes: list[dict[str, object]]
    responseOverrides: dict[str, dict[str, str]]
    mimeTypes: dict[str, str]


RITA = referrer("rita", link_code="7QK3M9TX", old_codes="R9CJ4E70;ABCD1234")
PEOPLE = public_portal(replace(PORTAL, referrers=(RITA, referrer("sam", link_code="5NW8T3Q7"), referrer("tom"))))


def below(path: str) -> PublicPortal:
    """The same people, their portal below a path of its host."""
    return replace(PEOPLE, settings=published(base_url=f"https://x.example{path}"))


def files(portal: PublicPortal) -> Mapping[str, str]:
    return server_files(portal, content_security_policy(portal.settings, preview=False))


def azure_file(portal: PublicPortal) -> Azure:
    found: Azure = json.loads(files(portal)["staticwebapp.config.json"])
    return found


def _place(found: PublicSettings) -> str:
    return next(iter(headers(headers_file(found, POLICY)))).removesuffix("*")


def netlify(portal: PublicPortal, url: str) -> dict[str, str]:
    """The headers of an address as Netlify and Cloudflare Pages put them together: all rules that match."""
    return sent(headers(files(portal)["_headers"]), url)


def azure(portal: PublicPortal, url: str) -> dict[str, object]:
    """The first route of Azure's that matches an address; a folder's index.html stands for the folder."""
    for route in azure_file(portal)["routes"]:
        place = str(route["route"])
        if url == place.removesuffix("index.html") or (place.endswith("*") and url.startswith(place[:-1]) and url != place[:-1]):
            return route
    return {}


@pytest.mark.parametrize("path", ["/", "/friends/"])
def test_every_host_is_told_the_same_policy(path: str) -> None:
    portal = below(path)
    everywhere = headers(files(portal)["_headers"])[f"{path}*"]
    assert azure_file(portal)["globalHeaders"] == everywhere
    in_the_page = meta_policy(content_security_policy(portal.settings, preview=False)).split("; ")
    assert everywhere["Content-Security-Policy"].split("; ") == sorted((*in_the_page, "frame-ancestors 'none'"))


def test_a_sealed_page_runs_its_own_script_and_wears_its_own_style_and_talks_to_nobody() -> None:
    assert sealed_policy(INLINE) == {
        "base-uri": "'none'",
        "default-src": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "script-src": "'sha256-a'",
        "style-src": "'sha256-b'",
    }


def test_the_policy_for_every_page_lets_in_what_sealed_pages_hold_since_a_browser_keeps_to_all_that_match() -> None:
    found = headers(server_files(PEOPLE, POLICY, INLINE)["_headers"])
    both = found["/*"]["Content-Security-Policy"].split("; ")
    assert "script-src 'self' 'sha256-a'" in both
    assert "style-src 'self' 'sha256-b'" in both
    assert [rule for rule, said in found.items() if said.get("Cache-Control") == "no-store"] != []


@pytest.mark.parametrize("path", ["/", "/friends/"])
def test_personal_pages_are_not_indexed_and_all_others_are(path: str) -> None:
    portal = below(path)
    pages = [page for page in plan(portal) if page.path.endswith(".html")]
    urls = {path + page.url.removeprefix("/"): page.indexed for page in pages if page.url != "/404.html"}
    assert {f"{path}refer/", f"{path}refer/7QK3M9TX/card/", f"{path}meet/tom/"} <= urls.keys()
    for url, indexed in urls.items():
        by_rules, by_route = netlify(portal, url).get("X-Robots-Tag"), azure(portal, url).get("headers")
        assert by_rules == (None if indexed else "noindex"), url
        assert by_route == (None if indexed else {"X-Robots-Tag": "noindex"}) or "redirect" in azure(portal, url), url


def test_files_with_a_hash_in_their_name_are_kept_for_a_year_and_no_page_is() -> None:
    kept = "public, max-age=31536000, immutable"
    assert netlify(PEOPLE, "/assets/portal.d44fa61424.css")["Cache-Control"] == kept
    assert azure(PEOPLE, "/assets/portal.d44fa61424.css")["headers"] == {"Cache-Control": kept}
    assert [url for url in ("/", "/refer/", "/refer/7QK3M9TX/") if "Cache-Control" in netlify(PEOPLE, url)] == []


def test_azure_shows_our_own_page_for_what_is_not_there_and_knows_our_kinds_of_file() -> None:
    found = azure_file(below("/friends/"))
    assert found["responseOverrides"] == {"404": {"rewrite": "/friends/404.html"}}
    assert found["mimeTypes"] == {".ics": "text/calendar; charset=utf-8", ".webmanifest": "application/manifest+json"}
    assert azure(PEOPLE, "/refer/") == {"route": "/refer/index.html", "allowedRoles": ["anonymous"]}


# Redirects


def test_each_page_of_a_former_code_leads_to_the_present_ones() -> None:
    assert files(below("/friends/"))["_redirects"] == (
        "/friends/refer/ABCD1234/ /friends/refer/7QK3M9TX/ 301\n"
        "/friends/refer/ABCD1234/card/ /friends/refer/7QK3M9TX/card/ 301\n"
        "/friends/meet/ABCD1234/ /friends/meet/7QK3M9TX/ 301\n"
        "/friends/refer/R9CJ4E70/ /friends/refer/7QK3M9TX/ 301\n"
        "/friends/refer/R9CJ4E70/card/ /friends/refer/7QK3M9TX/card/ 301\n"
        "/friends/meet/R9CJ4E70/ /friends/meet/7QK3M9TX/ 301\n"
    )


@pytest.mark.parametrize("path", ["/", "/friends/"])
def test_every_host_is_told_the_same_redirects(path: str) -> None:
    portal = below(path)
    lines = [line.split(" ") for line in files(portal)["_redirects"].splitlines()]
    routes = [route for route in azure_file(portal)["routes"] if "redirect" in route]
    assert [Redirect(old, new) for old, new, _ in lines] == list(redirects(portal))
    assert [[route["route"], route["redirect"], str(route["statusCode"])] for route in routes] == [
        [f"{old}index.html", new, status] for old, new, status in lines
    ]


def test_redirects_start_where_pages_stood_and_end_where_pages_stand() -> None:
    urls = {page.url for page in plan(PEOPLE)}
    assert {moved.new for moved in redirects(PEOPLE)} <= urls
    former = {kind.route.url(code=code) for kind in (REFER_PERSONAL, CARD, MEET) for code in ("R9CJ4E70", "ABCD1234")}
    assert {moved.old for moved in redirects(PEOPLE)} == former
    assert REFER.route.url() not in former


def test_without_former_codes_there_is_no_file_of_redirects() -> None:
    found = files(public_portal(replace(PORTAL, referrers=(referrer("sam"),))))
    assert found.keys() == {"_headers", "staticwebapp.config.json"}
    assert "redirect" not in found["staticwebapp.config.json"]
    assert files(PEOPLE).keys() == set(SERVER_FILES)


def test_what_azure_would_refuse_for_its_size_is_left_to_the_pages_that_say_where_they_moved() -> None:
    old = ";".join(f"{number:08}" for number in range(1_000, 1_100))
    many = public_portal(replace(PORTAL, referrers=(referrer("rita", link_code="7QK3M9TX", old_codes=old),)))
    found = files(many)
    assert found["_redirects"].count("\n") == 300
    assert "redirect" not in found["staticwebapp.config.json"]
    assert len(found["staticwebapp.config.json"]) < 20_000
    assert json.loads(found["staticwebapp.config.json"])["globalHeaders"]["X-Frame-Options"] == "DENY"


def test_a_pattern_in_the_base_path_is_none_to_a_host() -> None:
    portal = below("/a:b*c/")
    assert "/a%3Ab%2Ac/assets/*" in headers(files(portal)["_headers"])
    assert files(portal)["_redirects"].startswith("/a%3Ab%2Ac/refer/ABCD1234/ /a%3Ab%2Ac/refer/7QK3M9TX/ 301\n")


def test_personal_pages_are_unlisted_and_led_on_in_every_language() -> None:
    moved = referrer(link_code="7K3QX9WB", old_codes="0DDC0DE1")
    portal = replace(PORTAL, referrers=(moved,), pages=(free_page(**{"@lang": "de"}),))
    public = public_portal(portal)
    text = headers_file(public.settings, POLICY, (), public.languages)
    assert headers(text)["/de/refer/:code/"] == headers(text)["/refer/:code/"]
    assert {"/de/refer/:code/card/", "/de/refer/:code/thanks/", "/de/meet/:code/"} <= headers(text).keys()
    assert {each.old: each.new for each in redirects(public)}["/de/meet/0DDC0DE1/"] == "/de/meet/7K3QX9WB/"
    routes = [route["route"] for route in json.loads(server_files(public, POLICY)["staticwebapp.config.json"])["routes"]]
    assert routes.index("/de/refer/index.html") < routes.index("/de/refer/*")
    assert "/de/meet/*" in routes
