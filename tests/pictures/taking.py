"""Every kind of page as it looks: on a phone and on a desk, in light and dark, in the faces of tests/fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.looking import SIGHTS
from tests.pictures.comparing import reduced

HERE = Path(__file__).parent
TALLEST = 2000
"""CSS pixels: what lies lower is not in the picture, or all of them together were too large."""

_WAIT_FOR_ALL = """
() => Promise.all([document.fonts.ready, ...[...document.images].map(each => { each.loading = "eager"; return each.decode(); })])
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take: of a sight, by its name, so wide, in light or dark."""

    kind: str
    width: Literal[390, 1280]
    scheme: Literal["light", "dark"]

    @property
    def path(self) -> Path:
        """Where the picture is kept."""
        return HERE / "reference" / f"{self.kind}-{self.width}-{self.scheme}.webp"


def shots(kind: str) -> Iterator[Shot]:
    """Give the four of a kind of page."""
    for width in (390, 1280):
        yield Shot(kind, width, "light")
        yield Shot(kind, width, "dark")


ALL = tuple(shot for kind in SIGHTS for shot in shots(kind))


def taken(browser: Browser, shot: Shot, address: str) -> Image.Image:
    """Take a picture, in few colours; browser: one that is for pictures."""
    view = {"width": shot.width, "height": 844}
    with browser.new_context(viewport=view, color_scheme=shot.scheme, reduced_motion="reduce") as context:  # type: ignore[arg-type]  # a view's size
        page = context.new_page()
        page.goto(address)
        page.evaluate(_WAIT_FOR_ALL)
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        whole = page.screenshot(
            full_page=True, animations="disabled", clip={"x": 0, "y": 0, "width": shot.width, "height": height}
        )
    return reduced(Image.open(BytesIO(whole)).convert("RGB"))


def kept(shot: Shot) -> Image.Image:
    """Return the picture that somebody has looked at and committed."""
    return Image.open(shot.path).convert("RGB")
