"""Words to send travel whole in plain links: mailto: (RFC 6068), sms: (RFC 5724) and WhatsApp's click to chat."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import unquote, unquote_to_bytes, urlsplit

import pytest

from site_builder.pipeline import Request, build
from tests.portals import FILES, write

NAME = "O'Hara, Söhne & Co + 50% #1"
BODY = "Grüße aus Tromsø: “geht das?” & + 100 % #2 =? ☕ a;b\n\nZweite Zeile"
MEET = "https://refer.harbour.example/meet/7QK3M9TX/"
URI = re.compile(r"(?:[A-Za-z0-9._~:/?#@!$&'()*,;=-]|%[0-9A-F]{2})*")
"""What may stand in an address (RFC 3986), without "+", which some take for a blank and others for itself."""
LINK = re.compile(r'href="((?:mailto:\?|sms:|https://wa\.me/)[^"]*)"')


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a portal whose words hold all that links stumble over, by their paths."""
    files = {
        "data/portal.yaml": FILES["data/portal.yaml"].replace("name: Harbour IT", f'name: "{NAME}"'),
        "data/referrers.csv": "referrer_id,name,audience,kind,named,link_code\nrita,Rita,owner,friend,yes,7QK3M9TX\n",
        "content/share/gruss.md": f"---\naudience: owner\ntrigger: Two days.\nchannel: message\n---\n\n{BODY}\n",
    }
    root = write(tmp_path_factory.mktemp("words"), files)
    found = build(Request(root, today=lambda _zone: date(2026, 10, 31)))
    return {each.path: each.content.decode() for each in found.artifacts if each.path.endswith(".html")}


def links(pages: dict[str, str]) -> list[str]:
    """All links that send words, as a browser reads them."""
    return [unescape(href) for page in pages.values() for href in LINK.findall(page)]


def test_every_link_is_a_well_formed_address(pages: dict[str, str]) -> None:
    found = links(pages)
    assert {href.partition(":")[0] for href in found} == {"mailto", "sms", "https"}
    assert [href for href in found if not URI.fullmatch(href)] == []


def test_nothing_in_a_link_is_written_as_html(pages: dict[str, str]) -> None:
    assert [href for href in links(pages) if re.search("&(?:amp|#39|lt|quot);", unquote(href))] == []


def test_no_page_is_escaped_twice(pages: dict[str, str]) -> None:
    assert [path for path, page in pages.items() if re.search("&amp;(?:amp|#x?[0-9a-f]+|lt|quot);", page)] == []


def test_what_is_encoded_is_utf_8(pages: dict[str, str]) -> None:
    for href in links(pages):
        unquote_to_bytes(href).decode("utf-8", "strict")


@pytest.mark.parametrize("page", ["refer/7QK3M9TX/index.html", "refer/7QK3M9TX/thanks/index.html"])
def test_a_text_message_and_whatsapp_carry_the_words_as_they_are(pages: dict[str, str], page: str) -> None:
    said = f"{BODY}\n\n{MEET}"
    found = [unescape(href) for href in LINK.findall(pages[page])]
    # "?&" is what telephones of either make take for the beginning of the words.
    texts = [href.removeprefix("sms:?&body=") for href in found if href.startswith("sms:")]
    chats = [href.removeprefix("https://wa.me/?text=") for href in found if href.startswith("https://wa.me/")]
    for bodies in (texts, chats):
        assert said in [unquote(body) for body in bodies]
        # Nothing within the words ends them or begins another part of the address.
        assert [body for body in bodies if re.search(r"[&#?=+\s]", body)] == []
        assert all("%0A%0A" in body and "%0D" not in body for body in bodies)


def test_a_mail_has_its_own_line_ends_and_the_firms_name_in_its_subject(pages: dict[str, str]) -> None:
    mails = [urlsplit(href) for href in links(pages) if href.startswith("mailto:")]
    subjects = {unquote(mail.query.partition("&")[0]) for mail in mails}
    assert subjects == {f"subject=You should talk to {NAME}"}
    bodies = [mail.query.partition("&body=")[2] for mail in mails]
    assert f"{BODY}\n\n{MEET}".replace("\n", "\r\n") in [unquote(body) for body in bodies]
    assert all(not mail.fragment and mail.query.count("&") == 1 for mail in mails)
