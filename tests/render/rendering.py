"""Rendering the public pages of a portal as a build does."""

from __future__ import annotations

from site_builder.model.public import PublicPortal
from site_builder.page import Artifact, Page
from site_builder.problem import Problem
from site_builder.render import Surroundings, Workshop, public_files, workshop


def render(
    public: PublicPortal, pages: tuple[Page[object], ...], around: Surroundings
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return every public file, and the problems; no file where the theme cannot be used."""
    found = workshop(public, pages, around)
    return public_files(found, pages) if isinstance(found, Workshop) else ((), found)
