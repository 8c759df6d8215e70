"""Broken YAML in the words of somebody who does not know YAML."""

from __future__ import annotations

import pytest
from yaml.error import Mark, MarkedYAMLError

from site_builder.load import yamltext
from site_builder.load.yamlfaults import explain
from site_builder.load.yamltext import parse
from site_builder.problem import Problem

QUOTE_IT = "put the whole value in quotes"


@pytest.fixture(params=["libyaml", "plain"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are the same whichever parser finds the mistake."""
    if request.param == "plain":
        monkeypatch.setattr(yamltext, "CParser", None)


def broken(text: str) -> Problem:
    parsed = parse(text, "f")
    (found,) = parsed.problems
    assert parsed.root is None
    assert found.code == "D401"
    return found


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        pytest.param("a: b: c\n", (1, 5), "a colon followed by a space stands inside a value", id="colon in a value"),
        pytest.param("- x: a: b\n", (1, 7), "a colon followed by a space stands inside a value", id="colon in an item"),
        pytest.param(
            "name: x\n  tagline: y\n",
            (2, 3),
            "this line is indented further than the line above, which has its value already",
            id="indented too far",
        ),
        pytest.param(
            "contact:\n   email: x\n  phone: y\n",
            (3, 3),
            "this line is not indented like the lines it belongs to",
            id="indented between",
        ),
        pytest.param("a:\n\tb: c\n", (2, 1), "this line is indented with a tab", id="a tab"),
        pytest.param("a: b\n  \tc: d\n", (2, 3), "this line is indented with a tab", id="a tab after spaces"),
        pytest.param("a: |\n  x\n\ty\n", (3, 1), "this line is indented with a tab", id="a tab in a text"),
        pytest.param('a: "x\nb: y\n', (1, 4), "a quotation mark is opened here and never closed", id="open quote"),
        pytest.param("a: 'x\n", (1, 4), "a quotation mark is opened here and never closed", id="open apostrophe"),
        pytest.param(
            "say: 'it's fine'\n", (1, 10), "something follows the closing quotation mark", id="apostrophe inside quotes"
        ),
        pytest.param('a: "b" c\n', (1, 8), "something follows the closing quotation mark", id="text after quotes"),
        pytest.param("a: [x, y\nb: z\n", (1, 4), "the bracket [ is opened here and not closed", id="open bracket"),
        pytest.param("a: {b: c\n", (1, 4), "the bracket { is opened here and not closed", id="open brace"),
        pytest.param("a: {b: c d: e}\n", (1, 11), "a comma is missing here, or quotes around a value", id="no comma"),
        pytest.param("a: [b, , c]\n", (1, 8), "a value is missing here", id="two commas"),
        pytest.param("a: b\n}\n", (2, 1), "a closing bracket stands here that was never opened", id="bracket too many"),
        pytest.param("a: 1\nfoo\nb: 2\n", (2, 1), "this line has no colon after its key", id="no colon"),
        pytest.param("a:b\nc: d\n", (1, 1), "a space is missing after the colon", id="no space after the first colon"),
        pytest.param("x: y\na:b\nc: d\n", (2, 1), "this line has no colon after its key", id="no space after a colon"),
        pytest.param("x:\n  a:b\n  c: d\n", (2, 4), "a space is missing after the colon", id="no space in a group"),
        pytest.param(": x\n", (1, 1), "there is no key before this colon", id="no key"),
        pytest.param("a: @x\n", (1, 4), "a value cannot begin with @", id="at sign"),
        pytest.param("a: `x`\n", (1, 4), "a value cannot begin with `", id="backtick"),
        pytest.param("a: %x\n", (1, 4), "a value cannot begin with %", id="percent sign"),
        pytest.param("a: *bold* x\n", (1, 4), "a value cannot begin with *", id="bold"),
        pytest.param("a: & x\n", (1, 4), "a value cannot begin with &", id="ampersand"),
        pytest.param("a: ? x\n", (1, 4), "a value cannot begin with a question mark and a space", id="question mark"),
        pytest.param("a: - b\n", (1, 4), "a list cannot begin on the line of its key", id="dash after a key"),
        pytest.param("- a\nb: c\n", (2, 1), "this line stands where the next item of a list is expected", id="key in a list"),
        pytest.param("a: >x\n  b\n", (1, 5), "after | or > the text must begin on the next line", id="text after >"),
        pytest.param("a: b\n...\nc: d\n", (3, 1), "this does not belong to what stands above", id="after the end"),
    ],
)
def test_the_message_says_what_was_typed_and_the_place_where(text: str, place: tuple[int, int], message: str) -> None:
    found = broken(text)
    assert (found.source.line, found.source.column, found.message) == (*place, message)


def test_a_backslash_in_double_quotes() -> None:
    found = broken('a: "\\q"\n')
    assert found.message == "a backslash inside double quotes means something else here"
    assert found.hint == "use single quotes instead, or write the backslash twice"


@pytest.mark.parametrize("text", ["%x\n", "%YAML 2.0\n---\na: b\n"])
def test_a_line_that_begins_with_a_percent_sign(text: str) -> None:
    assert broken(text).source.line in {1, 2}


def test_the_hint_says_what_to_type() -> None:
    assert broken("a: b: c\n").hint == QUOTE_IT
    assert broken("a:\n\tb: c\n").hint == "indent with spaces, two for each level"
    assert broken("a: [x, y\n").hint == "close it with ]"
    assert broken("a: {b: c\n").hint == "close it with }"


def test_a_complaint_nobody_foresaw_still_has_its_place_and_something_to_do() -> None:
    fault = explain(MarkedYAMLError(problem="odd", problem_mark=Mark("f", 9, 1, 2, None, 0)), "a: b\nc: d\n")
    assert (fault.line, fault.column, fault.message) == (1, 2, "this cannot be understood")
    assert fault.hint


def test_a_complaint_without_a_place_is_about_the_whole_file() -> None:
    assert explain(MarkedYAMLError(problem="odd"), "").line == 0


def test_empty_lines_above_do_not_matter() -> None:
    found = broken("name: x\n\n  tagline: y\n")
    assert found.message == "this line is indented further than the line above, which has its value already"
