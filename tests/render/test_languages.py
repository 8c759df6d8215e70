"""The same page in other languages: alternates for search engines, choices for readers, links that stay in a language."""

from __future__ import annotations

from dataclasses import replace

from site_builder.model.portal import Portal
from site_builder.page import Page
from site_builder.pages import plan
from site_builder.render.languages import Languages
from site_builder.render.site import Addresses, menu
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, free_page, settings

BASE = "https://x.example"
PORTAL_OF_TWO = replace(
    PORTAL,
    settings=settings(base_url=f"{BASE}/p/"),
    pages=(free_page("about", nav_order="1"), free_page("about", nav_order="1", **{"@lang": "ar"}), free_page("only")),
)


def planned(portal: Portal = PORTAL_OF_TWO) -> tuple[Page[object], ...]:
    public = public_portal(portal)
    return plan(public, (), tuple(public_portal(portal, lang) for lang in public.languages))


def page(url: str) -> Page[object]:
    (found,) = [each for each in planned() if each.url == url]
    return found


def addresses(lang: str = "") -> Addresses:
    return Addresses(f"{BASE}/p/", "/p/", planned(), lang)


def languages(**locales: str) -> Languages:
    return Languages({"": "en-GB", **(locales or {"ar": "ar"})}, planned(), addresses())


def test_all_translations_of_a_page_are_told_and_the_portals_own_stands_for_the_rest() -> None:
    told = [("en-GB", f"{BASE}/p/about/"), ("ar", f"{BASE}/p/ar/about/"), ("x-default", f"{BASE}/p/about/")]
    for url in ("/p/about/", "/p/ar/about/"):
        assert [(each.lang, each.url) for each in languages().alternates(BASE + url)] == told


def test_a_page_without_a_translation_and_one_that_is_not_indexed_have_no_alternates() -> None:
    assert languages().alternates(f"{BASE}/p/only/") == ()
    assert languages().alternates(f"{BASE}/p/refer/thanks/") == ()


def test_a_page_that_stands_in_further_languages_alone_has_no_default() -> None:
    portal = replace(PORTAL, pages=(free_page("a", **{"@lang": "ar"}), free_page("a", **{"@lang": "de"})))
    pages = planned(portal)
    both = Languages({"": "en-GB", "ar": "ar", "de": "de"}, pages, Addresses(f"{BASE}/", "/", pages))
    assert [each.lang for each in both.alternates(f"{BASE}/de/a/")] == ["ar", "de"]


def test_a_reader_chooses_among_names_as_languages_call_themselves() -> None:
    first, second = languages().choices(page("/about/"))
    assert (first.name, first.lang, first.dir, first.url, first.is_here) == ("English", "en-GB", "ltr", "/p/about/", True)
    assert (second.name, second.lang, second.dir, second.url, second.is_here) == ("العربية", "ar", "rtl", "/p/ar/about/", False)


def test_a_draft_is_told_from_what_everybody_is_shown() -> None:
    both = Languages({"": "en-GB", "ar": "ar"}, planned(), addresses(), ("ar",))
    assert [each.is_draft for each in both.choices(page("/about/"))] == [False, True]
    assert [each.is_draft for each in languages().choices(page("/about/"))] == [False, False]


def test_a_page_without_a_translation_leads_to_where_the_language_begins() -> None:
    assert [each.url for each in languages().choices(page("/only/"))] == ["/p/only/", "/p/ar/"]


def test_a_portal_of_one_language_has_nothing_to_choose() -> None:
    pages = plan(public_portal(PORTAL))
    alone = Languages({"": "en-GB"}, pages, Addresses(f"{BASE}/", "/", pages))
    assert alone.choices(pages[0]) == ()
    assert alone.alternates(f"{BASE}/") == ()


def test_two_of_one_language_are_told_apart_by_their_region() -> None:
    names = [each.name for each in languages(**{"pt-BR": "pt-BR", "pt-PT": "pt-PT"}).choices(page("/only/"))]
    assert names == ["English", "Português (Brasil)", "Português (Portugal)"]


def test_links_stay_in_the_language_but_for_what_stands_once() -> None:
    assert addresses("ar").url_for("rewards") == "/p/ar/rewards/"
    assert addresses("ar").url_for("icon") == "/p/icon.svg"
    assert addresses().url_for("rewards") == "/p/rewards/"


def test_has_asks_for_the_language() -> None:
    portal = replace(PORTAL_OF_TWO, pages=(free_page("only"), free_page("a", **{"@lang": "ar"})), share=())
    pages = planned(portal)
    assert Addresses(f"{BASE}/p/", "/p/", pages, "ar").has("sitemap")
    only_own = planned(replace(portal, pages=(free_page("only"),), absent=frozenset()))
    assert Addresses(f"{BASE}/p/", "/p/", only_own).has("page")
    assert not Addresses(f"{BASE}/p/", "/p/", only_own, "ar").has("page")


def test_a_link_in_prose_leads_to_the_page_in_its_own_language_where_there_is_one() -> None:
    assert addresses("ar").resolve("/rewards/#own") == "/p/ar/rewards/#own"
    assert addresses("ar").resolve("/only/") == "/p/only/"
    assert addresses("ar").resolve("/ar/about/") == "/p/ar/about/"
    assert addresses("ar").resolve("https://elsewhere.example/") == "https://elsewhere.example/"
    assert addresses().resolve("/rewards/") == "/p/rewards/"


def test_a_menu_holds_pages_of_one_language() -> None:
    arabic = tuple(each for each in planned() if each.lang == "ar")
    assert {item.url for item in menu(arabic, addresses("ar"))} == {"/p/ar/who-to-refer/", "/p/ar/rewards/", "/p/ar/about/"}
