"""/events/ and a calendar file for each: being invited is a reward of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicEvent, PublicPortal
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class EventsView:
    """The events to come, the next first."""

    events: tuple[PublicEvent, ...]


@dataclass(frozen=True)
class EventView:
    """One event, for its calendar file."""

    event: PublicEvent


def _events(portal: PublicPortal) -> Iterable[Entry[EventsView]]:
    if portal.events:
        yield Entry(EventsView(portal.events), Source("content/events"))


def _each(portal: PublicPortal) -> Iterable[Entry[EventView]]:
    for event in portal.events:
        yield Entry(EventView(event), event.source, (("event", event.slug),), event.title)


EVENTS = PageKind("events", Route("/events/"), "events.html", EventsView, _events, nav=55)
EVENT_CALENDAR = PageKind("event_calendar", Route("/events/{event}.ics"), "event.ics", EventView, _each, indexed=False)
