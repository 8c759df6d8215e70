"""The one source of what hosts and browsers are told beside the pages: security policy, caching, indexing, redirects.

It is said four times: in each page's <meta>, in `_headers` and `_redirects` (Netlify, Cloudflare Pages) and in
`staticwebapp.config.json` (Azure Static Web Apps). A host that reads none of them still serves a whole site: the policy stands in
the pages, and an old code's page says where it moved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""For files whose name holds the hash of their content."""
_UNLISTED = {"X-Robots-Tag": "noindex"}
_AZURE_LIMIT = 20_000
"""Azure refuses a larger configuration (20 KB, "Restrictions"); redirects then stay with the pages that say where they moved."""
_AZURE_TYPES = {".ics": "text/calendar; charset=utf-8", ".webmanifest": "application/manifest+json"}


_AzureRoute = dict[str, object]


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that was handed out once and the one it leads to now, for good; both with the base path."""

    old: str
    new: str


def content_security_policy(settings: PublicSettings, *, preview: bool) -> Mapping[str, str]:
    """Return the policy by directive: nothing but our own files, no inline script or style, forms to their back end alone.

    A form's back end is reached by the browser (form-action) or by the theme's script (connect-src). preview: the live preview's
    script may run and ask its own server for news.
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
    sources = {*connect_sources(settings), *(("'self'",) if preview else ())}
    if sources:
        policy["connect-src"] = " ".join(sorted(sources))
    return policy


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
        for page in _HANDED_OUT
    )


def server_files(portal: PublicPortal, policy: Mapping[str, str]) -> Mapping[str, str]:
    """Return the files that hosts read, by path; no redirects without old codes."""
    files = {HEADERS_FILE: headers_file(portal.settings, policy), AZURE_FILE: _azure_file(portal, policy)}
    found = redirects(portal)
    if found:
        files[REDIRECTS_FILE] = "".join(f"{moved.old} {moved.new} 301\n" for moved in found)
    return files


def headers_file(settings: PublicSettings, policy: Mapping[str, str]) -> str:
    """Return `_headers`, which Netlify and Cloudflare Pages read: a rule's headers join those of every other that matches."""
    rules = (("*", _security(policy)), *((page.format(":code"), _UNLISTED) for page in _PERSONAL), ("assets/*", _FOR_EVER))
    base = _encoded(settings)
    lines = [(f"{base}{place}", *(f"  {name}: {value}" for name, value in headers.items())) for place, headers in rules]
    return "".join(f"{line}\n" for rule in lines for line in rule)


def base_path(settings: PublicSettings) -> str:
    """Return the path of base_url with a slash at both ends: "/" or "/portal/"."""
    return f"/{urlsplit(settings.base_url).path.strip('/')}/".replace("//", "/")


def _azure_file(portal: PublicPortal, policy: Mapping[str, str]) -> str:
    """Return `staticwebapp.config.json`: of its routes the first that matches counts alone, and joins the global headers.

    A route to a folder's index.html is one to the folder as well, with and without the slash at its end.
    """
    base = _encoded(portal.settings)
    moved: list[_AzureRoute] = [
        {"route": f"{each.old}index.html", "redirect": each.new, "statusCode": 301} for each in redirects(portal)
    ]
    standing: list[_AzureRoute] = [
        # Everybody's form stands above the personal ones and is to be found: this rule keeps it from the next.
        {"route": f"{base}refer/index.html", "allowedRoles": ["anonymous"]},
        {"route": f"{base}refer/*", "headers": _UNLISTED},
        {"route": f"{base}meet/*", "headers": _UNLISTED},
        {"route": f"{base}assets/*", "headers": _FOR_EVER},
    ]
    whole = _azure_text([*moved, *standing], policy, base)
    return whole if len(whole) <= _AZURE_LIMIT else _azure_text(standing, policy, base)


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
