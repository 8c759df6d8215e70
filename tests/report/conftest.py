from __future__ import annotations

import pytest

from site_builder.problem import Problem, Severity, Source


@pytest.fixture
def problems() -> tuple[Problem, ...]:
    """One problem of each weight, in the order they are told."""
    return (
        Problem(
            Source("content/events"), "D601", Severity.NOTE, "not started, and that is fine", "it would add: a list of events"
        ),
        Problem(
            Source("data/clients.csv", 2, 7), "D202", Severity.ERROR, "since is not a date", "write YYYY-MM-DD", "since", "acme"
        ),
        Problem(Source("data/clients.csv", 3, 1), "D212", Severity.WARNING, "spaces around 2 values"),
        Problem(Source("data/portal.yaml"), "I107", Severity.ADVICE, "100% of words,\nlong: yes", "shorten"),
    )
