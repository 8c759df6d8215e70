"""The owner's prose: markup that is not published, pictures without words, and the line where a link or a place was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from site_builder.codes import problem
from site_builder.markup import Markup
from site_builder.model.content import Document
from site_builder.model.portal import Portal
from site_builder.problem import Problem, Source

_HINTS = {"src": "put the picture into content/media/ and write its bare name"}


def _documents(portal: Portal) -> tuple[Document, ...]:
    return (*portal.pages, *portal.spotlights, *portal.stories, *portal.events, *portal.terms, *portal.share)


def prose_faults(portal: Portal) -> Iterator[Problem]:
    """Report markup that is not published (scripts, forms, handlers, links that act), and pictures without words."""
    markup = Markup()
    for document in _documents(portal):
        cleaned = markup.clean(document.body)
        for removed in cleaned.removed:
            hint = _HINTS.get(removed.what, "write it in Markdown; forms and scripts belong to the theme")
            yield problem("D505", _line(document, removed.line), f"{removed.what} is not published", hint=hint)
        for picture in cleaned.wordless:
            hint = f'say what it shows between the brackets, or that it only decorates: <img src="{picture.src}" alt="">'
            yield problem("D506", _line(document, picture.line), f"the picture {picture.src} has no words", hint=hint)


def _line(document: Document, line: int) -> Source:
    """Return the place of a line of a document's text, counted from 1; 0 is where the text begins."""
    body = document.at("@body")
    return Source(body.path, body.line + line - 1 if line else body.line, 1)


def locator(portal: Portal, base: str) -> Callable[[Source, str], Source]:
    """Return a function that finds where an address of a finished page was written; the page's own source where it is not prose.

    base: the base path, which the owner's links inside the portal do not have.
    """
    documents = {document.origin.source.path: document for document in _documents(portal)}

    def locate(source: Source, address: str) -> Source:
        document = documents.get(source.path)
        if document is None:
            return source
        body = document.at("@body")
        for written in (address, "/" + address.removeprefix(base)):
            found = re.search(re.escape(written) + r"(?![^\s)\"'>])", document.body)
            if found:
                place = found.start()
                before = document.body[:place]
                return Source(body.path, body.line + before.count("\n"), place - (before.rfind("\n") + 1) + 1)
        return source

    return locate
