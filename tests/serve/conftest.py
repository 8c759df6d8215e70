from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.serve.preview import Preview
from tests.serve.talking import Browser, Builder, running, site


@pytest.fixture
def builder() -> Builder:
    return Builder(site())


@pytest.fixture
def preview(builder: Builder) -> Preview:
    """A preview whose first build is done."""
    made = Preview(builder)
    made.rebuild()
    return made


@pytest.fixture
def browser(preview: Preview, tmp_path: Path) -> Iterator[Browser]:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "portal.yaml").write_text("nmae: Harbour IT\n")
    with running(preview, tmp_path) as asking:
        yield asking
