"""Names of files that become addresses: what they may look like on every system, and what the portal keeps for itself."""

from __future__ import annotations

import re
import unicodedata

ROUTES = (
    "404",
    "assets",
    "client",
    "directory",
    "events",
    "favicon",
    "feed",
    "index",
    "introduce",
    "kpis",
    "media",
    "meet",
    "my",
    "pages",
    "privacy",
    "refer",
    "rewards",
    "robots",
    "share",
    "site",
    "sitemap",
    "spotlights",
    "static",
    "stories",
    "terms",
    "trust",
    "who-to-refer",
    "wins",
)
"""The first parts of the portal's own addresses (domain, "Pages"): a free page may take none of them."""

LONGEST_NAME = 100
_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STATIC = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


def folded(name: str) -> str:
    """Return the form in which two names are one on systems that ignore case or compose accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def address_fault(stem: str) -> str:
    """Say what keeps a name from being part of an address: "holds capital letters"; "" where nothing does."""
    if folded(stem) in _DEVICES:
        return "is reserved by Windows"
    if len(stem) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    if _ADDRESS.fullmatch(stem):
        return ""
    if stem != stem.lower():
        return "holds capital letters"
    return "holds more than small letters a-z, digits and single hyphens"


def address(stem: str) -> str:
    """Return the nearest name that can be an address, for a hint; "" where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")


def static_fault(name: str) -> str:
    """Say what keeps a file's or folder's name from being published as it is; "" where nothing does."""
    if folded(name.partition(".")[0]) in _DEVICES:
        return "is reserved by Windows"
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    if not _STATIC.fullmatch(name) or name.endswith("."):
        return "holds more than letters a-z, digits, dots, hyphens and underscores"
    return ""
