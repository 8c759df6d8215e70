from __future__ import annotations

import pytest

from site_builder.load import known as module
from site_builder.load.columns import Columns
from site_builder.load.known import KnownCells
from site_builder.model.tables import TicketMonth

# The file's columns stand in another order than their values are wanted in.
COLUMNS = Columns({"month": 0, "client_id": 1, "tickets": 2, "endpoints": 3}, 4)
WANTED = ("client_id", "month", "endpoints", "tickets")


def _learnt(*rows: str) -> KnownCells:
    known = KnownCells(COLUMNS, WANTED)
    for row in rows:
        month, client_id, tickets, endpoints = row.split(",")
        record = TicketMonth.model_validate({"month": month, "client_id": client_id, "tickets": tickets, "endpoints": endpoints})
        known.learn(row.split(","), record)
    return known


def test_cells_that_stood_in_good_rows_are_known_in_any_combination() -> None:
    known = _learnt("2026-01,acme,4,12", "2026-02,beta,0,9")
    assert known.recall(["2026-02", "acme", "0", "12"]) == ("acme", "2026-02", 12, 0)


def test_a_text_is_known_in_its_own_column_only() -> None:
    known = _learnt("2026-01,acme,4,12")
    assert known.recall(["2026-01", "acme", "12", "4"]) is None


@pytest.mark.parametrize("row", ["2026-01,acme,4", "2026-01,acme,4,12,", "2026-01,acme,4,13", "2026-01,,4,12", ""])
def test_too_few_or_too_many_cells_or_one_never_seen_are_not_known(row: str) -> None:
    assert _learnt("2026-01,acme,4,12").recall(row.split(",")) is None


def test_only_so_many_texts_of_a_column_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KNOWN", 1)
    known = _learnt("2026-01,acme,4,12", "2026-02,acme,4,12")
    assert known.recall(["2026-01", "acme", "4", "12"]) == ("acme", "2026-01", 12, 4)
    assert known.recall(["2026-02", "acme", "4", "12"]) is None
