"""New ids go on as their table counts."""

from __future__ import annotations

import re

import pytest

from site_builder.inbox.ids import next_id
from site_builder.model.tables import Referral
from tests.inbox.making import KEY
from tests.portals import referral


def rows(*ids: str) -> list[Referral]:
    return [referral(each) for each in ids]  # received in January 2026


@pytest.mark.parametrize(
    ("ids", "year", "expected"),
    [
        (["r2026-080", "r2026-081"], 2026, "r2026-082"),
        (["r2026-099"], 2026, "r2026-100"),
        (["r2026-090", "r2026-081"], 2026, "r2026-091"),
        (["r2026-081"], 2027, "r2027-001"),
        (["r2025-007", "r2026-081"], 2025, "r2025-008"),
        (["12"], 2026, "13"),
        (["acme-7"], 2027, "acme-8"),
        (["acme"], 2026, "r-a1b2c3d4"),
        ([], 2026, "r-a1b2c3d4"),
        (["r-12345678"], 2026, "r-a1b2c3d4"),
        (["r-a1b2c3d4"], 2026, "r-a1b2c3d40"),
        (["9" * 64], 2026, "r-a1b2c3d4"),
        (["r2026-080", "r2026-081b"], 2026, "r-a1b2c3d4"),
    ],
    ids=[
        *("the next one", "over a hundred", "after the greatest", "a new year", "a late one", "bare numbers", "no year"),
        *("no number", "an empty table", "made of a key", "taken", "too long", "the last one counts"),
    ],
)
def test_the_next_id(ids: list[str], year: int, expected: str) -> None:
    assert next_id(rows(*ids), KEY, year) == expected


def test_a_key_of_another_form_is_not_told_by_the_id() -> None:
    found = next_id([], "netlify 7", 2026)
    assert re.fullmatch("r-[0-9a-f]{8}", found)
