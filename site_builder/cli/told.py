"""Problems on their way out: in the format asked for, with lines and colours where a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from site_builder.cli.shell import coloured, from_here, terminal_width
from site_builder.problem import Problem

_GUTTER = len("12345 | ")


def told(problems: Sequence[Problem], how: str, as_of: date | None, portal: Path) -> str:
    """Return the problems for a program: json, github or sarif."""
    match how:
        case "json":
            from site_builder.report.as_json import as_json

            return as_json(problems, as_of)
        case "github":
            from site_builder.report.as_github import as_github

            return as_github(problems, portal=from_here(portal))
        case "sarif":
            from site_builder.report.as_sarif import as_sarif

            return as_sarif(problems, portal=from_here(portal))
    raise AssertionError(f"no format {how}")


def write_text(problems: Sequence[Problem], stream: TextIO, portal: Path, *, then: str = "") -> None:
    """Write the problems for people; a terminal also shows the lines they speak of. then: what to do next."""
    from site_builder.report.as_text import Look, as_text

    look = Look()
    if stream.isatty():
        from site_builder.report.excerpt import excerpts

        found = excerpts(portal, problems, columns=terminal_width(stream) - _GUTTER)
        look = Look(colour=coloured(stream), excerpts=found)
    stream.write(as_text(problems, look, then=then))
