"""The referral form: what it asks, what a back end receives, and what a personal link tells and keeps to itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portals import build, demo_with
from tests.browser.serving import served

NAMED = "refer/7QK3M9TX/"
UNNAMED = "refer/B6WZ1D5P/"


@dataclass
class BackEnd:
    """A fake back end. received: content type and fields of each post; then: where it sends the visitor afterwards."""

    address: str = ""
    then: str = ""
    received: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)


@contextmanager
def back_end() -> Iterator[BackEnd]:
    """Answer posts on 127.0.0.1 with 303, as a host's form service would."""
    here = BackEnd()

    class Handler(BaseHTTPRequestHandler):
        """Remembers what was posted."""

        def do_POST(self) -> None:  # the name http.server calls
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            here.received.append((self.headers["Content-Type"], parse_qsl(body, keep_blank_values=True, strict_parsing=True)))
            self.send_response(303)
            self.send_header("Location", here.then)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        here.address = f"http://127.0.0.1:{server.server_port}/lead"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def custom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, BackEnd]]:
    """The demo with a form that posts to a back end of its own: the portal's address, and the back end."""
    folder = tmp_path_factory.mktemp("custom")
    with back_end() as behind:
        form = f"form: {{backend: custom, endpoint: '{behind.address}', respond_within: 1 working day}}"
        output = build(demo_with(folder / "portal", {"form:": form}), folder / "output")
        with served(output) as address:
            behind.then = address + "refer/thanks/"
            yield address, behind


@pytest.fixture
def posting(custom: tuple[str, BackEnd]) -> tuple[str, BackEnd]:
    custom[1].received.clear()
    return custom


def test_the_form_asks_three_things_each_by_its_label(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "refer/")
    asked = ("Who should we talk to?", "How do we reach them?", "And how do we reach you?")
    assert [page.get_by_role("textbox", name=label).get_attribute("name") for label in asked] == [
        "prospect",
        "contact",
        "referrer_contact",
    ]
    assert page.get_by_role("textbox").count() == 3
    described = [box.get_attribute("aria-describedby") for box in page.get_by_role("textbox").all()]
    assert all(page.locator(f"#{name}").inner_text() for name in described)


def test_an_empty_answer_is_asked_for_again_and_nothing_is_sent(page: Page, posting: tuple[str, BackEnd]) -> None:
    address, behind = posting
    page.goto(address + "refer/")
    page.get_by_label("How do we reach them?").fill("ann@quay.example")
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_label("Who should we talk to?")).to_be_focused()
    assert page.locator("input:invalid").count() == 2
    assert page.url == address + "refer/"
    assert behind.received == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_back_end_receives_the_fields_and_leads_to_the_thanks(
    request: pytest.FixtureRequest, posting: tuple[str, BackEnd], *, scripts: bool
) -> None:
    page: Page = request.getfixturevalue("page" if scripts else "page_without_scripts")
    address, behind = posting
    page.goto(address + "refer/")
    page.get_by_label("Who should we talk to?").fill("Zoë & Söhne, 50% + more = €5")
    page.get_by_label("How do we reach them?").fill("+44 20 7946 0000")
    page.get_by_label("And how do we reach you?").fill("ann@quay.example")
    page.get_by_role("button", name="Send the referral").click()
    page.wait_for_url(address + "refer/thanks/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. That was kind.")
    assert behind.received == [
        (
            "application/x-www-form-urlencoded",
            [
                ("prospect", "Zoë & Söhne, 50% + more = €5"),
                ("contact", "+44 20 7946 0000"),
                ("referrer_contact", "ann@quay.example"),
            ],
        )
    ]


def test_a_personal_link_says_whose_it_is_and_asks_one_thing_less(page: Page, posting: tuple[str, BackEnd]) -> None:
    address, behind = posting
    page.goto(address + NAMED)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Priya Nair")
    page.get_by_label("Who should we talk to?").fill("Ann Hale")
    page.get_by_label("How do we reach them?").fill("ann@quay.example")
    page.keyboard.press("Enter")
    page.wait_for_url(address + "refer/thanks/")
    assert behind.received == [
        (
            "application/x-www-form-urlencoded",
            [("referrer", "7QK3M9TX"), ("prospect", "Ann Hale"), ("contact", "ann@quay.example")],
        )
    ]


def test_who_did_not_agree_to_be_named_is_not(page: Page, demo_url: str) -> None:
    page.goto(demo_url + UNNAMED)
    for private in ("Leila", "Shah", "Barrowclough"):
        assert private not in page.content()
    assert page.locator("input[type=hidden][name=referrer]").get_attribute("value") == "B6WZ1D5P"


def test_a_personal_page_is_kept_from_search_engines_and_linked_from_nowhere(page: Page, demo: Path, demo_url: str) -> None:
    codes = [path.parent.name for path in (demo / "refer").glob("*/index.html") if path.parent.name != "thanks"]
    assert len(codes) > 20
    for code in codes:
        # Their own pages, card and friend's page name the code, and so do the redirects of former codes and the pages of those.
        own = {"_redirects", "staticwebapp.config.json"}
        others = (path for path in demo.rglob("*") if path.is_file() and code not in path.parts and path.name not in own)
        naming = [path.name for path in others if code.encode() in path.read_bytes() and b'"refresh"' not in path.read_bytes()]
        assert naming == []
    page.goto(demo_url + UNNAMED)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert page.locator("link[rel=canonical]").count() == 0


def test_without_a_back_end_the_form_opens_a_mail_and_the_policy_allows_it(page: Page, demo_url: str) -> None:
    said: list[str] = []
    mails: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda sent: mails.append(sent.url))  # headless Chromium has no mail program to hand it to
    page.goto(demo_url + "refer/")
    page.get_by_label("Who should we talk to?").fill("Söhne & Co")
    page.get_by_label("How do we reach them?").fill("+44 20 7946 0000")
    page.get_by_label("And how do we reach you?").fill("ann@quay.example")
    with page.expect_event("console", lambda message: message.text.startswith("Launched external handler for 'mailto:")):
        page.get_by_role("button", name="Send the referral").click(no_wait_after=True)
    address, _, body = mails[0].partition("&body=")
    assert address == "mailto:hello@copperbeck.example?subject=A%20referral"
    assert unquote(body).split("\r\n") == [
        *("Who should we talk to?", "Söhne & Co", ""),
        *("How do we reach them?", "+44 20 7946 0000", ""),
        *("And how do we reach you?", "ann@quay.example"),
    ]
    assert len(said) == 1
    assert page.url == demo_url + "refer/"


@pytest.mark.parametrize("path", ["refer/", NAMED])
def test_without_a_back_end_the_address_and_the_number_stand_beside_the_button(page: Page, demo_url: str, path: str) -> None:
    page.goto(demo_url + path)
    form = page.locator("form")
    assert form.get_by_role("link").evaluate_all("links => links.map(link => link.href)") == [
        "mailto:hello@copperbeck.example",
        "tel:+441134960100",
    ]
    for link in form.get_by_role("link").all():
        expect(link).to_be_visible()
