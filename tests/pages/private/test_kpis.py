"""/kpis/ as a whole: when there is one, for whom, and that any portal gives one that can be drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.page import Circle, Known, Reader
from site_builder.pages.private import sheets
from site_builder.pages.private.kpis import KPIS, KpisView
from site_builder.problem import Problem, Severity, Source
from site_builder.rules.programme import Programme
from site_builder.rules.standing import Standing
from tests.portals import settings
from tests.rules.firms import client, portal, review

DEMO = Path(__file__).parents[3]
OWNED = settings(owners={"ann": "Ann Hale"})


def view(given: Portal, *problems: Problem) -> KpisView:
    owned = replace(given, settings=given.settings.model_copy(update={"owners": {"ann": "Ann Hale"}}))
    (sheet,) = KPIS.sheets(Known(Programme(owned), problems))
    return sheet.view


def test_the_page_is_for_the_owners() -> None:
    (sheet,) = (each for each in sheets(Known(Programme(replace(portal(), settings=OWNED)))) if each.kind == "kpis")
    assert (sheet.template, sheet.reader, sheet.source) == (
        "private/kpis.html",
        Reader(Circle.OWNERS),
        Source("data/clients.csv"),
    )
    assert isinstance(sheet.view, KpisView)


def test_without_owners_or_clients_there_is_no_page() -> None:
    assert KPIS.sheets(Known(Programme(portal()))) == ()
    assert KPIS.sheets(Known(Programme(replace(portal(), settings=OWNED, absent=frozenset({"data/clients.csv"}))))) == ()


def test_a_table_with_nobody_in_it_gives_a_page_of_dashes() -> None:
    found = view(replace(portal(), absent=frozenset({"data/reviews.csv", "data/nurture.yaml"})))
    assert (found.active, found.backlog, found.has_reviews, found.has_nurture, found.has_small_numbers) == (
        0,
        0,
        False,
        False,
        True,
    )
    assert len(found.tiles) == 5
    assert {tile.percent for tile in found.tiles} == {None}
    assert (found.clients, found.inactive, found.week.count) == ((), (), 0)
    charts = (found.months_wide, found.months_narrow, found.standings_wide, found.standings_narrow)
    assert (*charts, found.trend_wide, found.trend_narrow) == (None,) * 6
    assert len(found.months) == 12
    assert len(found.trend) == 24


def test_one_client_is_a_small_number_and_still_a_chart() -> None:
    found = view(portal(clients=[client("acme")], reviews=[review("acme", "2026-10-01")]))
    assert (found.active, found.has_small_numbers, found.small_numbers, found.has_reviews) == (1, True, 5, True)
    assert found.standings_wide is not None
    assert [str(each.percent) for each in found.standings_wide.segments] == ["100.0", "0.0", "0.0", "0.0"]
    assert found.months_wide is not None
    assert [bar.reviewed for bar in found.months_wide.bars] == [0] * 11 + [1]
    assert found.trend_wide is not None
    assert [str(line.last.percent) for line in found.trend_wide.lines] == ["100.0", "0.0", "0.0"]


def test_who_is_not_active_is_not_forgotten() -> None:
    found = view(portal(clients=[client("acme"), client("gone", last_paid_on="")]))
    assert ([row.client_id for row in found.clients], [row.client_id for row in found.inactive]) == (["acme"], ["gone"])


def test_what_the_checks_say_stands_on_the_page() -> None:
    found = view(portal(), Problem(Source("data/clients.csv"), "K101", Severity.ADVICE, "behind"))
    assert (found.findings.advice, len(found.findings.rows)) == (1, 1)


def test_the_demo_on_its_page() -> None:
    demo = load(DEMO, as_of=date(2026, 10, 31), today=lambda _zone: date(2026, 10, 31), cache=None).portal
    assert demo is not None
    found = view(demo)
    assert (found.as_of, found.cycle_months, found.active, found.backlog) == (date(2026, 10, 31), 12, 54, 6)
    assert (found.has_reviews, found.has_nurture, found.has_small_numbers) == (True, True, False)
    assert found.standings_wide is not None
    assert [each.count for each in found.standings_wide.segments] == [36, 4, 5, 9]
    assert len(found.clients) == 54
    # Four at risk, five blocked and nine unknown are to be reviewed; two and four of them are promised something for later.
    assert (len(found.week.reviews), len(found.week.later_reviews), len(found.week.at_risk)) == (12, 6, 4)


@given(st.lists(st.tuples(st.sampled_from(["asked", "retention", "roadblock", ""]), st.integers(0, 1200)), max_size=30))
def test_number_chart_and_rows_are_always_the_same(rows: list[tuple[str, int]]) -> None:
    ids = [f"c{number}" for number in range(len(rows))]
    held = [
        review(client_id, date.fromordinal(date(2026, 10, 31).toordinal() - ago).isoformat(), outcome)
        for client_id, (outcome, ago) in zip(ids, rows, strict=True)
        if outcome
    ]
    found = view(portal(clients=[client(client_id) for client_id in ids], reviews=held))
    reviewed, monthly, health, risk, unknown = found.tiles
    assert all(tile.count == len(tile.rows) for tile in found.tiles)
    assert reviewed.count + unknown.count == found.active == len(found.clients)
    assert (monthly.count, monthly.target) == (found.months[-1].reviewed, found.months[-1].target)
    assert [len(month.clients) for month in found.months] == [month.reviewed for month in found.months]
    assert all(one.on < other.on for one, other in pairwise(found.trend))
    for place, day in enumerate(found.trend):
        standings = [row.history[place] for row in found.clients]
        assert [standings.count(each) for each in Standing] == [
            *(share.count for share in (day.health, day.risk, day.blocked, day.unknown))
        ]
    if found.standings_narrow is not None:
        segments = {each.standing.value: (each.count, each.percent) for each in found.standings_narrow.segments}
        assert sum(percent for _count, percent in segments.values()) == 100
        assert segments["healthy"] == (health.count, health.percent)
        assert segments["at_risk"] == (risk.count, risk.percent)
        assert segments["unknown"] == (unknown.count, unknown.percent)
