"""The pictures that stand beside links where people share them, as files named by their content."""

from __future__ import annotations

from pathlib import Path

from site_builder.page import Artifact
from site_builder.problem import Source
from site_builder.render.assets import named
from site_builder.render.drawings import Drawings
from site_builder.render.pictures import Picture
from site_builder.render.site import Colours
from site_builder.social import HEIGHT, WIDTH, Announcement


class SocialImages:
    """One picture for each thing said. Only those a template asked for are drawn and published."""

    def __init__(self, name: str, colours: Colours, base: str, drawings: Drawings, face: Path) -> None:
        """Take who says it and in which colours, the base path of the pictures' URLs, who draws them and in which face."""
        self._name = name
        self._colours = colours
        self._base = base
        self._drawings = drawings
        self._face = face
        self._used: dict[str, Artifact] = {}

    def picture(self, headline: str, *, above: str = "", below: str = "") -> Picture:
        """Return the picture of a headline and remember that it is used. above, below: a few words around it, "" for none."""
        colours = self._colours
        said = Announcement(
            # Templates hand these over: str() is where one that is undefined says so.
            str(above),
            str(headline),
            str(below),
            self._name,
            colours.brand,
            colours.on_brand,
            colours.accent_on_brand,
        )
        content = self._drawings.social(said, self._face)
        path = named("assets/social.png", content)
        self._used[path] = Artifact(path, content, Source("data/portal.yaml"))
        return Picture(self._base + path, WIDTH, HEIGHT)

    def artifacts(self) -> tuple[Artifact, ...]:
        """Return the pictures that were asked for, by name."""
        return tuple(self._used[path] for path in sorted(self._used))
