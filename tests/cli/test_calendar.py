"""portal calendar: the days of a portal, as a file for calendars and for programs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.portals import write

Run = Callable[..., tuple[int, str, str]]
FILES = {
    "data/clients.csv": (
        "client_id,name,industry,since,last_paid_on\n"
        "acme,Zoë’s 🦷 Dental,dental,2020-11-15,2026-10-01\n"
        'best,"Best, Law",legal,2021-01-01,2026-10-01\n'
    ),
    "data/reviews.csv": (
        "client_id,reviewed_on,outcome,follow_up,follow_up_on\n"
        "best,2026-03-15,asked,,\n"
        "acme,2025-03-15,retention,Secret,2027-06-01\n"
    ),
    "data/gifts.csv": "client_id,given_on,occasion,what\nbest,2027-12-24,wow,Secret\n",
    "data/referrers.csv": "referrer_id,name,audience,kind,last_sync_on\nrita,Rita Ray,owner,vendor,2026-09-01\n",
    "data/referrals.csv": (
        "referral_id,received_on,referrer_id,prospect,status,source\nr1,2026-10-30,rita,Secret,received,referral\n"
    ),
    "data/nurture.yaml": "sync_every_days: {owner: 90}\nthank_within_days: 2\ntell_outcome_within_days: 5\n",
    "data/rewards.yaml": "anniversaries: [{from_year: 1, reward: Secret}]\n",
}
DAYS = [
    ("2026-10-31", "reviews", "acme", "Review with Zoë’s 🦷 Dental"),
    ("2026-11-01", "thanks", "r1", "Thank Rita Ray"),
    ("2026-11-15", "anniversaries", "acme", "Zoë’s 🦷 Dental: 6 years with us"),
    ("2026-11-30", "syncs", "rita", "Talk to Rita Ray"),
    ("2027-01-01", "anniversaries", "best", "Best, Law: 6 years with us"),
    ("2027-03-15", "reviews", "best", "Review with Best, Law"),
    ("2027-06-01", "promises", "acme", "Promised to Zoë’s 🦷 Dental"),
    ("2027-12-24", "gifts", "best", "A gift for Best, Law"),
]


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A portal of 31 October 2026 with something of each kind to remember."""
    return write(tmp_path / "harbour", FILES)


def test_the_days_of_the_portal_are_a_calendar(run: Run, harbour: Path) -> None:
    code, out, err = run("calendar", "--portal", harbour)
    assert (code, err) == (0, "")
    found = [(str(each.decoded("dtstart")), str(each["summary"])) for each in Calendar.from_ical(out).walk("VEVENT")]
    assert found == [(day, title) for day, _kind, _id, title in DAYS]
    assert run("calendar", "--format", "ics", "--portal", harbour)[1] == out
    assert "Secret" not in out


def test_programs_get_the_same_days_with_ids(run: Run, harbour: Path) -> None:
    answer = json.loads(run("calendar", "--format", "json", "--portal", harbour)[1])
    assert answer["as_of"] == "2026-10-31"
    rows = answer["reminders"]
    assert [(each["on"], each["kind"], each["id"], each["title"]) for each in rows] == DAYS
    assert {each["name"] for each in rows} == {"Zoë’s 🦷 Dental", "Best, Law", "Rita Ray"}
    calendar = Calendar.from_ical(run("calendar", "--portal", harbour)[1])
    assert [each["uid"] for each in rows] == [str(each["uid"]) for each in calendar.walk("VEVENT")]


def test_kinds_are_chosen_and_may_be_several(run: Run, harbour: Path) -> None:
    def kinds(*typed: str) -> list[str]:
        rows = json.loads(run("calendar", *typed, "--format", "json", "--portal", harbour)[1])["reminders"]
        return [each["kind"] for each in rows]

    assert kinds("--kind", "reviews") == ["reviews", "reviews"]
    assert kinds("--kind", "syncs", "--kind", "thanks") == ["thanks", "syncs"]
    assert kinds("--kind", "gifts", "--kind", "promises") == ["promises", "gifts"]
    code, out, err = run("calendar", "--kind", "review", "--portal", harbour)
    assert (code, out) == (2, "")
    assert '"review" is no value of --kind; did you mean "reviews"?' in err


def test_another_day_moves_what_is_late_and_keeps_its_uid(run: Run, harbour: Path) -> None:
    def rows(day: str) -> dict[str, str]:
        answer = json.loads(run("calendar", "--as-of", day, "--format", "json", "--portal", harbour)[1])
        return {each["uid"]: each["on"] for each in answer["reminders"]}

    before, after = rows("2026-10-31"), rows("2026-11-10")
    assert before.keys() == after.keys()
    assert sorted(after.values())[:5] == ["2026-11-10", "2026-11-10", "2026-11-15", "2026-11-30", "2027-01-01"]
    assert sorted(after.values())[5:] == ["2027-03-15", "2027-06-01", "2027-12-24"]


def test_where_there_is_nothing_to_remember_there_is_no_calendar(run: Run, tmp_path: Path) -> None:
    portal = write(tmp_path / "bare")
    code, out, err = run("calendar", "--portal", portal)
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "portal: talks and thanks are left out: data/nurture.yaml, which says by when, is not started",
        "portal: anniversaries are left out: data/rewards.yaml says nothing under anniversaries",
        "portal: there is nothing to remember, so there is no calendar",
    ]
    answer = json.loads(run("calendar", "--format", "json", "--portal", portal)[1])
    assert answer == {"as_of": "2026-10-31", "reminders": []}


def test_on_a_build_server_nothing_is_printed_unasked(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, err = run("calendar", "--portal", harbour)
    assert (code, out) == (2, "")
    assert "--show-private" in err
    assert run("calendar", "--show-private", "--portal", harbour)[1].startswith("BEGIN:VCALENDAR\r\n")


def test_a_mistake_in_what_it_is_made_of_stands_in_the_way(run: Run, harbour: Path) -> None:
    (harbour / "data/reviews.csv").write_text("client_id,reviewed_on,outcome\nbest,yesterday,asked\n")
    code, out, err = run("calendar", "--portal", harbour)
    assert (code, out) == (1, "")
    assert "data/reviews.csv:2:" in err


def test_the_file_is_utf_8_whatever_the_terminals_letters_are(harbour: Path) -> None:
    command = [sys.executable, "-m", "site_builder", "calendar", "--portal", str(harbour)]
    done = subprocess.run(command, check=True, capture_output=True, env={"PYTHONIOENCODING": "latin-1"})
    assert "SUMMARY:Review with Zoë’s 🦷 Dental\r\n" in done.stdout.decode()
    assert done.stdout.count(b"\n") == done.stdout.count(b"\r\n")
