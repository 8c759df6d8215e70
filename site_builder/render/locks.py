"""The shell of a sealed page: one file that opens in its reader's own browser, with its style sheet and script inside.

It names nobody, loads nothing, and is the same for all pages that one kind of key opens, but for the envelope. What stands in the
envelope, and how it is opened, is the business of seal/ and of the theme's unlock.js.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from markupsafe import Markup as SafeMarkup

from site_builder.headers import Inline, meta_policy, sealed_policy
from site_builder.page import Artifact, Circle, Sheet
from site_builder.problem import Problem
from site_builder.render.assets import joined
from site_builder.render.site import LockView
from site_builder.render.theme import EXTRA
from site_builder.render.workshop import LOCK, Workshop

SCRIPT: Final = "unlock.js"
_BOTH: Final = ("reset.css", "tokens.css", "base.css", "layout.css", "common.css", "private.css")
_LAST: Final = ("utilities.css", "print.css")
OWNERS: Final = (*_BOTH, "kpis.css", *_LAST, EXTRA)
"""The style sheets of the page that owners open."""
LINK: Final = (*_BOTH, "words.css", "own.css", *_LAST, EXTRA)
"""Those of the pages that a link opens, alike in all of them: there are thousands, and each carries its own copy."""

_IMPORT = re.compile(r"@import[^;]*;")
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_ADDRESS = re.compile(r"""url\(\s*("[^"]*"|'[^']*'|[^)]*)\s*\)""")
_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
_EMPTY = "/**/"
_END = re.compile(r"</(?=style|script)", re.IGNORECASE)
_ENVELOPE = re.compile(r'[A-Za-z0-9+/=\s{}":,]*')


class Envelope(Protocol):
    """A page that nobody can read without its key, as seal/ makes it."""

    @property
    def path(self) -> str:
        """Where its folder stands, "kpis/"."""

    @property
    def envelope(self) -> str:
        """What stands in the page: JSON of base64."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style sheet that stands in a page: the whole element, and its content's sum as a source of a policy."""

    element: SafeMarkup
    source: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What all sealed pages of a build have in common. owners, link: the style sheets of pages by what opens them.

    script: a whole element; script_source: its content's sum, as a source of a policy. phrases: those of a demonstration, which
    everybody may know; empty elsewhere.
    """

    owners: Style
    link: Style
    script: SafeMarkup
    script_source: str
    phrases: tuple[str, ...] = ()

    @property
    def inline(self) -> Inline:
        """What the host must let in, whichever page it serves."""
        return Inline(script=self.script_source, style=f"{self.owners.source} {self.link.source}")


def shell(shop: Workshop, phrases: tuple[str, ...] = ()) -> Shell:
    """Return what all sealed pages have in common. phrases: the owners', in a demonstration with the published secrets alone."""
    script = _inert(_lean(shop.around.theme.script(SCRIPT)))
    return Shell(
        owners=_style(shop, OWNERS),
        link=_style(shop, LINK),
        script=SafeMarkup(f"<script>{script}</script>"),  # noqa: S704  # the theme's own, which cannot end the element
        script_source=_source(script),
        phrases=phrases,
    )


def locked(shop: Workshop, common: Shell, sheet: Sheet[object], sealed: Envelope) -> Artifact | Problem:
    """Return the finished page around an envelope; a problem where the portal's own theme cannot show it.

    Raises ValueError for an envelope that is none (our mistake: it could be what should have been sealed).
    """
    if not _ENVELOPE.fullmatch(sealed.envelope):
        raise ValueError("an envelope is JSON of base64, and nothing else")
    for_owners = sheet.reader.circle is Circle.OWNERS
    style = common.owners if for_owners else common.link
    view = LockView(
        for_owners=for_owners,
        envelope=SafeMarkup(sealed.envelope),  # noqa: S704  # nothing in it means anything to HTML
        csp=meta_policy(sealed_policy(Inline(common.script_source, style.source))),
        style=style.element,
        script=common.script,
        phrases=common.phrases if for_owners else (),
        contact=shop.site.contact,
    )
    content = shop.filled(LOCK, lock=view)
    return content if isinstance(content, Problem) else Artifact(f"{sealed.path}index.html", content.encode(), sheet.source)


def _style(shop: Workshop, names: tuple[str, ...]) -> Style:
    """Return style sheets as one that loads nothing, without comments and indentation."""
    text = _COMMENT.sub(_emptied, joined(shop.around.theme, shop.site.brand, names))
    lines = (line.strip() for line in text.splitlines())
    bare = "".join(f"{line}\n" for line in lines if line not in {"", _EMPTY})
    style = _inert(_ADDRESS.sub("none", _FACE.sub("", _IMPORT.sub("", bare))))
    return Style(SafeMarkup(f"<style>{style}</style>"), _source(style))  # noqa: S704  # the theme's own, which cannot end it


def _emptied(found: re.Match[str]) -> str:
    """Keep a string as it is and of a comment that it keeps two words apart."""
    return found[1] or _EMPTY


def _lean(script: str) -> str:
    """Return a script without its indentation and the comments that have a line of their own: every sealed page carries it."""
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _inert(text: str) -> str:
    r"""Keep a style sheet or script from ending its element; in their strings "<\/" and "<\!" are "</" and "<!"."""
    return _END.sub(r"<\/", text).replace("<!--", r"<\!--")


def _source(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode('ascii')}'"
