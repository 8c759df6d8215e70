"""The one source of what hosts and browsers are told beside the pages: security policy, caching, indexing, redirects.

It is said four times: in each page's <meta>, in `_headers` and `_redirects` (Netlify, Cloudflare Pages) and in
`staticwebapp.config.json` (Azure Static Web Apps). A host that reads none of them still serves a whole site: the policy stands in
the pages, and an old code's page says where it moved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from site_builder.forms import connect_sources, form_target
from site_builder.model.public import PersonalLink, PublicPortal, PublicSettings

HEADERS_FILE = "_headers"
REDIRECTS_FILE = "_redirects"
AZURE_FILE = "staticwebapp.config.json"
SERVER_FILES = (HEADERS_FILE, REDIRECTS_FILE, AZURE_FILE)
"""For the host alone. Where it does not read one of them it must not be uploaded: redirects hold codes of personal links."""

_HEADER_ONLY = frozenset({"frame-ancestors"})
"""Directives that a <meta> policy must not hold: browsers ignore them there and say so on the console."""
_HANDED_OUT = ("refer/{}/", "refer/{}/card/", "meet/{}/")
"""Where a person's own pages stand below the base path, by the code of their link; former codes lead on from each."""
_PERSONAL = (*_HANDED_OUT, "refer/{}/thanks/")
"""The same, with the page that follows their form."""
_SEALED = ("kpis/", "my/{}/", "client/{}/")
"""Where sealed pages stand below the base path."""
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""For files whose name holds the hash of their content."""
_UNLISTED = {"X-Robots-Tag": "noindex"}
_KEPT_BY_NOBODY = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
"""For sealed pages: an old copy opens with what opened it then."""
_AZURE_LIMIT = 20_000
"""Azure refuses a larger configuration (20 KB, "Restrictions"); redirects then stay with the pages that say where they moved."""
_AZURE_TYPES = {".ics": "text/calendar; charset=utf-8", ".webmanifest": "application/manifest+json"}


_AzureRoute = dict[str, object]


@dataclass(frozen=True, slots=True)
class Inline:
    """The one script and the one style sheet that stand inside sealed pages, as sources of a policy: "'sha256-…'"."""

    script: str
    style: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that was handed out once and the one it leads to now, for good; both with the base path."""

    old: str
    new: str


def content_security_policy(settings: PublicSettings, *, preview: bool, searches: bool = False) -> Mapping[str, str]:
    """Return the policy by directive: nothing but our own files, no inline script or style, forms to their back end alone.

    A form's back end is reached by the browser (form-action) or by the theme's script (connect-src). preview: the live preview's
    script may run and ask its own server for news. searches: a page's script fetches the portal's own /search.json and nothing
    of anybody else's. Hosts are told so for every page, since they have one policy for all; the <meta> of a page without a
    search is stricter, and a browser keeps to both.
    """
    policy = {
        "default-src": "'none'",
        "base-uri": "'none'",
        "font-src": "'self'",
        "form-action": " ".join(sorted({"'self'", form_target(settings)})),
        "frame-ancestors": "'none'",
        "img-src": "'self'",
        "manifest-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
    }
    sources = {*connect_sources(settings), *(("'self'",) if preview or searches else ())}
    if sources:
        policy["connect-src"] = " ".join(sorted(sources))
    return policy


def sealed_policy(inline: Inline) -> Mapping[str, str]:
    """Return the policy of a sealed page by directive: its own script and style, and nothing from or to anywhere."""
    return {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "script-src": inline.script,
        "style-src": inline.style,
    }


def meta_policy(policy: Mapping[str, str]) -> str:
    """Return the policy for a <meta> element, without what only a header may say."""
    return _joined({name: value for name, value in policy.items() if name not in _HEADER_ONLY})


def redirects(portal: PublicPortal) -> tuple[Redirect, ...]:
    """Return where each page of each former code leads to now, by code."""
    base = _encoded(portal.settings)
    moved = [(old, link) for link in portal.personal_links for old in link.old_codes]
    return tuple(
        Redirect(base + page.format(old), base + page.format(link.code))
        for old, link in sorted(moved, key=_by_codes)
        for page in _spoken(portal.languages, _HANDED_OUT)
    )


def server_files(portal: PublicPortal, policy: Mapping[str, str], inline: Inline | None = None) -> Mapping[str, str]:
    """Return the files that hosts read, by path; no redirects without old codes. inline: None without sealed pages.

    Netlify sends every policy whose rule matches, and a browser keeps to all of them: so the one for all pages lets in what
    sealed pages hold. The <meta> of public pages does not, nor that of sealed ones what public pages may load.
    """
    if inline is not None:
        script, style = (
            f"{policy[name]} {source}" for name, source in (("script-src", inline.script), ("style-src", inline.style))
        )
        policy = {**policy, "script-src": script, "style-src": style}
    sealed = _SEALED if inline is not None else ()
    files = {
        HEADERS_FILE: headers_file(portal.settings, policy, sealed, portal.languages),
        AZURE_FILE: _azure_file(portal, policy, sealed),
    }
    found = redirects(portal)
    if found:
        files[REDIRECTS_FILE] = "".join(f"{moved.old} {moved.new} 301\n" for moved in found)
    return files


def headers_file(
    settings: PublicSettings, policy: Mapping[str, str], sealed: Iterable[str] = (), languages: tuple[str, ...] = ()
) -> str:
    """Return `_headers`, which Netlify and Cloudflare Pages read: a rule's headers join those of every other that matches.

    languages: the further ones, in which personal pages stand as well.
    """
    rules = (
        ("*", _security(policy)),
        *((page.format(":code"), _UNLISTED) for page in _spoken(languages, _PERSONAL)),
        *((page.format(":token"), _KEPT_BY_NOBODY) for page in sealed),
        ("assets/*", _FOR_EVER),
    )
    base = _encoded(settings)
    lines = [(f"{base}{place}", *(f"  {name}: {value}" for name, value in headers.items())) for place, headers in rules]
    return "".join(f"{line}\n" for rule in lines for line in rule)


def base_path(settings: PublicSettings) -> str:
    """Return the path of base_url with a slash at both ends: "/" or "/portal/"."""
    return f"/{urlsplit(settings.base_url).path.strip('/')}/".replace("//", "/")


def _azure_file(portal: PublicPortal, policy: Mapping[str, str], sealed: Iterable[str]) -> str:
    """Return `staticwebapp.config.json`: of its routes the first that matches counts alone, and joins the global headers.

    A route to a folder's index.html is one to the folder as well, with and without the slash at its end.
    """
    base = _encoded(portal.settings)
    moved: list[_AzureRoute] = [
        {"route": f"{each.old}index.html", "redirect": each.new, "statusCode": 301} for each in redirects(portal)
    ]
    forms, personal = (_spoken(portal.languages, pages) for pages in (("refer/index.html",), ("refer/*", "meet/*")))
    # Everybody's form stands above the personal ones and is to be found: its rule keeps it from the next.
    found: list[_AzureRoute] = [{"route": base + page, "allowedRoles": ["anonymous"]} for page in forms]
    unlisted: list[_AzureRoute] = [{"route": base + page, "headers": _UNLISTED} for page in personal]
    kept: list[_AzureRoute] = [
        {"route": f"{base}{page.format('*')}".removesuffix("*/") + "*", "headers": _KEPT_BY_NOBODY} for page in sealed
    ]
    standing: list[_AzureRoute] = [
        *found,
        *unlisted,
        *kept,
        {"route": f"{base}assets/*", "headers": _FOR_EVER},
    ]
    whole = _azure_text([*moved, *standing], policy, base)
    return whole if len(whole) <= _AZURE_LIMIT else _azure_text(standing, policy, base)


def _spoken(languages: tuple[str, ...], pages: tuple[str, ...]) -> tuple[str, ...]:
    """Return pages below the base path as they are, then in each further language."""
    return (*pages, *(f"{lang}/{page}" for lang in languages for page in pages))


def _azure_text(routes: list[_AzureRoute], policy: Mapping[str, str], base: str) -> str:
    configuration = {
        "globalHeaders": _security(policy),
        "routes": routes,
        "responseOverrides": {"404": {"rewrite": f"{base}404.html"}},
        "mimeTypes": _AZURE_TYPES,
    }
    return json.dumps(configuration, indent=2) + "\n"


def _security(policy: Mapping[str, str]) -> Mapping[str, str]:
    return {
        "Content-Security-Policy": _joined(policy),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def _joined(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in sorted(policy.items()))


def _encoded(settings: PublicSettings) -> str:
    """Return the base path as hosts match it: a colon or an asterisk in it would be a pattern, a space would end it."""
    return quote(base_path(settings), safe="/%~")


def _by_codes(moved: tuple[str, PersonalLink]) -> tuple[str, str]:
    old, link = moved
    return old, link.code
