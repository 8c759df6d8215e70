"""The secrets of demonstrations: published here, so that everybody can open their sealed pages, and used nowhere else (D704)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

DEMO_SECRET: Final = bytes.fromhex("7100d92fee73530260664c0ee81e4a6f7ff55dd20199cdfe06078664e7049d4a")
DEMO_PHRASES: Final = (
    "senator partition qualify catcher citrus vending",
    "blitz outgoing walrus capacity amusable smudgy",
    "sterilize mutt dreary reason surfacing gray",
    "mortality ammonium untold uncurious unraveled whole",
    "haphazard denote aptly think guzzler broiling",
    "taco caboose catapult preplan dining fraction",
    "vacant crinkle geologic scorecard removing deprive",
    "dipping flyer diaphragm wagon swimmer cornmeal",
)
"""Of the owners by id: the first has the first."""


def demo_phrases(owners: Iterable[str]) -> Mapping[str, str]:
    """Return the published phrase of each owner, by id."""
    return dict(zip(sorted(owners), DEMO_PHRASES, strict=False))
