"""portal erase: a person gone from both tables and the receiver, and what stays elsewhere said."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from site_builder.cli import inbox as inbox_module
from site_builder.inbox.arrivals import tombstone
from site_builder.inbox.writing import Change, written
from site_builder.leads.snapshot import Kind, Snapshot
from site_builder.leads.store import Store, StoreBusyError
from tests.portals import FILES, write

Run = Callable[..., tuple[int, str, str]]
KEY, OTHER = "a1" * 16, "b2" * 16
CAME = datetime(2026, 10, 30, 14, 5, 9, tzinfo=UTC)
FORM = "form: {backend: receiver, endpoint: https://leads.harbour.example/r/harbour}\n"
REFERRERS = "referrer_id,name,audience,kind,kickback_clause,email\nrita,Rita Ray,partner,vendor,none,rita@ray.example\n"
CLIENTS = "client_id,name,industry,since,contact_email\nlee,Lee Works,dental,2026-10-31,jo@lee.example\n"
REFERRALS = (
    "referral_id;received_on;referrer_id;prospect;prospect_domain;status;source;lead_key\r\n"
    f"r1;2026-10-01;rita;Lee Works;lee.example;received;referral;{KEY}\r\n"
    f"r2;2026-10-02;rita;Amy;;received;referral;{OTHER}\r\n"
)
LEADS = (
    "lead_key,received_at,prospect,contact,referrer_id,referrer_contact,note\n"
    f'{KEY},2026-10-01T09:00:00+01:00,Jo Lee,jo@lee.example,rita,rita@ray.example,"a, b"\n'
    f"{OTHER},2026-10-02T09:00:00+01:00,Amy,07700 900123,rita,rita@ray.example,\n"
)
GONE = (
    REFERRALS.replace(f"Lee Works;lee.example;received;referral;{KEY}", "erased;;received;referral;"),
    LEADS.replace(LEADS.splitlines()[1], f'{tombstone(KEY)},,,,,,""'),
)
ERASED = "Erased: the lead in data/leads.csv, line 2; the prospect of r1 in data/referrals.csv, line 2; 1 lead at the receiver."
ELSEWHERE = "It stays in backups, and in the mails and chat messages that told of it.\n"


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal with two leads; the receiver's database in the folder around it holds them too."""
    monkeypatch.chdir(tmp_path)
    tables = {"clients": CLIENTS, "referrers": REFERRERS, "referrals": REFERRALS, "leads": LEADS}
    files = {f"data/{name}.csv": text for name, text in tables.items()}
    root = write(tmp_path / "harbour", {**files, "data/portal.yaml": FILES["data/portal.yaml"] + FORM})
    store = Store("sqlite:///leads.db")
    for key, name, contact in ((KEY, "Jo Lee", "jo@lee.example"), (OTHER, "Amy", "07700 900123")):
        fields = {"prospect": name, "contact": contact, "referrer_contact": "rita@ray.example"}
        store.put(Snapshot("harbour", key, 1, 1, Kind.REFERRAL, fields, CAME))
    store.close()
    return root


def tables(harbour: Path) -> tuple[str, str]:
    found = [(harbour / f"data/{name}.csv").read_bytes().decode() for name in ("referrals", "leads")]
    return found[0], found[1]


def stored() -> list[str]:
    store = Store("sqlite:///leads.db")
    try:
        return [lead.key for lead in store.leads("harbour", suspected=None)]
    finally:
        store.close()


# Whoever is meant


@pytest.mark.parametrize("whom", [("--key", KEY), ("--referral", "r1")])
def test_a_person_is_gone_from_both_tables_and_the_database(run: Run, harbour: Path, whom: tuple[str, str]) -> None:
    assert run("erase", *whom, "--yes", "--portal", harbour) == (
        0,
        f"{ERASED}\n{ELSEWHERE}",
        "",
    )
    assert tables(harbour) == GONE
    assert stored() == [OTHER]


def test_by_their_address_they_are_found_everywhere_and_what_is_not_a_lead_is_named(run: Run, harbour: Path) -> None:
    code, out, _ = run("erase", "--email", " JO@lee.example ", "--yes", "--portal", harbour)
    assert (code, tables(harbour), stored()) == (0, GONE, [OTHER])
    assert "It stays in data/clients.csv, line 2, which is not the inbox's; see by hand whether it may stay.\n" in out
    assert "jo@lee.example" not in out.casefold()


def test_a_second_time_nothing_is_written(run: Run, harbour: Path) -> None:
    run("erase", "--referral", "r1", "--yes", "--portal", harbour)
    again = run("erase", "--referral", "r1", "--yes", "--portal", harbour)
    assert again == (0, "r1 is erased already; nothing was written.\n", "")
    assert run("inbox", "--portal", harbour)[1] == "Nothing new.\n"
    assert tables(harbour) == GONE


def test_an_export_that_still_holds_them_does_not_bring_them_back(run: Run, harbour: Path, tmp_path: Path) -> None:
    run("erase", "--key", KEY, "--yes", "--portal", harbour)
    export = tmp_path / "export.csv"
    export.write_text(f"ref_key,ref_step,ref_seq,prospect,contact\n{KEY},2,2,Jo Lee,jo@lee.example\n")
    assert run("inbox", "--export", export, "--portal", harbour)[1] == "Nothing new.\n"
    assert tables(harbour) == GONE


def test_a_sender_is_taken_out_and_their_friends_stay(run: Run, harbour: Path) -> None:
    code, out, _ = run("erase", "--email", "rita@ray.example", "--yes", "--portal", harbour)
    assert code == 0
    assert out.startswith(
        "Erased: referrer_contact, the sender's own, in data/leads.csv, line 2, where the friend's details stay;"
        " referrer_contact, the sender's own, in data/leads.csv, line 3, where the friend's details stay;"
        " 2 leads at the receiver.\n"
    )
    assert (
        "It stays in data/referrers.csv, line 2, rita's own row as somebody who sends: empty email there by hand and write"
        " another name; the row itself stays while referrals name its referrer_id.\n"
    ) in out
    assert tables(harbour) == (REFERRALS, LEADS.replace("rita@ray.example", ""))
    assert stored() == []


@pytest.mark.parametrize(
    ("whom", "words"),
    [
        (("--referral", "r3"), 'there is no referral "r3"'),
        (("--key", "f" * 32), "nobody was found by that"),
        (("--email", "no@body.example"), "nobody was found by that"),
        (("--email", "nobody"), "names nobody"),
        (("--key", " "), "names nobody"),
        (("--referral", ""), "names nobody"),
        ((), "required"),
        (("--key", KEY, "--referral", "r1"), "not allowed with"),
    ],
)
def test_who_is_not_there_is_wrong_usage(run: Run, harbour: Path, whom: tuple[str, ...], words: str) -> None:
    code, out, err = run("erase", *whom, "--yes", "--portal", harbour)
    assert (code, out) == (2, "")
    assert words in err
    assert tables(harbour) == (REFERRALS, LEADS)


def test_who_is_no_lead_but_a_client_is_named_and_not_erased(run: Run, harbour: Path) -> None:
    (harbour / "data/clients.csv").write_text(CLIENTS.replace("jo@lee.example", "li@lee.example"))
    code, _, err = run("erase", "--email", "li@lee.example", "--yes", "--portal", harbour)
    assert code == 2
    assert "this stays: data/clients.csv, line 2" in err


# Asked first


@pytest.mark.parametrize(("typed", "erased"), [("y\n", True), ("YES\n", True), ("\n", False), ("", False), ("no\n", False)])
def test_on_a_terminal_it_asks_first(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, typed: str, *, erased: bool
) -> None:
    terminal = StringIO(typed)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    code, _, err = run("erase", "--referral", "r1", "--portal", harbour)
    assert "This erases the lead in data/leads.csv, line 2; the prospect of r1 in data/referrals.csv, line 2; 1 lead" in err
    assert "Erase? [y/N]" in err
    assert (code, tables(harbour)) == ((0, GONE) if erased else (2, (REFERRALS, LEADS)))
    assert stored() == ([OTHER] if erased else [KEY, OTHER])


def test_where_nobody_can_be_asked_it_must_be_said(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("y\n"))
    code, out, err = run("erase", "--referral", "r1", "--portal", harbour)
    assert (code, out) == (2, "")
    assert "--yes" in err
    assert tables(harbour) == (REFERRALS, LEADS)


def test_a_dry_run_shows_what_would_go_and_takes_nothing(run: Run, harbour: Path) -> None:
    code, out, err = run("erase", "--key", KEY, "--dry-run", "--portal", harbour)
    assert (code, err) == (0, "portal: nothing was erased\n")
    assert f'+{tombstone(KEY)},,,,,,""\n' in out
    assert "+r1;2026-10-01;rita;erased;;received;referral;\n" in out
    assert "1 lead would be erased at the receiver.\n" in out
    assert (tables(harbour), stored()) == ((REFERRALS, LEADS), [KEY, OTHER])


def test_a_dry_run_of_a_referral_typed_by_hand_speaks_of_its_table_alone(run: Run, harbour: Path) -> None:
    (harbour / "data/referrals.csv").write_text(REFERRALS.replace(KEY, ""))
    out = run("erase", "--referral", "r1", "--dry-run", "--portal", harbour)[1]
    assert "+r1;2026-10-01;rita;erased;;received;referral;" in out
    assert "leads" not in out.replace("lead_key", "")
    assert "receiver" not in out


def test_where_ci_is_true_nothing_is_said_or_erased(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, err = run("erase", "--key", KEY, "--yes", "--portal", harbour)
    assert (code, out) == (2, "")
    assert "CI=true" in err
    assert run("erase", "--key", KEY, "--yes", "--show-private", "--portal", harbour)[0] == 0


# Interrupted


@pytest.mark.parametrize("again", [("--key", KEY), ("--referral", "r1"), ("--email", "jo@lee.example")])
@pytest.mark.parametrize("where", ["the database", "data/referrals.csv"])
def test_an_interrupted_run_is_completed_by_the_next(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, where: str, again: tuple[str, str]
) -> None:
    def fails(root: Path, change: Change) -> None:
        if change.path == where:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written(root, change)

    def busy(_store: Store, **_whom: object) -> int:
        raise StoreBusyError("locked")

    with monkeypatch.context() as patched:
        patched.setattr(inbox_module, "written", fails)
        if where == "the database":
            patched.setattr(Store, "erase", busy)
        code, out, err = run("erase", *again, "--yes", "--portal", harbour)
        assert (code, out) == (1, "")
        assert "run this again" in err
    assert tables(harbour) == (REFERRALS, GONE[1])
    assert run("erase", *again, "--yes", "--portal", harbour)[0] == 0
    assert (tables(harbour), stored()) == (GONE, [OTHER])


def test_a_lead_that_cannot_be_written_leaves_everything_as_it_was(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_root: Path, _change: Change) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(inbox_module, "written", fails)
    assert run("erase", "--key", KEY, "--yes", "--portal", harbour) == (
        1,
        "",
        "portal: data/leads.csv cannot be written: permission denied; run this again\n",
    )
    assert (tables(harbour), stored()) == ((REFERRALS, LEADS), [KEY, OTHER])


# What stays


def test_what_the_inbox_has_not_fetched_yet_is_said_before_it_is_gone(run: Run, harbour: Path) -> None:
    (harbour / "data/leads.csv").unlink()
    (harbour / "data/referrals.csv").write_text("\r\n".join(REFERRALS.splitlines()[::2]) + "\r\n")
    out = run("erase", "--email", "jo@lee.example", "--yes", "--portal", harbour)[1]
    assert out.startswith("Erased: 1 lead, 1 of which portal inbox has not fetched, at the receiver.\n")
    assert not (harbour / "data/leads.csv").exists()
    assert stored() == [OTHER]


def test_where_the_database_is_elsewhere_it_is_said(run: Run, harbour: Path) -> None:
    Path("leads.db").rename("elsewhere.db")
    out = run("erase", "--key", KEY, "--yes", "--portal", harbour)[1]
    note = "he receiver was not asked, for nothing says where it is: run this again with --from https://… or --from leads.db"
    assert f"T{note}.\n" in out
    code, _, err = run("erase", "--email", "no@body.example", "--yes", "--portal", harbour)
    assert (code, err) == (
        2,
        f"portal: t{note}\nportal: nobody was found by that in the tables; nothing was erased\n",
    )
    assert run("erase", "--key", KEY, "--from", "elsewhere.db", "--yes", "--portal", harbour)[0] == 0


def test_a_database_that_was_named_and_is_not_there_stops_it(run: Run, harbour: Path) -> None:
    code, out, err = run("erase", "--key", KEY, "--from", "none.db", "--yes", "--portal", harbour)
    assert (code, out) == (1, "")
    assert "there is no such file" in err
    assert tables(harbour) == (REFERRALS, LEADS)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("", "It stays in the mail in your mailbox: delete it there.\n"),
        ("form: {backend: netlify}\n", "It stays in Netlify, under Forms: delete the submission there.\n"),
    ],
)
def test_a_copy_in_somebody_elses_hands_is_named(run: Run, harbour: Path, form: str, words: str) -> None:
    (harbour / "data/portal.yaml").write_text(FILES["data/portal.yaml"] + form)
    assert words in run("erase", "--key", KEY, "--yes", "--portal", harbour)[1]


def test_a_history_and_a_contract_are_named(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    subprocess.run(["git", "init", "--quiet", str(harbour)], check=True, capture_output=True)
    won = REFERRALS.replace("lead_key", "lead_key;won_client_id").replace(KEY, f"{KEY};lee").replace(OTHER, f"{OTHER};")
    (harbour / "data/referrals.csv").write_text(won)
    out = run("erase", "--key", KEY, "--yes", "--portal", harbour)[1]
    assert "It stays in the history of data/referrals.csv, which git keeps, and in every copy of it.\n" in out
    assert "It stays in data/clients.csv as lee, whose contract is a reason to keep it.\n" in out
