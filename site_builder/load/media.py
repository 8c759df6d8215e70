"""Pictures in content/media/ and files in content/static/ that are published as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.codes import problem
from site_builder.load.folders import Folder, folder, is_folder, printable
from site_builder.load.names import folded, static_fault
from site_builder.load.picturesize import size
from site_builder.load.text import read_bytes
from site_builder.problem import Problem, Source

LARGEST_FILE = 10 * 1024 * 1024
DEEPEST_FOLDER = 10
MEDIA = "content/media"
STATIC = "content/static"
PICTURES = ("svg", "png", "jpg", "jpeg", "webp", "avif", "gif", "ico")
PUBLISHED = (*PICTURES, "txt", "pdf", "json", "webmanifest", "xml", "csv", "woff2", "asc")
WELL_KNOWN = ".well-known"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its owner supplied it, not yet cleaned. width, height: CSS pixels, None where the file does not say."""

    name: str
    source: Source
    content: bytes
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that is copied as it is. path: from the site's root, with "/"."""

    path: str
    source: Source
    content: bytes


@dataclass(frozen=True, slots=True)
class MediaFiles:
    """Everything that is not Markdown in content/, in the order of its names."""

    pictures: tuple[Picture, ...] = ()
    static: tuple[StaticFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_media(root: Path) -> MediaFiles:
    """Read and judge content/media/ and content/static/; a file with a problem is left out."""
    pictures: list[Picture] = []
    static: list[StaticFile] = []
    problems: list[Problem] = []
    for picture in _pictures(root):
        if isinstance(picture, Problem):
            problems.append(picture)
        else:
            pictures.append(picture)
    for file in _static(root, "", 1):
        if isinstance(file, Problem):
            problems.append(file)
        else:
            static.append(file)
    return MediaFiles(tuple(pictures), tuple(static), tuple(problems))


def _pictures(root: Path) -> Iterator[Picture | Problem]:
    listed = folder(root, MEDIA)
    yield from listed.problems
    for inner in listed.folders:
        hint = "put the pictures straight into content/media"
        yield problem("D006", _place(MEDIA, inner), f"nothing reads the folder {printable(inner)}", hint=hint)
    for name in _sound_names(root, listed, MEDIA):
        if isinstance(name, Problem):
            yield name
            continue
        ending = name.rpartition(".")[2].lower()
        if ending not in PICTURES:
            hint = f"pictures end in {', '.join(PICTURES)}; other files belong into {STATIC}"
            yield problem("D008", _place(MEDIA, name), f"{name} is not a picture the portal publishes", hint=hint)
            continue
        content = read_bytes(root, f"{MEDIA}/{name}", LARGEST_FILE)
        if isinstance(content, Problem):
            yield content
            continue
        width, height = size(name, content) or (None, None)
        yield Picture(name, _place(MEDIA, name), content, width, height)


def _static(root: Path, inside: str, depth: int) -> Iterator[StaticFile | Problem]:
    """Walk content/static/ folder by folder. inside: the folder below it, "" for itself, else ending in "/"."""
    path = f"{STATIC}/{inside}".rstrip("/")
    listed = folder(root, path, shown=frozenset({WELL_KNOWN}) if not inside else frozenset())
    yield from listed.problems
    for name in _sound_names(root, listed, STATIC):
        if isinstance(name, Problem):
            yield name
        elif name in listed.folders and depth >= DEEPEST_FOLDER:
            yield problem(
                "D003", _place(path, name), f"more than {DEEPEST_FOLDER} folders stand inside each other", hint="use fewer"
            )
        elif name in listed.folders:
            yield from _static(root, f"{inside}{name}/", depth + 1)
        elif not _publishable(name, inside):
            hint = f"files here end in {', '.join(PUBLISHED)}; pages are written as Markdown in content/pages"
            yield problem("D008", _place(path, name), f"{name} is not a kind of file the portal publishes", hint=hint)
        else:
            content = read_bytes(root, f"{path}/{name}", LARGEST_FILE)
            yield content if isinstance(content, Problem) else StaticFile(f"{inside}{name}", _place(path, name), content)


def _publishable(name: str, inside: str) -> bool:
    """Whether a file is copied: by its ending; without one only CNAME and what .well-known holds."""
    _, dot, ending = name.rpartition(".")
    if dot:
        return ending.lower() in PUBLISHED
    return inside.startswith(f"{WELL_KNOWN}/") or (name == "CNAME" and not inside)


def _sound_names(root: Path, listed: Folder, home: str) -> Iterator[str | Problem]:
    """Yield each name that can be published, and a problem for one that cannot, or that is like one before it.

    A link must stay in home: one to data/ would publish what lies there. Linked folders are not followed: they may go round.
    """
    before: dict[str, str] = {}
    for name in sorted(listed.files if home == MEDIA else (*listed.files, *listed.folders)):
        where = root / listed.path / name
        fault = static_fault(name) if name != WELL_KNOWN else ""
        other = before.setdefault(folded(name), name)
        if other != name:
            message = f"{printable(name)} and {printable(other)} are one name on many systems"
            yield problem("D504", _place(listed.path, name), message, hint="rename one of them")
        elif fault:
            hint = "rename it, for example team-photo.jpg"
            yield problem("D503", _place(listed.path, name), f"the name {fault}", hint=hint)
        elif where.is_symlink() and (is_folder(where) or _leads_out(where, root / home)):
            hint = "put the file itself here instead of a link to it"
            yield problem("D004", _place(listed.path, name), f"this link leads out of {home}", hint=hint)
        else:
            yield name


def _leads_out(link: Path, home: Path) -> bool:
    return not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(home))


def _place(path: str, name: str) -> Source:
    return Source(printable(f"{path}/{name}"))
