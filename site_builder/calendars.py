"""Calendar files (iCalendar, RFC 5545) from what the portal knows; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import NAMESPACE_URL, uuid5

from site_builder.model.public import PublicEvent
from site_builder.rules.reminders import Reminder, ReminderKind

if TYPE_CHECKING:
    from icalendar import Calendar, Event

EDITION = 1
"""Raise it when the same event gives another file: those that are remembered are made anew."""
_MAKER = "-//Referral Portal//portal//EN"


class Translations(Protocol):
    """What puts English words into another language: Words does, and so does any gettext catalogue."""

    def gettext(self, words: str, /) -> str:
        """Return the words in that language."""

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """Return the form of the words that goes with a count."""


def event_calendar(event: PublicEvent, *, words: str, url: str, name: str, as_of: date) -> str:
    """Return a calendar with one event of a whole day, lines ending in CRLF.

    words: what it is, as plain text; url: its place on the web, from which its UID is made, so that a later file replaces this
    one in a reader's calendar; name: who invites; as_of: stands as the time of writing, for no clock is read.
    """
    entry = _whole_day(event.on, uid=_uid(url), as_of=as_of)
    entry.add("summary", f"{event.title} · {name}")
    if event.place:
        entry.add("location", event.place)
    if words:
        entry.add("description", words)
    entry.add("url", url)
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return _written(calendar)


def reminder_calendar(reminders: Sequence[Reminder], *, base_url: str, name: str, as_of: date, translations: Translations) -> str:
    """Return a calendar of days to remember, for the owners alone; "" for no reminders, as the standard has no empty calendar.

    base_url: of the portal, so that two portals' reminders never replace each other's; name: what the calendar is called; as_of:
    stands as the time of writing, and a later one replaces what an earlier file said of the same occasion.
    """
    if not reminders:
        return ""
    calendar = _calendar()
    calendar.add("x-wr-calname", name)
    for reminder in reminders:
        entry = _whole_day(reminder.on, uid=reminder_uid(reminder, base_url), as_of=as_of)
        # Programs that look at nothing else take the greater number for the later word.
        entry.add("sequence", as_of.toordinal())
        entry.add("summary", reminder_title(reminder, translations))
        entry.add("class", "PRIVATE")
        calendar.add_component(entry)
    return _written(calendar)


def reminder_title(reminder: Reminder, translations: Translations) -> str:
    """Return a reminder in words: "Review with Acme", "Acme: 3 years with us"."""
    return _words(reminder, translations) % {"name": reminder.name, "years": reminder.years}


def reminder_uid(reminder: Reminder, base_url: str) -> str:
    """Return a reminder's UID on this portal; no id or day can be read from it."""
    return _uid(f"{base_url}#{reminder.uid}")


def _words(reminder: Reminder, translations: Translations) -> str:
    match reminder.kind:
        case ReminderKind.REVIEW:
            return translations.gettext("Review with %(name)s")
        case ReminderKind.SYNC:
            return translations.gettext("Talk to %(name)s")
        case ReminderKind.THANKS:
            return translations.gettext("Thank %(name)s")
        case ReminderKind.PROMISE:
            return translations.gettext("Promised to %(name)s")
        case ReminderKind.GIFT:
            return translations.gettext("A gift for %(name)s")
        case ReminderKind.ANNIVERSARY:
            return translations.ngettext("%(name)s: one year with us", "%(name)s: %(years)s years with us", reminder.years)


def _uid(place: str) -> str:
    return str(uuid5(NAMESPACE_URL, place))


def _calendar() -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _MAKER)
    return calendar


def _whole_day(day: date, *, uid: str, as_of: date) -> Event:
    from icalendar import Event

    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", datetime.combine(as_of, time(), UTC))
    entry.add("dtstart", day)
    if day < date.max:  # without an end it lasts its day as well
        entry.add("dtend", day + timedelta(days=1))  # the first day that is no longer part of it
    entry.add("transp", "TRANSPARENT")  # a day with an event is not a day that is taken
    return entry


def _written(calendar: Calendar) -> str:
    content: bytes = calendar.to_ical()
    return content.decode()
