"""Prose without its markup keeps its words, paragraphs and items."""

from __future__ import annotations

import pytest

from site_builder.render.plaintext import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("", "", id="nothing stays nothing"),
        pytest.param(
            "<p>One\ntwo  <strong>three</strong></p>\n<p>four</p>", "One two three\n\nfour", id="wrapped lines are joined"
        ),
        pytest.param("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>", "– a\n– b\n\nc", id="an item has a line of its own"),
        pytest.param("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7", id="escapes are read"),
        pytest.param("<p>a<br>\nb</p>", "a\nb", id="a break is a line"),
        pytest.param('<p><img src="/a.png" alt="A fan"> hums</p>', "A fan hums", id="a picture speaks by its alt"),
        pytest.param("<h2>Title</h2><p>Words</p>", "Title\n\nWords", id="a heading is a paragraph"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc", id="a row is a line"),
    ],
)
def test_words_without_markup(html: str, text: str) -> None:
    assert plain_text(html) == text
