"""Calendar files: what another library reads back from them, and the form that the standard asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from site_builder.calendars import event_calendar
from site_builder.model.public import PublicEvent
from site_builder.problem import NOWHERE

URL = "https://refer.harbour.example/events/#supper"
SUPPER = PublicEvent("supper", "The supper; bring, a guest", date(2026, 12, 31), "3 Quay, Leeds", None, "", NOWHERE)


def written(event: PublicEvent = SUPPER, *, words: str = "", url: str = URL, as_of: date = date(2026, 10, 31)) -> str:
    return event_calendar(event, words=words, url=url, name="Harbour IT", as_of=as_of)


def read(text: str) -> Event:
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    assert isinstance(found, Event)
    return found


def test_an_event_lasts_its_whole_day_and_ends_before_the_next() -> None:
    event = read(written())
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))


def test_words_with_commas_semicolons_and_lines_come_back_as_they_were() -> None:
    words = "Stew, bread; and\na \\ speech\n\nEND:VEVENT"
    event = read(written(words=words))
    assert event["summary"] == "The supper; bring, a guest · Harbour IT"
    assert event["location"] == "3 Quay, Leeds"
    assert event["description"] == words
    assert event["url"] == URL


def test_what_is_not_known_is_left_out() -> None:
    event = read(written(replace(SUPPER, place=None)))
    assert "location" not in event
    assert "description" not in event


def test_the_same_event_keeps_its_uid_when_its_words_or_the_day_of_writing_change() -> None:
    later = read(written(replace(SUPPER, title="Another"), as_of=date(2026, 11, 1)))
    assert later["uid"] == read(written())["uid"]
    assert read(written(url=URL + "2"))["uid"] != later["uid"]


def test_the_day_the_portal_speaks_for_stands_as_the_time_of_writing() -> None:
    assert read(written()).decoded("dtstamp") == datetime(2026, 10, 31, tzinfo=UTC)
    assert written() == written()


def test_lines_end_in_crlf_and_hold_75_octets_at_most() -> None:
    text = written(words="Grüße und 東京 " * 40)
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert read(text)["description"] == "Grüße und 東京 " * 40
