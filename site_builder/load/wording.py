"""The words by which checks know a claim: the ones kept for its language, and its own (README, "Word lists")."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from site_builder.checks import Wording
from site_builder.model.settings import ClaimWords, Settings

CLAIMS = Path(__file__).parent / "claims"
"""A file for each language that has lists: en.yaml."""
NAMES = tuple(name for name in ClaimWords.model_fields if name != "origin")
"""The lists there are."""


def wording(settings: Settings) -> Wording:
    """Return the words for a portal's language with its own added; its own alone for a language without a file."""
    language = settings.locale.replace("_", "-").partition("-")[0].lower()
    kept = _kept(language)
    own = settings.checks.words
    return Wording(language, **{name: (*kept.get(name, ()), *getattr(own, name)) for name in NAMES})


@cache
def _kept(language: str) -> Mapping[str, tuple[str, ...]]:
    path = CLAIMS / f"{language}.yaml"
    if not path.is_file():
        return {}
    lists = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: tuple(words) for name, words in lists.items()}
