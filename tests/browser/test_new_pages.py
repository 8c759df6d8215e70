"""Pages to pass on: what the friend sees, words that go without a script, cards that cameras read, and what machines read."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.places import MOVED, html_paths

HOME = "https://refer.copperbeck.example/"
MEET = HOME + "meet/7QK3M9TX/"
CARD = "refer/7QK3M9TX/card/"
_CUT_OFF = """
[...document.querySelectorAll(".paper-card-words, .paper-card-words p, .paper-card-foot, .paper-card-foot span")]
    .filter(each => each.clientWidth)
    .filter(each => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
    .map(each => each.className || each.textContent)
"""
PERSONAL = re.compile(r'(?:href|src|action)="[^"]*/(?:meet|refer)/[0-9A-Z]{8}/')


def photographed(page: Page, selector: str) -> Image.Image:
    return Image.open(BytesIO(page.locator(selector).screenshot()))


def _data(page: Page) -> list[dict[str, object]]:
    """Return what the page tells search engines, one thing after another."""
    blocks = page.locator('script[type="application/ld+json"]').all_text_contents()
    return [thing for block in blocks for thing in json.loads(block)["@graph"]]


# ------------------------------------------------------------------------------------------------------ card and codes


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_camera_reads_the_way_to_the_friends_page_off_the_card(page: Page, demo_url: str, width: int, colours: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
    page.goto(demo_url + CARD)
    (found,) = zxingcpp.read_barcodes(photographed(page, ".paper-card >> nth=0"))
    assert found.text == MEET


def test_a_card_is_as_large_as_cards_are_and_ten_of_them_print_alone(page: Page, demo_url: str) -> None:
    page.goto(demo_url + CARD)
    assert page.locator(".paper-card:visible").count() == 1
    page.emulate_media(media="print")
    boxes = [card.bounding_box() for card in page.locator(".paper-card:visible").all()]
    assert len(boxes) == 10
    for box in boxes:
        assert box is not None
        assert (round(box["width"] * 25.4 / 96, 1), round(box["height"] * 25.4 / 96, 1)) == (85, 55)
    for hidden in (".site-header", ".site-footer", "h1"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.evaluate(_CUT_OFF) == []


# ------------------------------------------------------------------------------------------------- what the friend sees


def test_the_friend_is_told_who_sent_them_and_never_asked_whom_they_refer(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "meet/7QK3M9TX/")
    expect(page.locator("h1")).to_contain_text("Priya Nair")
    assert page.locator('a[href*="/refer/"], a[href*="introduce"], a[href*="rewards"], a[href*="who-to-refer"]').count() == 0
    assert page.locator("form input:visible").count() == 2
    expect(page.get_by_role("button", name="Get in touch with me")).to_be_visible()


def test_without_consent_no_name_is_told(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "meet/B6WZ1D5P/")
    expect(page.locator("h1")).to_have_text("Somebody thought that we should meet.")
    assert "Leila" not in page.content()
    page.goto(demo_url + "refer/B6WZ1D5P/card/")
    assert "Leila" not in page.content()


def test_a_personal_page_leads_to_its_own_card_and_friends_page_and_no_other_page_does(demo: Path) -> None:
    own = (demo / "refer/7QK3M9TX/index.html").read_text(encoding="utf-8")
    assert 'href="/meet/7QK3M9TX/"' in own
    assert 'href="/refer/7QK3M9TX/card/"' in own
    for path in html_paths(demo):
        if not re.match(r"(?:meet|refer)/[0-9A-Z]{8}/", path):
            assert not PERSONAL.search((demo / path / "index.html" if not path.endswith(".html") else demo / path).read_text())


@pytest.mark.parametrize("kind", MOVED)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_old_address_leads_to_the_present_one(
    page: Page, page_without_scripts: Page, demo_url: str, kind: str, *, scripts: bool
) -> None:
    tab = page if scripts else page_without_scripts
    tab.goto(demo_url + MOVED[kind], wait_until="commit")
    tab.wait_for_url(demo_url + MOVED[kind].replace("R9CJ4E70", "R9CJ4E7A"))


# ------------------------------------------------------------------------------------------------------ words to send


@pytest.mark.parametrize("path", ["introduce/", "refer/7QK3M9TX/"])
def test_without_scripts_the_words_go_by_links_and_no_button_stands_idle(
    page_without_scripts: Page, demo_url: str, path: str
) -> None:
    page = page_without_scripts
    page.goto(demo_url + path)
    link = HOME if path == "introduce/" else MEET
    box = page.locator(".message-box").first
    said = "\n\n".join(box.locator(".message p").all_inner_texts())
    assert said.endswith("\n\n" + link)
    mail, text, whatsapp = (each.get_attribute("href") or "" for each in box.get_by_role("link").all())
    assert parse_qs(urlsplit(mail).query)["body"] == [said.replace("\n", "\r\n")]
    assert urlsplit(mail).path == ""
    assert parse_qs(urlsplit(mail).query)["subject"] == ["You should talk to Copperbeck"]
    assert text.startswith("sms:?&body=")
    assert unquote(text.removeprefix("sms:?&body=")) == said
    assert whatsapp.startswith("https://wa.me/?text=")
    assert unquote(whatsapp.removeprefix("https://wa.me/?text=")) == said
    assert page.locator("button[data-does]:visible").count() == 0


@pytest.mark.parametrize("path", ["introduce/", "share/"])
def test_a_button_copies_the_words_with_their_link_by_keyboard(browser: Browser, demo_url: str, path: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(demo_url + path)
        message = page.locator(".message").nth(1)
        button = page.locator('button[data-does="copy"]').nth(1)
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_text("Copied")
        said = "\n\n".join(message.locator("p").all_inner_texts())
        assert page.evaluate("navigator.clipboard.readText()") == said
        assert said.endswith(HOME)


def test_the_phones_own_way_of_sharing_is_offered_where_there_is_one(page: Page, demo_url: str) -> None:
    page.add_init_script("navigator.share = async (what) => { window.shared = what.text; };")
    page.goto(demo_url + "introduce/")
    button = page.locator('button[data-does="share"]').first
    button.click()
    expect(button).to_have_text("Sent")
    assert str(page.evaluate("window.shared")).endswith("\n\n" + HOME)


def test_where_copying_is_forbidden_the_words_are_marked(page: Page, demo_url: str) -> None:
    page.add_init_script("navigator.clipboard.writeText = async () => { throw new Error('no'); };")
    page.goto(demo_url + "share/")
    page.locator('button[data-does="copy"]').first.click()
    page.wait_for_function("getSelection().toString().length > 20")
    assert "Ring Copperbeck" in str(page.evaluate("getSelection().toString()"))


def test_the_smallest_portal_has_words_of_its_own(page: Page, small_url: str) -> None:
    page.goto(small_url + "introduce/")
    expect(page.locator(".message").nth(1)).to_contain_text("You said: “Our IT people take two days to ring back.”")
    expect(page.locator(".message").nth(1)).to_contain_text("https://refer.harbour.example/")


# ------------------------------------------------------------------------------------------------------------- terms


def test_what_changed_is_told_in_words_and_marks_not_by_colour_alone(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "terms/v2/")
    for word, element, some in (
        ("Gone", "del", "You tell us about somebody, with their leave"),
        ("New", "ins", "Send your friends our page"),
    ):
        change = page.locator("li.change", has=page.locator(element, has_text=some))
        expect(change.locator(".change-word")).to_have_text(word)
    page.goto(demo_url + "terms/v1/")
    assert page.locator("ins, del").count() == 0
    expect(page.locator("main")).to_contain_text("A later one has replaced it.")


# --------------------------------------------------------------------------------------------------- what machines read


@pytest.mark.parametrize(("path", "entries"), [("feed.xml", 19), ("spotlights/feed.xml", 12)])
def test_a_reader_of_feeds_finds_each_entry_and_where_it_stands(demo: Path, path: str, entries: int) -> None:
    content = (demo / path).read_bytes()
    assert ET.fromstring(content).tag == "{http://www.w3.org/2005/Atom}feed"  # noqa: S314  # our own file
    feed = feedparser.parse(content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == HOME + path
    assert {link.rel: link.href for link in feed.feed.links}["self"] == HOME + path
    assert feed.feed.author == "Copperbeck"
    assert len(feed.entries) == entries
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert feed.feed.updated == days[0]
    assert len({entry.id for entry in feed.entries}) == entries
    for entry in feed.entries:
        assert entry.title
        assert (demo / urlsplit(entry.link).path.strip("/") / "index.html").is_file()


def test_pages_name_the_feed_and_the_manifest_and_its_icons_are_there(page: Page, demo: Path, demo_url: str) -> None:
    page.goto(demo_url)
    assert page.locator('link[rel="alternate"]').get_attribute("href") == "/feed.xml"
    assert page.locator('link[rel="manifest"]').get_attribute("href") == "/site.webmanifest"
    manifest = json.loads((demo / "site.webmanifest").read_text(encoding="utf-8"))
    assert (manifest["name"], manifest["start_url"], manifest["theme_color"]) == ("Copperbeck", "/", "#134e5e")
    sizes = {icon["sizes"]: demo / icon["src"].strip("/") for icon in manifest["icons"]}
    for size in (192, 512):
        with Image.open(sizes[f"{size}x{size}"]) as icon:
            assert icon.size == (size, size)
    assert sizes["any"].is_file()


def test_a_calendar_is_offered_for_each_event_and_read_back(page: Page, demo: Path, demo_url: str) -> None:
    page.goto(demo_url + "events/")
    links = [each.get_attribute("href") or "" for each in page.get_by_role("link", name="Put it in my calendar").all()]
    assert links == ["/events/winter-supper.ics", "/events/whom-do-you-want-to-meet.ics"]
    (event,) = Calendar.from_ical((demo / links[0].strip("/")).read_bytes()).walk("VEVENT")
    assert event["summary"] == "The winter supper · Copperbeck"
    assert event.decoded("dtstart").isoformat() == "2026-12-03"
    assert "<" not in str(event["description"])
    assert "&" not in str(event["description"])


def test_whom_to_tell_of_a_weakness_is_where_the_standard_looks(demo: Path) -> None:
    said = dict(line.split(": ", 1) for line in (demo / ".well-known/security.txt").read_text(encoding="utf-8").splitlines())
    assert said == {
        "Contact": "mailto:hello@copperbeck.example",
        "Expires": "2027-09-30T00:00:00Z",
        "Preferred-Languages": "en",
        "Canonical": HOME + ".well-known/security.txt",
    }


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("", {"Organization", "WebSite"}),
        ("stories/the-till-in-a-taxi/", {"Article", "BreadcrumbList"}),
        ("spotlights/2026-10-ouse-link-haulage/", {"Article", "BreadcrumbList"}),
        ("events/", {"Event"}),
        ("directory/millrace-dental/", {"BreadcrumbList"}),
        ("terms/v2/", {"BreadcrumbList"}),
        ("meet/7QK3M9TX/", set()),
        ("refer/7QK3M9TX/", set()),
        (CARD, set()),
        ("404.html", set()),
    ],
)
def test_search_engines_are_told_what_a_page_is_and_nothing_of_what_is_not_theirs(
    page: Page, demo_url: str, path: str, kinds: set[str]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(demo_url + path)
    assert said == []  # the content policy does not take data for a script
    assert {thing["@type"] for thing in _data(page)} == kinds
    addressed = [page.locator(f'meta[property="og:{name}"]').count() for name in ("title", "description", "url", "image")]
    assert addressed == ([1, 1, 1, 1] if kinds else [0, 0, 0, 0])


def test_what_a_story_says_to_other_sites_is_what_it_says(page: Page, demo: Path, demo_url: str) -> None:
    page.goto(demo_url + "stories/the-till-in-a-taxi/")
    told = {
        name: page.locator(f'meta[property="og:{name}"]').get_attribute("content") or ""
        for name in ("title", "type", "url", "locale", "image")
    }
    assert told["title"] == "We put our own till in a taxi · Copperbeck"
    assert told["type"] == "article"
    assert told["url"] == page.locator('link[rel="canonical"]').get_attribute("href") == HOME + "stories/the-till-in-a-taxi/"
    assert told["locale"] == "en_GB"
    assert (demo / urlsplit(told["image"]).path.strip("/")).is_file()
    (article,) = (thing for thing in _data(page) if thing["@type"] == "Article")
    assert (article["headline"], article["datePublished"]) == ("We put our own till in a taxi", "2026-08-28")
