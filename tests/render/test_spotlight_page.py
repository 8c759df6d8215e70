"""What a client of the month takes away: a badge at an address that stays, lines for their own page, a picture and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from site_builder.pages import plan
from site_builder.render import Surroundings
from site_builder.render.theme import Theme, default_folder
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, client, settings, spotlight
from tests.render.rendering import render

PLACE = "spotlights/2026-09-acme/"
NAME = 'Harbour "IT" & Sons'


class Lines(HTMLParser):
    """The elements of some HTML with their attributes, and the text of its textarea, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str | None]]] = []
        self.typed = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag == "textarea"

    def handle_data(self, data: str) -> None:
        self.typed += data if self._inside else ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "textarea"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    portal = replace(
        PORTAL,
        settings=settings(name=NAME, base_url="https://x.example/portal"),
        clients=(client(),),
        spotlights=(spotlight(headline="A day <early>"),),
    )
    public = public_portal(portal)
    folder = tmp_path_factory.mktemp("portal")
    found, problems = render(public, plan(public), Surroundings(folder, Theme(default_folder()), {}))
    assert problems == ()
    return {file.path: file.content for file in found}


def test_the_lines_to_copy_are_whole_and_lead_back(files: Mapping[str, bytes]) -> None:
    page = Lines(files[f"{PLACE}index.html"].decode())
    (area,) = [attributes for tag, attributes in page.found if tag == "textarea"]
    assert "readonly" in area
    (link, image) = Lines(page.typed).found
    assert link == ("a", {"href": f"https://x.example/portal/{PLACE}"})
    assert image[1]["src"] == f"https://x.example/portal/{PLACE}badge.svg"
    assert image[1]["alt"] == f"Customer of the month, September 2026 · {NAME}"
    assert (image[1]["width"], image[1]["height"]) == ("300", "96")


def test_a_button_that_needs_a_script_waits_hidden_for_it(files: Mapping[str, bytes]) -> None:
    html = files[f"{PLACE}index.html"].decode()
    assert re.search(r'<li hidden><button[^>]*data-words="badge-lines"', html)
    assert re.search(r'<script src="/portal/assets/share\.[0-9a-f]+\.js" defer>', html)


def test_the_badge_says_what_it_honours_and_stands_at_an_address_without_a_sum(files: Mapping[str, bytes]) -> None:
    badge = ET.fromstring(files[f"{PLACE}badge.svg"])  # noqa: S314  # our own
    said = " ".join("".join(part.itertext()) for part in badge.iter("{http://www.w3.org/2000/svg}text"))
    assert said == f"September 2026 Customer of the month {NAME}"
    assert badge.get("direction") == "ltr"


def test_a_spotlight_has_a_picture_of_its_own(files: Mapping[str, bytes]) -> None:
    own, home = (
        re.findall(r'<meta property="og:image" content="https://x\.example/portal/([^"]+)">', files[path].decode())
        for path in (f"{PLACE}index.html", "index.html")
    )
    assert own != home
    assert files[own[0]][:4] == files[home[0]][:4] == b"\x89PNG"
    alt = 'content="A day &lt;early&gt; · Acme · Customer of the month, September 2026 · Harbour &#34;IT&#34; &amp; Sons"'
    assert f'<meta property="og:image:alt" {alt}>' in files[f"{PLACE}index.html"].decode()
    assert f'<a href="/portal/{own[0]}" download="spotlight.png">' in files[f"{PLACE}index.html"].decode()


def test_no_search_engine_is_sent_to_a_badge(files: Mapping[str, bytes]) -> None:
    assert b"badge" not in files["sitemap.xml"]
