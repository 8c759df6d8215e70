"""The way of the Tab key through every kind of page: python -m tests.walks.update [KIND ...] writes it anew. Read the diff."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.browser.judges import ROOT
from tests.browser.looking import SIGHTS, sights
from tests.browser.measures import walk
from tests.browser.portals import build
from tests.browser.serving import served

HERE = Path(__file__).parent


def walked(page: Page, address: str) -> str:
    """Walk through a page on a desk; gives a line for each stop."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    return "".join(f"{stop}\n" for stop in walk(page))


def committed() -> Mapping[str, str]:
    """Return the walks as they are committed, by the name of what is walked through."""
    return {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("*.txt")}


def update(kinds: tuple[str, ...]) -> None:
    """Write the walks of these kinds; of all, and no others left, when none is named."""
    for path in () if kinds else HERE.glob("*.txt"):
        path.unlink()
    with (
        TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
        served(build(ROOT, Path(folder) / "demo")) as address,
    ):
        found = sights(address, Path(folder))
        for kind in kinds or SIGHTS:
            with browser.new_context() as context:
                (HERE / f"{kind}.txt").write_text(walked(context.new_page(), found[kind]), encoding="utf-8")


if __name__ == "__main__":
    update(tuple(sys.argv[1:]))
