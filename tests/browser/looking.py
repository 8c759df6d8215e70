"""Everything to look at in the demo: each kind of page, the lock of a private one, and private pages as they stand open."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.browser.places import DEMO
from tests.theme import private

OPENED = {"opened_kpis": ("kpis", ""), "opened_my": ("my", "sam-whitlock"), "opened_client": ("client", "millrace-dental")}
"""Which private page, and whose it is."""
LOCK = {"lock": "kpis/"}

SIGHTS = (*(place.kind for place in DEMO), *LOCK, *OPENED)
"""What each is called."""


def sights(demo_url: str, folder: Path) -> Mapping[str, str]:
    """Return the address of each by its name; what no address opens by itself is written into the folder."""
    for name, (kind, reader) in OPENED.items():
        page = private.drawn(private.demo(), kind, reader)
        (folder / f"{name}.html").write_text(private.alone(private.demo(), page), encoding="utf-8")
    return {
        **{place.kind: demo_url + place.path for place in DEMO},
        **{name: demo_url + path for name, path in LOCK.items()},
        **{name: (folder / f"{name}.html").as_uri() for name in OPENED},
    }
