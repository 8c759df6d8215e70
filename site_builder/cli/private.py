"""Commands that print private rows keep silent where others read along: the log of a build server (domain, "Commands")."""

from __future__ import annotations

import os

from site_builder.cli.arguments import Arguments


def private_refusal(arguments: Arguments) -> str:
    """Return why private rows are not printed here; "" where they may be."""
    if arguments.show_private or os.environ.get("CI", "").casefold() not in {"true", "1"}:
        return ""
    return "this prints private rows, and CI=true says that others read the log; --show-private prints them all the same"
