"""The shell of a sealed page: whole in one file, the same for everybody, and silent about whose it is."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.page import Artifact, Circle
from site_builder.problem import Problem, Source
from site_builder.render.locks import locked, shell
from site_builder.render.theme import Theme, default_folder
from tests.render.locking import KPIS, MY, Sealing, page, sheet, shop
from tests.render.themes import put

CLIENT = "client/7qk3m9txw2c4d6fh/"
ENVELOPE = '{"header":"e30=","slots":"AA==","nonce":"AA==","text":"AA/+","sum":"AA=="}'
PHRASES = ("one two three four five six", "seven eight nine ten eleven twelve")


def html(circle: Circle = Circle.OWNERS, path: str = KPIS, **values: object) -> str:
    return page(circle, path, ENVELOPE, **values).content.decode()  # type: ignore[arg-type]  # any setting


def source(text: str, element: str) -> str:
    """The source of a policy for what stands in an element, worked out anew."""
    (content,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_it_is_one_file_in_the_folder_its_envelope_was_sealed_for() -> None:
    found = page(Circle.REFERRER, MY, ENVELOPE)
    assert (found.path, found.source) == (f"{MY}index.html", Source("data/clients.csv"))
    assert f'<template id="sealed">{ENVELOPE}</template>' in found.content.decode()


def test_its_policy_lets_in_its_own_script_and_style_and_nothing_else() -> None:
    text = html()
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    said = {part.split()[0]: part.split()[1:] for part in policy.replace("&#39;", "'").split("; ")}
    assert said == {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "script-src": [source(text, "script")],
        "style-src": [source(text, "style")],
    }


def test_the_host_is_told_the_same_sources() -> None:
    owners, link = html(), html(Circle.CLIENT, CLIENT)
    inline = shell(shop()).inline
    assert inline.script == source(owners, "script") == source(link, "script")
    assert inline.style == f"{source(owners, 'style')} {source(link, 'style')}"


def test_a_page_lets_in_its_own_style_sheet_and_not_that_of_the_others() -> None:
    owners, link = html(), html(Circle.CLIENT, CLIENT)
    assert source(owners, "style") != source(link, "style")
    assert source(link, "style").strip("'") in link
    assert source(owners, "style").strip("'") not in link


def test_each_has_the_style_sheets_it_needs_and_no_others() -> None:
    owners, link = shell(shop()).owners.element, shell(shop()).link.element
    only_public = (".hero-heard", ".guarantee-title", ".menu-fold")
    assert not any(name in sheet for name in only_public for sheet in (owners, link))
    assert ".tile-count" in owners
    assert ".tile-count" not in link
    assert ".own-part" in link
    assert ".own-part" not in owners
    assert all(name in sheet for name in (".lock-form", ".button", ".field label") for sheet in (owners, link))


def test_a_page_that_a_link_opens_weighs_less_than_forty_kilobytes_of_style() -> None:
    """There are thousands of them; all but a little is the theme's own, so a number can be held to."""
    assert len(shell(shop()).link.element) < 40_000


def test_comments_and_indentation_stay_here_and_strings_do_not(tmp_path: Path) -> None:
    written = "/* one\n   two */\n  h1 { color: red;/* three */margin: 0 }\n  q::after { content: '/* four */' }\n"
    portal, theme = own_theme(tmp_path, {"styles/extra.css": written})
    style = shell(shop(portal, theme)).link.element
    assert "h1 { color: red;/**/margin: 0 }\nq::after { content: '/* four */' }\n" in style
    assert "two */" not in style
    assert "three" not in style


def test_a_referrers_and_a_clients_page_cannot_be_told_apart() -> None:
    assert html(Circle.REFERRER, MY) == html(Circle.CLIENT, MY)


def test_search_engines_and_other_sites_learn_nothing_of_it() -> None:
    text = html()
    assert "<title>Private page · Harbour IT</title>" in text
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in text
    assert '<meta name="referrer" content="no-referrer">' in text


def test_it_loads_nothing() -> None:
    bare = re.sub(r"<(script|style)>.*?</\1>", "", html(), flags=re.DOTALL)
    assert re.findall(r"<(?:link|img|iframe|script|object|embed)\b|\ssrc=|url\(|@import", bare) == []


@pytest.mark.parametrize("envelope", ["<p>Aldersyde Joinery: 3 of 5</p>", "Aldersyde & Sons", ENVELOPE + "<"])
def test_what_is_no_envelope_is_not_put_into_a_page(envelope: str) -> None:
    made = shop()
    with pytest.raises(ValueError, match="nothing else"):
        locked(made, shell(made), sheet(Circle.OWNERS), Sealing(KPIS, envelope))


def test_a_demonstration_shows_owners_their_phrases_and_nobody_else() -> None:
    assert all(f'data-phrase="{phrase}"' in html(phrases=PHRASES, demo=True) for phrase in PHRASES)
    assert "data-phrase=" not in html(Circle.REFERRER, MY, phrases=PHRASES, demo=True).split("<script>")[0]
    assert "lock-demo" not in html().split("</style>")[1].split("<script>")[0]


def test_who_has_an_old_link_is_told_whom_to_ask() -> None:
    text = html(Circle.REFERRER, MY)
    (words,) = re.findall(r'<template id="say-wrong">(.*?)</template>', text, re.DOTALL)
    assert "Ada Byron can send you a new one:" in words
    assert 'href="mailto:ada@harbour.example"' in words
    assert 'href="tel:+442079460000"' in words


def test_without_a_name_or_number_the_firm_is_asked_by_mail() -> None:
    text = html(Circle.REFERRER, MY, contact={"email": "desk@harbour.example"})
    assert "Harbour IT can send you a new one:" in text
    assert 'href="tel:' not in text.split("<script>")[0]


def test_every_state_that_the_script_names_has_its_words() -> None:
    script = Theme(default_folder()).script("unlock.js")
    named = set(re.findall(r'(?:say|lock|Error)\("([a-z]+)"\)', script))
    assert named == {"framed", "insecure", "old", "damaged", "parameters", "moved", "wrong", "locked", "idle"}
    for text in (html(), html(Circle.REFERRER, MY)):
        assert named <= set(re.findall(r'<template id="say-([a-z]+)">', text))
    assert '<template id="say-empty">' in html()


def test_every_word_that_the_script_asks_for_stands_in_the_page() -> None:
    script = Theme(default_folder()).script("unlock.js")
    asked = set(re.findall(r"\bwords\.([a-z]+)", script))
    (words,) = re.findall(r'<template id="words"([^>]*)>', html())
    assert asked == set(re.findall(r" data-([a-z]+)=", words)) == {"copied", "download", "origin", "soon", "uncopied"}


def test_the_script_weighs_less_than_five_kilobytes() -> None:
    assert len(gzip.compress(shell(shop()).script.encode())) < 5 * 1024


def test_its_comments_stay_here_and_its_regular_expressions_and_addresses_do_not() -> None:
    script = shell(shop()).script
    assert "// Before anything else" not in script
    assert 'split("#").pop()' in script


def own_theme(folder: Path, files: Mapping[str, str]) -> tuple[Path, Theme]:
    portal = folder / "portal"
    return portal, Theme(default_folder(), put(portal / "themes" / "own", files))


def test_what_an_own_style_sheet_would_load_is_left_out(tmp_path: Path) -> None:
    loads = "@import 'far.css';\nh1 { background: url( 'a b).png' ) }\nh2 { background: url(//x.example/a.png) }\n"
    portal, theme = own_theme(tmp_path, {"styles/extra.css": loads})
    style = shell(shop(portal, theme)).owners.element
    assert "h1 { background: none }\nh2 { background: none }\n" in style
    assert "far.css" not in style


def test_an_own_style_sheet_or_script_cannot_end_its_element(tmp_path: Path) -> None:
    own = {"styles/extra.css": 'q::after { content: "</style><p>" }\n', "scripts/unlock.js": 'a = "</SCRIPT><!--"\n'}
    portal, theme = own_theme(tmp_path, own)
    found = shell(shop(portal, theme))
    assert r'content: "<\/style><p>"' in found.owners.element
    assert r'content: "<\/style><p>"' in found.link.element
    assert found.script == '<script>a = "<\\/SCRIPT><\\!--"\n</script>'


def test_a_mistake_in_an_own_lock_is_told_at_its_line(tmp_path: Path) -> None:
    portal, theme = own_theme(tmp_path, {"templates/private/lock.html": "one\n{{ 1 / 0 }}"})
    made = shop(portal, theme)
    found = locked(made, shell(made), sheet(Circle.OWNERS), Sealing(KPIS, ENVELOPE))
    assert isinstance(found, Problem)
    assert (found.code, found.source) == ("A202", Source("themes/own/templates/private/lock.html", 2))
    assert isinstance(locked(shop(), shell(shop()), sheet(Circle.OWNERS), Sealing(KPIS, ENVELOPE)), Artifact)
