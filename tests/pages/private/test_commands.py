"""Command lines to copy: what a shell reads from them is what was meant."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.pages.private.commands import record


def test_a_line_names_the_row_the_step_and_its_options() -> None:
    assert record("acme", "reviewed", outcome="asked") == "portal record acme reviewed --outcome asked"
    assert record("r1", "paid", rule="share", instalment=3) == "portal record r1 paid --rule share --instalment 3"


def test_an_option_without_a_value_is_left_out() -> None:
    assert record("r1", "paid", rule="share", instalment=None) == "portal record r1 paid --rule share"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("a cake", "--what 'a cake'"),
        ("Ann's cake; rm -rf $HOME", """--what 'Ann'"'"'s cake; rm -rf $HOME'"""),
        ("", "--what ''"),
        ("-5 °C ice cream", "--what='-5 °C ice cream'"),
        ("--force", "--what='--force'"),
    ],
)
def test_texts_are_quoted_for_a_shell(text: str, option: str) -> None:
    assert record("acme", "gift", what=text) == f"portal record acme gift {option}"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_a_shell_reads_any_text_back(text: str) -> None:
    words = shlex.split(record("acme", "gift", what=text))
    assert words[:4] == ["portal", "record", "acme", "gift"]
    assert words[4:] in (["--what", text], [f"--what={text}"])
