"""An owner's prose without its markup: for calendars, feeds, descriptions and messages, which know nothing but text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_NEW_PARAGRAPH = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "hr"})
_NEW_LINE = frozenset({"li", "br", "tr", "dt", "dd"})


def plain_text(html: str) -> str:
    """Return the words of safe HTML: a blank line between paragraphs, a line for each item of a list."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.said).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Collects text; a newline in the source is a space, as in a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph or a line; a picture speaks by its alt."""
        if tag in _NEW_PARAGRAPH:
            self.said.append("\n\n")
        elif tag in _NEW_LINE:
            self.said.append("\n– " if tag == "li" else "\n")
        elif tag == "img":
            self.said.append(dict(attrs).get("alt") or "")
        elif tag in {"td", "th"}:
            self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph."""
        if tag in _NEW_PARAGRAPH:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.said.append(data.replace("\n", " "))
