"""Every kind of page looks as it did when somebody last looked at it: on a phone and a desk, in light and dark."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import gettempdir

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import for_pictures
from tests.pictures.comparing import difference, side_by_side
from tests.pictures.taking import ALL, HERE, Shot, kept, taken

pytestmark = [
    pytest.mark.audit,
    pytest.mark.skipif(sys.platform != "linux", reason="pictures are compared on Linux: elsewhere text is drawn by other means"),
]

MOST_BYTES = 8 * 1024 * 1024
ANEW = "python -m tests.pictures.update {} takes it anew: look at it before you commit it"


@pytest.fixture(scope="module")
def drawing(browser: Browser) -> Iterator[Browser]:
    """A browser whose faces come with the tests."""
    with for_pictures(browser) as started:
        yield started


def test_there_is_a_picture_of_everything_and_all_together_are_small() -> None:
    files = set((HERE / "reference").glob("*"))
    assert files == {shot.path for shot in ALL}
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


@pytest.mark.parametrize("shot", ALL, ids=lambda shot: shot.path.stem)
def test_a_page_looks_as_it_did(drawing: Browser, sights: Mapping[str, str], shot: Shot) -> None:
    assert shot.path.exists(), ANEW.format(shot.kind)
    old, new = kept(shot), taken(drawing, shot, sights[shot.kind])
    found = difference(old, new)
    if found:
        sheet = Path(gettempdir()) / "referral-portal-pictures" / f"{shot.path.stem}.png"
        sheet.parent.mkdir(exist_ok=True)
        side_by_side(old, new).save(sheet)
        pytest.fail(f"{found}: see {sheet} (Chromium {drawing.version}). {ANEW.format(shot.kind)}", pytrace=False)
