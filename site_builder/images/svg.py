"""An SVG made safe to publish: it keeps its shapes and loses everything that can act or reach elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

LARGEST_SVG = 1024 * 1024
DEEPEST_SVG = 100
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "style", "clipPath", "mask", "pattern", "marker"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath"),
        *("linearGradient", "radialGradient", "stop", "filter", "feGaussianBlur", "feOffset", "feMerge", "feMergeNode"),
        *("feBlend", "feColorMatrix", "feComposite", "feFlood", "feDropShadow"),
    )
)
_FOREIGN = re.compile(r"@import|expression\s*\(|javascript:|data:|\\|image-set|src\s*\(|url\(\s*+['\"]?+(?!#)", re.IGNORECASE)
_DEFINITIONS = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CleanedSvg:
    """An SVG that is safe to publish, and the names of what was taken out of it, sorted."""

    content: bytes
    removed: tuple[str, ...]


class NotSvgError(Exception):
    """The bytes are no SVG, past a bound, or hold a document type with definitions (which can grow without bound)."""


def clean_svg(content: bytes) -> CleanedSvg:
    """Return an SVG without scripts, handlers, foreign links, embedded pages and document types. Raises NotSvgError."""
    root = _parse(content)
    if root.tag != f"{{{_SVG}}}svg":
        raise NotSvgError("its outermost element is not <svg>")
    removed: set[str] = set()
    _clean(root, removed)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return CleanedSvg(ET.tostring(root, encoding="utf-8"), tuple(sorted(removed)))


def _parse(content: bytes) -> ET.Element:
    """Parse without document types: entities could grow a small file without bound, or read another one.

    Decoded first, so that no other encoding hides a definition from the search.
    """
    if len(content) > LARGEST_SVG:
        raise NotSvgError(f"it is larger than {LARGEST_SVG // 1024:,} KiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotSvgError("it is not UTF-8") from error
    if _DEFINITIONS.search(text):
        text = re.sub(r"<!DOCTYPE[^\[>]*>", "", text, count=1, flags=re.IGNORECASE)
        if _DEFINITIONS.search(text):
            raise NotSvgError("it holds a document type with definitions")
    try:
        return ET.fromstring(text)  # noqa: S314  # no document type is left that could define an entity
    except ET.ParseError as error:
        raise NotSvgError("it is not well-formed XML") from error


def _clean(root: ET.Element, removed: set[str]) -> None:
    """Clean an element and all below it, level by level: a hostile file may nest deeper than Python's stack."""
    level = [root]
    for _ in range(DEEPEST_SVG):
        for element in level:
            _clean_attributes(element, removed)
            element[:] = [child for child in element if _stays(child, removed)]
        level = [child for element in level for child in element]
        if not level:
            return
    raise NotSvgError(f"it nests deeper than {DEEPEST_SVG} elements")


def _stays(element: ET.Element, removed: set[str]) -> bool:
    """Say whether an element stays; what drawing programs leave behind and no browser shows goes without a word."""
    namespace, name = _split(element.tag)
    if namespace not in {_SVG, _XHTML} or name == "metadata":
        return False
    if namespace == _SVG and name in _ELEMENTS and not (name == "style" and _FOREIGN.search("".join(element.itertext()))):
        return True
    removed.add(f"<{name}>")
    return False


def _clean_attributes(element: ET.Element, removed: set[str]) -> None:
    for attribute, value in list(element.attrib.items()):
        namespace, name = _split(attribute)
        acts = name.lower().startswith("on")
        leads_away = (name == "href" and not value.strip().startswith("#")) or (namespace, name) == (_XML, "base")
        if acts or leads_away or _FOREIGN.search(value):
            removed.add(name)
            del element.attrib[attribute]
        elif namespace not in {"", _XLINK, _XML}:
            del element.attrib[attribute]


def _split(tag: str) -> tuple[str, str]:
    """Return the namespace and the name of an element or attribute, as ElementTree writes them."""
    namespace, _, name = tag.rpartition("}")
    return namespace.removeprefix("{"), name
