"""The pictures of every kind of page: python -m tests.pictures.update [KIND ...] takes them anew. Look at each one.

A picture that looks as it did stays as it is, to the byte.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.judges import ROOT
from tests.browser.looking import SIGHTS, sights
from tests.browser.portals import build
from tests.browser.serving import served
from tests.pictures.comparing import difference, packed
from tests.pictures.taking import ALL, HERE, kept, taken


def update(kinds: tuple[str, ...]) -> tuple[Path, ...]:
    """Take the pictures of these kinds, of all when none is named, and drop those of none; gives the files that changed."""
    wanted = {shot.path for shot in ALL}
    for path in (HERE / "reference").glob("*"):
        if path not in wanted:
            path.unlink()
    changed = []
    with (
        TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        chromium.launch(playwright) as plain,
        chromium.for_pictures(plain) as browser,
        served(build(ROOT, Path(folder) / "demo")) as address,
    ):
        found = sights(address, Path(folder))
        for shot in ALL:
            if shot.kind in (kinds or SIGHTS):
                new = taken(browser, shot, found[shot.kind])
                if not shot.path.exists() or difference(kept(shot), new):
                    shot.path.parent.mkdir(exist_ok=True)
                    shot.path.write_bytes(packed(new))
                    changed.append(shot.path)
    return tuple(changed)


if __name__ == "__main__":
    for path in update(tuple(sys.argv[1:])):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
