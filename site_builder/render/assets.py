"""The files pages are made of beside their HTML: style sheets and the scripts they use, named by their content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from site_builder.model.settings import Brand
from site_builder.page import Artifact
from site_builder.render.theme import EXTRA, FACES, STYLES, Theme
from site_builder.rules.colour import tokens

LAYERS = "@layer reset, tokens, base, layout, paper, components, directory, utilities, print;\n"
"""The order of the layers, the later ones win; a style sheet that few pages have stands in one of them."""
_HASH = 10


def named(path: str, content: bytes) -> str:
    """Return a path with the content's hash before its ending, so that it can be cached for ever."""
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:_HASH]}{dot}{ending}"


def face(theme: Theme, brand: Brand) -> Artifact | None:
    """Return the file of the face that headlines are set in; None for one that every system has."""
    content = theme.face(brand.display_font) if brand.display_font else None
    return None if content is None else Artifact(named(f"assets/{brand.display_font}.woff2", content), content)


def style_sheet(theme: Theme, brand: Brand, shipped: Artifact | None) -> Artifact:
    """Return the theme's style sheets as one, with the brand's colours behind the theme's own tokens.

    shipped: the file of its face, which lies beside the style sheet; None for none.
    """
    faces = ""
    if shipped is not None:
        faces = theme.style(FACES).replace(f"{brand.display_font}.woff2", shipped.path.rpartition("/")[2])
    content = (joined(theme, brand, STYLES) + faces + theme.style(EXTRA)).encode()
    return Artifact(named("assets/portal.css", content), content)


def joined(theme: Theme, brand: Brand, names: Iterable[str]) -> str:
    """Return style sheets one behind the other, their layers in order, the brand's colours behind the theme's own tokens."""
    parts = [LAYERS]
    for name in names:
        parts.append(theme.style(name))
        if name == "tokens.css":
            parts.append(_brand(brand))
    return "".join(parts)


def _brand(brand: Brand) -> str:
    found = tokens(brand)
    declared = "".join(f"{name}:{value};" for name, value in found.items())
    return f"@layer tokens{{:root{{{declared}}}}}\n" if found else ""


class Scripts:
    """The theme's scripts, and the style sheets that few pages need, by name. Only those a page asked for are published."""

    def __init__(self, theme: Theme, base: str) -> None:
        """Take the theme and the base path the scripts' URLs begin with."""
        self._theme = theme
        self._base = base
        self._used: dict[str, Artifact] = {}

    def script(self, name: str) -> str:
        """Return a script's URL and remember that it is used; raises LookupError for one the theme does not have."""
        return self._url(name, self._theme.script)

    def style(self, name: str) -> str:
        """Return the URL of a style sheet that only some pages have; raises LookupError for one the theme does not have."""
        return self._url(name, self._theme.sheet)

    def _url(self, name: str, text: Callable[[str], str]) -> str:
        if name not in self._used:
            content = text(name).encode()
            self._used[name] = Artifact(named(f"assets/{name}", content), content)
        return self._base + self._used[name].path

    def artifacts(self) -> tuple[Artifact, ...]:
        """Return the files that were asked for, by name."""
        return tuple(self._used[name] for name in sorted(self._used))
