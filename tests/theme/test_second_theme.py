"""The themes guide's worked example: under a hundred lines make the demo portal look and speak like another firm's."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from site_builder.pipeline import Built, Request, build
from site_builder.problem import Severity

ROOT = Path(__file__).parents[2]
SECOND = ROOT / "tests" / "themes" / "second"
LONGEST = 100


def themed(folder: Path, theme: str) -> Built:
    """Build the demo portal with one of the two themes."""
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(SECOND, folder / "themes" / "second")
    settings = folder / "data" / "portal.yaml"
    kept = re.sub(r"(?m)^theme:.*\n", "", settings.read_text(encoding="utf-8"))
    settings.write_text(f"{kept}theme: {theme}\n", encoding="utf-8")
    return build(Request(folder, today=lambda _zone: date(1999, 1, 1)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The demo's pages in the second theme, by path."""
    built = themed(tmp_path_factory.mktemp("second"), "second")
    assert [each for each in built.problems if each.severity is Severity.ERROR or each.code.startswith("A")] == []
    return {each.path: each.content.decode("utf-8", "replace") for each in built.artifacts}


def test_it_is_short_enough_to_be_read() -> None:
    files = [path for path in SECOND.rglob("*") if path.is_file()]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files) < LONGEST


def test_the_whole_demo_is_built_with_it(demo: dict[str, str], tmp_path: Path) -> None:
    hashes = re.compile(r"\.[0-9a-f]{10}\.")
    usual = {hashes.sub(".", each.path) for each in themed(tmp_path, "default").artifacts}
    assert {hashes.sub(".", path) for path in demo} == usual


def test_every_page_has_its_header_and_keeps_what_it_does_not_replace(demo: dict[str, str]) -> None:
    # The friend's page has a header of its own, without a menu.
    pages = [text for path, text in demo.items() if "</footer>" in text and not path.startswith("meet/")]
    assert len(pages) > 1
    assert all('<header class="letterhead wrap">' in text and "site-header" not in text for text in pages)
    assert all('http-equiv="Content-Security-Policy"' in text for text in pages)


def test_the_first_page_has_its_own_words_and_the_rest_of_the_default(demo: dict[str, str]) -> None:
    home = demo["index.html"]
    assert "Lend us your name." in home
    assert 'id="steps"' not in home
    assert 'id="safety"' in home


def test_nobody_asks_the_friend_whom_they_refer(demo: dict[str, str]) -> None:
    friends = [text for path, text in demo.items() if path.startswith("meet/") and "</footer>" in text]
    assert friends
    assert all("Name somebody" not in text for text in friends)


def test_a_part_is_replaced_on_every_page_that_shows_it(demo: dict[str, str]) -> None:
    for path in ("index.html", "trust/index.html", "refer/index.html"):
        assert '<div class="guarantee">' in demo[path]
        assert "guarantee-promise" not in demo[path]


def test_a_page_is_replaced_whole(demo: dict[str, str]) -> None:
    assert '<ol class="plain stack">' in demo["stories/index.html"]
    assert "story-card" not in demo["stories/index.html"]


def test_its_words_replace_the_themes(demo: dict[str, str]) -> None:
    assert "Name somebody" in demo["index.html"]
    assert [path for path, text in demo.items() if "Send someone our way</a>" in text] == []


def test_its_styles_stand_behind_all_others(demo: dict[str, str]) -> None:
    (style,) = [text for path, text in demo.items() if path.startswith("assets/portal.")]
    assert style.endswith((SECOND / "styles" / "extra.css").read_text(encoding="utf-8"))
