"""The one source of what a browser is told beside the page: content security policy, caching, framing."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from site_builder.forms import form_target
from site_builder.model.public import PublicSettings

_HEADER_ONLY = frozenset({"frame-ancestors"})
"""Directives that a <meta> policy must not hold: browsers ignore them there and say so on the console."""


def content_security_policy(settings: PublicSettings, *, preview: bool) -> Mapping[str, str]:
    """Return the policy by directive: nothing but our own files, no inline script or style, forms to their back end alone.

    preview: the live preview's script may run and ask its own server for news.
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
    if preview:
        policy["connect-src"] = "'self'"
    return policy


def meta_policy(policy: Mapping[str, str]) -> str:
    """Return the policy for a <meta> element, without what only a header may say."""
    return _joined({name: value for name, value in policy.items() if name not in _HEADER_ONLY})


def headers_file(settings: PublicSettings, policy: Mapping[str, str]) -> str:
    """Return `_headers`, which Netlify and Cloudflare Pages read: security for all, long caching for hashed assets."""
    base = base_path(settings)
    return "\n".join(
        (
            f"{base}*",
            f"  Content-Security-Policy: {_joined(policy)}",
            "  Cross-Origin-Opener-Policy: same-origin",
            "  Permissions-Policy: camera=(), geolocation=(), microphone=()",
            "  Referrer-Policy: strict-origin-when-cross-origin",
            "  X-Content-Type-Options: nosniff",
            "  X-Frame-Options: DENY",
            f"{base}assets/*",
            "  Cache-Control: public, max-age=31536000, immutable",
            "",
        )
    )


def _joined(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in sorted(policy.items()))


def base_path(settings: PublicSettings) -> str:
    """Return the path of base_url with a slash at both ends: "/" or "/portal/"."""
    return f"/{urlsplit(settings.base_url).path.strip('/')}/".replace("//", "/")
