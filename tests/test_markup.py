"""Markdown becomes HTML that cannot act in a visitor's name; what is taken out is told at its line."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup import Cleaned, Markup, Removed, Wordless

ALLOWED = {
    "a": {"href", "title", "rel"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    **{
        tag: set[str]()
        for tag in [
            "b",
            "blockquote",
            "br",
            "code",
            "dd",
            "del",
            "dl",
            "dt",
            "em",
            "hr",
            "i",
            "ins",
            "kbd",
            "li",
            "p",
            "pre",
            "q",
            "s",
            "samp",
            "small",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "thead",
            "tr",
            "ul",
        ]
    },
}


def clean(text: str) -> Cleaned:
    return Markup().clean(text)


class Elements(HTMLParser):
    """What a page's HTML consists of: each tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


TABLE = """\
<table><thead><tr>
<th class="align-left">a</th><th class="align-center">b</th><th class="align-right">c</th><th>d</th>
</tr></thead><tbody><tr>
<td class="align-left">1</td><td class="align-center">2</td><td class="align-right">3</td><td>4</td>
</tr></tbody></table>
"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Some *words*.", "<p>Some <em>words</em>.</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. three\n4. four", '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>'),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>"),
        ("Term\n:   Meaning", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"),
        ("<hello@harbour.example>", '<p><a href="mailto:hello@harbour.example" rel="noopener">hello@harbour.example</a></p>'),
        ("[ring](tel:+442079460000)", '<p><a href="tel:+442079460000" rel="noopener">ring</a></p>'),
        (
            "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |",
            TABLE,
        ),
        ("# One\n\n## Two", '<h2 id="one">One</h2>\n\n<h3 id="two">Two</h3>'),
        ("# Same\n\n# Same", '<h2 id="same">Same</h2>\n\n<h2 id="same_1">Same</h2>'),
        ("# Main", '<h2 id="section-main">Main</h2>'),
        ("# 2026 prices", '<h2 id="section-2026-prices">2026 prices</h2>'),
        ("# 料金", '<h2 id="section">料金</h2>'),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("[TOC]", "<p>[TOC]</p>"),
        ("{{ site.secret }} {% raw %} {# x #}", "<p>{{ site.secret }} {% raw %} {# x #}</p>"),
        ("", ""),
    ],
)
def test_markdown_is_written_as_html_and_nothing_is_missed(text: str, html: str) -> None:
    found = clean(text)
    assert "".join(found.html.split("\n")) == "".join(html.split("\n"))
    assert found.removed == ()


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("Hello\n\n<script>alert(1)</script>", [("<script>", 3)]),
        ("<SCRIPT SRC=//evil.example></SCRIPT>", [("<script>", 1)]),
        ("one\n\n<p onclick='x()'>two</p>", [("onclick", 3)]),
        ("![x](a.png)\n<img src=a.png OnError=x()>", [("onerror", 2)]),
        ("<svg onload=alert(1)><script>x</script></svg>", [("<script>", 1), ("<svg>", 1)]),
        ("<form action=https://evil.example><input name=a></form>", [("<form>", 1), ("<input>", 1)]),
        ("\n\n<iframe src=https://evil.example></iframe>", [("<iframe>", 3)]),
        ("<meta http-equiv=refresh content='0;url=https://evil.example'>", [("<meta>", 1)]),
        ("<base href=https://evil.example/>", [("<base>", 1)]),
        ("<style>p { display: none }</style>", [("<style>", 1)]),
        ("<p style='color: red'>x</p>", [("style", 1)]),
        ("a style of one's own\n\n<p\nstyle='color: red'>x</p>", [("style", 3)]),
        ("<p class='button'>x</p>", [("class", 1)]),
        ("<link rel=stylesheet href=https://evil.example>", [("<link>", 1)]),
        ("<object data=x></object><embed src=x>", [("<embed>", 1), ("<object>", 1)]),
        ("<math><mi>x</mi></math>", [("<math>", 1), ("<mi>", 1)]),
        ("<template><p>x</p></template>", [("<p>", 0), ("<template>", 1)]),
        ("<script>1</script>\n\n<script>2</script>", [("<script>", 1)]),
        ("<a target=_blank href=/x/>y</a>", [("target", 1)]),
    ],
)
def test_markup_that_could_act_is_taken_out_and_told_once_at_its_line(text: str, removed: list[tuple[str, int]]) -> None:
    found = clean(text)
    tags = {tag for tag, _ in Elements(found.html).found}
    assert tags <= ALLOWED.keys()
    if removed[0][0] != "<p>":
        assert found.removed == tuple(Removed(what, line) for what, line in removed)
    else:
        assert [each.what for each in found.removed] == [what for what, _ in removed]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&#9;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x.example/",
    ],
)
@pytest.mark.parametrize(
    "shape",
    ["[x]({})", "[x](<{}>)", '<a href="{}">x</a>', "<a href={}>x</a>", "[x][y]\n\n[y]: {}"],
    ids=["link", "in brackets", "quoted", "unquoted", "reference"],
)
def test_a_link_that_could_act_leads_nowhere_and_is_told_at_its_line(shape: str, address: str) -> None:
    found = clean("[fine](https://harbour.example/)\n\n" + shape.format(address))
    assert [attributes.get("href") for tag, attributes in Elements(found.html).found if tag == "a"] == [
        "https://harbour.example/",
        None,
    ]
    assert found.removed == (Removed("href", 5 if "[y]:" in shape else 3),)


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://evil.example/p.png)",
        "![x](//evil.example/p.png)",
        "<img src='data:image/png;base64,AA' alt=x>",
        "![x](javascript:y)",
    ],
)
def test_a_picture_from_elsewhere_is_not_asked_for(text: str) -> None:
    found = clean(f"![fine](ann.png)\n\n{text}")
    assert [attributes.get("src") for tag, attributes in Elements(found.html).found if tag == "img"] == ["ann.png", None]
    assert found.removed == (Removed("src", 3),)


def test_links_and_pictures_are_published_where_resolve_says() -> None:
    asked: list[str] = []

    def resolve(address: str) -> str:
        asked.append(address)
        return f"/portal{address}?a&b"

    found = Markup(resolve).clean('[a](/rewards/ "b") ![c](/x.png) ![d](<y "&z.png>)')
    assert found.html == (
        '<p><a href="/portal/rewards/?a&amp;b" title="b" rel="noopener">a</a> <img alt="c" src="/portal/x.png?a&amp;b">'
        ' <img alt="d" src="/portaly &quot;&amp;z.png?a&amp;b"></p>'
    )
    assert asked == ["/rewards/", "/x.png", 'y "&z.png']


def test_a_picture_that_is_known_is_shown_with_all_that_is_known_of_it() -> None:
    asked: list[Mapping[str, str]] = []

    def picture(attributes: Mapping[str, str]) -> str | None:
        asked.append(attributes)
        return "<picture>!</picture>" if attributes["src"] == "ann.png" else None

    text = '![A & "b" <c>](ann.png "d") <img src="ann.png" width="40" onerror="x"> ![e](gone.png)'
    found = Markup(picture=picture).clean(text)
    assert found.html == '<p><picture>!</picture> <picture>!</picture> <img alt="e" src="gone.png"></p>'
    assert asked == [
        {"alt": 'A & "b" <c>', "src": "ann.png", "title": "d"},
        {"src": "ann.png", "width": "40"},
        {"alt": "e", "src": "gone.png"},
    ]
    assert found.removed == (Removed("onerror", 1),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![](a.png)", [Wordless("a.png", 1)]),
        ("One\n\n![ ](a.png)", [Wordless("a.png", 3)]),
        ("![said](a.png)\n\n![](a.png)", [Wordless("a.png", 3)]),
        ("![](a.png) ![](b.png) ![](a.png)", [Wordless("a.png", 1), Wordless("b.png", 1)]),
        ("One\n\n![][x]\n\n[x]: a.png", [Wordless("a.png", 0)]),
        ('<p>\n<img\nsrc="a.png"></p>', [Wordless("a.png", 2)]),
        ('<img src="a.png" alt="">', []),
        ("<img src='a.png' alt>", []),
        ("![Ann](a.png)", []),
        ("`![](a.png)`", []),
        ("![](https://elsewhere.example/a.png)", []),
        ("<img>", []),
    ],
)
def test_a_picture_without_words_is_told_unless_it_is_said_on_purpose(text: str, expected: list[Wordless]) -> None:
    assert list(clean(text).wordless) == expected


def test_what_cannot_be_found_in_the_text_has_no_line() -> None:
    assert clean("<scr\x02ipt>x</script>").removed == (Removed("<script>", 0),)  # Markdown leaves that character out
    assert clean("Some words\n\n[x](http://[)").removed == (Removed("href", 0),)  # no address, but its scheme is one of ours
    assert clean("[x](java\x02script:y)").removed == (Removed("href", 1),)


def test_the_same_text_is_converted_once() -> None:
    markup = Markup()
    first = markup.clean("Some words.")
    assert markup.clean("Some words.") is first
    assert markup.clean("# Same").html == markup.clean("# Same ").html  # ids begin anew with each text


FRAGMENTS = st.lists(
    st.sampled_from(
        (
            *("<script>", "</script>", "<svg>", "</svg>", "<style>", "<math>", "<p>", "</p>", "<td>", "<table>", "<a ", ">", "<"),
            *(
                "href=",
                "src=",
                "onclick=",
                "style=",
                "class=x ",
                "id=a ",
                '"',
                "'",
                "javascript:",
                "data:",
                "&#x3c;",
                "&lt;",
                "<!--",
            ),
            *(
                "-->",
                "<![CDATA[",
                "]]>",
                "<![x[",
                "<?",
                "?>",
                "<!DOCTYPE x>",
                "[",
                "]",
                "(",
                ")",
                "!",
                "`",
                "\n",
                "\n\n",
                "    ",
                "|",
            ),
            *(
                "# ",
                "> ",
                "- ",
                "1. ",
                "*",
                "_",
                "\\",
                "&#0;",
                "\x00",
                "\u2028",
                "{{",
                "}}",
                "x",
                "</",
                "<img ",
                "<textarea>",
                "<x-y>",
            ),
        )
    ),
    max_size=30,
).map("".join)


@given(st.one_of(FRAGMENTS, st.text(max_size=60)))
def test_no_text_becomes_anything_but_the_allowed_elements(text: str) -> None:
    found = clean(text)
    for tag, attributes in Elements(found.html).found:
        assert tag in ALLOWED
        assert attributes.keys() <= ALLOWED[tag]
        assert tag != "a" or attributes["rel"] == "noopener"
        href = attributes.get("href") or ""
        assert not href.lower().lstrip().startswith(("javascript:", "data:", "vbscript:"))
    assert len({each.what for each in found.removed}) == len(found.removed)
    assert all(0 <= each.line <= text.count("\n") + 1 for each in found.removed)


@pytest.mark.parametrize("unit", ["![", "<a href=", "[](", "< ", '<a "', "<p style", "](javascript:", "[x]: y\n"])
def test_a_removed_thing_is_looked_for_without_trying_every_split(unit: str) -> None:
    """Each of these took minutes at 256 KiB if the search began anew at every place; the tests' own limit would end it."""
    found = Markup().clean("<script></script><a href='javascript:x'>y</a><img src='data:z'>\n\n`" + unit * 2_000 + "`")
    assert Removed("<script>", 1) in found.removed
