"""A private page as it is read in a terminal: its words, and nothing that only a browser can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS: Final = frozenset({"ul", "ol"})
_APART: Final = frozenset({*_HEADINGS, *_LISTS, "p", "blockquote", "pre", "dl", "table", "figure", "section", "details"})
"""What has a blank line on either side, but for what stands within an item."""
_BELOW: Final = frozenset({"li", "br", "dd", "div", "header", "summary", "figcaption"})
_MUTE: Final = frozenset({"button", "nav", "svg", "template", "style", "script"})
"""What is pressed, leads elsewhere or is drawn: the numbers of a drawing stand in a table behind it."""
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr"})
_BETWEEN: Final = " | "


@dataclass(slots=True)
class _Node:
    tag: str
    is_mute: bool = False
    children: list[_Node | str] = field(default_factory=list)


def page_text(html: str) -> str:
    """Return the words of a page of ours; "" for one without any.

    A heading stands apart, an item has a line of its own, a row of a table is a line. What a browser hides or lets
    download is left out. Of a folded table behind a list, which holds the list again and in whole, the rows beyond it are told.
    """
    tree = _Tree()
    tree.feed(html)
    tree.close()
    page = _Lines()
    _tell(tree.root, page)
    page.end()
    return "\n".join(page.lines)


class _Tree(HTMLParser):
    """Reads a page into nodes; an end that nothing began is none."""

    def __init__(self) -> None:
        super().__init__()
        self.root = _Node("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = dict(attrs)
        is_hidden = "hidden" in given or "data-file" in given or given.get("aria-hidden") == "true"
        node = _Node(tag, is_mute=is_hidden or tag in _MUTE)
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """End it, and what was left open in it."""
        tags = [node.tag for node in self._open]
        if tag in tags[1:]:
            del self._open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self._open[-1].children.append(data)


class _Lines:
    """The lines told so far; whoever ends one says whether a blank one follows."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.depth = 0
        self._begins_item = False
        self._said: list[str] = []
        self._is_apart = False

    def say(self, words: str) -> None:
        """Go on with the line."""
        self._said.append(words)

    def end(self, *, apart: bool = False) -> None:
        """End the line, if there is one; apart: with a blank one before the next, which an item does not have within it."""
        words = " ".join("".join(self._said).split())
        self._said.clear()
        if words:
            if self._is_apart and self.lines:
                self.lines.append("")
            lead = "  " * (self.depth - self._begins_item) + "– " * self._begins_item
            self.lines.append(lead + words)
            self._begins_item = self._is_apart = False
        self._is_apart = self._is_apart or (apart and not self.depth)

    def item(self, node: _Node) -> None:
        """Tell an item of a list, one step further in."""
        self.end()
        self.depth, self._begins_item = self.depth + 1, True
        _tell(node, self)
        self.end()
        self.depth, self._begins_item = self.depth - 1, False


def _tell(parent: _Node, page: _Lines) -> None:
    """Tell what stands in a node; of a fold behind a list what the list does not tell."""
    listed = 0
    for node in parent.children:
        if isinstance(node, str):
            page.say(node)
            continue
        if node.is_mute:
            continue
        if node.tag == "details" and listed and (table := next(_within(node, "table"), None)):
            _table(table, page, told=listed)
        else:
            _element(node, page)
        listed = _items(node) if node.tag in _LISTS else listed * (node.tag == "p")


def _element(node: _Node, page: _Lines) -> None:
    if node.tag == "table":
        _table(node, page)
    elif node.tag == "li":
        page.item(node)
    elif node.tag == "dt":
        page.end()
        _tell(node, page)
        page.say(": ")
    else:
        is_apart = node.tag in _APART
        if is_apart or (node.tag in _BELOW and node.tag != "dd"):
            page.end(apart=is_apart)
        _tell(node, page)
        if is_apart or node.tag in _BELOW:
            page.end(apart=is_apart)


def _table(node: _Node, page: _Lines, told: int = 0) -> None:
    """Tell a table, its caption above it, but for so many rows that were told; nothing where those are all."""
    heads = [row for part in _within(node, "thead") for row in _within(part, "tr")]
    rows = [row for row in _within(node, "tr") if not any(row is head for head in heads)][told:]
    if told and not rows:
        return
    page.end(apart=True)
    for caption in _within(node, "caption"):
        page.say(_words(caption))
        page.end()
    for row in (*heads, *rows):
        cells = [each for each in row.children if isinstance(each, _Node)]
        page.say(_BETWEEN.join(" ".join(_words(cell).split()) for cell in cells))
        page.end()
    page.end(apart=True)


def _words(node: _Node) -> str:
    """Return the words within a cell, its lines with a semicolon between them."""
    said = (
        each if isinstance(each, str) else "; " if each.tag == "br" else "" if each.is_mute else _words(each)
        for each in node.children
    )
    return "".join(said)


def _within(node: _Node, tag: str) -> Iterator[_Node]:
    for each in _nodes(node.children):
        if each.tag == tag:
            yield each
        else:
            yield from _within(each, tag)


def _items(node: _Node) -> int:
    return sum(each.tag == "li" for each in _nodes(node.children))


def _nodes(children: Sequence[_Node | str]) -> Iterator[_Node]:
    return (each for each in children if isinstance(each, _Node))
