"""A page in the terminal keeps its words and their order, and leaves out what only a browser can do."""

from __future__ import annotations

import pytest

from site_builder.render.pagetext import page_text

LIST = "<ol><li>One</li>\n<li>Two</li></ol>"
FOLD = (
    "<details><summary>All as a table</summary><div><table><caption>All</caption><thead><tr><th>What</th></tr></thead>"
    "<tbody><tr><td>One</td></tr><tr><td>Two</td></tr>{}</tbody></table></div></details>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("", "", id="nothing stays nothing"),
        pytest.param("<p>One\n two  <b>three</b></p><p>four</p>", "One two three\n\nfour", id="a paragraph is a line"),
        pytest.param(
            "<div>a</div><h1>Title</h1><p>b</p><h3>Next <span>3</span></h3>c", "a\n\nTitle\n\nb\n\nNext 3\n\nc", id="headings"
        ),
        pytest.param("a<br>b", "a\nb", id="a break is a line"),
        pytest.param("<ul><li>a</li><li>b</li></ul><p>c</p>", "– a\n– b\n\nc", id="an item is a line"),
        pytest.param("<ul><li><p>a</p><p>b</p><ul><li>c</li></ul></li></ul>", "– a\n  b\n  – c", id="within an item"),
        pytest.param("<ul><li> </li></ul><p>c</p>", "c", id="an empty item is none"),
        pytest.param("<p>a <button>Copy</button></p><svg><text>5</text></svg><nav>On</nav>", "a", id="pressed or drawn"),
        pytest.param("<p hidden>a</p><span aria-hidden='true'>b</span><span aria-hidden='false'>c</span>", "c", id="hidden"),
        pytest.param('<p>a</p><pre data-file="days.ics">BEGIN:VCALENDAR</pre>', "a", id="a file to download"),
        pytest.param("<dl><div><dt>Worth</dt><dd>5</dd><dd>a lot</dd></div></dl>", "Worth: 5\na lot", id="a term and its facts"),
        pytest.param(
            "<p>a</p><table><caption>Due</caption><thead><tr><th>Who</th><th>Why</th></tr></thead><tbody>"
            "<tr><th>Ann\n Hale</th> <td>x<br><b>y</b><button>z</button></td></tr></tbody></table>b",
            "a\n\nDue\nWho | Why\nAnn Hale | x; y\n\nb",
            id="a row is a line",
        ),
        pytest.param("<details><summary>Why</summary><p>So</p></details>", "Why\n\nSo", id="a fold is open"),
        pytest.param("</p><i>a</div></i>b", "ab", id="an end that nothing began"),
        pytest.param("<p><i>a</p>b", "a\n\nb", id="what was left open ends"),
    ],
)
def test_a_page_in_words(html: str, text: str) -> None:
    assert page_text(html) == text


def test_a_folded_table_that_repeats_the_list_before_it_is_left_out() -> None:
    assert page_text(LIST + FOLD.format("")) == "– One\n– Two"


def test_of_a_longer_one_the_rows_beyond_the_list_are_told() -> None:
    more = LIST + "<p>1 more stands in the table.</p>\n" + FOLD.format("<tr><td>Three</td></tr>")
    assert page_text(more) == "– One\n– Two\n\n1 more stands in the table.\n\nAll\nWhat\nThree"


def test_a_fold_of_its_own_is_told_in_whole() -> None:
    told = "All as a table\n\nAll\nWhat\nOne\nTwo"
    assert page_text(FOLD.format("")) == told
    assert page_text(f"{LIST}<h2>Else</h2>{FOLD.format('')}") == f"– One\n– Two\n\nElse\n\n{told}"
    assert page_text(f"{LIST}<details><summary>Why</summary>So</details>") == "– One\n– Two\n\nWhy\nSo"
