"""The owner's prose: what markup in it is not published, and the line where a link or a place was written."""

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


def taken_out(portal: Portal) -> Iterator[Problem]:
    """Report markup that is not published: scripts, forms, handlers, links that act."""
    markup = Markup()
    for document in _documents(portal):
        for removed in markup.clean(document.body).removed:
            body = document.at("@body")
            source = Source(body.path, body.line + removed.line - 1 if removed.line else body.line, 1)
            hint = _HINTS.get(removed.what, "write it in Markdown; forms and scripts belong to the theme")
            yield problem("D505", source, f"{removed.what} is not published", hint=hint)


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
