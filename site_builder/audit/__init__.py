"""The finished public files, read once more as a browser would: every link, picture, place and form action leads somewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from site_builder.codes import problem
from site_builder.page import Artifact
from site_builder.problem import Problem, Source

_TAG = re.compile(r"""<!--.*?(?:-->|\Z)|<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "poster"})
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")
_TOP = "top"
"""The place that every page has (HTML, "scroll to the fragment")."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What one page points at, and the places it has. twice: ids that stand there more than once."""

    artifact: Artifact
    targets: tuple[str, ...]
    ids: frozenset[str]
    twice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Site:
    """All that can be reached: the pages by path, every path, and where the portal begins: scheme and host, base path."""

    pages: dict[str, _Read]
    paths: frozenset[str]
    origin: str
    base: str

    def url(self, path: str) -> str:
        """Return the URL a browser shows for a file: a folder for its index.html."""
        return self.origin + self.base + (path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path)


def audit(
    artifacts: Iterable[Artifact],
    *,
    base: str,
    origin: str,
    locate: Callable[[Source, str], Source] = lambda source, _target: source,
) -> tuple[Problem, ...]:
    """Return a problem for each link inside the portal that leads nowhere, and each id that stands on a page twice.

    base: the base path, with a slash at both ends; origin: scheme and host, whose absolute links below base are ours too.
    locate: finds the place in the owner's file where a page's target was written.
    """
    files = tuple(artifacts)
    pages = {artifact.path: _read(artifact) for artifact in files if artifact.path.endswith(".html")}
    site = _Site(pages, frozenset(artifact.path for artifact in files), origin.lower(), base)
    found: list[Problem] = []
    for path, page in pages.items():
        found.extend(
            problem("A103", page.artifact.source, f'/{path} has the id "{name}" twice', hint="rename one of the headings")
            for name in page.twice
        )
        for target in dict.fromkeys(page.targets):
            wrong = _follow(target, path, site)
            if wrong:
                source = locate(page.artifact.source, target)
                found.append(
                    problem(wrong[0], source, f"/{path} {_does(target)} {target}, {wrong[1]}", hint=_mend(target, wrong[2]))
                )
    return tuple(found)


def _does(target: str) -> str:
    return "shows" if target.lower().endswith(_PICTURES) else "links to"


def _mend(target: str, hint: str) -> str:
    return "put the picture into content/media/ and write its bare name" if target.lower().endswith(_PICTURES) else hint


def _read(artifact: Artifact) -> _Read:
    """Collect a page's attributes; quotation marks and "<" in text are escaped by autoescape and the sanitiser."""
    targets: list[str] = []
    ids: list[str] = []
    for tag in _TAG.findall(artifact.content.decode(errors="replace")):
        if tag.startswith("<!"):
            continue
        for attribute, *values in _ATTRIBUTE.findall(tag):
            name, value = attribute.lower(), html.unescape("".join(values))
            if name == "id":
                ids.append(value)
            elif name in _ADDRESSES:
                targets.append(value)
    once = frozenset(ids)
    twice = tuple(sorted(name for name in once if ids.count(name) > 1)) if len(once) < len(ids) else ()
    return _Read(artifact, tuple(targets), once, twice)


def _follow(target: str, path: str, site: _Site) -> tuple[str, str, str] | None:
    """Return code, message and hint when a link inside the portal leads nowhere; None when it arrives or leaves the portal."""
    try:
        absolute = bool(urlsplit(target.strip()).netloc)
        parts = urlsplit(urljoin(site.url(path), target.strip()))
    except ValueError:
        return "A101", "which is no address", "write it as a browser shows it"
    rooted = parts.path or "/"
    if rooted.startswith(site.base) and f"{parts.scheme}://{parts.netloc}".lower() == site.origin:
        return _arrive(unquote(rooted.removeprefix(site.base)), unquote(parts.fragment), site)
    if absolute or parts.scheme not in {"http", "https"}:
        return None
    return "A101", "which is outside the portal", "begin links inside the portal with a slash, for example /rewards/"


def _arrive(inside: str, place: str, site: _Site) -> tuple[str, str, str] | None:
    """Judge a link by its path below the base path and the place it names there, "" for none."""
    reached = f"{inside}index.html" if inside.endswith("/") or not inside else inside
    if reached not in site.paths:
        return "A101", "where nothing is", _hint(reached, site.paths)
    if place and reached in site.pages and place != _TOP and place not in site.pages[reached].ids:
        return "A102", f'and that page has no place called "{place}"', "headings get their place from their words"
    return None


def _hint(reached: str, paths: frozenset[str]) -> str:
    if f"{reached}/index.html" in paths:
        return "end the link with a slash"
    return "check the spelling, or whether the page exists today"
