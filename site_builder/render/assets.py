"""The files pages are made of beside their HTML: one style sheet, the scripts they use, named by their content."""

from __future__ import annotations

import hashlib

from site_builder.model.settings import Brand
from site_builder.page import Artifact
from site_builder.render.theme import EXTRA, STYLES, Theme
from site_builder.rules.colour import tokens

_LAYERS = "@layer reset, tokens, base, layout, components, utilities, print;\n"
_HASH = 10


def named(path: str, content: bytes) -> str:
    """Return a path with the content's hash before its ending, so that it can be cached for ever."""
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:_HASH]}{dot}{ending}"


def style_sheet(theme: Theme, brand: Brand) -> Artifact:
    """Return the theme's style sheets as one, with the brand's colours behind the theme's own tokens."""
    parts = [_LAYERS]
    for name in STYLES:
        parts.append(theme.style(name))
        if name == "tokens.css":
            parts.append(_brand(brand))
    parts.append(theme.style(EXTRA))
    content = "".join(parts).encode()
    return Artifact(named("assets/portal.css", content), content)


def _brand(brand: Brand) -> str:
    found = tokens(brand)
    declared = "".join(f"{name}:{value};" for name, value in found.items())
    return f"@layer tokens{{:root{{{declared}}}}}\n" if found else ""


class Scripts:
    """The theme's scripts by name. Only those a page asked for are published; most pages have none."""

    def __init__(self, theme: Theme, base: str) -> None:
        """Take the theme and the base path the scripts' URLs begin with."""
        self._theme = theme
        self._base = base
        self._used: dict[str, Artifact] = {}

    def script(self, name: str) -> str:
        """Return a script's URL and remember that it is used; raises LookupError for one the theme does not have."""
        if name not in self._used:
            content = self._theme.script(name).encode()
            self._used[name] = Artifact(named(f"assets/{name}", content), content)
        return self._base + self._used[name].path

    def artifacts(self) -> tuple[Artifact, ...]:
        """Return the files of the scripts that were asked for, by name."""
        return tuple(self._used[name] for name in sorted(self._used))
