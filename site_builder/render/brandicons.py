"""The icons that a manifest names, as files named by their content."""

from __future__ import annotations

from site_builder.page import Artifact
from site_builder.problem import Source
from site_builder.render.assets import named
from site_builder.render.drawings import Drawings
from site_builder.render.site import Colours


class Icons:
    """The portal's icons by size. Only those a template asked for are drawn and published."""

    def __init__(self, letter: str, colours: Colours, base: str, drawings: Drawings) -> None:
        """Take what they show, the base path their URLs begin with, and who draws them."""
        self._letter = letter
        self._colours = colours
        self._base = base
        self._drawings = drawings
        self._used: dict[int, Artifact] = {}

    def icon(self, size: int) -> str:
        """Return the URL of the icon of so many pixels a side, and remember that it is used."""
        if size not in self._used:
            content = self._drawings.icon(self._letter, ground=self._colours.brand, ink=self._colours.on_brand, size=size)
            self._used[size] = Artifact(named(f"assets/icon-{size}.png", content), content, Source("data/portal.yaml"))
        return self._base + self._used[size].path

    def artifacts(self) -> tuple[Artifact, ...]:
        """Return the icons that were asked for, the smallest first."""
        return tuple(self._used[size] for size in sorted(self._used))
