"""Portals built as a visitor gets them: as they are, and with every private cell replaced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from site_builder import pipeline
from site_builder.pipeline import Built

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 10, 31)
"""The day the demo and the golden portal speak for."""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where builds keep pictures and verdicts, by content: the portals here differ in their tables alone."""
    return tmp_path_factory.mktemp("cache")


def built(root: Path, cache: Path, as_of: date | None = None) -> Built:
    """Build a portal that pins its day; should it not, it is a day no test expects."""
    with pytest.MonkeyPatch.context() as patch:
        without_refusals(patch)
        return pipeline.build(
            pipeline.Request(root, today=lambda _zone: date(1999, 1, 1), as_of=as_of, cache=cache, public_only=True)
        )


def without_refusals(patch: pytest.MonkeyPatch) -> None:
    """Leave the scan for leaks and the programme's checks out.

    Each proof stands alone and does not rest on another's refusal; votes and payouts made up for it may well break the rules.
    """
    patch.setattr(pipeline, "leaks", lambda _portal, _artifacts: ())
    patch.setattr(pipeline, "check", lambda _subject: ())


def finished(root: Path, cache: Path, as_of: date | None = None) -> Mapping[str, bytes]:
    """Return the public files of a portal by path; a portal that cannot be built says why."""
    found = built(root, cache, as_of)
    assert found.artifacts, found.problems
    return {artifact.path: artifact.content for artifact in found.artifacts}


@pytest.fixture(scope="session")
def demo(cache: Path) -> Mapping[str, bytes]:
    return finished(ROOT, cache)
