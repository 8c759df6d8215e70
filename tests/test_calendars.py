"""Calendar files: what is read back from them, and the form that the standard asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from site_builder.calendars import event_calendar, reminder_calendar, reminder_title, reminder_uid
from site_builder.model.documents import Nurture
from site_builder.model.public import PublicEvent
from site_builder.problem import NOWHERE
from site_builder.reasons import ENGLISH
from site_builder.rules.programme import Programme
from site_builder.rules.reminders import Reminder, ReminderKind, reminders
from tests.portals import PORTAL, referral, referrer, typed
from tests.rules.firms import client, review
from tests.rules.rows import gift, rewards

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


# Reminders

REVIEW = Reminder("review/acme/first", ReminderKind.REVIEW, date(2026, 11, 1), "acme", "Acme")
SYNC = Reminder("sync/rita/2026-09-01", ReminderKind.SYNC, date(2026, 11, 1), "rita", "Rita Ray")
THANKS = Reminder("thanks/r1", ReminderKind.THANKS, date(2026, 11, 2), "r1", "Rita Ray")
FIRST = Reminder("anniversary/acme/2026", ReminderKind.ANNIVERSARY, date(2026, 12, 31), "acme", "Acme", 1)
FIFTH = Reminder("anniversary/best/2027", ReminderKind.ANNIVERSARY, date(2027, 2, 28), "best", "Best", 5)
PROMISE = Reminder("promise/acme/2026-10-15", ReminderKind.PROMISE, date(2027, 3, 1), "acme", "Acme")
GIFT = Reminder("gift/acme/wow/Zanzibar/1", ReminderKind.GIFT, date(2027, 3, 2), "acme", "Acme")
ALL = (REVIEW, SYNC, THANKS, FIRST, FIFTH, PROMISE, GIFT)
BASE = "https://refer.harbour.example/"


def remembered(found: Sequence[Reminder] = ALL, *, base_url: str = BASE, as_of: date = date(2026, 10, 31)) -> str:
    return reminder_calendar(found, base_url=base_url, name="Harbour IT", as_of=as_of, translations=ENGLISH)


def entries(text: str) -> list[Event]:
    return [each for each in Calendar.from_ical(text).walk("VEVENT") if isinstance(each, Event)]


def test_each_reminder_is_a_day_with_its_occasion_and_name() -> None:
    found = entries(remembered())
    assert [(each.decoded("dtstart"), each.decoded("dtend"), str(each["summary"])) for each in found] == [
        (date(2026, 11, 1), date(2026, 11, 2), "Review with Acme"),
        (date(2026, 11, 1), date(2026, 11, 2), "Talk to Rita Ray"),
        (date(2026, 11, 2), date(2026, 11, 3), "Thank Rita Ray"),
        (date(2026, 12, 31), date(2027, 1, 1), "Acme: one year with us"),
        (date(2027, 2, 28), date(2027, 3, 1), "Best: 5 years with us"),
        (date(2027, 3, 1), date(2027, 3, 2), "Promised to Acme"),
        (date(2027, 3, 2), date(2027, 3, 3), "A gift for Acme"),
    ]
    assert {(str(each["transp"]), str(each["class"])) for each in found} == {("TRANSPARENT", "PRIVATE")}


def test_a_calendar_of_reminders_is_one_object_of_its_own_name() -> None:
    whole = Calendar.from_ical(remembered())
    assert (whole["version"], whole["prodid"], whole["x-wr-calname"]) == (
        "2.0",
        "-//Referral Portal//portal//EN",
        "Harbour IT",
    )
    assert remembered().count("BEGIN:VCALENDAR\r\n") == 1
    assert remembered() == remembered()


def test_the_standard_has_no_calendar_without_a_day() -> None:
    assert remembered(()) == ""


def test_a_later_file_replaces_what_an_earlier_one_said_of_an_occasion() -> None:
    (before,) = entries(remembered([REVIEW]))
    (after,) = entries(remembered([replace(REVIEW, on=date(2026, 11, 9), name="Acme Ltd")], as_of=date(2026, 11, 9)))
    assert before["uid"] == after["uid"] == reminder_uid(REVIEW, BASE)
    assert before.decoded("sequence") < after.decoded("sequence")
    assert before.decoded("dtstamp") == datetime(2026, 10, 31, tzinfo=UTC)
    assert after.decoded("dtstamp") == datetime(2026, 11, 9, tzinfo=UTC)


def test_two_portals_reminders_never_meet() -> None:
    here, there = entries(remembered()), entries(remembered(base_url="https://other.example/"))
    uids = {str(each["uid"]) for each in (*here, *there)}
    assert len(uids) == 2 * len(ALL)
    assert not any("acme" in uid or "2026" in uid.split("-")[0] for uid in uids)


@pytest.mark.parametrize(
    "name",
    [
        'Cook, Crook; and \\ sons: "solicitors"',
        "Zoë’s 🦷 Dental 👩🏽‍⚕️",
        "東京歯科" * 40,
        "END:VEVENT",
        "100% %(name)s",
        "🦷" * 100,
    ],
    ids=["signs of the format", "emoji", "three octets a letter", "a line of the format", "signs of the program", "folded emoji"],
)
def test_any_name_comes_back_as_it_was_in_lines_of_75_octets_at_most(name: str) -> None:
    text = remembered([replace(REVIEW, name=name), SYNC])
    first, second = entries(text)
    assert first["summary"] == f"Review with {name}"
    assert second["summary"] == "Talk to Rita Ray"
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert all(line.encode().decode() == line for line in lines)
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("\n") == text.count("\r") == text.count("\r\n")


def test_separators_are_escaped_in_the_file() -> None:
    assert "SUMMARY:Review with Cook\\, Crook\\; sons\r\n" in remembered([replace(REVIEW, name="Cook, Crook; sons")])


def test_the_last_day_of_the_calendar_has_no_next() -> None:
    (entry,) = entries(remembered([replace(REVIEW, on=date.max)]))
    assert entry.decoded("dtstart") == date.max
    assert "dtend" not in entry


class _German:
    """A catalogue of two messages."""

    def gettext(self, words: str, /) -> str:
        return {"Review with %(name)s": "Gespräch mit %(name)s"}.get(words, words)

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        assert (one, many) == ("%(name)s: one year with us", "%(name)s: %(years)s years with us")
        return "%(name)s: ein Jahr" if count == 1 else "%(years)s Jahre %(name)s"


def test_another_language_has_its_own_words_and_order() -> None:
    told = [reminder_title(each, _German()) for each in (REVIEW, FIRST, FIFTH)]
    assert told == ["Gespräch mit Acme", "Acme: ein Jahr", "5 Jahre Best"]


def test_nothing_private_stands_in_a_calendar_but_names_and_occasions() -> None:
    secret = "Zanzibar"
    firm = client("acme", monthly_fee="98765", contact_name=secret, location=secret, target_customer=secret)
    told = {"roadblock": secret, "follow_up": secret, "follow_up_on": "2026-11-20", "nps": "3", "note": secret}
    one = referral(status="received", won_on="", received_on="2026-10-30", prospect=secret, prospect_domain="zanzibar.example")
    whole = replace(
        PORTAL,
        clients=(firm, client("best")),
        reviews=(review("acme", "2026-10-15", "retention", **told), review("best", "2026-10-15", "roadblock", **told)),
        referrers=(referrer(email="zanzibar@post.example", agreement_version=secret),),
        referrals=(one,),
        nurture=typed(Nurture, {"sync_every_days": {"owner": 90}, "worksheet": [secret]}),
        rewards=rewards(anniversaries=[{"from_year": "1", "reward": secret}]),
        gifts=(gift("acme", "2026-12-24", occasion="wow", what=secret),),
    )
    text = remembered(reminders(Programme(whole))).replace("\r\n ", "").casefold()
    assert text.count("begin:vevent") == 9
    words = ("zanzibar", "98765", "retention", "risk", "roadblock", "blocked", "healthy", "unknown", "nps", "r1")
    assert [word for word in words if word in text] == []
