"""Pages in further languages: the same kinds once more below /LANG/, but for what machines read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.forms import CONSENT_VERSION, consent_version
from site_builder.model.portal import Portal, Translations
from site_builder.page import Page
from site_builder.pages import KINDS, collisions, plan
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, free_page, referrer, settings, story

ONCE = {"not_found", "sitemap", "robots", "icon", "manifest", "security", "feed", "spotlights_feed", "styleguide"}
FULL = replace(
    PORTAL,
    settings=settings(base_url="https://x.example/portal/"),
    referrers=(referrer(link_code="7K3QX9WB", old_codes="0DDC0DE1"),),
    pages=(free_page("about"), free_page("about", title="Über uns", **{"@lang": "de"})),
    stories=(story(),),
    translations=(Translations("fr", {}, {}),),
)


def planned(portal: Portal = FULL) -> tuple[Page[object], ...]:
    public = public_portal(portal)
    return plan(public, (), tuple(public_portal(portal, lang) for lang in public.languages))


def urls(lang: str) -> set[str]:
    return {page.url for page in planned() if page.lang == lang}


def test_each_language_has_the_pages_of_the_portal_below_its_own_name() -> None:
    german = {page.url for page in planned() if page.lang == "de"}
    assert {"/de/", "/de/rewards/", "/de/refer/", "/de/refer/thanks/", "/de/privacy/", "/de/about/"} <= german
    assert {"/de/refer/7K3QX9WB/", "/de/refer/7K3QX9WB/card/", "/de/meet/7K3QX9WB/", "/de/refer/0DDC0DE1/"} <= german
    assert all(url.startswith("/de/") for url in german)
    assert {page.path for page in planned() if page.url == "/de/"} == {"de/index.html"}


def test_what_is_not_translated_has_no_page_there() -> None:
    assert "/about/" in urls("")
    assert "/fr/about/" not in urls("fr")
    assert "/de/stories/" not in urls("de")
    assert "/de/stories/monday/" not in urls("de")


def test_what_machines_read_stands_once() -> None:
    assert {kind.name for kind in KINDS if not kind.spoken} == ONCE
    assert {page.kind for page in planned() if page.lang} & ONCE == set()


def test_translations_know_each_other_by_the_address_in_the_portals_own_language() -> None:
    assert {page.lang: page.own_url for page in planned() if page.own_url == "/about/"} == {"": "/about/", "de": "/about/"}
    (home,) = [page for page in planned() if page.url == "/fr/"]
    assert home.own_url == "/"


def test_no_two_languages_meet_on_one_page() -> None:
    assert collisions(planned()) == ()


@pytest.mark.parametrize(
    ("url", "thanks"),
    [
        ("/de/refer/", "/portal/de/refer/thanks/"),
        ("/de/refer/7K3QX9WB/", "/portal/de/refer/7K3QX9WB/thanks/"),
        ("/de/meet/7K3QX9WB/", "/portal/de/meet/thanks/"),
        ("/refer/", "/portal/refer/thanks/"),
    ],
)
def test_a_form_ends_on_the_thanks_page_of_its_language(url: str, thanks: str) -> None:
    (page,) = [each for each in planned() if each.url == url]
    form = page.view.form  # type: ignore[attr-defined]  # these kinds have one
    assert form.thanks_url == thanks


def test_the_form_asks_the_same_in_every_language_and_says_which_consent_was_shown() -> None:
    forms = {page.lang: page.view.form for page in planned() if page.kind == "refer"}  # type: ignore[attr-defined]  # as above
    assert forms["de"].fields == forms[""].fields
    assert forms["de"].action == forms[""].action
    assert [name for name, _ in forms["de"].hidden] == [name for name, _ in forms[""].hidden]
    assert [dict(forms[lang].hidden)["consent_version"] for lang in ("", "de")] == [CONSENT_VERSION, f"{CONSENT_VERSION}-de"]
    assert forms["de"].consent_version == f"{CONSENT_VERSION}-de"


@pytest.mark.parametrize(("locale", "ending"), [("en-GB", ""), ("en", ""), ("de-AT", "-de"), ("ar", "-ar")])
def test_the_consents_words_are_those_of_a_language_whatever_its_region(locale: str, ending: str) -> None:
    assert consent_version(locale) == CONSENT_VERSION + ending
