"""portal inbox: each lead once, in both tables, however often it runs and wherever it was interrupted."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from site_builder.cli import inbox as inbox_module
from site_builder.edit import ChangedMeanwhileError
from site_builder.inbox.writing import Change, written
from site_builder.leads.snapshot import Kind, Snapshot
from site_builder.leads.store import Store
from tests.portals import FILES, write

Run = Callable[..., tuple[int, str, str]]
DEMO = Path(__file__).parents[2]
CAME = datetime(2026, 10, 30, 14, 5, 9, tzinfo=UTC)
HOME = "https://acme.example/"
KEY, OTHER, ROBOT = "a1" * 16, "b2" * 16, "c3" * 16
FORM = "form: {backend: receiver, endpoint: https://leads.harbour.example/r/harbour}\n"
CLIENTS = (
    "client_id,name,industry,since,last_paid_on,website\nacme,Acme Dental,dental,2024-01-15,2026-10-01,https://acme.example/\n"
)
REFERRERS = "referrer_id,name,audience,kind,kickback_clause,link_code\nrita,Rita Ray,partner,vendor,none,7QK3M9TX\n"
REFERRALS = (
    "\ufeffreferral_id;received_on;referrer_id;prospect;prospect_domain;prospect_told_on;status;status_on;source;lead_key\r\n"
    "r2026-007;2026-10-01;rita;Secret Ltd;;;received;;referral;\r\n"
)
NEW = "r2026-008;2026-10-30;rita;Lee Works;leeworks.example;;received;2026-10-30;referral;" + KEY + "\r\n"
LEADS_HEADER = (
    "lead_key,received_at,prospect,contact,referrer_id,referrer_contact,referrer_name,company,trigger,call_when,may_name,told,"
    "note,consent_version,suspected\n"
)
LEAD = f"{KEY},2026-10-30T14:05:09+00:00,Jo Lee,jo@leeworks.example,rita,,,Lee Works,,,,,,2026-11,\n"


def snapshot(key: str = KEY, step: int = 1, seq: int = 1, *, suspected: tuple[str, ...] = (), **fields: str) -> Snapshot:
    usual = {"prospect": "Jo Lee", "contact": "jo@leeworks.example", "company": "Lee Works", "referrer": "7QK3M9TX"}
    told = {**usual, "consent_version": "2026-11", **fields}
    return Snapshot("harbour", key, step, seq, Kind.REFERRAL, told, CAME, suspected)


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal that speaks for 31 October 2026; the current folder is the one around it, where leads.db is looked for."""
    monkeypatch.chdir(tmp_path)
    tables = {"clients": CLIENTS, "referrers": REFERRERS, "referrals": REFERRALS}
    files = {f"data/{name}.csv": text for name, text in tables.items()}
    return write(tmp_path / "harbour", {**files, "data/portal.yaml": FILES["data/portal.yaml"] + FORM})


def put(*snapshots: Snapshot) -> None:
    store = Store("sqlite:///leads.db")
    for each in snapshots:
        store.put(each)
    store.close()


def tables(harbour: Path) -> tuple[str, str]:
    leads = harbour / "data/leads.csv"
    return (harbour / "data/referrals.csv").read_bytes().decode(), leads.read_bytes().decode() if leads.exists() else ""


# What is written


def test_a_lead_is_written_once_however_often_it_runs(run: Run, harbour: Path) -> None:
    put(snapshot())
    said = "r2026-008 is new: received 2026-10-30, sent by rita.\n"
    assert run("inbox", "--portal", harbour) == (0, said, "")
    assert tables(harbour) == (REFERRALS + NEW, LEADS_HEADER + LEAD)
    assert run("inbox", "--portal", harbour) == (0, "Nothing new.\n", "")
    assert tables(harbour) == (REFERRALS + NEW, LEADS_HEADER + LEAD)


def test_a_later_step_is_added_to_the_lead_and_leaves_the_referral_to_its_owner(run: Run, harbour: Path) -> None:
    put(snapshot())
    run("inbox", "--portal", harbour)
    put(snapshot(step=2, seq=2, note="a, b", may_name="yes"))
    assert run("inbox", "--portal", harbour) == (0, "r2026-008: may_name and note were added or changed.\n", "")
    assert tables(harbour) == (REFERRALS + NEW, LEADS_HEADER + LEAD.replace(",,,,,2026-11", ',,yes,,"a, b",2026-11'))
    put(snapshot(step=2, seq=3, note="c", may_name="yes"))
    assert run("inbox", "--portal", harbour)[1] == "r2026-008: note was added or changed.\n"


def test_who_is_to_be_looked_at_first_is_named_with_both_rows(run: Run, harbour: Path) -> None:
    put(snapshot(company="ACME dental"), snapshot(OTHER, company="Secret", contact="07700"), snapshot(ROBOT, referrer="ZZZZZZZZ"))
    assert run("inbox", "--portal", harbour)[1] == (
        "r2026-008 is new: received 2026-10-30, sent by rita.\n"
        "  Look first: the prospect of r2026-008 (data/referrals.csv, line 3) is a client already, acme"
        " (data/clients.csv, line 2).\n"
        "r2026-009 is new: received 2026-10-30, sent by rita.\n"
        "  Look first: the prospect of r2026-009 (data/referrals.csv, line 4) was sent before, as r2026-007 on 2026-10-01"
        " (data/referrals.csv, line 2).\n"
        "r2026-010 is new: received 2026-10-30, sent by a link whose code, ZZZZZZZZ, is nobody's, so it names no referrer.\n"
        "  Next: if you know whose link that was, type their referrer_id into data/referrals.csv, line 5, and the code into their"
        " old_codes in data/referrers.csv.\n"
        "  Look first: the prospect of r2026-010 (data/referrals.csv, line 5) was sent before, as r2026-008 on 2026-10-30"
        " (data/referrals.csv, line 3).\n"
    )


def test_a_friend_who_wrote_themselves_and_a_sender_nobody_knows_are_said_to_be_such(run: Run, harbour: Path) -> None:
    (harbour / "data/referrers.csv").write_text(REFERRERS.replace("link_code", "email").replace("7QK3M9TX", "rita@ray.example"))
    alone = snapshot(KEY, company="", referrer="")
    own = Snapshot("harbour", OTHER, 1, 1, Kind.SELF, {"prospect": "Amy", "contact": "07700 900123"}, CAME)
    linked = Snapshot("harbour", ROBOT, 1, 1, Kind.SELF, {"prospect": "Bo", "contact": "07700 9", "referrer": "rita"}, CAME)
    known = snapshot("d4" * 16, company="Else", contact="1", referrer="", referrer_contact="rita@ray.example")
    put(alone, own, linked, known)
    lines = run("inbox", "--portal", harbour)[1].splitlines()
    assert lines.pop(1) == (
        "  Next: add a row for them, if you find out who they are, to data/referrers.csv, then type its referrer_id into"
        " data/referrals.csv, line 3."
    )
    assert [line.partition(", ")[2] for line in lines] == [
        "sent by somebody who is not in data/referrers.csv.",
        "and the friend wrote themselves.",
        "and the friend wrote themselves, sent by rita.",
        "sent by rita, by their e-mail address.",
    ]


def test_what_came_after_the_day_the_portal_is_pinned_to_is_said(run: Run, harbour: Path) -> None:
    (harbour / "data/portal.yaml").write_text((FILES["data/portal.yaml"] + FORM).replace("2026-10-31", "2026-10-29"))
    put(snapshot())
    assert (
        "  r2026-008 came after 2026-10-29, for which the portal speaks (as_of in data/portal.yaml).\n"
        in run("inbox", "--portal", harbour)[1]
    )


def test_a_portal_without_tables_gets_both(run: Run, harbour: Path) -> None:
    for name in ("referrals", "referrers", "clients"):
        (harbour / f"data/{name}.csv").unlink()
    put(snapshot(referrer=""))
    assert run("inbox", "--portal", harbour)[0] == 0
    referrals, leads = tables(harbour)
    assert referrals.splitlines()[1].startswith("r-a1a1a1a1,2026-10-30,,Lee Works,leeworks.example,")
    assert leads.splitlines()[1].startswith(KEY)
    assert run("check", "--portal", harbour)[0] == 0


# Interrupted


def test_an_interrupted_run_leaves_each_table_whole_and_the_next_one_completes_it(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(snapshot())

    def fails_at_the_second(root: Path, change: Change) -> None:
        if change.path == "data/leads.csv":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written(root, change)

    with monkeypatch.context() as patched:
        patched.setattr(inbox_module, "written", fails_at_the_second)
        assert run("inbox", "--portal", harbour) == (
            1,
            "",
            "portal: data/referrals.csv was written; data/leads.csv cannot be written: no space left on device; run this again\n",
        )
    assert tables(harbour) == (REFERRALS + NEW, "")
    assert run("inbox", "--portal", harbour) == (0, "r2026-008: its details are in data/leads.csv now.\n", "")
    assert tables(harbour) == (REFERRALS + NEW, LEADS_HEADER + LEAD)


def test_a_table_that_somebody_saves_meanwhile_is_theirs(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(snapshot())

    def meanwhile(_root: Path, _change: Change) -> None:
        raise ChangedMeanwhileError

    monkeypatch.setattr(inbox_module, "written", meanwhile)
    assert run("inbox", "--portal", harbour) == (
        1,
        "",
        "portal: data/referrals.csv was saved by somebody else just now, so nothing was written; run this again\n",
    )
    assert tables(harbour) == (REFERRALS, "")


def test_a_referral_that_was_deleted_does_not_come_back(run: Run, harbour: Path) -> None:
    put(snapshot())
    run("inbox", "--portal", harbour)
    (harbour / "data/referrals.csv").write_bytes(REFERRALS.encode())
    assert run("inbox", "--portal", harbour)[1] == "Nothing new.\n"
    put(snapshot(step=2, seq=2, note="n"))
    assert run("inbox", "--portal", harbour)[1] == "the lead a1a1a1a1…: note was added or changed.\n"
    assert tables(harbour)[0] == REFERRALS


# Suspected


def test_what_is_suspected_is_listed_and_written_once_it_is_accepted(run: Run, harbour: Path) -> None:
    put(snapshot(ROBOT, suspected=("too fast", "honeypot"), note="one\ntwo"))
    assert run("inbox", "--portal", harbour) == (
        0,
        "Nothing new.\n",
        "portal: 1 lead may be a robot's and was not written; portal inbox --suspected lists them\n",
    )
    assert run("inbox", "--suspected", "--portal", harbour)[1] == (
        f"{ROBOT}\n"
        "  suspected    too fast; honeypot\n"
        "  received_at  2026-10-30T14:05:09+00:00\n"
        "  prospect     Jo Lee\n"
        "  contact      jo@leeworks.example\n"
        "  company      Lee Works\n"
        "  referrer_id  rita\n"
        "  note         one / two\n"
        f"  a person's   portal inbox --accept {ROBOT}\n"
        f"  a robot's    portal erase --key {ROBOT}\n"
    )
    assert run("inbox", "--accept", ROBOT[:-1], "--portal", harbour) == (
        2,
        "",
        f'portal: there is no suspected lead "{ROBOT[:-1]}"; did you mean "{ROBOT}"?\n',
    )
    assert tables(harbour) == (REFERRALS, "")
    accepted = run("inbox", "--accept", ROBOT, "--portal", harbour)
    assert accepted == (0, "r2026-008 is new: received 2026-10-30, sent by rita.\n", "")
    assert run("inbox", "--accept", ROBOT, "--portal", harbour)[1] == "Nothing new.\n"
    assert run("inbox", "--suspected", "--portal", harbour) == (0, "Nothing is suspected.\n", "")
    put(snapshot(ROBOT, 2, 2, suspected=("honeypot",), note="three"))
    assert run("inbox", "--suspected", "--portal", harbour)[1].startswith(f"{ROBOT} (more about r2026-008)\n")


# Shown


def test_a_dry_run_shows_both_tables_and_writes_neither(run: Run, harbour: Path) -> None:
    put(snapshot())
    code, out, err = run("inbox", "--dry-run", "--portal", harbour)
    assert (code, err) == (0, "portal: nothing was written\n")
    assert f"+{NEW.strip()}\n" in out
    assert f"+{LEAD}" in out
    assert tables(harbour) == (REFERRALS, "")
    run("inbox", "--portal", harbour)
    assert run("inbox", "--dry-run", "--portal", harbour) == (0, "", "portal: there is nothing new\n")


def test_where_ci_is_true_nothing_is_said_or_written(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(snapshot())
    monkeypatch.setenv("CI", "true")
    code, out, err = run("inbox", "--portal", harbour)
    assert (code, out) == (2, "")
    assert "CI=true" in err
    assert tables(harbour) == (REFERRALS, "")
    assert run("inbox", "--show-private", "--portal", harbour)[0] == 0


def test_that_git_would_keep_the_leads_is_said(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    subprocess.run(["git", "init", "--quiet", str(harbour)], check=True, capture_output=True)
    put(snapshot())
    assert run("inbox", "--portal", harbour)[2] == (
        "portal: git would keep data/leads.csv, and with it people's details for good; write /data/leads.csv into .gitignore, and"
        " if it is tracked already: git rm --cached data/leads.csv\n"
    )
    (harbour / ".gitignore").write_text("/data/leads.csv\n")
    assert run("inbox", "--portal", harbour)[2] == ""


# Refused


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--from", "a", "--export", "b"), "--from and --export do not go together"),
        (("--suspected", "--dry-run"), "--suspected only lists"),
        (("--suspected", "--accept", "x"), "--suspected only lists"),
        (("--dry-run", "--format", "json"), "--dry-run shows the tables' lines"),
        (("--person", "jo@lee.example", "--export", "x"), "--person looks into the receiver"),
        (("--person", "jo@lee.example", "--suspected"), "--person looks into the receiver"),
    ],
)
def test_options_that_contradict_each_other_are_refused(run: Run, harbour: Path, options: tuple[str, ...], words: str) -> None:
    code, out, err = run("inbox", *options, "--portal", harbour)
    assert (code, out) == (2, "")
    assert words in err


def test_leads_that_cannot_be_had_are_said_and_nothing_is_written(run: Run, harbour: Path) -> None:
    code, out, err = run("inbox", "--portal", harbour)
    assert (code, out) == (1, "")
    assert err.startswith("portal: nothing says where the leads are")
    assert tables(harbour) == (REFERRALS, "")


def test_a_mistake_in_a_table_stands_in_the_way(run: Run, harbour: Path) -> None:
    put(snapshot())
    (harbour / "data/referrers.csv").write_text(REFERRERS.replace("partner", "robot"))
    code, out, err = run("inbox", "--portal", harbour)
    assert (code, out) == (1, "")
    assert "error[D206]" in err
    assert tables(harbour) == (REFERRALS, "")


# Exports, and the demo


def test_an_export_is_read_row_by_row_and_its_mistakes_are_told(run: Run, harbour: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(
        "received_at,ref_key,ref_step,ref_seq,prospect,contact,referrer,note,budget\n"
        f"2026-10-30T14:05:09Z,{KEY},1,1,Jo Lee,07700 900123,7QK3M9TX,,\n"
        f"2026-10-30T14:05:09Z,{OTHER},1,1,Amy,1,,{'x' * 40_000},\n"
    )
    code, out, err = run("inbox", "--export", export, "--portal", harbour)
    assert (code, out) == (1, "r2026-008 is new: received 2026-10-30, sent by rita.\n")
    assert "portal: columns of the export that are none of the form's were left out: budget\n" in err
    assert f"{export}:3:" in err
    assert "Amy" not in err
    assert OTHER not in tables(harbour)[1]


def test_the_demo_takes_leads_in_stays_clean_and_lets_a_person_go(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "demo"
    for folder in ("data", "content"):
        shutil.copytree(DEMO / folder, root / folder)
    settings = root / "data/portal.yaml"
    settings.write_text(settings.read_text().replace("backend: mailto", "backend: receiver, endpoint: https://l.example/r/demo"))
    store = Store("sqlite:///leads.db")
    fields = {"prospect": "Jo Lee", "contact": "jo@leeworks.example", "referrer": "H4RT2V8N"}
    store.put(Snapshot("demo", KEY, 1, 1, Kind.REFERRAL, fields, CAME))
    errors = run("check", "--format", "json", "--portal", root)[1].count('"error"')
    before = (root / "data/referrals.csv").read_bytes()

    assert run("inbox", "--portal", root)[1] == "r2026-081 is new: received 2026-10-30, sent by george-hartley.\n"
    assert run("check", "--format", "json", "--portal", root)[1].count('"error"') == errors
    assert '"referral": "r2026-081"' in run("explain", "r2026-081", "--format", "json", "--portal", root)[1]
    assert run("inbox", "--portal", root)[1] == "Nothing new.\n"
    after = (root / "data/referrals.csv").read_bytes()
    assert after.startswith(before)

    assert run("erase", "--email", "jo@leeworks.example", "--yes", "--portal", root)[0] == 0
    left = (root / "data/referrals.csv").read_bytes()
    assert left.startswith(before)
    assert left[len(before) :].startswith(b"r2026-081,2026-10-30,george-hartley,erased,,,received,2026-10-30,")
    for word in (b"Jo Lee", b"leeworks", KEY.encode()):
        assert word not in left + (root / "data/leads.csv").read_bytes()
    assert store.leads("demo", suspected=None) == ()
    assert run("inbox", "--portal", root)[1] == "Nothing new.\n"
    assert run("check", "--format", "json", "--portal", root)[1].count('"error"') == errors
    store.close()


# Whose link, which page, which sender


def test_a_code_that_is_nobodys_and_a_page_nobody_names_are_said_and_kept(run: Run, harbour: Path) -> None:
    put(replace(snapshot(referrer="ZZZZZZZZ", referrer_name="Tom"), origin_missing=True))
    assert run("inbox", "--portal", harbour)[1] == (
        "r2026-008 is new: received 2026-10-30, sent by a link whose code, ZZZZZZZZ, is nobody's, so it names no referrer.\n"
        "  It came from a browser that does not say from which page; look whether it makes sense.\n"
        "  Next: if you know whose link that was, type their referrer_id into data/referrals.csv, line 3, and the code into their"
        " old_codes in data/referrers.csv. The sender wrote: Tom.\n"
    )
    leads = tables(harbour)[1]
    assert ',"link code: ZZZZZZZZ\nsent from: no page that says so",2026-11,' in leads
    # Whose it was becomes known, or the run is made again: the note says what it said.
    (harbour / "data/referrers.csv").write_text(REFERRERS.replace("7QK3M9TX", "ZZZZZZZZ"))
    assert run("inbox", "--portal", harbour)[1] == "Nothing new.\n"
    assert tables(harbour)[1] == leads


def test_a_sender_who_is_not_known_is_named_with_what_to_do_next(run: Run, harbour: Path) -> None:
    put(snapshot(referrer="", referrer_name="Tom\x1b[2J Day", referrer_contact="tom@day.example"))
    assert run("inbox", "--portal", harbour)[1] == (
        "r2026-008 is new: received 2026-10-30, sent by somebody who is not in data/referrers.csv.\n"
        "  Next: add a row for them (Tom [2J Day, tom@day.example) to data/referrers.csv, then type its referrer_id into"
        " data/referrals.csv, line 3.\n"
    )


def test_programs_read_the_same_by_ids(run: Run, harbour: Path) -> None:
    put(snapshot(company="Secret", referrer="ZZZZZZZZ"), snapshot(ROBOT, suspected=("honeypot",)))
    out = run("inbox", "--format", "json", "--portal", harbour)[1]
    (new,), (doubtful,) = json.loads(out)["arrivals"], json.loads(out)["suspected"]
    assert new == {
        "lead_key": KEY,
        "received_at": "2026-10-30T14:05:09+00:00",
        "kind": "referral",
        "is_new": True,
        "referral": "r2026-008",
        "line": 3,
        "referrer": None,
        "known_by": "strange_code",
        "strange_code": "ZZZZZZZZ",
        "origin_missing": False,
        "suspected": [],
        "columns": [],
        "prospect_changed": False,
        "prospect_differs": False,
        "look_first": {"why": "was sent before, as r2026-007 on 2026-10-01", "other": "data/referrals.csv, line 2"},
    }
    assert (doubtful["lead_key"], doubtful["suspected"], doubtful["line"]) == (ROBOT, ["honeypot"], None)
    assert json.loads(run("inbox", "--format", "json", "--suspected", "--portal", harbour)[1])["suspected"] == [doubtful]
    put(snapshot(step=2, seq=2, company="Secret", referrer="ZZZZZZZZ", call_when="noon"))
    (more,) = json.loads(run("inbox", "--format", "json", "--portal", harbour)[1])["arrivals"]
    assert (more["is_new"], more["referral"], more["columns"]) == (False, "r2026-008", ["call_when"])


# A later step names the firm


def test_a_firm_that_is_named_later_becomes_the_prospect(run: Run, harbour: Path) -> None:
    put(snapshot(company=""))
    run("inbox", "--portal", harbour)
    put(snapshot(step=2, seq=2, company="ACME dental"))
    assert run("inbox", "--portal", harbour)[1] == (
        "r2026-008: company was added or changed.\n"
        "  prospect in data/referrals.csv, line 3 changed with it.\n"
        "  Look first: the prospect of r2026-008 (data/referrals.csv, line 3) is a client already, acme"
        " (data/clients.csv, line 2).\n"
    )
    assert tables(harbour)[0] == REFERRALS + NEW.replace("Lee Works", "ACME dental")


@pytest.mark.parametrize(("typed", "word"), [("Jo Lee", "contacted"), ("Jo Lee & Sons", "received")])
def test_a_referral_that_somebody_worked_on_stays_and_that_is_said(run: Run, harbour: Path, typed: str, word: str) -> None:
    put(snapshot(company=""))
    run("inbox", "--portal", harbour)
    table = harbour / "data/referrals.csv"
    edited = table.read_bytes().replace(b"Jo Lee", typed.encode()).replace(b"received;2026-10-30", f"{word};2026-10-30".encode())
    table.write_bytes(edited)
    put(snapshot(step=2, seq=2))
    assert run("inbox", "--portal", harbour)[1] == (
        "r2026-008: company was added or changed.\n"
        "  data/referrals.csv, line 3 stays as you edited it; see whether its prospect should say what data/leads.csv says now.\n"
    )
    assert table.read_bytes() == edited
    assert "Lee Works" in tables(harbour)[1]


# Under another id


def test_leads_under_a_former_path_are_pointed_out_and_fetched(run: Run, harbour: Path) -> None:
    put(replace(snapshot(), portal="old"), replace(snapshot(ROBOT, suspected=("honeypot",)), portal="old"))
    hint = (
        "portal: nothing new for harbour, but elsewhere 2 leads under old: was the path in form.endpoint changed?"
        " portal inbox --portal-id old fetches them\n"
    )
    assert run("inbox", "--portal", harbour) == (0, "Nothing new.\n", hint)
    suspected = run("inbox", "--suspected", "--portal-id", "old", "--portal", harbour)[1]
    assert f"portal inbox --accept {ROBOT} --portal-id old\n" in suspected
    assert f"portal erase --key {ROBOT} --portal-id old\n" in suspected
    assert run("inbox", "--portal-id", "old", "--portal", harbour)[1].startswith("r2026-008 is new")
    assert run("erase", "--key", ROBOT, "--portal-id", "old", "--yes", "--portal", harbour)[0] == 0
    assert run("inbox", "--portal", harbour) == (0, "Nothing new.\n", "")


def test_leads_of_another_portal_in_the_same_database_are_not_pointed_out(run: Run, harbour: Path) -> None:
    put(snapshot(), replace(snapshot(OTHER), portal="quay"))
    run("inbox", "--portal", harbour)
    assert run("inbox", "--portal", harbour) == (0, "Nothing new.\n", "")


# One person


def test_all_that_is_kept_of_a_person_is_printed_and_nothing_is_written(run: Run, harbour: Path) -> None:
    put(snapshot(), snapshot(OTHER, contact="07700", referrer_contact="jo@leeworks.example"))
    run("inbox", "--portal", harbour)
    (harbour / "data/clients.csv").write_text(CLIENTS.replace("website", "contact_email").replace(HOME, "jo@leeworks.example"))
    before = tables(harbour)
    code, out, err = run("inbox", "--person", " JO@leeworks.example", "--portal", harbour)
    assert (code, err, tables(harbour)) == (0, "", before)
    found = json.loads(out)
    assert [(each["as"], each["key"], each["origin_missing"]) for each in found["receiver"]] == [
        ("friend", KEY, False),
        ("sender", OTHER, False),
    ]
    assert [(each["as"], each["at"], each["cells"]["lead_key"]) for each in found["leads"]] == [
        ("friend", "data/leads.csv, line 2", KEY),
        ("sender", "data/leads.csv, line 3", OTHER),
    ]
    assert found["leads"][0]["cells"]["contact"] == "jo@leeworks.example"
    assert [(each["at"], each["cells"]["prospect"]) for each in found["referrals"]] == [
        ("data/referrals.csv, line 3", "Lee Works")
    ]
    assert [each["at"] for each in found["others"]] == ["data/clients.csv, line 2"]
    assert found["sent"] == []
    for who in (KEY, "r2026-008"):
        by_key = json.loads(run("inbox", "--person", who, "--portal", harbour)[1])
        assert [each["key"] for each in by_key["receiver"]] == [KEY]
        assert [each["cells"]["referral_id"] for each in by_key["referrals"]] == ["r2026-008"]


def test_a_sender_is_told_of_by_their_own_row_and_the_ids_of_whom_they_sent(run: Run, harbour: Path) -> None:
    (harbour / "data/referrers.csv").write_text(REFERRERS.replace("link_code", "email").replace("7QK3M9TX", "rita@ray.example"))
    code, out, err = run("inbox", "--person", "rita@ray.example", "--portal", harbour)
    found = json.loads(out)
    assert (code, found["receiver"], found["sent"]) == (0, None, ["r2026-007"])
    assert found["others"][0]["cells"]["name"] == "Rita Ray"
    assert err.startswith("portal: the receiver was not asked, for nothing says where it is")


def test_of_whom_nothing_is_kept_nothing_is_printed(run: Run, harbour: Path) -> None:
    put(snapshot())
    code, out, _ = run("inbox", "--person", "no@body.example", "--portal", harbour)
    assert (code, json.loads(out)) == (0, {"receiver": [], "leads": [], "referrals": [], "others": [], "sent": []})
    assert run("inbox", "--person", "r2026-00", "--portal", harbour) == (
        2,
        "",
        'portal: there is no e-mail address, lead or referral "r2026-00"; did you mean "r2026-007"?\n',
    )


def test_a_person_is_not_told_of_where_others_read(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, _ = run("inbox", "--person", "jo@leeworks.example", "--portal", harbour)
    assert (code, out) == (2, "")


# A database that cannot be had


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:///none.db", 'DATABASE_URL names "none.db", and there is no such file'),
        ("postgresql://leads:hunter2@127.0.0.1:1/leads", "does not answer; see to the host and port in DATABASE_URL"),
        ("sqlite:///notes.txt", 'DATABASE_URL names "notes.txt", which is no database'),
    ],
)
def test_a_wrong_database_url_is_told_and_nothing_is_written(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, url: str, words: str
) -> None:
    Path("notes.txt").write_text("no database")
    monkeypatch.setenv("DATABASE_URL", url)
    for command in (("inbox",), ("inbox", "--person", "jo@lee.example"), ("erase", "--email", "jo@lee.example", "--yes")):
        code, out, err = run(*command, "--portal", harbour)
        assert (code, out) == (1, "")
        assert words in err
        assert "hunter2" not in err
    assert tables(harbour) == (REFERRALS, "")
