"""An SVG keeps its shapes and loses everything that can act or reach elsewhere."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.images.svg import DEEPEST_SVG, LARGEST_SVG, NotSvgError, clean_svg

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, attributes: str = "") -> bytes:
    return f"<svg {NAMESPACES}{attributes}>{inside}</svg>".encode()


def cleaned(inside: str, attributes: str = "") -> tuple[str, tuple[str, ...]]:
    found = clean_svg(svg(inside, attributes))
    return found.content.decode(), found.removed


GOOD = (
    '<title>A logo</title><defs><linearGradient id="g"><stop offset="0" stop-color="#0b5d52" /></linearGradient></defs>'
    '<style>.a { fill: url(#g); }</style><rect class="a" width="4" height="4" fill="url(#g)" style="stroke: url(\'#g\')" />'
    '<use href="#g" /><text x="1">a &amp; b</text><path d="M0 0L1 1" filter="url( &quot;#f&quot; )" />'
)


def test_a_good_picture_keeps_everything() -> None:
    found = clean_svg(svg(GOOD, ' viewBox="0 0 10 10" role="img" aria-label="Logo"'))
    assert found.removed == ()
    assert (
        found.content.decode()
        == f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-label="Logo">{GOOD}</svg>'
    )


def test_the_same_picture_gives_the_same_bytes_and_cleaning_twice_changes_nothing() -> None:
    once = clean_svg(svg(GOOD + '<use xlink:href="#g"/>', ' xmlns:b="urn:b" b:x="1"'))
    assert clean_svg(svg(GOOD + '<use xlink:href="#g"/>', ' xmlns:b="urn:b" b:x="1"')) == once
    assert clean_svg(once.content) == once


@pytest.mark.parametrize(
    ("hostile", "removed"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', "<script>"),
        ('<g onload="alert(1)"/>', "onload"),
        ('<g OnClick="alert(1)"/>', "OnClick"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "<foreignObject>"),
        ('<a href="javascript:alert(1)"><text>x</text></a>', "<a>"),
        ('<use href="javascript:alert(1)"/>', "href"),
        ('<use href=" &#x6A;avascript:alert(1)"/>', "href"),
        ('<use xlink:href="https://evil.example/x.svg#a"/>', "href"),
        ('<use href="//evil.example/x.svg#a"/>', "href"),
        ('<image href="https://evil.example/x.png"/>', "<image>"),
        ('<feImage href="https://evil.example/x.png"/>', "<feImage>"),
        ("<style>@import 'https://evil.example/x.css';</style>", "<style>"),
        ("<style>rect { fill: url(https://evil.example/x) }</style>", "<style>"),
        ("<style><![CDATA[rect { fill: URL( 'https://evil.example/x' ) }]]></style>", "<style>"),
        ("<style>rect { fill: u\\72l(https://evil.example/x) }</style>", "<style>"),
        ('<style>rect { background: image-set("https://evil.example/x" 1x) }</style>', "<style>"),
        ('<h:style xmlns:h="http://www.w3.org/1999/xhtml">p { color: red }</h:style>', "<style>"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', "<script>"),
        ('<rect style="fill: url(https://evil.example/x)"/>', "style"),
        ('<rect fill="url(data:image/svg+xml,x)"/>', "fill"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate>"),
        ('<set attributeName="onclick" to="alert(1)"/>', "<set>"),
        ('<animateTransform attributeName="transform"/>', "<animateTransform>"),
        ('<g xml:base="https://evil.example/"/>', "base"),
        ("<iframe/>", "<iframe>"),
    ],
)
def test_what_acts_or_reaches_elsewhere_is_taken_out_and_named(hostile: str, removed: str) -> None:
    text, names = cleaned(f'<g id="a">{hostile}</g><rect id="b"/>')
    assert names == (removed,)
    assert 'id="a"' in text
    assert 'id="b"' in text
    assert not any(word in text.lower() for word in ("evil", "alert", "javascript", "xhtml", "import"))


def test_a_style_sheet_asked_for_from_outside_is_gone() -> None:
    found = clean_svg(b'<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/x.css"?><!-- x -->' + svg("<g/>"))
    assert found.content == b'<svg xmlns="http://www.w3.org/2000/svg"><g /></svg>'


def test_what_drawing_programs_leave_behind_goes_without_a_word() -> None:
    text, removed = cleaned('<i:view xmlns:i="urn:inkscape"/><metadata>x</metadata><g i:label="x" xmlns:i="urn:inkscape"/>')
    assert (text, removed) == ('<svg xmlns="http://www.w3.org/2000/svg"><g /></svg>', ())


def test_several_removed_things_are_named_once_each_in_order() -> None:
    assert cleaned('<script/><g onload="x"/><script/><g onload="y" onclick="z"/>')[1] == ("<script>", "onclick", "onload")


@pytest.mark.parametrize(
    "start",
    [
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        b'<?xml version="1.0" encoding="utf-16"?>',
        b'<?xml version="1.0" encoding="iso-8859-1"?>',
        b"\xef\xbb\xbf",
    ],
    ids=["a plain document type", "another encoding named", "Latin-1 named", "a byte order mark"],
)
def test_what_stands_before_a_picture_does_no_harm(start: bytes) -> None:
    assert clean_svg(start + svg("<g/>")).content == b'<svg xmlns="http://www.w3.org/2000/svg"><g /></svg>'


BOMB = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + svg("<text>&b;</text>")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "well-formed"),
        (b"GIF89a", "well-formed"),
        (b"<svg><g></svg>", "well-formed"),
        (b"<svg/>", "outermost"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "outermost"),
        (BOMB, "document type"),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>"), "document type"),
        (b"<!-- <!DOCTYPE svg> -->" + BOMB, "document type"),
        (b'<!doctype svg ">" [<!ENTITY a "b">]>' + svg("&a;"), "document type"),
        (BOMB.decode().encode("utf-16"), "not UTF-8"),
        ("<svg>é</svg>".encode("latin-1"), "not UTF-8"),
        (svg("&undefined;"), "well-formed"),
        (svg("<g>" * 100_000 + "</g>" * 100_000), "deeper than 100"),
        (svg("<style>" + "<g>" * 50_000 + "</g>" * 50_000 + "</style>"), "deeper than 100"),
        (svg("<!--" + "x" * LARGEST_SVG + "-->"), "larger than 1,024 KiB"),
    ],
    ids=[
        *(
            "empty",
            "a GIF",
            "unclosed",
            "no namespace",
            "XHTML",
            "an entity bomb",
            "a file's content",
            "a decoy",
            "a bracket decoy",
        ),
        *("another encoding", "Latin-1", "an unknown entity", "deep", "deep in a style", "large"),
    ],
)
def test_what_is_no_picture_or_past_a_bound_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(NotSvgError, match=reason):
        clean_svg(content)


def test_the_deepest_picture_is_still_read() -> None:
    depth = DEEPEST_SVG - 1
    assert clean_svg(svg("<g>" * depth + "</g>" * depth)).content.count(b"<g") == depth


def test_many_removed_elements_take_one_pass() -> None:
    """Taking each out by itself would compare every one with all before it: 60,000 of them for minutes."""
    assert cleaned("<g/><script/>" * 40_000)[1] == ("<script>",)


PIECES = st.lists(
    st.sampled_from(
        (
            *(
                "<g>",
                "</g>",
                "<style>",
                "</style>",
                "<script/>",
                "<use ",
                'href="#a"',
                'href="x"',
                "/>",
                ">",
                " onload='x'",
                "&lt;",
            ),
            *(
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
                "<?x ?>",
                "<!DOCTYPE a>",
                "<!ENTITY",
                "url(",
                "@import",
                "&#x41;",
                "\x00",
                "é",
                "<a:b/>",
            ),
        )
    ),
    max_size=20,
).map("".join)


@given(st.one_of(PIECES.map(svg), PIECES.map(str.encode), st.binary(max_size=60)))
def test_any_bytes_are_a_clean_picture_or_refused(content: bytes) -> None:
    try:
        found = clean_svg(content)
    except NotSvgError:
        return
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(found.content).iter()}  # noqa: S314  # just cleaned
    assert names & {"script", "foreignObject", "a", "image", "animate", "set"} == set()
    assert clean_svg(found.content).removed == ()
