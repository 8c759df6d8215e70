"""Pictures in content/media/ and files in content/static/: which of them can be published, by name, kind and size."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.codes import problem
from site_builder.images.rendition import too_large
from site_builder.load.folders import Folder, folder, is_folder, printable
from site_builder.load.names import folded, static_fault
from site_builder.load.picturesize import KINDS, kind, size
from site_builder.load.text import read_bytes
from site_builder.problem import Problem, Source

LARGEST_FILE = 10 * 1024 * 1024
DEEPEST_FOLDER = 10
MEDIA = "content/media"
STATIC = "content/static"
PICTURES = ("svg", "png", "jpg", "jpeg", "webp", "avif", "gif", "ico")
LARGE_SIDE = 4_000
LARGE_FILE = 2 * 1024 * 1024
PUBLISHED = (*PICTURES, "txt", "pdf", "json", "webmanifest", "xml", "csv", "woff2", "asc")
WELL_KNOWN = ".well-known"
_SAYS_NOTHING = (300, 150)
"""How large browsers show a drawing that says nothing of its size (CSS, replaced elements)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its owner supplied it, not yet cleaned. kind: "svg", "jpeg" …; width, height: CSS pixels."""

    name: str
    source: Source
    content: bytes
    kind: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file for the site's root, not yet cleaned. path: from there, with "/"; kind: a picture's, "" for anything else."""

    path: str
    source: Source
    content: bytes
    kind: str = ""


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
        yield from _judged(name, _place(MEDIA, name), content)


def _judged(name: str, source: Source, content: bytes) -> Iterator[Picture | Problem]:
    """Yield a picture that is of the kind its name says and not too large, with a note where it is larger than it need be."""
    promised, found = KINDS[name.rpartition(".")[2].lower()], kind(content)
    if promised == "svg":
        width, height = size(name, content) or _SAYS_NOTHING
        yield Picture(name, source, content, promised, width, height)
        return
    if found != promised:
        yield _not_what_it_says(name, source, promised, found)
        return
    width, height = size(name, content) or (0, 0)
    if not width:
        hint = "open it in a program for pictures and save it again"
        yield problem("D005", source, "this picture is broken or cut short", hint=hint)
    elif reason := too_large(width, height):
        yield problem("D003", source, f"this picture {reason}", hint="make it smaller; 1600 pixels are as wide as a page shows")
    else:
        if max(width, height) > LARGE_SIDE or len(content) > LARGE_FILE:
            yield _larger_than_need_be(source, width, height, len(content))
        yield Picture(name, source, content, promised, width, height)


def _not_what_it_says(name: str, source: Source, promised: str, found: str) -> Problem:
    if not found:
        hint = "open it in a program for pictures and export it again"
        return problem("D005", source, f"{name} is not a {promised.upper()} inside", hint=hint)
    ending = "jpg" if found == "jpeg" else found
    message = f"{name} says {promised.upper()} and is a {found.upper()} inside"
    return problem("D005", source, message, hint=f"rename it to {name.rpartition('.')[0]}.{ending}")


def _larger_than_need_be(source: Source, width: int, height: int, length: int) -> Problem:
    message = f"this picture has {width:,} × {height:,} pixels and {-(-length // 1024):,} KiB"
    hint = "nothing is wrong; at most 1600 pixels across it would look the same, and builds would be quicker"
    return problem("D509", source, message, hint=hint)


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
            yield from (content,) if isinstance(content, Problem) else _copied(f"{inside}{name}", _place(path, name), content)


def _copied(path: str, source: Source, content: bytes) -> Iterator[StaticFile | Problem]:
    """Yield a file to copy; a picture is judged as any other, for a camera's notes would be published with it."""
    name = path.rpartition("/")[2]
    if name.rpartition(".")[2].lower() not in PICTURES or "." not in name:
        yield StaticFile(path, source, content)
        return
    for found in _judged(name, source, content):
        yield found if isinstance(found, Problem) else StaticFile(path, source, content, found.kind)


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
