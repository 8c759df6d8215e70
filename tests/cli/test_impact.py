"""portal impact: against a folder and against a git ref, for people, programs and pull requests."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli.impacttext import as_text
from site_builder.cli.table import Screen
from site_builder.impact import impact
from site_builder.load.folder import load
from site_builder.model.portal import Portal
from tests.portals import AS_OF, FILES, write

Run = Callable[..., tuple[int, str, str]]
RULES = """\
rules:
  - {id: thanks100, title: Money, plain: You get a hundred., type: fixed, amount: "100"}
"""
DEARER = RULES.replace('"100"', '"120"')
TABLES = {
    "data/referrers.csv": "referrer_id,name,audience,kind,kickback_clause\nrita,Rita Ray,partner,vendor,none\n",
    "data/referrals.csv": (
        "referral_id,received_on,referrer_id,prospect,status,won_on,source\nr1,2026-01-10,rita,Secret,won,2026-08-15,referral\n"
    ),
}
TEXT = """\
Against {against}, as of 31 October 2026

owed                before    after  difference
cash to referrers  £100.00  £120.00     +£20.00
donations            £0.00    £0.00           -
for the friend       £0.00    £0.00           -
in all             £100.00  £120.00     +£20.00
  due              £100.00  £120.00     +£20.00
  earned             £0.00    £0.00           -
  expected           £0.00    £0.00           -
withheld             £0.00    £0.00           -
paid                 £0.00    £0.00           -

Rules: thanks100 changed (amount).
KPIs: the five numbers stay the same.

referral  reward     before       after
r1        thanks100  £100.00 due  £120.00 due
    in all: due £100.00 → £120.00
"""


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the tests keeps their own git, and their own build server, out of it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ann@harbour.example")


@pytest.fixture
def former(tmp_path: Path) -> Path:
    return write(tmp_path / "former", {**TABLES, "data/incentives.yaml": RULES})


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """The portal as it is now: the reward is 120 instead of 100."""
    return write(tmp_path / "firm/harbour", {**TABLES, "data/incentives.yaml": DEARER})


def portal_in(folder: Path) -> Portal:
    portal = load(folder, as_of=AS_OF, today=lambda _: AS_OF, cache=None).portal
    assert portal is not None
    return portal


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=True)


def test_against_a_folder(run: Run, harbour: Path, former: Path) -> None:
    assert run("impact", "--against", former, "--portal", harbour) == (0, TEXT.format(against=former), "")


def test_against_a_branch_of_the_repository_around_it(run: Run, harbour: Path) -> None:
    (harbour / "data/incentives.yaml").write_text(RULES)
    git(harbour.parent, "init", "--quiet", "--initial-branch", "main")
    git(harbour.parent, "add", "--all")
    git(harbour.parent, "commit", "--quiet", "--message", "start")
    (harbour / "data/incentives.yaml").write_text(DEARER)
    assert run("impact", "--against", "main", "--portal", harbour) == (0, TEXT.format(against="main"), "")
    code, out, err = run("impact", "--against", "mian", "--portal", harbour)
    assert (code, out) == (2, "")
    assert err == 'portal: there is no portal\'s folder and no git ref "mian"; did you mean "main"?\n'


def test_where_nothing_changes_that_is_said(run: Run, harbour: Path) -> None:
    code, out, _ = run("impact", "--against", harbour, "--portal", harbour)
    assert code == 0
    assert out == (
        f"Against {harbour}, as of 31 October 2026\n"
        "Nothing changes: no rule differs, and no referral earns anything else.\n"
        "KPIs: the five numbers stay the same.\n"
    )


def test_a_rule_may_change_and_no_referral_with_it(run: Run, harbour: Path, former: Path) -> None:
    (former / "data/incentives.yaml").write_text(DEARER.replace("a hundred", "money"))
    out = run("impact", "--against", former, "--portal", harbour)[1]
    assert "Rules: thanks100 changed (plain).\n" in out
    assert out.endswith("\n\nNo referral earns anything else.\n")


def test_both_speak_for_the_day_of_the_present_one(run: Run, harbour: Path, former: Path) -> None:
    (former / "data/portal.yaml").write_text(FILES["data/portal.yaml"].replace("2026-10-31", "2020-01-01"))
    assert run("impact", "--against", former, "--portal", harbour)[1] == TEXT.format(against=former)
    # On 1 August 2026 it was not won yet, so both sums are still expected.
    _, out, _ = run("impact", "--against", former, "--as-of", "2026-08-01", "--format", "json", "--portal", harbour)
    answer = json.loads(out)
    assert answer["as_of"] == "2026-08-01"
    assert [answer["totals"][side]["expected"] for side in ("before", "after")] == ["100.00", "120.00"]


def test_for_programs_and_pull_requests(run: Run, harbour: Path, former: Path) -> None:
    code, out, _ = run("impact", "--against", former, "--format", "json", "--portal", harbour)
    assert code == 0
    assert [change["referral"] for change in json.loads(out)["referrals"]] == ["r1"]
    code, out, _ = run("impact", "--against", former, "--format", "markdown", "--portal", harbour)
    assert code == 0
    assert out.startswith("### What this changes for referrals, against `")
    assert "| r1 | thanks100 | £100.00 due | £120.00 due | due £100.00 → £120.00 |\n" in out


@pytest.mark.parametrize("which", ["present", "former"])
def test_mistakes_on_either_side_stand_in_the_way(run: Run, harbour: Path, former: Path, which: str) -> None:
    folder = harbour if which == "present" else former
    (folder / "data/referrals.csv").write_text(TABLES["data/referrals.csv"].replace("rita", "rida"))
    code, out, err = run("impact", "--against", former, "--portal", harbour)
    assert (code, out) == (1, "")
    assert "data/referrals.csv:2:15: error[D302]" in err
    assert (f"these mistakes stand in {former}, so nothing can be compared with it" in err) == (which == "former")


def test_a_mistake_that_touches_no_reward_is_no_hindrance(run: Run, harbour: Path, former: Path) -> None:
    for folder in (harbour, former):
        write(folder, {**TABLES, "content/pages/faq.md": "no front matter\n"})
    (harbour / "data/incentives.yaml").write_text(DEARER)
    (former / "data/incentives.yaml").write_text(RULES)
    assert run("impact", "--against", former, "--portal", harbour)[0] == 0


def test_a_former_portal_that_cannot_be_read_at_all_is_told(run: Run, harbour: Path, former: Path) -> None:
    (former / "data/positioning.yaml").unlink()
    code, out, err = run("impact", "--against", former, "--portal", harbour)
    assert (code, out) == (1, "")
    assert "data/positioning.yaml" in err


def test_a_folder_that_is_no_portal_is_wrong_usage(run: Run, harbour: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = run("impact", "--against", tmp_path / "empty", "--portal", harbour)
    assert (code, out) == (2, "")
    assert "is no portal, as it has no data/portal.yaml, and " in err
    git(harbour.parent, "init", "--quiet")
    assert run("impact", "--against", tmp_path / "empty", "--portal", harbour)[2].endswith(
        "and there is no git ref of that name\n"
    )


@pytest.mark.parametrize("options", [(), ("--against", ""), ("--portal", "nowhere", "--against", "main")])
def test_what_is_to_be_compared_must_be_said(run: Run, options: tuple[str, ...]) -> None:
    assert run("impact", *options)[:2] == (2, "")


def test_on_a_build_server_no_private_row_is_printed(
    run: Run, harbour: Path, former: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, err = run("impact", "--against", former, "--portal", harbour)
    assert (code, out) == (2, "")
    assert "--show-private" in err
    assert run("impact", "--against", former, "--show-private", "--portal", harbour)[0] == 0


@pytest.mark.parametrize("how", ["text", "json", "markdown"])
def test_nobody_is_named(run: Run, harbour: Path, former: Path, how: str) -> None:
    out = run("impact", "--against", former, "--format", how, "--portal", harbour)[1]
    assert not [name for name in ("Secret", "Rita") if name in out]


def test_a_portal_in_another_language_is_told_in_english(run: Run, harbour: Path, former: Path) -> None:
    (harbour / "data/portal.yaml").write_text(FILES["data/portal.yaml"].replace("en-GB", "de-DE"))
    assert run("impact", "--against", former, "--portal", harbour)[1] == TEXT.format(against=former)


def test_a_terminal_gets_a_heading_that_stands_out(harbour: Path, former: Path) -> None:
    comparison = impact(*(portal_in(folder) for folder in (former, harbour)))
    shown = as_text(comparison, "main\x1b[2J", Screen(columns=100, is_coloured=True))
    assert shown.startswith("\x1b[1mAgainst main\\x1b[2J, as of 31 October 2026\x1b[0m\n")


def test_what_was_paid_is_told_below_and_is_no_change_of_money(run: Run, harbour: Path, former: Path) -> None:
    for folder in (harbour, former):
        (folder / "data/payouts.csv").write_text("referral_id,rule,paid_on,amount\nr1,thanks100,2026-09-01,100\n")
    out = run("impact", "--against", former, "--portal", harbour)[1]
    assert "\nin all               £0.00    £0.00           -\n" in out
    assert "\npaid               £100.00  £100.00           -\n" in out
    assert out.endswith(
        "\n\nNo referral earns anything else.\n\nr1: £100.00 was paid for thanks100, which would be £120.00 now.\n"
    )


def test_each_line_names_its_referral_and_the_sums_stand_below_the_last(run: Run, harbour: Path, former: Path) -> None:
    with_leaf = RULES + "  - {id: leaf, title: A leaf, plain: A leaf for you., type: honour, what: a leaf}\n"
    (harbour / "data/incentives.yaml").write_text(with_leaf)
    rows = "r2,2026-01-11,rita,Other,won,2026-08-16,referral\n"
    (harbour / "data/referrals.csv").write_text(TABLES["data/referrals.csv"] + rows)
    out = run("impact", "--against", former, "--portal", harbour)[1]
    assert out.endswith("""
referral  reward     before  after
r1        leaf       -       due
r2 (new)  thanks100  -       £100.00 due
r2 (new)  leaf       -       due
    in all: due £0.00 → £100.00
""")
