"""Many clients: found by typing, by links alone, by keyboard, and on the narrowest phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.portals import write
from tests.browser.judges import axe, html_validate
from tests.browser.portals import build
from tests.browser.serving import served

CARDS = ".client-card:visible"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a portal with some 300 listed clients."""
    folder = tmp_path_factory.mktemp("many")
    write(folder / "portal", 400)
    return build(folder / "portal", folder / "output")


@pytest.fixture(scope="module")
def many_url(many: Path) -> Iterator[str]:
    with served(many) as address:
        yield address


def names(page: Page) -> list[str]:
    return page.locator(f"{CARDS} .client-card-name").all_inner_texts()


def test_typing_finds_clients_by_all_words_whatever_their_case_and_accents(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}directory/")
    assert len(names(page)) == 48
    field = page.get_by_role("searchbox", name="Find a client")
    field.press_sequentially("DÉNTAL lee")
    expect(page.get_by_role("status")).to_have_text("Found: 5")
    # Who is it comes before who would like to meet it; Stray Dental has nothing to do with Leeds.
    assert names(page) == ["Headrow Smiles", "Blue Door Nurseries", "Granary Wealth", "Millrace Dental Care", "Nidd Ledger LLP"]
    assert page.url.endswith("?q=D%C3%89NTAL+lee")
    expect(page.get_by_role("navigation", name="Groups of clients")).to_be_hidden()
    field.fill("")
    assert len(names(page)) == 48
    expect(page.get_by_role("status")).to_have_text("")
    assert page.url == f"{demo_url}directory/"


def test_a_link_with_words_shows_what_they_find_of_every_kind(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}search/?q=passwords")
    hit = page.get_by_role("link", name="Only Dave knows the passwords.")
    expect(hit).to_be_visible()
    assert axe(page) == ()
    hit.click()
    page.wait_for_url(f"{demo_url}who-to-refer/#triggers")


def test_who_finds_nothing_is_told_what_to_do_and_gets_everything_back_by_keyboard(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}search/")
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.type("xyzzy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Found: 0")
    expect(page.get_by_text("Nothing here by these words.")).to_be_visible()
    assert axe(page) == ()
    for _ in range(3):  # the button of the field, the address to write to, the button
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show everything again")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(page.get_by_role("heading", name="What one hears")).to_be_visible()
    assert page.url == f"{demo_url}search/"


def test_where_the_index_cannot_be_had_the_lists_stay(page: Page, demo_url: str) -> None:
    page.route("**/search.json", lambda route: route.abort())
    page.goto(f"{demo_url}directory/")
    page.get_by_role("searchbox").fill("law")
    expect(page.get_by_role("status")).to_contain_text("cannot be reached")
    assert len(names(page)) == 48
    page.unroute("**/search.json")
    page.get_by_role("searchbox").fill("laws")
    expect(page.get_by_role("status")).to_contain_text("Found")


def test_without_scripts_links_lead_through_the_groups_and_there_is_no_field(page_without_scripts: Page, demo_url: str) -> None:
    page = page_without_scripts
    page.goto(f"{demo_url}directory/")
    expect(page.get_by_role("searchbox", include_hidden=True)).to_be_hidden()
    page.get_by_role("link", name="Law 3").click()
    page.wait_for_url(f"{demo_url}directory/industry/law/")
    assert names(page) == ["Barrowclough & Shah Solicitors", "Minster Conveyancing", "Swinsty Family Law"]
    page.get_by_text("By place").click()
    page.get_by_role("link", name="Leeds 14").click()
    assert len(names(page)) == 14
    page.get_by_role("link", name="Search").click()
    expect(page.get_by_role("searchbox", include_hidden=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Swinsty Family Law")).to_be_visible()


def test_nothing_moves_when_the_field_is_switched_on(page: Page, demo_url: str) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const each of list.getEntries()) window.moved += each.value })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(f"{demo_url}directory/", wait_until="networkidle")
    assert page.evaluate("window.moved") < 0.02


def test_hundreds_are_paged_and_all_of_them_found(page: Page, many_url: str) -> None:
    page.goto(f"{many_url}directory/")
    assert len(names(page)) == 50
    pages = page.get_by_role("navigation", name="Pages of this list")
    pages.get_by_role("link", name="Next").click()
    page.wait_for_url(f"{many_url}directory/page/2/")
    expect(pages.locator("[aria-current]")).to_have_text("2")
    pages.get_by_role("link", name="Previous page").click()
    page.wait_for_url(f"{many_url}directory/")
    page.get_by_role("searchbox").fill("Plain work")
    expect(page.get_by_role("status")).to_have_text("Found: 296. These are the first; one more word narrows it down.")
    assert len(names(page)) == 50


@pytest.mark.parametrize("path", ["directory/", "directory/page/3/", "directory/place/leeds/", "search/?q=oak"])
def test_long_lists_are_whole_on_the_narrowest_phone_and_on_a_dark_desk(page: Page, many_url: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(many_url + path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(page) == ()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert axe(page) == ()


def test_html_validate_finds_nothing_in_long_lists(many: Path) -> None:
    paths = ("directory/index.html", "directory/page/3/index.html", "directory/place/leeds/index.html", "search/index.html")
    assert html_validate(many / path for path in paths) == ()
