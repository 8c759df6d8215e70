"""Did you mean: one slip is forgiven, another word is not offered."""

from __future__ import annotations

import pytest

from site_builder.checks.near import did_you_mean


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("V1", 'did you mean "v1"?'), ("hampre", 'did you mean "hamper"?'), ("v9", ""), ("steps", "")],
)
def test_the_nearest_is_offered_whatever_its_capitals(typed: str, hint: str) -> None:
    assert did_you_mean(typed, ("v1", "v2", "hamper")) == hint


def test_of_nothing_nothing_is_near() -> None:
    assert did_you_mean("v1", ()) == ""
