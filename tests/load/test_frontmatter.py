"""A Markdown file is taken apart at its --- lines and bounded before anything renders it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.frontmatter import Parts, take_apart, too_nested
from site_builder.problem import Problem, Source


def parts(text: str) -> Parts:
    found = take_apart(text, "f.md")
    assert isinstance(found, Parts)
    return found


def body(text: str) -> Parts:
    return Parts("", text, 4)


def test_front_matter_and_body_with_the_bodys_line() -> None:
    assert parts("---\ntitle: T\n---\n\nText\n") == Parts("title: T", "\nText\n", 4)


def test_every_kind_of_line_end_is_one() -> None:
    assert parts("---\r\ntitle: T\r\n---\r\nA\r\nB") == Parts("title: T", "A\nB", 4)
    assert parts("---\rtitle: T\r---\rA") == Parts("title: T", "A", 4)


def test_spaces_behind_the_dashes_do_not_matter() -> None:
    assert parts("---  \n---\t\n") == Parts("", "", 3)


def test_a_rule_in_the_text_ends_nothing() -> None:
    assert parts("---\na: b\n---\none\n---\ntwo\n").body == "one\n---\ntwo\n"


@pytest.mark.parametrize("text", ["", "Text\n", "\n---\na: b\n---\n", "# T\n---\n", "----\na: b\n----\n", " ---\n---\n"])
def test_a_file_without_front_matter(text: str) -> None:
    found = take_apart(text, "f.md")
    assert isinstance(found, Problem)
    assert (found.code, found.source, found.message) == (
        "D501",
        Source("f.md", 1, 1),
        "the file does not begin with front matter",
    )


@pytest.mark.parametrize("text", ["---", "---\na: b\n", "---\na: b\n ---\n", "---\na: b\n...\nText\n"])
def test_front_matter_that_is_not_closed(text: str) -> None:
    found = take_apart(text, "f.md")
    assert isinstance(found, Problem)
    assert (found.code, found.message) == ("D501", "the front matter is not closed")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 50 + "]" * 50, id="fifty brackets"),
        pytest.param("\n\n".join(["[ an open bracket"] * 200), id="an open bracket in each paragraph"),
        pytest.param("[a](https://x.example/) " * 300, id="many links"),
        pytest.param("* item\n" * 500, id="a long list"),
        pytest.param("*item\n" * 500, id="a list without its spaces"),
        pytest.param("**bold** and *light*, " * 300, id="much emphasis"),
        pytest.param("snake_case_words_" * 300, id="underscores in words"),
        pytest.param("* * * * *\n\n" * 100, id="rules"),
        pytest.param("> " * 50 + "quoted", id="fifty quotes"),
        pytest.param("| a | b |\n|---|---|\n" + "| 1 > 2 | (x) |\n" * 900, id="a table"),
        pytest.param("word " * 40_000, id="one long paragraph"),
    ],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert too_nested(body(text), "f.md") is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 51, id="brackets"),
        pytest.param("![" * 51, id="pictures"),
        pytest.param("[a](" * 51, id="links inside links"),
        pytest.param("(" * 51, id="parentheses"),
        pytest.param("[\n" * 51, id="brackets over lines"),
        pytest.param(">" * 51, id="quotes"),
        pytest.param("> " * 51, id="quotes with spaces"),
        pytest.param("*a " * 51, id="emphasis"),
        pytest.param("**a _b " * 30, id="emphasis of both kinds"),
        pytest.param(" " * 201 + "- x", id="an item under fifty others"),
        pytest.param("``a`" * 700, id="code"),
        pytest.param('<b a="' * 2001, id="tags"),
        pytest.param("a\n=\n" * 1001, id="headings"),
        pytest.param("a\n\n" * 5001, id="paragraphs"),
        pytest.param("<a\n\n" * 201, id="tags that are never closed"),
        pytest.param("a\nb\nc\nd\ne\n\n" * 4001, id="lines in all"),
        pytest.param(("\\" * 1999 + "\n\n") * 11, id="signs in all"),
    ],
)
def test_what_only_a_bomb_holds_is_refused(text: str) -> None:
    found = too_nested(body("fine\n\n" + text), "f.md")
    assert found is not None
    assert found.code == "D003"
    assert found.source.line >= 6


@pytest.mark.parametrize("sign", ["[", "(", ">", "*a ", "_", "`", "<", " ", "\n", "[]", "*", "> ", "a\n"])
def test_the_search_itself_is_quick(sign: str) -> None:
    text = body(sign * (256 * 1024 // len(sign)))
    started = time.process_time()
    too_nested(text, "f.md")
    assert time.process_time() - started < 1


@given(st.text(max_size=300))
def test_any_text_is_parts_or_a_problem(text: str) -> None:
    found = take_apart(text, "f.md")
    if isinstance(found, Parts):
        too_nested(found, "f.md")
