"""A lead comes back from JSON as it was; anything else is no lead, and is not repeated."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from site_builder.leads.snapshot import Kind, grouped
from site_builder.leads.wire import as_json, from_json
from tests.leads.samples import KEY, snapshot

LEAD = grouped(
    [
        snapshot(1, 1, prospect="Jo", suspected=("too_fast",)),
        snapshot(2, 3, prospect="Zoë Lee", minutes=5, suspected=("honeypot",), kind=Kind.SELF, origin_missing=True),
    ]
)[0]


def test_a_lead_as_json() -> None:
    assert as_json(LEAD) == {
        "portal": "harbour",
        "key": KEY,
        "step": 2,
        "seq": 3,
        "kind": "self",
        "fields": {"prospect": "Zoë Lee"},
        "received_at": "2026-03-02T12:00:00+00:00",
        "updated_at": "2026-03-02T12:05:00+00:00",
        "suspected": ["honeypot"],
        "origin_missing": True,
    }


def test_a_lead_comes_back_as_it_was() -> None:
    back = from_json(json.loads(json.dumps(as_json(LEAD) | {"a later version": "says more"})))
    assert back == LEAD
    assert back.received_at.utcoffset() == timedelta()


@pytest.mark.parametrize(
    "change",
    [
        {"key": "s3cret"},
        {"key": None},
        {"step": 3},
        {"step": True},
        {"seq": "s3cret"},
        {"kind": "s3cret"},
        {"fields": {"prospect": 1}},
        {"fields": ["s3cret"]},
        {"fields": {"prospect": "s3cret\0"}},
        {"received_at": "s3cret"},
        {"updated_at": "0001-01-01T00:00:00+10:00"},
        {"suspected": "s3cret"},
        {"suspected": [1]},
        {"origin_missing": 0},
        {"portal": 7},
    ],
)
def test_anything_else_is_no_lead_and_is_not_repeated(change: dict[str, object]) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # what it says is looked at below
        from_json(as_json(LEAD) | change)
    assert "s3cret" not in str(refused.value)
    assert refused.value.__context__ is None or refused.value.__suppress_context__
