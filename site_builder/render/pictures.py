"""The pictures that pages show: asked for by name, made in several sizes and formats, published only when a page asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup as SafeMarkup

from site_builder.images import Album, Recipe, Rendition, UnreadablePictureError, drawn_initials
from site_builder.images.faults import unreadable
from site_builder.images.initials import SIDE
from site_builder.model.portal import Media
from site_builder.model.settings import Brand
from site_builder.page import Artifact
from site_builder.problem import NOWHERE, Problem, Source
from site_builder.render.assets import named

ALBUM = "shown-pictures"
_WIDTH = re.compile(r"[1-9][0-9]{0,3}")
_IN_PROSE = "(width >= 46rem) 42rem, 92vw"
"""How wide prose is on a page, for the browser's choice among the sizes of a picture in it."""


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A newer format that a browser may take instead. type: its media type; srcset: its sizes, as <source> wants them."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be shown. url: in a format that every browser knows; width, height: its size in pixels."""

    url: str
    width: int
    height: int
    sources: tuple[PictureSource, ...] = ()


class Pictures:
    """The owner's pictures by name. Only those a page asked for are made and published: one nobody agreed to show stays here."""

    def __init__(
        self, media: tuple[Media, ...], contents: Mapping[str, bytes], brand: Brand, *, base: str, cache: Path | None
    ) -> None:
        """Take the pictures' sizes, kinds and bytes, the base path of their URLs, and the folder to remember them in, or None."""
        self._media = {item.name: item for item in media}
        self._contents = contents
        self._brand = brand
        self._base = base
        self._album = Album(cache / ALBUM if cache else None, Recipe.SHOWN)
        self._known: dict[str, Picture | None] = {}
        self._files: dict[str, Artifact] = {}
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps pictures that were asked for from being shown."""
        return tuple(self._problems)

    def picture(self, name: str | None) -> Picture | None:
        """Return a picture to show and remember that it is used; None when there is none of that name."""
        if name is None or name not in self._media:
            return None
        if name not in self._known:
            self._known[name] = self._shown(self._media[name])
        return self._known[name]

    def portrait(self, name: str, photo: str | None) -> Picture:
        """Return the picture of a person; one without a photograph, or whose photograph is missing, is drawn from initials."""
        found = self.picture(photo)
        return found or Picture(self._published("assets/initials.svg", drawn_initials(name, self._brand), NOWHERE), SIDE, SIDE)

    def in_prose(self, attributes: Mapping[str, str]) -> str | None:
        """Return the HTML of a picture in Markdown; None when src names none of ours. attributes: as written, already cleaned.

        A width its owner wrote stays and the height follows from it, so that no picture is distorted.
        """
        found = self.picture(attributes.get("src"))
        if found is None:
            return None
        width = int(attributes["width"]) if _WIDTH.fullmatch(attributes.get("width", "")) else found.width
        own = {name: attributes[name] for name in ("alt", "title") if name in attributes}
        size = {"width": str(width), "height": str(max(1, round(found.height * width / found.width)))}
        sizes = _IN_PROSE if width == found.width else f"{width}px"
        image = _tag("img", {"src": found.url, **own, **size, "loading": "lazy", "decoding": "async"})
        if not found.sources:
            return image
        sources = (_tag("source", {"type": item.type, "srcset": item.srcset, "sizes": sizes}) for item in found.sources)
        return f"<picture>{''.join(sources)}{image}</picture>"

    def artifacts(self) -> tuple[Artifact, ...]:
        """Return the files of the pictures that were asked for, by path, and forget what was made of others."""
        self._album.forget_others()
        return tuple(self._files[path] for path in sorted(self._files))

    def _shown(self, item: Media) -> Picture | None:
        content, source = self._contents[item.name], Source(f"content/media/{item.name}")
        if item.kind == "svg":
            return Picture(self._published(f"assets/{item.name}", content, source), item.width, item.height)
        try:
            *modern, plain = self._album.renditions(content, item.kind)
        except UnreadablePictureError as error:
            self._problems.append(unreadable(source, error))
            return None
        stem = item.name.rpartition(".")[0]
        srcsets: dict[str, list[str]] = {}
        for rendition in modern:
            url = self._published(_path(stem, rendition), rendition.content, source)
            srcsets.setdefault(rendition.kind, []).append(f"{url} {rendition.width}w")
        sources = tuple(PictureSource(f"image/{kind}", ", ".join(sizes)) for kind, sizes in srcsets.items())
        return Picture(self._published(_path(stem, plain), plain.content, source), plain.width, plain.height, sources)

    def _published(self, path: str, content: bytes, source: Source) -> str:
        """Add a file to those that are published and return its URL."""
        file = Artifact(named(path, content), content, source)
        self._files.setdefault(file.path, file)
        return self._base + file.path


def _path(stem: str, rendition: Rendition) -> str:
    ending = "jpg" if rendition.kind == "jpeg" else rendition.kind
    return f"assets/{stem}-{rendition.width}.{ending}"


def _tag(name: str, attributes: Mapping[str, str]) -> SafeMarkup:
    written = SafeMarkup("").join(SafeMarkup(' {}="{}"').format(key, value) for key, value in attributes.items())
    return SafeMarkup("<{}{}>").format(name, written)
