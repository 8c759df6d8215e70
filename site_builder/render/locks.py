"""The shell of a sealed page: one file that opens in its reader's own browser, with its style sheet and script inside.

It names nobody, loads nothing, and is the same for all pages but for the envelope and who it speaks to. What stands in the
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
from site_builder.render.site import LockView
from site_builder.render.workshop import LOCK, Workshop

SCRIPT: Final = "unlock.js"
STYLES: Final = ("words.css", "private.css", "kpis.css")
"""What private pages have beside the public style sheet."""

_IMPORT = re.compile(r"@import[^;]*;")
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_ADDRESS = re.compile(r"""url\(\s*("[^"]*"|'[^']*'|[^)]*)\s*\)""")
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
class Shell:
    """What all sealed pages of a build have in common.

    style, script: whole elements; inline: their content's sums, as sources of a policy. phrases: those of a demonstration, which
    everybody may know; empty elsewhere.
    """

    style: SafeMarkup
    script: SafeMarkup
    inline: Inline
    phrases: tuple[str, ...] = ()


def shell(shop: Workshop, phrases: tuple[str, ...] = ()) -> Shell:
    """Return what all sealed pages have in common. phrases: the owners', in a demonstration with the published secrets alone."""
    theme = shop.around.theme
    own = "".join(theme.style(name) for name in STYLES)
    style = _inert(_ADDRESS.sub("none", _FACE.sub("", _IMPORT.sub("", shop.styles.content.decode() + own))))
    script = _inert(_lean(theme.script(SCRIPT)))
    return Shell(
        style=SafeMarkup(f"<style>{style}</style>"),  # noqa: S704  # the theme's own, which cannot end the element
        script=SafeMarkup(f"<script>{script}</script>"),  # noqa: S704  # the same
        inline=Inline(script=_source(script), style=_source(style)),
        phrases=phrases,
    )


def locked(shop: Workshop, common: Shell, sheet: Sheet[object], sealed: Envelope) -> Artifact | Problem:
    """Return the finished page around an envelope; a problem where the portal's own theme cannot show it.

    Raises ValueError for an envelope that is none (our mistake: it could be what should have been sealed).
    """
    if not _ENVELOPE.fullmatch(sealed.envelope):
        raise ValueError("an envelope is JSON of base64, and nothing else")
    for_owners = sheet.reader.circle is Circle.OWNERS
    view = LockView(
        for_owners=for_owners,
        envelope=SafeMarkup(sealed.envelope),  # noqa: S704  # nothing in it means anything to HTML
        csp=meta_policy(sealed_policy(common.inline)),
        style=common.style,
        script=common.script,
        phrases=common.phrases if for_owners else (),
        contact=shop.site.contact,
    )
    content = shop.filled(LOCK, lock=view)
    return content if isinstance(content, Problem) else Artifact(f"{sealed.path}index.html", content.encode(), sheet.source)


def _lean(script: str) -> str:
    """Return a script without its indentation and the comments that have a line of their own: every sealed page carries it."""
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _inert(text: str) -> str:
    r"""Keep a style sheet or script from ending its element; in their strings "<\/" and "<\!" are "</" and "<!"."""
    return _END.sub(r"<\/", text).replace("<!--", r"<\!--")


def _source(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode('ascii')}'"
