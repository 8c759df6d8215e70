"""How Netlify and Cloudflare Pages read a site's `_headers`."""

from __future__ import annotations

import re
from collections.abc import Mapping


def headers(text: str) -> dict[str, dict[str, str]]:
    """Each rule of a _headers file: pattern → name → value."""
    rules: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith(" "):
            rules[line] = current = {}
        else:
            name, value = line.strip().split(": ", 1)
            current[name] = value
    return rules


def sent(rules: Mapping[str, Mapping[str, str]], url: str) -> dict[str, str]:
    """The headers of an address ("/refer/") as they put them together: those of all rules that match."""
    found: dict[str, str] = {}
    for pattern, values in rules.items():
        if re.fullmatch(re.sub(r":[a-z]+", "[^/]+", re.escape(pattern).replace(r"\*", ".*")), url):
            found |= values
    return found
