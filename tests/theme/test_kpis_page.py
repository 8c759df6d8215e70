"""The owners' page: five numbers and no more, every number with its rows, every chart in words and numbers as well."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from site_builder.pages.private.kpis import MOST
from site_builder.problem import Problem, Severity, Source
from tests.portals import incentives, referral, referrer
from tests.rules.firms import client, portal, review
from tests.theme.private import Drawn, demo, drawn, owned

EMPTY = frozenset({"data/reviews.csv", "data/nurture.yaml", "data/referrals.csv", "data/referrers.csv"})
STANDINGS = ("Healthy", "At risk", "Blocked", "Unknown")


@cache
def whole() -> Drawn:
    """The demo's page."""
    return drawn(demo(), "kpis")


def bare(*clients: str, paid: str = "2026-10-01") -> Drawn:
    """The page of a portal that has only begun."""
    rows = [client(each, name=each.title(), last_paid_on=paid) for each in clients]
    return drawn(owned(replace(portal(clients=rows), absent=EMPTY)), "kpis")


def test_there_are_five_numbers_in_their_order_and_no_more() -> None:
    assert [each.said for each in whole().all("h3", class_="tile-name")] == [
        "Clients reviewed",
        "Reviewed per month",
        "Client health",
        "Client risk",
        "Unknown status",
    ]
    assert len(whole().with_class("tile")) == 5


def test_a_tile_says_its_number_its_percent_its_target_and_what_became_of_it() -> None:
    reviewed, monthly, *_others = whole().with_class("tile")
    assert "45 of 54" in reviewed.said
    assert "83.3% of active clients" in reviewed.said
    assert "+1, +4.7 points, better since 30 Sept 2026" in reviewed.said
    assert "+9, +16.6 points, better since 31 Oct 2025" in reviewed.said
    assert "No fixed target" in reviewed.said
    assert "Target: 5 a month. 2 short." in monthly.said
    assert "−3, worse Oct 26 beside Sept 26" in monthly.said


def test_every_tile_says_what_counts_and_from_where() -> None:
    for tile in whole().with_class("tile"):
        (what,) = (each for each in whole().all("details") if each.within(tile))
        assert what.said.endswith("Source: Five KPIs")


def test_every_number_leads_to_the_rows_that_made_it() -> None:
    for tile in whole().with_class("tile"):
        (link,) = (each for each in whole().all("a") if each.within(tile))
        (rows,) = (each for each in whole().all("details") if f"#{each.attributes.get('id')}" == link.attributes["href"])
        (table,) = (each for each in whole().all("table") if each.within(rows))
        (number,) = (each for each in whole().all("data", class_="tile-count") if each.within(tile))
        clients = [each for each in whole().all("th", scope="row") if each.within(table)]
        assert str(len(clients)) == number.attributes["value"]


def test_every_drawing_has_a_title_a_description_and_names_them() -> None:
    drawings = whole().all("svg")
    assert len(drawings) == 5 + 3 * 2
    for drawing in drawings:
        (title,) = (each for each in whole().all("title") if each.within(drawing))
        (text,) = (each for each in whole().all("desc") if each.within(drawing))
        assert title.said
        assert text.said
        assert drawing.attributes["role"] == "img"
        assert drawing.attributes["aria-labelledby"] == f"{title.attributes['id']} {text.attributes['id']}"


def test_every_chart_has_its_numbers_in_a_table_behind_it() -> None:
    plots = whole().all("figure")
    assert len(plots) == 3
    names = [each.attributes["data-name"] for plot in plots for each in whole().all("table") if each.within(plot)]
    assert names == ["months", "standings", "trend"]


def test_no_standing_is_told_by_colour_alone() -> None:
    (bar,) = whole().with_class("plot-standings")
    words = " ".join(each.said for each in whole().all("text") if each.within(bar))
    assert all(name in words for name in STANDINGS)
    textures = {frozenset(each.classes) for each in whole().with_class("part-hatch") if each.within(bar)}
    assert len(textures) == len(STANDINGS)
    marks = [each.tag for each in whole().with_class("line-mark")]
    assert marks == ["circle", "rect", "polygon"] * 2


def test_a_month_that_still_runs_is_striped() -> None:
    early = owned(replace(demo(), as_of=demo().as_of.replace(day=15)))
    page = drawn(early, "kpis")
    assert len(page.with_class("bar-running")) == 2
    assert len(page.with_class("bar-hatch")) == 2
    assert "October 2026, still running. Target: 5 a month." in page.with_class("tile")[1].said
    assert whole().with_class("bar-hatch") == ()


def test_every_table_can_be_saved_and_read_aloud() -> None:
    tables = whole().all("table")
    assert len(tables) > 15
    names = Counter(each.attributes["data-name"] for each in tables)
    assert set(names.values()) == {1}
    for table in tables:
        (caption,) = (each for each in whole().all("caption") if each.within(table))
        assert caption.said
    assert {each.attributes.get("scope") for each in whole().all("th")} == {"col", "row"}


def test_numbers_and_days_are_there_for_machines_as_well() -> None:
    (months,) = whole().all("table", **{"data-name": "months"})
    row = [each.attributes for each in whole().elements if each.tag in {"time", "data"} and each.within(months)][-3:]
    assert row == [{"datetime": "2026-10"}, {"value": "3"}, {"value": "5"}]


def test_what_is_to_be_done_says_who_why_by_when_and_how_to_tick_it_off() -> None:
    promise, talk, _repair = (each for each in whole().with_class("todo-item") if "record harlow-care-homes" in each.said)
    assert "Write to Christine once more, by hand Promised on 24 March 2026." in promise.said
    assert "200 days late since 14 Apr 2026" in promise.said
    assert "At risk since 24 March 2026. £2,150 a month" in talk.said
    assert "Promised: Write to Christine once more, by hand" in talk.said
    lines = ("portal record harlow-care-homes kept", "portal record harlow-care-homes reviewed --outcome '…'")
    for item, line in zip((promise, talk), lines, strict=True):
        (button,) = (each for each in whole().all("button") if each.within(item))
        assert (button.attributes["type"], button.attributes["data-copy"]) == ("button", line)
        assert line in item.said


def part(page: Drawn, name: str) -> str:
    """What stands in a group of the week."""
    (found,) = (each for each in page.with_class("todo") if each.attributes["aria-labelledby"] == f"todo-{name}")
    return found.said


def test_what_is_for_later_is_folded_and_not_counted() -> None:
    assert part(whole(), "promises").startswith("Keep what you promised 5 What you told a client")
    assert part(whole(), "reviews").startswith("Talk with these clients 12 At risk first")
    assert "Later: 6 promises" in part(whole(), "promises")
    assert "Later: 6 clients" in part(whole(), "reviews")
    assert "Tun & Barley" in part(whole(), "reviews").partition("Later: 6 clients")[2]
    assert "Tun & Barley" not in part(whole(), "reviews").partition("Later: 6 clients")[0]


def test_where_all_is_for_later_the_groups_say_so_without_a_number() -> None:
    held = review("acme", "2026-10-30", "retention", follow_up="Ring Ann", follow_up_on="2026-12-24")
    page = drawn(owned(portal(clients=[client("acme")], reviews=[held])), "kpis")
    assert "Nothing is owed to anybody this week." in page.html
    assert "Later: 1 client You talked with them" in part(page, "reviews")
    assert "Later: 1 promise" in part(page, "promises")
    assert not [each for each in page.with_class("todo-item") if "acme" in each.said]


def test_whom_nobody_fits_is_folded_behind_a_sentence() -> None:
    firms = [client("acme", target_industries="farming"), client("best", industry="legal")]
    people = [referrer("ann", client_id="acme")]
    rows = [referral("r1", referrer_id="ann")]
    page = drawn(owned(portal(clients=firms, referrers=people, referrals=rows)), "kpis")
    assert "1 client is owed business, and nobody in the tables fits" in part(page, "introductions")
    assert "introduced --whom" in part(page, "introductions")
    assert not [each for each in page.with_class("todo-item") if "introduced" in each.said]


def test_a_long_list_shows_its_beginning_and_the_table_all_of_it() -> None:
    page = bare(*(f"firm-{number:02}" for number in range(14)))  # never reviewed, any of them
    (reviews,) = (each for each in page.with_class("todo") if each.attributes["aria-labelledby"] == "todo-reviews")
    shown = [each for each in page.with_class("todo-item") if each.within(reviews)]
    rows = [each for each in page.all("th", scope="row") if each.within(reviews)]
    assert (len(shown), len(rows)) == (MOST, 14)
    assert "2 more stand in the table." in reviews.said
    assert "All 14 as a table" in reviews.said


def test_rewards_say_why_they_are_due() -> None:
    due = [each for each in whole().with_class("todo-item") if "r2026-059 paid --rule welcome" in each.said]
    assert "they became a client on 12 October 2026" in due[0].said


def test_outcomes_are_told_apart_from_the_five_with_the_reason() -> None:
    (part,) = whole().with_class("board-outcomes")
    assert "These are no KPI." in part.said
    assert not [each for each in whole().with_class("tile") if each.within(part)]


def test_what_the_checks_say_stands_there_with_its_place() -> None:
    found = Problem(Source("data/clients.csv", 12), "K103", Severity.WARNING, "nobody has sat down with <them>", "sit down")
    page = drawn(demo(), "kpis", problems=(found,))
    (part,) = page.with_class("board-checks")
    assert "1 thing to look at." in part.said
    assert "Look at it nobody has sat down with <them>" in part.said
    assert "data/clients.csv:12" in part.said
    assert "all that can be checked is in order" in whole().with_class("board-checks")[0].said


@pytest.mark.parametrize("page", ["whole", "bare"])
def test_the_sanitiser_takes_nothing_away(page: str) -> None:
    made = whole() if page == "whole" else bare("acme")
    assert len(re.findall(r"<[a-z]", made.written)) == len(re.findall(r"<[a-z]", made.html))
    assert made.html.count(" class=") == made.written.count(" class=")
    assert made.html.count(" points=") == made.written.count(" points=")


def test_no_name_is_given_twice_and_every_link_inside_finds_its_end() -> None:
    ids = [each.attributes["id"] for each in whole().elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    ends = {each.attributes["href"][1:] for each in whole().all("a") if each.attributes["href"].startswith("#")}
    assert ends <= set(ids)
    assert {name for each in whole().elements for name in each.attributes.get("aria-labelledby", "").split()} <= set(ids)


def test_the_contents_lead_to_every_part() -> None:
    (contents,) = whole().all("nav")
    links = [each.attributes["href"][1:] for each in whole().all("a") if each.within(contents)]
    assert links == [each.attributes["id"] for each in whole().all("h2")]


def test_without_an_active_client_there_are_dashes_and_the_first_step() -> None:
    page = bare("acme", paid="2020-06-01")
    assert [each.said for each in page.with_class("tile-percent")] == ["–"] * 5
    assert "0%" not in " ".join(each.said for each in page.with_class("tile"))
    assert "Fill in last_paid_on in data/clients.csv" in page.html
    assert not page.with_class("chart")
    assert "The charts begin with the first active client." in page.html


def test_without_reviews_it_says_with_whom_to_begin() -> None:
    page = bare("acme", "zeta")
    assert "Nobody has been reviewed yet" in page.html
    assert "portal record acme reviewed --outcome asked" in page.with_class("first-step")[0].said
    assert "data/nurture.yaml" in page.html
    assert "There is no data/referrals.csv yet." in page.html
    assert "No reward waits to be paid or handed over." in page.html


def test_few_clients_are_marked_as_small_numbers() -> None:
    reviewed = owned(portal(clients=[client("acme")], reviews=[review("acme", "2026-10-01")]))
    assert "Small numbers" in drawn(reviewed, "kpis").html
    assert "Small numbers" not in whole().html


def test_a_quiet_week_says_so() -> None:
    reviewed = owned(portal(clients=[client("acme")], reviews=[review("acme", "2026-10-01")]))
    assert "Nothing is owed to anybody this week." in drawn(reviewed, "kpis").html
    assert "41 things to do this week, 12 of them late." in whole().html


def test_without_economics_it_says_what_to_write() -> None:
    page = drawn(owned(replace(portal(clients=[client("acme")]), incentives=incentives())), "kpis")
    assert "What a client is worth is not known yet." in page.html
    assert "£3,000 to £6,000" in whole().html
