"""Where a problem's file is, seen from the folder the command runs in."""

from __future__ import annotations


def from_here(path: str, portal: str) -> str:
    """Return a path of the portal relative to here. portal: its folder relative to here, "" for here itself."""
    return f"{portal}/{path}" if path and portal and not path.startswith("/") else path
