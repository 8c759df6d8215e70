"""Every link inside the finished pages arrives, as a browser would follow it."""

from __future__ import annotations

import pytest

from site_builder.audit import audit
from site_builder.page import Artifact
from site_builder.problem import Problem, Severity, Source

FAQ = Source("content/pages/faq.md", 1, 1)
ORIGIN = "https://refer.harbour.example"


def judged(html: str, *, base: str = "/", path: str = "faq/index.html") -> tuple[Problem, ...]:
    """Judge one page among a few others, its links written for a portal at base."""
    files = [
        Artifact("index.html", b'<main id="main"><a href="#main">x</a></main>'),
        Artifact("rewards/index.html", b'<h2 id="owners">Owners</h2><h2 id="caf\xc3\xa9">x</h2>'),
        Artifact("404.html", b""),
        Artifact("robots.txt", b'<a href="/nowhere/">not read: no page</a>'),
        Artifact("assets/logo.1234567890.svg", b""),
        Artifact("a b.txt", b""),
    ]
    return audit([*files, Artifact(path, html.encode(), FAQ)], base=base, origin=ORIGIN)


ARRIVES = [
    '<a href="{base}">',
    '<a href="{base}rewards/">',
    '<a href="{base}rewards/index.html">',
    '<a href="{base}rewards/#owners">',
    '<a href="{base}rewards/#caf%C3%A9">',
    '<a href="{base}rewards/#café">',
    '<a href="{base}rewards/?from=mail#owners">',
    '<a href="?page=2">',
    '<a href="">',
    '<a href="#">',
    '<a href="#top">',
    '<p id="here"><a href="#here">',
    '<a href="{base}404.html">',
    '<a href="{base}a%20b.txt">',
    '<a href="../rewards/">',
    '<a href="../rewards/#owners">',
    '<a href="..">',
    '<a href="./../robots.txt">',
    "<a href='{base}rewards/'>",
    "<a href={base}rewards/>",
    '<A HREF="{base}rewards/">',
    '<a\n  title="a > b"\n  href="{base}rewards/">',
    '<img alt="" src="{base}assets/logo.1234567890.svg">',
    '<form action="{base}rewards/" method="post">',
    '<a href="https://refer.harbour.example{base}rewards/">',
    '<a href="HTTPS://Refer.Harbour.example{base}rewards/#owners">',
    '<a href="//refer.harbour.example{base}rewards/">',
    '<a href="{base}rewards/&#35;owners">',
    # elsewhere: not ours to judge
    '<a href="https://harbour.example/nowhere/">',
    '<a href="https://refer.harbour.example.evil.example/nowhere/">',
    '<a href="https://refer.harbour.example:8443/nowhere/">',
    '<a href="http://refer.harbour.example/nowhere/">',
    '<a href="//harbour.example/nowhere/">',
    '<a href="mailto:hello@harbour.example?subject=x#y">',
    '<a href="tel:+442079460000">',
    '<form action="mailto:hello@harbour.example">',
    '<form action="https://formspree.io/f/abc">',
    # no links
    '<!-- <a href="{base}nowhere/"> -->',
    '<meta content="a href=/nowhere/">',
    '<a data-href="{base}nowhere/">',
    "a &lt;a href=&quot;/nowhere/&quot;&gt;",
]


@pytest.mark.parametrize("base", ["/", "/portal/"])
@pytest.mark.parametrize("html", ARRIVES)
def test_a_link_that_arrives_or_leaves_is_no_problem(html: str, base: str) -> None:
    assert judged(html.format(base=base), base=base) == ()


NOWHERE = "check the spelling, or whether the page exists today"


@pytest.mark.parametrize("base", ["/", "/portal/"])
@pytest.mark.parametrize(
    ("html", "code", "message", "hint"),
    [
        ('<a href="{base}nowhere/">', "A101", "/faq/index.html links to {base}nowhere/, where nothing is", NOWHERE),
        (
            '<a href="{base}rewards">',
            "A101",
            "/faq/index.html links to {base}rewards, where nothing is",
            "end the link with a slash",
        ),
        (
            '<img src="{base}assets/ann.png">',
            "A101",
            "/faq/index.html shows {base}assets/ann.png, where nothing is",
            "put the picture into content/media/ and write its bare name",
        ),
        ('<form action="{base}send/">', "A101", "/faq/index.html links to {base}send/, where nothing is", NOWHERE),
        ('<a href="nowhere/">', "A101", "/faq/index.html links to nowhere/, where nothing is", NOWHERE),
        ('<a href="../nowhere/">', "A101", "/faq/index.html links to ../nowhere/, where nothing is", NOWHERE),
        (
            '<a href="https://refer.harbour.example{base}nowhere/">',
            "A101",
            "/faq/index.html links to https://refer.harbour.example{base}nowhere/, where nothing is",
            NOWHERE,
        ),
        (
            '<a title="a > b" href="{base}nowhere/">',
            "A101",
            "/faq/index.html links to {base}nowhere/, where nothing is",
            NOWHERE,
        ),
        (
            '<a href="{base}rewards/#staff">',
            "A102",
            '/faq/index.html links to {base}rewards/#staff, and that page has no place called "staff"',
            "headings get their place from their words",
        ),
        (
            '<a href="#nowhere">',
            "A102",
            '/faq/index.html links to #nowhere, and that page has no place called "nowhere"',
            "headings get their place from their words",
        ),
        (
            '<a href="http://[x">',
            "A101",
            "/faq/index.html links to http://[x, which is no address",
            "write it as a browser shows it",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_page(html: str, code: str, message: str, hint: str, base: str) -> None:
    (found,) = judged(html.format(base=base), base=base)
    assert (found.code, found.message, found.hint) == (code, message.format(base=base), hint)
    assert (found.source, found.severity) == (FAQ, Severity.ERROR)


def test_a_rooted_link_above_the_base_path_leaves_the_portal_by_mistake() -> None:
    (found,) = judged('<a href="/rewards/">', base="/portal/")
    assert found.message == "/faq/index.html links to /rewards/, which is outside the portal"
    assert found.hint == "begin links inside the portal with a slash, for example /rewards/"


def test_an_absolute_link_above_the_base_path_is_to_another_site_on_our_host() -> None:
    assert judged('<a href="https://refer.harbour.example/"><a href="https://refer.harbour.example">', base="/portal/") == ()


def test_a_link_on_the_home_page_is_relative_to_the_base_path() -> None:
    assert judged('<a href="rewards/"><a href="./"><a href="#x"><i id="x">', path="index.html", base="/portal/") == ()


def test_a_dead_link_that_a_page_repeats_is_told_once() -> None:
    assert len(judged('<a href="/nowhere/"><a href="/nowhere/">')) == 1


def test_an_id_that_stands_twice_is_told_once() -> None:
    (found,) = judged('<h2 id="same"><h2 id="other"><p id="same"><p id="same">')
    assert (found.code, found.source) == ("A103", FAQ)
    assert found.message == '/faq/index.html has the id "same" twice'
    assert found.hint == "rename one of the headings"


def test_ids_are_told_apart_by_case() -> None:
    assert judged('<h2 id="Same"><h2 id="same">') == ()


def test_bytes_that_are_no_text_do_not_stop_the_audit() -> None:
    page = Artifact("page/index.html", b'\xff<a href="/nowhere/">\xfe', FAQ)
    assert [found.code for found in audit([page], base="/", origin=ORIGIN)] == ["A101"]


@pytest.mark.parametrize("unit", ["<a ", "<a x", '<a "', "<!--", "<a href='", "<a x=y ", "< "])
def test_unclosed_tags_are_read_in_one_pass(unit: str) -> None:
    """A pattern that tried every split would not end before the tests' own limit."""
    assert judged(unit * 3_000) == ()
