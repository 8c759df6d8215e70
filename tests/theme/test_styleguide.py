"""The style guide: it shows every token and every state, in the preview, and is nowhere on a site."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from site_builder.pages.styleguide import TOKENS
from site_builder.pipeline import Request, build
from site_builder.render.theme import default_folder

PORTAL = Path(__file__).parents[1] / "golden" / "three-files"
STYLES = default_folder() / "styles"
PER_MODE = {"measure", "width", "weight-display", "tracking-display"}
"""Tokens that are no thing to look at: lengths of lines, and what goes with a face."""


def built(*, preview: bool) -> dict[str, str]:
    """Build the portal of three files; its public files by path."""
    made = build(Request(PORTAL, today=lambda _zone: date(2026, 10, 31), preview=preview, public_only=True))
    return {each.path: each.content.decode("utf-8", "replace") for each in made.artifacts}


@pytest.fixture(scope="module")
def previewed() -> dict[str, str]:
    """What the preview shows."""
    return built(preview=True)


def test_a_site_has_none() -> None:
    site = built(preview=False)
    assert "index.html" in site
    assert [path for path, text in site.items() if "styleguide" in path or "styleguide" in text] == []


def test_the_preview_has_it_and_nothing_leads_there(previewed: dict[str, str]) -> None:
    assert "styleguide/index.html" in previewed
    assert [path for path, text in previewed.items() if "/styleguide/" in text] == []
    assert "noindex" in previewed["styleguide/index.html"]


def test_it_shows_every_token_there_is(previewed: dict[str, str]) -> None:
    declared = set(re.findall(r"--([a-z-]+):", (STYLES / "tokens.css").read_text(encoding="utf-8")))
    assert {token for group in TOKENS for token in group.tokens} == declared - PER_MODE
    shown = set(re.findall(r"token-([a-z-]+)", previewed["styleguide/index.html"]))
    assert shown == declared - PER_MODE


def test_each_token_is_shown_by_its_own_value() -> None:
    sheet = (STYLES / "styleguide.css").read_text(encoding="utf-8")
    samples = dict(re.findall(r"\.token-([a-z-]+) \{[^}]*var\(--([a-z-]+)\); \}", sheet))
    assert {name: value for name, value in samples.items() if name != value} == {}
    moving = {"quick"}
    assert {token for group in TOKENS for token in group.tokens} - moving == samples.keys()


@pytest.mark.parametrize(
    "state", ["default", "hover", "focus", "active", "loading, disabled", "error", "offline", "waiting", "success", "empty"]
)
def test_it_shows_every_state(state: str, previewed: dict[str, str]) -> None:
    assert f"<code>{state}</code>" in previewed["styleguide/index.html"]


@pytest.mark.parametrize(
    ("sheet", "rule"),
    [
        ("common.css", r"\.button:is\(:hover, \.is-hover\)"),
        ("common.css", r"\.button:is\(:active, \.is-active\)"),
        ("base.css", r":is\(:focus-visible, \.is-focus\)"),
    ],
)
def test_a_state_that_is_shown_is_the_rule_that_visitors_see(sheet: str, rule: str) -> None:
    assert re.search(rule, (STYLES / sheet).read_text(encoding="utf-8"))
