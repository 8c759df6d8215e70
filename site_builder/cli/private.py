"""Commands that print private rows keep silent where others read along: the log of a build server (domain, "Commands")."""

from __future__ import annotations

import os
from collections.abc import Sequence

from site_builder.cli.arguments import Arguments
from site_builder.problem import Problem


def private_refusal(arguments: Arguments) -> str:
    """Return why private rows are not printed here; "" where they may be."""
    if arguments.show_private or not _others_read():
        return ""
    return "this prints private rows, and CI=true says that others read the log; --show-private prints them all the same"


def tellable(arguments: Arguments, problems: Sequence[Problem]) -> Sequence[Problem]:
    """Return the problems as they may be told here: where others read along, without the ids of private rows."""
    if arguments.show_private or not _others_read():
        return problems
    from site_builder.report.discreet import discreet

    return discreet(problems)


def _others_read() -> bool:
    return os.environ.get("CI", "").casefold() in {"true", "1"}
