"""Stories, events, terms, share texts, wins and feeds: what their pages show and in which order, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from site_builder.model.tables import Audience
from site_builder.page import PageKind
from site_builder.pages.events import EVENT_CALENDAR, EVENTS
from site_builder.pages.feeds import FEED, SPOTLIGHTS_FEED
from site_builder.pages.share import INTRODUCE, SHARE
from site_builder.pages.stories import STORIES, STORY
from site_builder.pages.terms import TERMS, TERMS_VERSION
from site_builder.pages.wins import WINS
from site_builder.rules.changes import Change, ChangeKind
from tests.pages.test_views import entries, view
from tests.portals import PORTAL, client, event, positioning, referral, referrer, share_text, spotlight, story, terms

JANUARY = terms("v1", **{"@body": "We pay.\n\nWithin a month."})
JUNE = terms("v2", effective_on="2026-06-01", title="Better terms", **{"@body": "We pay.\n\nWithin a week."})
NEXT_YEAR = terms("v3", effective_on="2027-01-01", **{"@body": "We pay.\n\nWithin a week."})


@pytest.mark.parametrize(
    "kind",
    [STORIES, STORY, EVENTS, EVENT_CALENDAR, TERMS, TERMS_VERSION, SHARE, WINS, FEED, SPOTLIGHTS_FEED],
    ids=lambda kind: kind.name,
)
def test_what_was_never_started_has_no_page(kind: PageKind[Any]) -> None:
    assert entries(kind, PORTAL) == ()


def test_a_story_stands_between_its_neighbours_in_time() -> None:
    days = {"may": "2026-05-04", "june": "2026-06-04", "july": "2026-07-04"}
    portal = replace(PORTAL, stories=tuple(story(slug, happened_on=day) for slug, day in days.items()))
    assert [each.slug for each in view(STORIES, portal).stories] == ["july", "june", "may"]
    found = entries(STORY, portal)
    assert [(entry.params, entry.label) for entry in found] == [
        ((("story", "july"),), "July"),
        ((("story", "june"),), "June"),
        ((("story", "may"),), "May"),
    ]
    neighbours = [(each.view.earlier and each.view.earlier.slug, each.view.later and each.view.later.slug) for each in found]
    assert neighbours == [("june", None), ("may", "july"), (None, "june")]


def test_a_story_is_shown_with_the_latest_picture_of_its_client() -> None:
    portal = replace(
        PORTAL,
        clients=(client("acme", listed="yes"), client("dock", listed="yes")),
        spotlights=(
            spotlight("acme", "2026-07", photo="old.svg"),
            spotlight("acme", "2026-08", photo="new.svg"),
            spotlight("acme", "2026-09"),
        ),
        stories=(
            story("july", client="acme", happened_on="2026-07-04"),
            story("june", client="dock", happened_on="2026-06-04"),
            story("may", happened_on="2026-05-04"),
        ),
    )
    assert [each and each.slug for each in view(STORIES, portal).seen] == ["2026-08-acme", None, None]
    assert [each.view.seen and each.view.seen.slug for each in entries(STORY, portal)] == ["2026-08-acme", None, None]


def test_each_event_to_come_has_a_calendar_of_its_own() -> None:
    portal = replace(PORTAL, events=(event("supper"), event("breakfast", on="2026-10-31"), event("past", on="2026-10-30")))
    assert [each.slug for each in view(EVENTS, portal).events] == ["breakfast", "supper"]
    assert [(entry.params, entry.view.event.title) for entry in entries(EVENT_CALENDAR, portal)] == [
        ((("event", "breakfast"),), "Breakfast"),
        ((("event", "supper"),), "Supper"),
    ]


def test_the_terms_in_force_are_the_latest_that_hold_today() -> None:
    found = view(TERMS, replace(PORTAL, terms=(JANUARY, NEXT_YEAR, JUNE)))
    assert found.current is not None
    assert found.current.slug == "v2"
    assert [each.slug for each in found.to_come] == ["v3"]
    assert [each.slug for each in found.past] == ["v1"]


@pytest.mark.parametrize(("on", "in_force"), [("2026-10-31", "v9"), ("2026-11-01", "v1")], ids=["from today", "from tomorrow"])
def test_terms_hold_from_their_day_on(on: str, in_force: str) -> None:
    found = view(TERMS, replace(PORTAL, terms=(JANUARY, terms("v9", effective_on=on))))
    assert found.current is not None
    assert found.current.slug == in_force


def test_before_the_first_version_none_is_in_force() -> None:
    found = view(TERMS, replace(PORTAL, terms=(NEXT_YEAR,)))
    assert (found.current, [each.slug for each in found.to_come], found.past) == (None, ["v3"], ())


def test_each_version_says_what_it_changed_and_whether_it_holds() -> None:
    third, second, first = entries(TERMS_VERSION, replace(PORTAL, terms=(JANUARY, NEXT_YEAR, JUNE)))
    assert second.view.before is not None
    assert (second.params, second.label, second.view.before.slug) == ((("version", "v2"),), "Better terms", "v1")
    assert second.view.changes == (
        Change(ChangeKind.REMOVED, "Within a month."),
        Change(ChangeKind.ADDED, "Within a week."),
    )
    assert (first.view.before, first.view.changes) == (None, ())
    assert third.view.changes == ()
    states = [(each.view.terms.slug, each.view.in_force, each.view.to_come) for each in (third, second, first)]
    assert states == [("v3", False, True), ("v2", True, False), ("v1", False, False)]


def test_words_to_pass_on_stand_by_audience_and_those_for_all_last() -> None:
    texts = {"e": "", "d": "partner", "c": "owner", "b": "", "a": "partner"}
    portal = replace(PORTAL, share=tuple(share_text(slug, audience=audience) for slug, audience in texts.items()))
    assert [(group.audience, [text.slug for text in group.texts]) for group in view(SHARE, portal).groups] == [
        (Audience.OWNER, ["c"]),
        (Audience.PARTNER, ["a", "d"]),
        (None, ["b", "e"]),
    ]


def test_introducing_us_needs_no_words_of_the_owners() -> None:
    found = view(INTRODUCE, PORTAL)
    assert (found.others, found.promise) == ((), "We answer in nine minutes.")
    assert [(each.phrase, each.texts) for each in found.occasions] == [("They take two days to ring back.", ())]


def test_words_to_send_stand_by_what_was_said_and_the_rest_by_audience() -> None:
    phrases = ("They take two days.", "Only Dave knows.")
    texts = (
        share_text("a", audience="owner", trigger=phrases[0], channel="email"),
        share_text("b", audience="staff", trigger=phrases[0]),
        share_text("said", audience="owner", trigger=phrases[0], channel="in_person"),
        share_text("c", audience="partner", trigger="A phrase that is gone."),
        share_text("d", audience=""),
    )
    wordy = replace(PORTAL, share=texts, positioning=positioning(triggers=[{"phrase": each} for each in phrases]))
    found = view(INTRODUCE, wordy)
    assert [(each.phrase, [text.slug for text in each.texts]) for each in found.occasions] == [
        (phrases[0], ["a", "b"]),
        (phrases[1], []),
    ]
    assert [(group.audience, [text.slug for text in group.texts]) for group in found.others] == [
        (Audience.PARTNER, ["c"]),
        (None, ["d"]),
    ]


def test_wins_stand_by_month() -> None:
    people = tuple(referrer(name, named="yes") for name in ("zoe", "ann"))
    won = {"r1": ("zoe", "2026-10-30"), "r2": ("ann", "2026-10-02"), "r3": ("zoe", "2026-08-08")}
    rows = tuple(referral(key, referrer_id=who, won_on=day) for key, (who, day) in won.items())
    found = view(WINS, replace(PORTAL, referrers=people, referrals=rows))
    assert [(each.month, each.names) for each in found.months] == [
        (date(2026, 10, 1), ("Ann", "Zoe")),
        (date(2026, 8, 1), ("Zoe",)),
    ]


NEWS = replace(
    PORTAL,
    clients=(client(),),
    spotlights=(spotlight("acme", "2026-09", context="They closed every account."), spotlight("acme", "2026-07")),
    stories=(story("same-day", happened_on="2026-09-01"), story("monday", happened_on="2026-08-31")),
)


def test_the_feed_holds_what_is_new_the_latest_first() -> None:
    found = view(FEED, NEWS)
    assert [(each.kind, each.slug, each.on) for each in found.entries] == [
        ("story", "same-day", date(2026, 9, 1)),
        ("spotlight", "2026-09-acme", date(2026, 9, 1)),
        ("story", "monday", date(2026, 8, 31)),
        ("spotlight", "2026-07-acme", date(2026, 7, 1)),
    ]
    assert [(each.title, each.summary) for each in found.entries[:2]] == [
        ("Same-Day", ""),
        ("acme shines", "They closed every account."),
    ]
    assert (found.updated, found.spotlights_only) == (date(2026, 9, 1), False)


def test_the_spotlights_have_a_feed_of_their_own() -> None:
    found = view(SPOTLIGHTS_FEED, NEWS)
    assert [each.slug for each in found.entries] == ["2026-09-acme", "2026-07-acme"]
    assert (found.updated, found.spotlights_only) == (date(2026, 9, 1), True)
    assert entries(SPOTLIGHTS_FEED, replace(NEWS, spotlights=())) == ()
    assert [each.slug for each in view(FEED, replace(NEWS, spotlights=())).entries] == ["same-day", "monday"]


def test_a_feed_holds_the_latest_twenty() -> None:
    told = tuple(story(f"day-{day}", happened_on=f"2026-05-{day:02}") for day in range(1, 22))
    found = view(FEED, replace(PORTAL, stories=told)).entries
    assert [found[0].slug, found[-1].slug, len(found)] == ["day-21", "day-2", 20]
