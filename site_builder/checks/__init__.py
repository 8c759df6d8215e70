"""What is checked of a whole portal: each check is a function from Portal to problems, listed in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from site_builder.checks.absent import absent_parts
from site_builder.checks.consent import consent
from site_builder.checks.links import guessable_links
from site_builder.checks.pictures import missing_pictures, wordless_pictures
from site_builder.model.portal import Portal
from site_builder.problem import Problem

CHECKS: tuple[Callable[[Portal], Iterable[Problem]], ...] = (
    absent_parts,
    missing_pictures,
    wordless_pictures,
    guessable_links,
    consent,
)


def check(portal: Portal) -> tuple[Problem, ...]:
    """Return every check's problems."""
    return tuple(found for each in CHECKS for found in each(portal))
