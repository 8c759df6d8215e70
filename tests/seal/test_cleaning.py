"""What a sealed page may hold: our own templates' markup as it stands, and nothing that acts, asks or loads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.seal import sanitised

OURS = [
    '<h1 id="top" class="name">Your week</h1><p lang="en" dir="ltr">Hé &amp; <strong>co</strong></p>',
    '<table class="wide" data-name="kpis"><caption>Months</caption><colgroup><col span="2"></colgroup></table>',
    '<table><thead><tr><th scope="col" colspan="2">a</th></tr></thead><tbody><tr><td data-x="1">c</td></tr></tbody></table>',
    '<details open=""><summary>Rows</summary><ul><li>a</li></ul><ol start="2"><li>b</li></ol></details>',
    '<dl><dt>a</dt><dd><data value="5">five</data> <time datetime="2026-10-31">31 October</time></dd></dl>',
    '<section aria-labelledby="x" tabindex="0"><h2 id="x">x</h2></section>',
    '<article><nav aria-label="y"><aside></aside></nav></article>',
    '<button data-copy="portal record r1 told" type="button">Copy</button>',
    '<pre data-file="a.ics" data-type="text/calendar">x</pre>',
    '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer">x</a>',
    '<a href="/refer/" rel="noopener noreferrer">x</a><a href="#top" rel="noopener noreferrer">y</a>',
    '<a href="mailto:a@b.example" rel="noopener noreferrer">x</a><a href="tel:+442079460000" rel="noopener noreferrer">y</a>',
    '<svg viewBox="0 0 10 10" role="img" aria-labelledby="t d" width="10" preserveAspectRatio="xMidYMid meet"></svg>',
    '<figure><svg><title id="t">T</title><desc id="d">D</desc></svg><figcaption>c</figcaption></figure>',
    '<svg><g transform="translate(1 2)" class="k"><circle cx="1" cy="1" r="1"></circle></g></svg>',
    '<svg><path d="M0 0L1 1" stroke="currentColor" fill="none" stroke-width="1.5" stroke-dasharray="2 3"></path></svg>',
    '<svg><text x="1" text-anchor="middle">a<tspan dy="1">b</tspan></text></svg>',
    '<svg><rect x="1" y="2" width="3" height="4" fill="#0b5d52"></rect></svg>',
    '<svg><line x1="0" y1="0" x2="1" y2="1"></line><polyline points="0,0 1,1"></polyline></svg>',
]


@pytest.mark.parametrize("html", OURS)
def test_what_our_templates_write_stays_as_it_is(html: str) -> None:
    assert sanitised(html) == html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<p onclick="x()" style="background:url(//e.example)">a</p>', "<p>a</p>"),
        ('<img src="//e.example/a.png" onerror="x()">', ""),
        ("<p>a</p><script>x()</script><style>p{}</style>", "<p>a</p>"),
        (
            '<meta http-equiv="refresh" content="0;url=//e.example"><base href="//e.example"><link rel="prefetch" href="/x">',
            "",
        ),
        ('<form action="//e.example"><input name="a"><select><option>b</option></select><textarea>c</textarea></form>', ""),
        (
            '<iframe src="/x"></iframe><object data="/x"></object><embed src="/x"><video src="/x"></video><audio></audio>',
            "",
        ),
        ('<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        (
            '<a href="/x" target="_blank" ping="/y" download rel="opener">a</a>',
            '<a href="/x" rel="noopener noreferrer">a</a>',
        ),
        ('<button type="submit" formaction="//e.example" form="f">a</button>', '<button type="button">a</button>'),
        ("<button>a</button>", '<button type="button">a</button>'),
        ('<template id="sealed">{}</template>', ""),
        ('<svg><use href="#a"></use><image href="//e.example"></image></svg>', "<svg></svg>"),
        ("<svg><style>a{background:url(//e.example)}</style><script>x()</script></svg>", "<svg></svg>"),
        ("<svg><foreignObject><iframe></iframe></foreignObject></svg>", "<svg></svg>"),
        ('<svg><rect fill="url(//e.example#a)"></rect></svg>', "<svg><rect></rect></svg>"),
        (r'<svg><rect fill="u\72l(//e.example#a)" stroke="image-set(a)"></rect></svg>', "<svg><rect></rect></svg>"),
        ('<svg><g filter="url(#a)" mask="url(#b)" clip-path="url(#c)" style="x"></g></svg>', "<svg><g></g></svg>"),
        ('<svg><animate attributeName="href"></animate><set></set><filter></filter></svg>', "<svg></svg>"),
        ("<!-- a --><p>b</p>", "<p>b</p>"),
    ],
)
def test_what_acts_asks_or_loads_is_taken_out(html: str, left: str) -> None:
    assert sanitised(html) == left


@pytest.mark.parametrize(
    "html",
    [
        "<math><mtext><table><mglyph><style><img src=x onerror=x()>",
        '<svg></p><style><a id="</style><img src=1 onerror=x()>">',
        '<noscript><p title="</noscript><img src=x onerror=x()>">',
        "<svg><title><img src=x onerror=x()><style></title></svg>",
        "<svg><desc><iframe></desc></svg>",
        "<table><svg><td><style><img src=x onerror=x()></style>",
    ],
)
def test_parsers_that_disagree_find_nothing_to_act_on(html: str) -> None:
    assert re.search("<(?:img|style|iframe|script|math|noscript)|onerror=", sanitised(html)) is None


@given(
    st.lists(st.sampled_from([*OURS, "<p>", "</p>", "<svg>", "</svg>", "<table>", "<td>", "<title>", "<script>", "<b", '"', "a"]))
)
def test_cleaning_twice_changes_nothing(parts: list[str]) -> None:
    once = sanitised("".join(parts))
    assert sanitised(once) == once
