"""What may stand in a sealed page: words, tables, links and charts, and nothing that acts, asks or loads.

The page's policy forbids most of it again; but no policy stops a form's look or <meta refresh>, so what is not listed here is
taken out before a page is sealed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_WORDS: Final = frozenset(
    (
        *("a", "abbr", "b", "blockquote", "br", "cite", "code", "data", "dd", "del", "dfn", "div", "dl", "dt", "em", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong"),
        *("sub", "sup", "time", "ul", "wbr"),
        *("article", "aside", "details", "figcaption", "figure", "footer", "header", "nav", "section", "summary"),
        *("button", "caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    )
)
_CHARTS: Final = frozenset(
    ("circle", "desc", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg", "text", "title", "tspan")
)
_WITH_CONTENT: Final = frozenset(
    (
        *("applet", "audio", "canvas", "embed", "foreignobject", "frameset", "iframe", "image", "math", "noscript", "object"),
        *("script", "select", "style", "template", "textarea", "video"),
    )
)
_EVERYWHERE: Final = frozenset({"class", "dir", "hidden", "id", "lang", "role", "tabindex", "title"})
_CELL: Final = frozenset({"colspan", "headers", "rowspan"})
_OF_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({"href"}),
    "button": frozenset({"disabled"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "details": frozenset({"open"}),
    "ol": frozenset({"start", "reversed"}),
    "td": _CELL,
    "th": _CELL | {"abbr", "scope"},
    "time": frozenset({"datetime"}),
}
_DRAWN: Final = frozenset(
    (
        *("cx", "cy", "d", "dx", "dy", "focusable", "height", "points", "preserveAspectRatio", "r", "rx", "ry", "transform"),
        *("viewBox", "width", "x", "x1", "x2", "y", "y1", "y2"),
    )
)
_PAINTED: Final = frozenset(
    (
        *("dominant-baseline", "fill", "fill-opacity", "fill-rule", "font-size", "font-weight", "opacity", "shape-rendering"),
        *("stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor"),
        "vector-effect",
    )
)
# Without brackets nothing is fetched: url(…) is one, however it is escaped.
_PLAIN: Final = re.compile(r"[#\w.,%\s-]*")


def sanitised(html: str) -> str:
    """Return a fragment of HTML without anything that could act, ask or load; what our own templates write stays as it is."""
    import nh3

    return nh3.clean(
        html,
        tags=set(_WORDS | _CHARTS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        generic_attribute_prefixes={"aria-", "data-"},
        set_tag_attribute_values={"button": {"type": "button"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def _kept(_tag: str, attribute: str, value: str) -> str | None:
    return None if attribute in _PAINTED and _PLAIN.fullmatch(value) is None else value


_ATTRIBUTES: Final = {
    "*": set(_EVERYWHERE),
    **{tag: set(names) for tag, names in _OF_WORDS.items()},
    **{tag: set(_DRAWN | _PAINTED) for tag in _CHARTS},
}
