"""Pictures made safe to publish: drawings lose what can act, and what is copied loses a camera's or a program's notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.codes import problem
from site_builder.images import Album, NotSvgError, Recipe, UnreadablePictureError, clean_svg
from site_builder.images.faults import unreadable
from site_builder.load.media import MediaFiles, StaticFile
from site_builder.page import Artifact
from site_builder.problem import Problem, Source

ALBUM = "copied-pictures"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What can be published. pictures: by name; those of pixels as they came, for only what a page shows is made of them."""

    pictures: Mapping[str, bytes]
    static: tuple[Artifact, ...]
    problems: tuple[Problem, ...]


def cleaned(media: MediaFiles, cache: Path | None) -> Cleaned:
    """Clean drawings, and the pictures in content/static/, all of which are published. cache: a folder, None for none."""
    problems: list[Problem] = []
    pictures = {
        picture.name: _drawing(picture.content, picture.source, problems) if picture.kind == "svg" else picture.content
        for picture in media.pictures
    }
    album = Album(cache / ALBUM if cache else None, Recipe.COPIED)
    static = tuple(Artifact(file.path, _copy(file, album, problems), file.source) for file in media.static)
    album.forget_others()
    return Cleaned(pictures, static, tuple(problems))


def _copy(file: StaticFile, album: Album, problems: list[Problem]) -> bytes:
    if file.kind == "svg":
        return _drawing(file.content, file.source, problems)
    if not file.kind:
        return file.content
    try:
        return album.renditions(file.content, file.kind)[-1].content
    except UnreadablePictureError as error:
        problems.append(unreadable(file.source, error))
        return b""


def _drawing(content: bytes, source: Source, problems: list[Problem]) -> bytes:
    """Return an SVG without what can act or reach elsewhere; its owner hears of it."""
    try:
        clean = clean_svg(content)
    except NotSvgError as error:
        hint = "export it again as plain SVG"
        problems.append(problem("D005", source, f"this picture cannot be read: {error}", hint=hint))
        return b""
    if clean.removed:
        message = f"taken out of this picture: {', '.join(clean.removed)}"
        problems.append(problem("D508", source, message, hint="export it again as plain SVG"))
    return clean.content
