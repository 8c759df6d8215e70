"""Whatever a file of a portal holds, there are problems or a site and never a traceback; every problem points into its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.pipeline import failed
from site_builder.report.as_text import as_text
from site_builder.report.excerpt import excerpts
from tests.invalid import cases
from tests.properties.spoiled import misplaced, replaced, spoiled

FILES = {path.relative_to(cases.CLEAN).as_posix(): path.read_bytes() for path in sorted(cases.CLEAN.rglob("*")) if path.is_file()}
GROUPS = {
    "tables": tuple(path for path in FILES if path.endswith(".csv")),
    "documents": tuple(path for path in FILES if path.endswith(".yaml")),
    "content": tuple(path for path in FILES if path.endswith(".md")),
    "media": tuple(path for path in FILES if path.startswith(("content/media/", "content/static/"))),
    "themes": tuple(path for path in FILES if path.startswith("themes/")),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(cases.CLEAN, tmp_path_factory.mktemp("any") / "portal")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_every_file_of_the_clean_portal_is_spoiled() -> None:
    assert {path for several in GROUPS.values() for path in several} == set(FILES)


@pytest.mark.parametrize("group", GROUPS)
@settings(max_examples=settings().max_examples // 4)  # a whole build each
@given(st.data())
def test_any_text_yields_problems_or_a_site(root: Path, cache: Path, group: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(GROUPS[group]))
    with replaced(root / path, data.draw(spoiled(FILES[path]))):
        found = cases.built(root, cache)
        assert found.artifacts or failed(found.problems)
        assert misplaced(root, found.problems) == []
        shown = excerpts(root, found.problems, columns=80)
        assert all(excerpt.text.isprintable() for excerpt in shown.values())
        assert found.problems or as_text(found.problems) == ""


@pytest.mark.parametrize("content", [b"{", b"a: [", b'a: "', b"a:\n  - b\n -", b"? ", b"a: |1\n"])
def test_a_mistake_at_the_end_of_a_file_is_told_inside_it(root: Path, cache: Path, content: bytes) -> None:
    with replaced(root / "data/incentives.yaml", content):
        found = cases.built(root, cache).problems
        assert found
        assert misplaced(root, found) == []
