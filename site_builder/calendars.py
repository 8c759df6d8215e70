"""Calendar files (iCalendar, RFC 5545) from what the portal knows; the same input gives the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from site_builder.model.public import PublicEvent

EDITION = 1
"""Raise it when the same input gives another file: those that are remembered are made anew."""
_MAKER = "-//Referral Portal//portal//EN"


def event_calendar(event: PublicEvent, *, words: str, url: str, name: str, as_of: date) -> str:
    """Return a calendar with one event of a whole day, lines ending in CRLF.

    words: what it is, as plain text; url: its place on the web, from which its UID is made, so that a later file replaces this
    one in a reader's calendar; name: who invites; as_of: stands as the time of writing, for no clock is read.
    """
    from icalendar import Calendar, Event

    entry = Event()
    entry.add("uid", str(uuid5(NAMESPACE_URL, url)))
    entry.add("dtstamp", datetime.combine(as_of, time(), UTC))
    entry.add("dtstart", event.on)
    entry.add("dtend", event.on + timedelta(days=1))  # the first day that is no longer part of it
    entry.add("summary", f"{event.title} · {name}")
    if event.place:
        entry.add("location", event.place)
    if words:
        entry.add("description", words)
    entry.add("url", url)
    entry.add("transp", "TRANSPARENT")  # a day with an event is not a day that is taken
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _MAKER)
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content.decode()
