"""What a theme puts on pages and the portal's own policy refuses: the visitor would see a broken page without an explanation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.codes import problem
from site_builder.page import Artifact
from site_builder.problem import Problem

_IN_TAG = r"<[a-zA-Z][^<>]*\s"
_REFUSED = (
    (
        re.compile(_IN_TAG + r"on[a-z]+\s*=", re.IGNORECASE),
        "a handler such as onclick",
        "put it into a file of the theme's scripts/",
    ),
    (
        re.compile(_IN_TAG + r"style\s*=", re.IGNORECASE),
        "a style attribute",
        "give it a class and write the style into the theme's styles/",
    ),
    (re.compile(r"<style\b", re.IGNORECASE), "a style element", "write the style into the theme's styles/"),
    (
        re.compile(r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*\stype\s*=\s*[\"']?application/)", re.IGNORECASE),
        "a script inside the page",
        "put it into a file of the theme's scripts/",
    ),
    (
        re.compile(r"<(?:img|script|source|iframe)\b[^<>]*\ssrc\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
        "a picture or a script from another site",
        "put the file into the portal",
    ),
)


def blocked(artifacts: Iterable[Artifact]) -> Iterator[Problem]:
    """Warn of each kind of thing that browsers refuse, once, at the first page that holds it."""
    pages = [artifact for artifact in artifacts if artifact.path.endswith(".html")]
    for pattern, what, hint in _REFUSED:
        holding = [page for page in pages if pattern.search(page.content.decode(errors="replace"))]
        if holding:
            others = f" (and {len(holding) - 1} more)" if len(holding) > 1 else ""
            message = f"/{holding[0].path}{others} holds {what}, which browsers refuse here"
            yield problem("A104", holding[0].source, message, hint=hint)
