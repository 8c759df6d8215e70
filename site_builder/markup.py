"""Markdown to safe HTML: Python-Markdown writes it, nh3 keeps only what cannot act in a visitor's name.

What was taken out is told, so that its owner learns of it instead of wondering. Input is bounded before it comes here (load).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import markdown
import nh3
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

_TAGS = frozenset(
    (
        *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr", "i"),
        *("img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "strong", "sub", "sup"),
        *("table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "th": {"scope"},
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")},
}
_CLASSES = {cell: {"align-left", "align-center", "align-right"} for cell in ("td", "th")}
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\\s]{2}", re.IGNORECASE)
_ALIGNMENTS = frozenset({"", "align-left", "align-center", "align-right"})
_SCHEMES = {"http", "https", "mailto", "tel"}
_ADDRESS = r"""["']?([^\s"'<>)]+)"""
_LINK = re.compile(rf"(?:\]\(\s*<?|\bhref\s*=\s*|^ {{0,3}}\[[^\]\n]*\]:\s*<?|<){_ADDRESS}", re.MULTILINE | re.IGNORECASE)
_PICTURE = re.compile(rf"(?:!\[[^\]\n]{{0,200}}\]\(\s*<?|\bsrc\s*=\s*){_ADDRESS}", re.IGNORECASE)
_QUOTED = re.compile(r'\s([a-z]+)="([^"]*)"')
_IMAGE = re.compile(r'<img(?:\s[a-z]+="[^"]*")*>')
_WITH_CONTENT = {"script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "textarea", "title"}


@dataclass(frozen=True, slots=True)
class Removed:
    """Markup that was taken out. what: "<form>" or an attribute's name; line: its place in the text, 0 when that is not sure."""

    what: str
    line: int


@dataclass(frozen=True, slots=True)
class Wordless:
    """A picture that says nothing to those who cannot see it. src: as written; line: its place in the text, 0 when not sure."""

    src: str
    line: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """HTML that is safe to publish, what was taken out of it, and its pictures without words."""

    html: str
    removed: tuple[Removed, ...]
    wordless: tuple[Wordless, ...] = ()


class Markup:
    """Turns Markdown into HTML. resolve: maps a link's or a picture's address as its owner wrote it to the one to publish.

    picture: takes a picture's clean attributes as written and returns its safe HTML; None for one it does not know, which keeps
    its own. One instance is used for a whole build: the same text is converted once.
    """

    def __init__(
        self,
        resolve: Callable[[str], str] = lambda address: address,
        picture: Callable[[Mapping[str, str]], str | None] = lambda _attributes: None,
    ) -> None:
        """Prepare the converter."""
        self._markdown = markdown.Markdown(
            extensions=["tables", "sane_lists", "def_list", "toc"],
            extension_configs={"toc": {"baselevel": 2, "marker": "", "slugify": _anchor}},
            output_format="html",
        )
        self._markdown.treeprocessors.register(_Alignment(self._markdown), "alignment", 0)
        self._unspoken = _Unspoken(self._markdown)
        self._markdown.treeprocessors.register(self._unspoken, "unspoken", 0)
        self._resolve = resolve
        self._picture = picture
        self._seen: dict[str, Cleaned] = {}

    def clean(self, text: str) -> Cleaned:
        """Return a text's safe HTML; template braces are plain characters here and stay so."""
        if text not in self._seen:
            self._unspoken.found.clear()
            raw = self._markdown.reset().convert(text)
            html = nh3.clean(
                raw,
                tags=set(_TAGS),
                attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
                clean_content_tags=_WITH_CONTENT,
                allowed_classes=_CLASSES,
                url_schemes=_SCHEMES,
                attribute_filter=self._filter,
                link_rel="noopener",
            )
            silent = (*self._unspoken.found, *_silent(html))
            shown = _IMAGE.sub(self._shown, html)
            wordless = tuple(Wordless(src, _line_of_picture(text, src)) for src in dict.fromkeys(silent))
            self._seen[text] = Cleaned(shown, _removed(text, raw, html), wordless)
        return self._seen[text]

    def _filter(self, _tag: str, attribute: str, value: str) -> str | None:
        """Resolve addresses; a picture from elsewhere would tell others who reads the page, so it is taken out."""
        if attribute == "src":
            return None if _ELSEWHERE.match(value) else value
        return self._resolve(value) if attribute == "href" else value

    def _shown(self, image: re.Match[str]) -> str:
        """Return a clean picture with its address resolved, or all that is known of it."""
        attributes = _attributes(image[0])
        return self._picture(attributes) or image[0].replace(
            f'src="{escape(attributes.get("src", ""))}"', f'src="{escape(self._resolve(attributes.get("src", "")))}"'
        )


def _anchor(words: str, separator: str) -> str:
    """Return a heading's id. It begins with a letter, as selectors want it; "main" is the theme's own."""
    slug = slugify(words, separator)
    return slug if slug[:1].isalpha() and slug != "main" else f"section{separator}{slug}".rstrip(separator)


class _Alignment(Treeprocessor):
    """Turns the style that Markdown's tables give to their cells into a class, which a strict policy allows."""

    def run(self, root: ET.Element) -> None:
        for cell in root.iter():
            if cell.tag in _CLASSES and (style := cell.attrib.pop("style", "")):
                cell.set("class", f"align-{style.removeprefix('text-align: ').removesuffix(';')}")


class _Unspoken(Treeprocessor):
    """Notes the pictures written in Markdown with nothing between the brackets.

    In HTML of the owner's own an empty alt is said on purpose: the picture only decorates.
    """

    def __init__(self, converter: markdown.Markdown) -> None:
        super().__init__(converter)
        self.found: list[str] = []

    def run(self, root: ET.Element) -> None:
        images = (image for image in root.iter("img") if not image.get("alt", "").strip())
        self.found.extend(src for image in images if not _ELSEWHERE.match(src := image.get("src", "")))


def _silent(html: str) -> Iterator[str]:
    """Yield the addresses of pictures without any alt in clean HTML."""
    for image in _IMAGE.findall(html):
        attributes = _attributes(image)
        if "alt" not in attributes and "src" in attributes:
            yield attributes["src"]


def _attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag as the sanitiser writes it: in double quotes, escaped."""
    return {name: unescape(value) for name, value in _QUOTED.findall(tag)}


def _line_of_picture(text: str, src: str) -> int:
    """Return the line of the first picture with that address and no words; or 0."""
    address = re.escape(src)
    found = re.search(rf"!\[\s*\]\(\s*<?{address}|<img\b[^<>]*{address}", text, re.IGNORECASE)
    return 0 if found is None else text.count("\n", 0, found.start()) + 1


def _removed(text: str, raw: str, html: str) -> tuple[Removed, ...]:
    """Name what stands in the raw HTML and no longer in the clean one, at most once each."""
    gone = _census(raw) - _census(html)
    return tuple(Removed(what, _line_of(text, what)) for what in sorted(gone))


def _census(html: str) -> Counter[str]:
    counter = _Counter()
    counter.feed(html)
    counter.close()
    return counter.found


class _Counter(HTMLParser):
    """Counts tags as "<form>" and attributes as "onclick"; what browsers add or drop by themselves does not matter here."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def parse_html_declaration(self, i: int) -> int:
        """Read "<![anything[" as browsers do, as a comment; Python's own reader gives up on it."""
        return self.parse_bogus_comment(i) if self.rawdata.startswith("<![", i) else super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[f"<{tag}>"] += 1
        if tag in _TAGS:
            self.found.update(name for name, value in attrs if name != "rel" and not (name == "class" and value in _ALIGNMENTS))


def _line_of(text: str, what: str) -> int:
    """Return the line of the first tag or attribute of that name, of an address the first that may not be published; or 0."""
    if what in {"href", "src"}:
        starts = _forbidden_addresses(text, what)
    else:
        pattern = f"<{re.escape(what[1:-1])}\\b" if what.startswith("<") else f"<[a-z][^<>]*?\\s{re.escape(what)}\\b"
        starts = (match.start() for match in re.finditer(pattern, text, re.IGNORECASE))
    start = next(starts, None)
    return 0 if start is None else text.count("\n", 0, start) + 1


def _forbidden_addresses(text: str, attribute: str) -> Iterator[int]:
    """Yield where addresses stand that may not be published, read as browsers read them: entities resolved, blanks left out."""
    for match in (_LINK if attribute == "href" else _PICTURE).finditer(text):
        address = re.sub(r"[\x00-\x20]", "", unescape(match[1])).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
        forbidden = scheme is not None and scheme[1] not in _SCHEMES
        if forbidden if attribute == "href" else _ELSEWHERE.match(address):
            yield match.start(1)
