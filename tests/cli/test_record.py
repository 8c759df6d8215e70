"""portal record: one thing that happened, written into its own cells, and the rest of the file to the byte as it was."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from site_builder.cli import loaded as loaded_module
from site_builder.cli import record as record_module
from site_builder.cli import recordedit
from site_builder.edit import ChangedMeanwhileError
from tests.portals import FILES, write

Run = Callable[..., tuple[int, str, str]]
DEMO = Path(__file__).parents[2]
INCENTIVES = """\
example: {monthly_fee: "1000"}
rules:
  - {id: share, title: A share, plain: You get a tenth., type: commission, parts: [{percent: "10", of: monthly_fee, to: 3}]}
  - {id: leaf, title: A leaf, plain: A leaf for you., type: honour, what: a leaf}
  - {id: steps, title: Steps, plain: Steps for you., type: fixed, amount: "50", valid_from: 2026-12-01}
"""
REFERRERS = "referrer_id,name,audience,kind,kickback_clause\nrita,Rita Ray,partner,vendor,none\n"
REFERRALS = (
    "\ufeffreferral_id;received_on;referrer_id;prospect;status;status_on;won_on;monthly_fee;source;outcome_told_on\r\n"
    'r1;2026-10-29;rita;"Secret ""S"" Ltd";received;;;;referral;\r\n'
    "\r\n"
    "r2; 2026-06-01 ;rita;Second Secret;won;2026-08-15;2026-08-15;1000;referral;\r\n"
    "r3;2026-07-01;;Third Secret;contacted;2026-07-02;;;outbound;"
)
PAYOUTS = 'referral_id,rule,instalment,paid_on,amount,note\r\nr2,share,1,2026-09-20,100.00,"by post, with thanks"'


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A portal that speaks for 31 October 2026, its tables as spreadsheets save them; payouts are not started."""
    files = {"data/incentives.yaml": INCENTIVES, "data/referrers.csv": REFERRERS, "data/referrals.csv": REFERRALS}
    nurture = {"data/nurture.yaml": "thank_within_days: 2\ntell_outcome_within_days: 5\n"}
    return write(tmp_path / "harbour", {**files, **nurture})


@pytest.fixture
def payouts(harbour: Path) -> Path:
    """A table of one payout, without a last line end."""
    path = harbour / "data/payouts.csv"
    path.write_bytes(PAYOUTS.encode())
    return path


def table(harbour: Path) -> str:
    return (harbour / "data/referrals.csv").read_bytes().decode()


# Ticks


def test_a_status_is_written_with_its_day_and_every_other_byte_stays(run: Run, harbour: Path) -> None:
    code, out, err = run("record", "r1", "contacted", "--portal", harbour)
    assert (code, err) == (0, "")
    assert out == "r1 is contacted since 2026-10-31. Next: thank rita by 31 October 2026.\n"
    assert table(harbour) == REFERRALS.replace("received;;;;referral;\r\n", "contacted;2026-10-31;;;referral;\r\n")


def test_a_column_that_is_missing_is_added(run: Run, harbour: Path) -> None:
    assert run("record", "r1", "thanked", "--on", "2026-10-30", "--portal", harbour)[:2] == (
        0,
        "rita was thanked for r1 on 2026-10-30. data/referrals.csv has a new column for it: thanked_on.\n",
    )
    lines = table(harbour).split("\r\n")
    assert [line.rpartition(";")[2] for line in lines] == ["thanked_on", "2026-10-30", "", "", ""]
    former = REFERRALS.split("\r\n")
    assert [line.rpartition(";")[0] or line for line in lines] == former


def test_the_outcome_told_leads_to_what_is_due(run: Run, harbour: Path) -> None:
    referrals = harbour / "data/referrals.csv"
    referrals.write_bytes(REFERRALS.replace("referral;\r\nr3", "referral;2026-07-01\r\nr3").encode())
    code, out, _ = run("record", "r2", "told", "--on", "2026-08-16", "--portal", harbour)
    assert code == 0
    assert out == (
        "rita was told on 2026-08-16 what became of r2 (it said 2026-07-01, which was before the outcome)."
        " Next: thank rita (it was to be by 3 June 2026).\n"
    )
    assert table(harbour) == REFERRALS.replace("referral;\r\nr3", "referral;2026-08-16\r\nr3")


def test_where_nothing_is_owed_nothing_follows(run: Run, harbour: Path) -> None:
    assert run("record", "r3", "lost", "--portal", harbour)[1] == "r3 is lost since 2026-10-31.\n"


def test_a_win_says_what_its_rewards_are_reckoned_from(run: Run, harbour: Path) -> None:
    (harbour / "data/incentives.yaml").write_text(INCENTIVES.replace("type: honour", "earned_when: paid, type: honour"))
    assert run("record", "r1", "won", "--portal", harbour)[1] == (
        "r1 is won since 2026-10-31. Next: thank rita by 31 October 2026; fill in monthly_fee, won_client_id and first_paid_on"
        " (data/referrals.csv, line 2), for rewards are reckoned from that.\n"
    )
    assert "fill in" not in run("record", "r1", "thanked", "--portal", harbour)[1]
    assert run("record", "r3", "won", "--portal", harbour)[1] == "r3 is won since 2026-10-31.\n"


def test_a_second_time_nothing_is_written(run: Run, harbour: Path) -> None:
    run("record", "r1", "contacted", "--portal", harbour)
    path = harbour / "data/referrals.csv"
    before = path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino
    assert run("record", "r1", "contacted", "--portal", harbour) == (0, "r1 says so already; nothing was written.\n", "")
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_without_a_day_it_is_today_in_the_portals_time_zone(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def clock(zone: str) -> date:
        asked.append(zone)
        return date(2026, 11, 2)

    monkeypatch.setattr(loaded_module, "today", clock)
    (harbour / "data/portal.yaml").write_text(FILES["data/portal.yaml"].replace("as_of: 2026-10-31\n", ""))
    assert run("record", "r1", "contacted", "--portal", harbour)[1].startswith("r1 is contacted since 2026-11-02.")
    assert set(asked) == {"Europe/London"}
    assert run("record", "r1", "qualified", "--on", "2026-11-03", "--portal", harbour) == (
        2,
        "",
        "portal: 2026-11-03 has not come yet: today is 2026-11-02\n",
    )


# Payouts


def test_a_payout_starts_the_table_with_its_header(run: Run, harbour: Path) -> None:
    code, out, err = run("record", "r2", "paid", "--rule", "share", "--portal", harbour)
    assert (code, err) == (0, "")
    assert out == (
        "share, instalment 1, of r2 is paid with £100.00 on 2026-10-31. data/payouts.csv was started for it."
        " Next: thank rita (it was to be by 3 June 2026).\n"
    )
    assert (harbour / "data/payouts.csv").read_bytes() == (
        b"referral_id,rule,instalment,paid_on,amount,note\nr2,share,1,2026-10-31,100.00,\n"
    )
    assert table(harbour) == REFERRALS


def test_a_payout_follows_the_last_row_in_the_tables_own_form(run: Run, harbour: Path, payouts: Path) -> None:
    assert run("record", "r2", "paid", "--rule", "share", "--on", "2026-10-20", "--portal", harbour)[0] == 0
    assert payouts.read_bytes().decode() == f"{PAYOUTS}\r\nr2,share,2,2026-10-20,100.00,"
    assert run("record", "r2", "paid", "--on", "2026-10-20", "--portal", harbour)[1].startswith(
        "leaf of r2 is paid on 2026-10-20."
    )
    assert payouts.read_bytes().decode() == f"{PAYOUTS}\r\nr2,share,2,2026-10-20,100.00,\r\nr2,leaf,,2026-10-20,,"


def test_what_is_paid_before_it_is_due_is_said_to_be(run: Run, harbour: Path) -> None:
    (harbour / "data/incentives.yaml").write_text(INCENTIVES.replace("type: commission", "wait_days: 60, type: commission"))
    code, out, err = run("record", "r2", "paid", "--rule", "share", "--portal", harbour)
    assert (code, out) == (2, "")
    assert "share, instalment 1, is due only on 2026-11-14; --instalment 1 pays it now. Nothing was written." in err
    out = run("record", "r2", "paid", "--rule", "share", "--instalment", "1", "--portal", harbour)[1]
    said = "share, instalment 1, of r2 is paid with £100.00 on 2026-10-31, before it is due on 2026-11-14."
    assert out.startswith(said)


def test_several_instalments_are_ticked_off_with_one_line(run: Run, harbour: Path) -> None:
    code, out, err = run("record", "r2", "paid", "--rule", "share", "--instalment", "1-2", "--portal", harbour)
    assert (code, err) == (0, "")
    assert out.startswith("share, instalments 1-2, of r2 are paid with £200.00 on 2026-10-31. data/payouts.csv was started")
    assert (harbour / "data/payouts.csv").read_bytes() == (
        b"referral_id,rule,instalment,paid_on,amount,note\nr2,share,1,2026-10-31,100.00,\nr2,share,2,2026-10-31,100.00,\n"
    )


def test_several_that_are_paid_before_they_are_due_are_counted(run: Run, harbour: Path) -> None:
    # Due on 15 October and on 14 November, thirty days after each month.
    (harbour / "data/incentives.yaml").write_text(INCENTIVES.replace("type: commission", "wait_days: 30, type: commission"))
    out = run("record", "r2", "paid", "--rule", "share", "--instalment", "1,2", "--portal", harbour)[1]
    assert out.startswith("share, instalments 1-2, of r2 are paid with £200.00 on 2026-10-31, 1 of them before they are due.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1-3", "share, instalment 1, was paid on 2026-09-20 (data/payouts.csv, line 2); share, instalment 3, is earned only on"),
        ("2,3", "share, instalment 3, is earned only on 2026-11-15; --instalment 2 can be. Nothing was written."),
        ("2-9", "there is no instalment 4-9 for r2; there are 1 to 3. Nothing was written."),
        ("3-2", '"3-2" is no instalment; write its number, from 1, or several as 1-8'),
    ],
)
def test_where_one_instalment_cannot_be_paid_none_is_written(
    run: Run, harbour: Path, payouts: Path, typed: str, said: str
) -> None:
    code, out, err = run("record", "r2", "paid", "--rule", "share", "--instalment", typed, "--portal", harbour)
    assert (code, out) == (2, "")
    assert said in err
    assert payouts.read_bytes().decode() == PAYOUTS


def test_an_instalment_is_not_paid_over_one_that_waits_without_saying_so(run: Run, harbour: Path) -> None:
    typed = ("record", "r2", "paid", "--rule", "share", "--instalment", "2", "--portal", harbour)
    code, out, err = run(*typed)
    assert (code, out) == (2, "")
    assert "instalment 1 waits to be paid before 2; --instalment 1-2 ticks all of them off" in err
    assert run(*typed, "--early")[1].startswith("share, instalment 2, of r2 is paid with £100.00 on 2026-10-31.")


def test_what_was_paid_is_refused_with_its_line(run: Run, harbour: Path, payouts: Path) -> None:
    assert payouts.exists()
    err = run("record", "r2", "paid", "--rule", "share", "--instalment", "1", "--portal", harbour)[2]
    assert "share, instalment 1, was paid on 2026-09-20 (data/payouts.csv, line 2). Nothing was written." in err


def test_a_table_with_a_header_alone_gets_its_first_row(run: Run, harbour: Path) -> None:
    payouts = harbour / "data/payouts.csv"
    payouts.write_bytes(b"paid_on;referral_id;rule\r\n")
    assert run("record", "r2", "paid", "--rule", "leaf", "--portal", harbour)[0] == 0
    assert payouts.read_bytes() == b"paid_on;referral_id;rule\r\n2026-10-31;r2;leaf\r\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ("r2", "paid"),
            "several rewards of r2 may be meant; name one with --rule: share (due), leaf (due). Nothing was written.",
        ),
        (("r2", "paid", "--rule", "share", "--instalment", "3"), "share, instalment 3, is earned only on 2026-11-15. Nothing"),
        (("r2", "paid", "--rule", "shaer"), 'there is no incentive "shaer"; did you mean "share"?'),
        (("r2", "paid", "--rule", "steps"), "steps is no reward of r2; r2 brings share, leaf. Nothing was written."),
        (("r2", "contacted"), "r2 is won already, which comes after contacted"),
        (("r3", "told"), "r3 names no referrer"),
        (("r1", "thanked", "--on", "2026-11-01"), "2026-11-01 has not come yet: today is 2026-10-31 (as_of in data/portal.yaml)"),
        (("r1", "thanked", "--on", "2026-10-28"), "r1 came on 2026-10-29, so this did not happen on 2026-10-28"),
        (("r9", "paid"), 'there is no referral "r9"'),
        (("R2", "paid"), 'there is no referral "R2"; did you mean "r2"'),
        (("r2", "won", "--rule", "share"), "--rule, --instalment and --early go with paid"),
        (("r2", "won", "--early"), "--rule, --instalment and --early go with paid"),
        (("r2", "paid", "--instalment", "0"), '"0" is no instalment; write its number, from 1'),
        (("r2", "payd"), '"payd" is no value of STEP; did you mean "paid"?'),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    run: Run, harbour: Path, payouts: Path, typed: tuple[str, ...], said: str
) -> None:
    payouts.unlink()
    code, out, err = run("record", *typed, "--portal", harbour)
    assert (code, out) == (2, "")
    assert said in err
    assert "Secret" not in err
    assert table(harbour) == REFERRALS
    assert not payouts.exists()


# Dry runs, mistakes and bad luck


def test_a_dry_run_shows_the_lines_and_writes_nothing(run: Run, harbour: Path) -> None:
    code, out, err = run("record", "r3", "lost", "--dry-run", "--portal", harbour)
    assert (code, err) == (0, "portal: nothing was written\n")
    assert out.startswith("--- data/referrals.csv\n+++ data/referrals.csv (not written)\n@@ ")
    assert "\n-r3;2026-07-01;;Third Secret;contacted;2026-07-02;;;outbound;\n" in out
    assert "\n+r3;2026-07-01;;Third Secret;lost;2026-10-31;;;outbound;\n" in out
    assert table(harbour) == REFERRALS


def test_a_dry_run_starts_no_table(run: Run, harbour: Path) -> None:
    code, out, _ = run("record", "r2", "paid", "--rule", "leaf", "--dry-run", "--portal", harbour)
    assert code == 0
    assert "\n+referral_id,rule,instalment,paid_on,amount,note\n+r2,leaf,,2026-10-31,,\n" in out
    assert not (harbour / "data/payouts.csv").exists()


@pytest.mark.parametrize("step", ["contacted", "paid"])
def test_a_table_with_a_mistake_is_not_touched(run: Run, harbour: Path, step: str) -> None:
    spoiled = REFERRALS.replace("outbound", "Out Bound").encode()
    (harbour / "data/referrals.csv").write_bytes(spoiled)
    code, out, err = run("record", "r1", step, "--portal", harbour)
    assert (code, out) == (1, "")
    assert "data/referrals.csv:5:" in err
    assert err.endswith("Nothing was printed or written.\n")
    assert (harbour / "data/referrals.csv").read_bytes() == spoiled


def test_a_mistake_among_the_rewards_stops_payouts_alone(run: Run, harbour: Path) -> None:
    (harbour / "data/clients.csv").write_text("client_id,name,industry,since\nacme,Acme,dental,yesterday\n")
    assert run("record", "r2", "paid", "--rule", "leaf", "--portal", harbour)[0] == 1
    assert not (harbour / "data/payouts.csv").exists()
    assert run("record", "r1", "contacted", "--portal", harbour)[0] == 0


@pytest.mark.parametrize("step", ["contacted", "paid"])
def test_without_referrals_there_is_none_to_record(run: Run, tmp_path: Path, step: str) -> None:
    portal = write(tmp_path / "bare")
    assert run("record", "r1", step, "--portal", portal) == (2, "", 'portal: there is no referral "r1"\n')
    assert sorted(path.name for path in (portal / "data").iterdir()) == ["incentives.yaml", "portal.yaml", "positioning.yaml"]


@pytest.mark.parametrize(("name", "typed"), [("replace_content", "contacted"), ("create_content", "paid")])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ChangedMeanwhileError(), "was saved by somebody else just now, so nothing was written; run this again"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "cannot be written: read-only file system"),
    ],
)
def test_a_table_that_cannot_be_written_is_told(  # noqa: PLR0913, PLR0917  # a fixture is no argument that a caller must remember
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, name: str, typed: str, error: Exception, said: str
) -> None:
    def fails(*_content: object, **_like: object) -> None:
        raise error

    monkeypatch.setattr(recordedit, name, fails)
    which, options = ("payouts", ("r2", "paid", "--rule", "leaf")) if typed == "paid" else ("referrals", ("r1", typed))
    assert run("record", *options, "--portal", harbour) == (1, "", f"portal: data/{which}.csv {said}\n")


def test_somebody_elses_change_between_reading_and_writing_is_kept(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = harbour / "data/referrals.csv"
    load = loaded_module.load_portal

    def slowly(*given: object) -> object:
        portal = load(*given)  # type: ignore[arg-type]  # handed on as it came
        path.write_bytes(REFERRALS.replace("Third", "Fourth").encode())
        return portal

    monkeypatch.setattr(record_module, "load_portal", slowly)
    assert run("record", "r1", "contacted", "--portal", harbour)[0] == 1
    assert table(harbour) == REFERRALS.replace("Third", "Fourth")


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_on_a_build_server_nothing_is_said_or_written_unasked(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, err = run("record", "r1", "contacted", *options, "--portal", harbour)
    assert (code, out) == (2, "")
    assert "--show-private" in err
    assert table(harbour) == REFERRALS
    assert run("record", "r1", "contacted", *options, "--show-private", "--portal", harbour)[0] == 0


# The demo, from end to end


def test_in_the_demo_a_reward_that_is_recorded_is_paid_and_the_portal_stays_in_order(run: Run, tmp_path: Path) -> None:
    for folder in ("data", "content"):
        shutil.copytree(DEMO / folder, tmp_path / folder)
    before = {path: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    order = run("check", "--portal", tmp_path)[0]
    # thanks100 was earned on 12 October 2026 and is due on 11 November; the portal speaks for 31 October.
    typed = ("record", "r2026-059", "paid", "--rule", "thanks100", "--on", "2026-10-30", "--portal", tmp_path)
    assert run(*typed)[0] == 2
    assert run(*typed, "--early")[0] == 0
    assert run("record", "r2026-080", "contacted", "--portal", tmp_path)[0] == 0
    changed = [path.name for path in sorted(before) if path.read_bytes() != before[path]]
    assert changed == ["payouts.csv", "referrals.csv"]
    assert (tmp_path / "data/payouts.csv").read_bytes() == (
        before[tmp_path / "data/payouts.csv"] + b"r2026-059,thanks100,,2026-10-30,100.00,\n"
    )
    assert run("check", "--portal", tmp_path)[0] == order
    explained = json.loads(run("explain", "r2026-059", "--format", "json", "--portal", tmp_path)[1])
    (answer,) = explained if isinstance(explained, list) else explained["referrals"]
    states = {line["rule"]: line["state"] for line in answer["lines"]}
    assert states["thanks100"] == "paid"
    assert answer["totals"]["paid"] == "100.00"
