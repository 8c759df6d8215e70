"""portal erase over HTTP: asked before anything is touched, and never taken for an answer when there was none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from site_builder.inbox.arrivals import tombstone
from site_builder.inbox.places import SourceError
from site_builder.inbox.remote import Remote
from site_builder.leads.snapshot import Kind, Snapshot
from site_builder.leads.store import Store
from tests.cli.test_erase import CAME, GONE, KEY, LEADS, OTHER, REFERRALS, harbour, tables

__all__ = ("harbour",)

Run = Callable[..., tuple[int, str, str]]
TOKEN = "a-token-of-thirty-two-characters"
NEW = "c3" * 16


@pytest.fixture
def receiver(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A receiver at PORTAL_INBOX_URL, with the same leads and one that was not fetched yet; its database's file."""
    database = harbour.parent / "there.db"
    Path("leads.db").rename(database)
    store = Store(f"sqlite:///{database}")
    for portal, key, contact in (("harbour", NEW, "new@lee.example"), ("old", "d4" * 16, "old@lee.example")):
        store.put(Snapshot(portal, key, 1, 1, Kind.REFERRAL, {"prospect": "New", "contact": contact}, CAME))
    store.close()
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PORTAL_INBOX_TOKEN": TOKEN}
    command = [sys.executable, "-m", "site_builder", "receive", "--port", "0", str(harbour)]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert running.stdout is not None
    try:
        address = running.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        monkeypatch.setenv("PORTAL_INBOX_URL", address)
        monkeypatch.setenv("PORTAL_INBOX_TOKEN", TOKEN)
        yield database
    finally:
        running.terminate()
        running.stdout.close()
        running.wait(30)


def stored(database: Path) -> list[str]:
    store = Store(f"sqlite:///{database}")
    try:
        return [lead.key for lead in store.leads("harbour", suspected=None)]
    finally:
        store.close()


def test_a_person_is_gone_from_the_tables_and_the_receiver(run: Run, harbour: Path, receiver: Path) -> None:
    code, out, err = run("erase", "--email", "jo@lee.example", "--yes", "--portal", harbour)
    assert (code, err, tables(harbour)) == (0, "", GONE)
    assert out.startswith(
        "Erased: the lead in data/leads.csv, line 2; the prospect of r1 in data/referrals.csv, line 2; 1 lead at the receiver.\n"
    )
    assert stored(receiver) == [OTHER, NEW]


@pytest.mark.parametrize("whom", [("--email", "new@lee.example"), ("--key", NEW)])
def test_a_lead_that_was_not_fetched_yet_is_found_and_erased(
    run: Run, harbour: Path, receiver: Path, whom: tuple[str, str]
) -> None:
    shown = run("erase", *whom, "--dry-run", "--portal", harbour)
    would = "1 lead, 1 of which portal inbox has not fetched, would be erased at the receiver.\n"
    assert shown == (0, would, "portal: nothing was erased\n")
    assert stored(receiver) == [KEY, OTHER, NEW]
    code, out, _ = run("erase", *whom, "--yes", "--portal", harbour)
    assert code == 0
    assert out.startswith("Erased: 1 lead, 1 of which portal inbox has not fetched, at the receiver.\n")
    assert stored(receiver) == [KEY, OTHER]
    assert tables(harbour) == (REFERRALS, LEADS)
    assert run("inbox", "--portal", harbour)[1] == "Nothing new.\n"


def test_who_is_nowhere_is_said_with_what_lies_elsewhere(run: Run, harbour: Path, receiver: Path) -> None:
    code, _, err = run("erase", "--email", "no@body.example", "--yes", "--portal", harbour)
    assert (code, err) == (2, "portal: nobody was found by that in the tables and at the receiver; nothing was erased\n")
    for key in (KEY, OTHER, NEW):
        store = Store(f"sqlite:///{receiver}")
        store.erase(key=key, portal="harbour")
        store.close()
    err = run("erase", "--email", "no@body.example", "--yes", "--portal", harbour)[2]
    assert err.startswith(
        "portal: the receiver has none under harbour but 1 lead under old: if one was this form's, run this again"
    )


@pytest.mark.usefixtures("receiver")
@pytest.mark.parametrize(
    "wrong", [("PORTAL_INBOX_TOKEN", "another-token-of-32-characters-x"), ("PORTAL_INBOX_URL", "http://127.0.0.1:1")]
)
@pytest.mark.parametrize("whom", [("--email", "jo@lee.example"), ("--key", KEY), ("--referral", "r1")])
def test_a_receiver_that_gives_no_answer_stops_it_before_anything_is_touched(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str], whom: tuple[str, str]
) -> None:
    monkeypatch.setenv(*wrong)
    words = {"PORTAL_INBOX_TOKEN": "it does not take this token", "PORTAL_INBOX_URL": "the receiver does not answer"}
    for how in ("--yes", "--dry-run"):
        code, out, err = run("erase", *whom, how, "--portal", harbour)
        assert (code, out) == (1, "")
        assert words[wrong[0]] in err
        assert "nobody" not in err
        assert tables(harbour) == (REFERRALS, LEADS)


def test_an_erasure_that_breaks_off_is_completed_by_the_next_run(
    run: Run, harbour: Path, receiver: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_remote: Remote, **_whom: str) -> int:
        raise SourceError("the receiver does not answer in time")

    with monkeypatch.context() as patched:
        patched.setattr(Remote, "erase", fails)
        code, out, err = run("erase", "--key", KEY, "--yes", "--portal", harbour)
    assert (code, out) == (1, "")
    assert err == (
        "portal: data/leads.csv was written; the receiver does not answer in time; the rest is not erased yet: run this again\n"
    )
    assert tombstone(KEY) in tables(harbour)[1]
    assert run("erase", "--key", KEY, "--yes", "--portal", harbour)[0] == 0
    assert (tables(harbour), stored(receiver)) == (GONE, [OTHER, NEW])


@pytest.mark.usefixtures("receiver")
def test_one_persons_leads_come_over_http_too(run: Run, harbour: Path) -> None:
    out = run("inbox", "--person", "new@lee.example", "--portal", harbour)[1]
    assert f'"key": "{NEW}"' in out


@pytest.mark.usefixtures("receiver")
def test_a_portal_that_the_receiver_does_not_serve_is_said_with_what_lies_there(run: Run, harbour: Path) -> None:
    settings = harbour / "data/portal.yaml"
    settings.write_text(settings.read_text().replace("/r/harbour", "/r/moved"))
    code, out, err = run("inbox", "--portal", harbour)
    assert (code, out) == (1, "")
    # Two are in leads.csv already, and the receiver serves old no longer.
    assert "elsewhere 1 lead under harbour, 1 lead under old" in err
    assert "portal inbox --portal-id harbour --from leads.db, beside the receiver's database, fetches them" in err
    assert "serves no such portal" in err
