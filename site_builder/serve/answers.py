"""What the preview answers to a path: a file of the last good site with the headers its host would send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from site_builder.headers import HEADERS_FILE, SERVER_FILES
from site_builder.page import Artifact
from site_builder.serve.preview import Shown

Header = tuple[str, str]

_NOT_SERVED: Final = frozenset(SERVER_FILES)
_TYPES: Final[Mapping[str, str]] = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. headers: beside those every answer has; version: of the site it is part of."""

    status: HTTPStatus
    type: str
    content: bytes
    headers: tuple[Header, ...] = ()
    version: str = ""


def found(shown: Shown, path: str) -> Answer:
    """Return the file a path stands for, a redirection to its folder, or the site's own page for what is not there."""
    inside = path.removeprefix(shown.base) if path.startswith(shown.base) else None
    if inside is not None:
        name = f"{inside}index.html" if not inside or inside.endswith("/") else inside
        artifact = shown.files.get(name)
        if artifact is not None and name not in _NOT_SERVED:
            return _file(shown, artifact, HTTPStatus.OK)
        if f"{inside}/index.html" in shown.files:
            return redirect(quote(f"{shown.base}{inside}/"), HTTPStatus.FOUND)
    missing = shown.files.get("404.html")
    return _file(shown, missing, HTTPStatus.NOT_FOUND) if missing else text("There is nothing here.", HTTPStatus.NOT_FOUND)


def is_page(path: str) -> bool:
    """Whether a path is a page's and no picture's, style's or feed's."""
    last = path.rpartition("/")[2]
    return "." not in last or last.endswith(".html")


def redirect(to: str, status: HTTPStatus) -> Answer:
    """Send the browser elsewhere."""
    return Answer(status, _TYPES["txt"], b"", (("Location", to),))


def text(words: str, status: HTTPStatus) -> Answer:
    """Answer with a line of text."""
    return Answer(status, _TYPES["txt"], f"{words}\n".encode(), (("X-Content-Type-Options", "nosniff"),))


def _file(shown: Shown, artifact: Artifact, status: HTTPStatus) -> Answer:
    kind = _TYPES.get(artifact.path.rpartition(".")[2].lower(), "application/octet-stream")
    return Answer(status, kind, artifact.content, _hosted(shown, shown.base + artifact.path), shown.version)


def _hosted(shown: Shown, path: str) -> tuple[Header, ...]:
    """Return the headers the site's own _headers file asks its host for; caching is left out, no form may leave the preview."""
    rules = shown.files.get(HEADERS_FILE)
    if rules is None:
        return ()
    applying = False
    headers: list[Header] = []
    for line in rules.content.decode().splitlines():
        if not line.startswith(" "):
            applying = path.startswith(line.removesuffix("*")) if line.endswith("*") else path == line
        elif applying:
            name, _, value = line.strip().partition(": ")
            if name == "Content-Security-Policy":
                headers.append((name, "; ".join(_stays(directive) for directive in value.split("; "))))
            elif name != "Cache-Control":
                headers.append((name, value))
    return tuple(headers)


def _stays(directive: str) -> str:
    name, *sources = directive.split(" ")
    if name not in {"connect-src", "form-action"}:
        return directive
    return " ".join([name, *_of_this_machine(sources)])


def _of_this_machine(sources: Iterable[str]) -> Iterable[str]:
    return (source for source in sources if source in {"'self'", "mailto:"})
