"""QR codes as SVG, drawn by hand from segno's modules: one path, no style, readable in light, dark and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

EDITION = 1
"""Raise it when the same input gives another drawing: those that are remembered are made anew."""
QUIET_ZONE = 4
"""Modules of white on each side (ISO/IEC 18004): without them readers do not find the code."""


def qr_svg(text: str, title: str, place: str = "") -> str:
    """Return an <svg> whose code leads to text; title says to those who cannot see it what it is.

    place: its id, for a page that shows it again by <use>; none where it is empty.

    Always black on white, for dark codes on light ground are the ones that every reader knows. Its unit is the module: CSS sets
    the size. Error correction is at least M (15 %), more where it costs no larger code.
    """
    import segno

    code = segno.make(text, error="m", micro=False)
    rows = tuple(tuple(row) for row in code.matrix)
    side = len(rows) + 2 * QUIET_ZONE
    named = f' id="{escape(place)}"' if place else ""
    return (
        f'<svg class="qr"{named} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"'
        ' shape-rendering="crispEdges">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{"".join(_runs(rows))}"/></svg>'
    )


def _runs(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield a rectangle of the path for each run of dark modules in a row."""
    for y, row in enumerate(rows, QUIET_ZONE):
        x = QUIET_ZONE
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
