"""Problems as workflow commands: GitHub shows each beside the line it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.problem import Problem, Severity
from site_builder.report.places import from_here

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice", Severity.NOTE: "notice"}


def as_github(problems: Sequence[Problem], *, portal: str = "") -> str:
    """Return a line a problem. portal: the portal's folder as seen from the repository's, "" where they are one."""
    return "".join(f"::{_LEVELS[problem.severity]} {_properties(problem, portal)}::{_words(problem)}\n" for problem in problems)


def _properties(problem: Problem, portal: str) -> str:
    place = problem.source
    said = {
        "file": from_here(place.path, portal),
        "line": str(place.line or ""),
        "col": str(place.column or ""),
        "title": problem.code,
    }
    return ",".join(f"{name}={_property(value)}" for name, value in said.items() if value)


def _words(problem: Problem) -> str:
    return _data(f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
