"""A picture that cannot be read, as its owner's problem."""

from __future__ import annotations

from site_builder.codes import problem
from site_builder.images.rendition import UnreadablePictureError
from site_builder.problem import Problem, Source


def unreadable(source: Source, error: UnreadablePictureError) -> Problem:
    """Return the problem of a picture that is broken (D005) or past a bound (D003)."""
    hint = "open it in a program for pictures and save it again, with at most 1600 pixels across"
    return problem("D003" if error.large else "D005", source, f"this picture {error}", hint=hint)
