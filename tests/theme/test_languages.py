"""The default theme in other languages: no English left over, the right direction, and a way to every translation."""

from __future__ import annotations

import re
import shutil
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import mkdtemp

import pytest

from site_builder.pipeline import Built, Request, build
from site_builder.render.theme import default_folder
from site_builder.words import Words, words_in
from tests.golden.update import PORTAL, built
from tests.portals import AS_OF

CATALOGUES = default_folder() / "words"
LANGUAGES = ("ar", "de")
"""One of each direction; that the others are whole is tested with the catalogues."""
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)|left|right|float|clear"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:min-|max-)?(?:width|height))\s*:"
    r"|text-align\s*:\s*(?:left|right)"
)
"""What stays on its side of the screen when the reading direction turns."""


class _Texts(HTMLParser):
    """Collects what a page says in one piece, and what its attributes say."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in {"script", "style"}
        self.found |= {value.strip() for name, value in attrs if name in {"aria-label", "title", "alt", "placeholder"} and value}

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser calls it so
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.add(" ".join(data.split()))


@cache
def spoken(locale: str) -> Built:
    """The golden portal in another language; its own texts stay as they are."""
    root = Path(mkdtemp()) / "portal"
    shutil.copytree(PORTAL, root)
    settings = root / "data/portal.yaml"
    text = settings.read_text(encoding="utf-8")
    assert re.search(r"(?m)^locale: en-GB$", text)
    settings.write_text(re.sub(r"(?m)^locale: en-GB$", f"locale: {locale}", text), encoding="utf-8")
    shutil.rmtree(root / "content/de", ignore_errors=True)
    return build(Request(root, lambda _zone: AS_OF, public_only=True))


def html(locale: str, path: str = "index.html") -> str:
    (found,) = [artifact.content.decode() for artifact in spoken(locale).artifacts if artifact.path == path]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_in_a_language_of_the_theme(language: str) -> None:
    assert [problem for problem in spoken(language).problems if problem.code == "A105"] == []
    assert spoken(language).artifacts


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_the_theme_are_left_in_english(language: str) -> None:
    words = Words(language, "GBP", [CATALOGUES])
    own = "".join(path.read_text(encoding="utf-8") for path in PORTAL.rglob("*") if path.suffix in {".yaml", ".csv", ".md"})
    said = {text for text in words_in(CATALOGUES / "en.po") if "%(" not in text and " " in text and text not in own}
    english = {text for text in said if words.gettext(text) != text}
    left: dict[str, set[str]] = {}
    for artifact in spoken(language).artifacts:
        if artifact.path.endswith(".html"):
            page = _Texts()
            page.feed(artifact.content.decode())
            if found := page.found & english:
                left[artifact.path] = found
    assert left == {}


@pytest.mark.parametrize(("language", "dir_"), [("ar", ' dir="rtl"'), ("de", "")])
def test_a_page_says_its_language_and_its_direction_where_it_is_not_the_usual_one(language: str, dir_: str) -> None:
    assert f'<html lang="{language}"{dir_} class=' in html(language)


def test_dates_and_money_are_written_as_in_the_language() -> None:
    assert re.search(r"\bIn Kraft seit 1\. [A-Z][a-zä]+ 2026\b|\b\d{1,2}\. [A-Z][a-zä]+ 2026\b", html("de", "terms/index.html"))
    assert "100\u00a0£" in html("de", "rewards/index.html")


@pytest.mark.parametrize("path", sorted((default_folder() / "styles").glob("*.css")), ids=lambda path: path.name)
def test_no_style_knows_left_from_right(path: Path) -> None:
    """But for one: a text that runs its own way has its own start, so where the page's is must be said."""
    text = re.sub(r"@(?:media|container)[^{]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = text.replace('[dir="rtl"] body { text-align: right; }', "")
    assert PHYSICAL.findall(text) == []


def test_arrows_point_the_way_one_reads() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in (default_folder() / "styles").glob("*.css"))
    arrows = re.findall(r'(\[dir="rtl"\] )?\.([a-z-]+)[^{]*\{[^{}]*?(?:& a::before \{ )?content: "[^"]*([←→])', styles)
    pointing = {(turned != "", name): arrow for turned, name, arrow in arrows}
    for turned, name in list(pointing):
        assert pointing[not turned, name] != pointing[turned, name], name
    assert {name for _, name in pointing} >= {"more", "back"}


@cache
def files() -> dict[str, str]:
    """The golden portal as it is: in English, with one page in German."""
    return {artifact.path: artifact.content.decode("utf-8", "replace") for artifact in built(PORTAL).artifacts}


def test_a_reader_finds_the_other_language_on_every_page() -> None:
    assert '<a href="/friends/de/about/" lang="de" hreflang="de">Deutsch</a>' in files()["about/index.html"]
    assert '<a href="/friends/about/" lang="en-GB" hreflang="en-GB">English</a>' in files()["de/about/index.html"]
    assert '<a href="/friends/de/" lang="de" hreflang="de">Deutsch</a>' in files()["404.html"]


def test_search_engines_are_told_of_translations_on_the_page_and_in_the_sitemap() -> None:
    home = "https://www.quayside.example/friends/"
    told = [("en-GB", home), ("de", f"{home}de/"), ("x-default", home)]
    for path in ("index.html", "de/index.html"):
        links = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', files()[path])
        assert links == told
    assert (
        f"<loc>{home}de/</loc>" + "".join(f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>' for lang, url in told)
        in files()["sitemap.xml"]
    )
    assert "hreflang" not in files()["refer/thanks/index.html"].partition("<body")[0]


def test_a_page_in_a_further_language_speaks_it_and_links_within_it() -> None:
    page = files()["de/refer/index.html"]
    assert '<html lang="de"' in page
    assert "Empfehlung absenden" in page
    assert 'href="/friends/de/privacy/"' in page
    assert 'data-thanks="/friends/de/refer/thanks/"' in page
    assert 'data-base="/friends/"' in page
    assert '<link rel="manifest" href="/friends/site.webmanifest">' in page
