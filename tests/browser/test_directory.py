"""Many clients: found by typing, by links alone, by keyboard, and on the narrowest phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.portals import write
from tests.browser.judges import axe, html_validate
from tests.browser.portals import THREE_FILES, build
from tests.browser.portals import write as write_files
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


CLIENTS = """\
client_id,name,industry,location,since,offers,listed
mueller,Müller & Söhne,Schreinerei,Köln,2024-01-15,,yes
gruen,Gruen Gaerten,gardens,Zürich,2024-01-15,,yes
strasse,Bäckerei Lange Straße,bakery,Halle,2024-01-15,,yes
cafe,Café Crème,coffee,Lyon,2024-01-15,,yes
smorre,Smørrebrød,food,Malmö,2024-01-15,,yes
maktaba,مكتبة الأمل,books,القاهرة,2024-01-15,,yes
solicitors,Barrow Solicitors,law,Leeds,2024-01-15,,yes
plain,Ordinary Brown,charity,Leeds,2024-01-15,,yes
crown,Crown,charity,Leeds,2024-01-15,,yes
"""


@pytest.fixture(scope="module")
def letters_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal whose clients have letters that are typed in more than one way."""
    folder = tmp_path_factory.mktemp("letters")
    portal = write_files(folder / "portal", {**THREE_FILES, "data/clients.csv": CLIENTS})
    with served(build(portal, folder / "output")) as address:
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


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("muller", "Müller & Söhne"),
        ("mueller soehne", "Müller & Söhne"),
        ("MÜLLER", "Müller & Söhne"),
        ("koeln", "Müller & Söhne"),
        ("grün gärten", "Gruen Gaerten"),
        ("zuerich", "Gruen Gaerten"),
        ("strasse", "Bäckerei Lange Straße"),
        ("straße", "Bäckerei Lange Straße"),
        ("baeckerei", "Bäckerei Lange Straße"),
        ("cafe creme", "Café Crème"),
        ("CAFÉ", "Café Crème"),
        ("smorrebrod", "Smørrebrød"),
        ("smoerrebroed", "Smørrebrød"),
        ("مكتبه الامل", "مكتبة الأمل"),
    ],
)
def test_letters_with_marks_are_found_however_they_are_typed(page: Page, letters_url: str, typed: str, name: str) -> None:
    page.goto(f"{letters_url}directory/")
    page.get_by_role("searchbox").fill(typed)
    expect(page.get_by_role("status")).to_have_text("Found: 1")
    assert names(page) == [name]


@pytest.mark.parametrize(
    "typed",
    ["soliciters", "solictors", "soliccitors", "soilcitors", "xolicitors", "solcit", "brrow solicitors", "Barrow soliciters"],
    ids=["another", "missing", "one too many", "two turned", "the first", "only begun", "one of two", "the second of two"],
)
def test_one_slip_in_a_word_is_forgiven_and_said(page: Page, letters_url: str, typed: str) -> None:
    page.goto(f"{letters_url}directory/")
    page.get_by_role("searchbox").fill(typed)
    expect(page.get_by_role("status")).to_have_text("Nothing has exactly these words. Close to them: 1")
    assert names(page) == ["Barrow Solicitors"]


@pytest.mark.parametrize(
    "typed", ["solcters", "brwo", "lews", "solicitors lews"], ids=["two", "short", "short place", "one short"]
)
def test_two_slips_and_slips_in_short_words_find_nothing(page: Page, letters_url: str, typed: str) -> None:
    page.goto(f"{letters_url}directory/")
    page.get_by_role("searchbox").fill(typed)
    expect(page.get_by_role("status")).to_have_text("Found: 0")
    expect(page.get_by_text("Nothing here by these words.")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("reward", "What is in it for you"), ("commission", "What is in it for you"), ("guarantee", "Why it is safe")],
)
def test_a_page_is_found_by_what_people_call_it(page: Page, demo_url: str, typed: str, name: str) -> None:
    page.goto(f"{demo_url}search/?q={typed}")
    expect(page.locator(f"{CARDS} .client-card-name", has_text=name)).to_be_visible()


def test_what_one_could_say_is_named_so(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}search/?q=passwords")
    heard = page.locator(CARDS, has_text="Heard this?").first
    expect(heard).to_contain_text("You could say")
    expect(heard.get_by_text("Would like to meet")).to_be_hidden()


def test_what_is_found_exactly_is_not_mixed_with_what_is_close(page: Page, letters_url: str) -> None:
    page.goto(f"{letters_url}directory/")
    page.get_by_role("searchbox").fill("brown")  # and "Crown" is one letter away
    expect(page.get_by_role("status")).to_have_text("Found: 1")
    assert names(page) == ["Ordinary Brown"]


def test_a_long_list_on_a_phone_keeps_to_who_where_and_whom_they_would_like_to_meet(page: Page, demo_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo_url}directory/")
    card = page.locator(".client-card", has=page.get_by_role("link", name="Aire Larder"))
    said = "Aire Larder Charity · Leeds Would like to meet food makers with good stock they cannot sell"
    assert " ".join(card.inner_text().split()) == said
    groups = page.get_by_role("navigation", name="Groups of clients")
    assert groups.get_by_role("link").all_inner_texts() == []
    heading = page.get_by_role("heading", name="48 clients").bounding_box()
    assert heading is not None
    assert heading["y"] < 844
    assert page.evaluate("document.documentElement.scrollHeight") < 6500
    # A few of them have room for all.
    page.goto(f"{demo_url}directory/industry/charity/")
    expect(card.get_by_text("food parcels and a kitchen that teaches")).to_be_visible()


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
    page.get_by_text("By trade").click()
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
