from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


def misspell(portal: Path) -> None:
    """Make one mistake, on line 10 of portal.yaml: the key timezone."""
    file = portal / "data" / "portal.yaml"
    file.write_text(file.read_text().replace("\ncurrency:", "\ncurency:"))


def warn(portal: Path) -> None:
    """Leave a file that nothing reads, which is a warning."""
    (portal / "data" / "cleints.csv").write_text("client_id\n")


def test_a_clean_portal_is_ready_to_publish(run: Run, portal: Path) -> None:
    code, out, err = run("check", "--strict", "--portal", portal)
    assert (code, err) == (0, "")
    assert out.endswith("Ready to publish: portal build\n")


def test_problems_are_its_data_and_go_to_stdout(run: Run, portal: Path) -> None:
    misspell(portal)
    code, out, err = run("check", "--portal", portal)
    assert (code, err) == (1, "")
    assert 'error[D404]: the key "curency" is not known here\nhint: did you mean "currency"?\n' in out
    assert out.endswith("portal check --explain D404 says why one matters.\n")


def last_line(run: Run, portal: Path) -> str:
    out = run("check", "--as-of", "2026-10-31", "--portal", portal)[1]
    return str(out.splitlines()[-1])


def test_what_could_not_be_read_keeps_the_programme_from_being_checked_and_that_is_said(run: Run, portal: Path) -> None:
    stands = "Nothing is published while errors stand; portal check --explain"
    misspell(portal)
    waits = "The programme itself was not checked: that waits until these files can be read."
    assert f". {waits} {stands} D404" in last_line(run, portal)


def test_a_row_that_could_not_be_read_lets_some_checks_wait_and_that_is_said(run: Run, portal: Path) -> None:
    (portal / "data" / "clients.csv").write_text("client_id,name,industry,since\nacme,Acme,dental,yesterday\n")
    assert last_line(run, portal).endswith(
        ". Some checks of the programme wait until these files can be read whole."
        " Nothing is published while errors stand; portal check --explain D202 says why one matters."
    )


def test_a_secret_that_is_missing_keeps_no_file_from_being_read(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORTAL_SECRET", "PORTAL_OWNER_ANN"):
        monkeypatch.delenv(name, raising=False)
    settings = portal / "data" / "portal.yaml"
    settings.write_text(settings.read_text() + "owners: {ann: Ann Hale}\n")
    last = last_line(run, portal)
    assert "wait" not in last
    assert last.endswith("Nothing is published while errors stand; portal check --explain D701 says why one matters.")


def test_an_error_of_the_programme_itself_lets_nothing_wait(run: Run, portal: Path) -> None:
    rule = '{id: share, title: S, plain: You get it., type: fixed, amount: "200", needs_agreement: true}'
    (portal / "data" / "incentives.yaml").write_text(f"rules:\n  - {rule}\n")
    out = last_line(run, portal)
    assert out.endswith("notes. Nothing is published while errors stand; portal check --explain L101 says why one matters.")


def test_warnings_fail_under_strict_alone(run: Run, portal: Path) -> None:
    warn(portal)
    assert run("check", "--portal", portal)[0] == 0
    code, out, _ = run("check", "--strict", "--portal", portal)
    assert code == 1
    assert out.endswith("Under --strict this is not published.\n")


def test_json_is_all_there_is_on_stdout(run: Run, portal: Path) -> None:
    warn(portal)
    code, out, err = run("check", "--format", "json", "--as-of", "2026-10-31", "--portal", portal)
    document = json.loads(out)
    assert (code, err, document["as_of"], document["counts"]["warning"]) == (0, "", "2026-10-31", 1)


def test_github_and_sarif_paths_start_at_the_current_folder(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    misspell(portal)
    monkeypatch.chdir(portal.parent)
    _, github, _ = run("check", "--format", "github", "--portal", "harbour")
    assert "::error file=harbour/data/portal.yaml,line=" in github
    _, sarif, _ = run("check", "--format", "sarif", "--portal", "harbour")
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(sarif)["runs"][0]["results"]
    }
    assert "harbour/data/portal.yaml" in uris


def test_nothing_is_written_but_a_cache_that_version_control_ignores(run: Run, portal: Path) -> None:
    before = {path for path in portal.rglob("*") if path.is_file()}
    run("check", "--portal", portal)
    new = {path for path in portal.rglob("*") if path.is_file()} - before
    assert {path.relative_to(portal).parts[0] for path in new} == {".portal-cache"}
    assert (portal / ".portal-cache" / ".gitignore").read_text() == "*\n"


def test_a_folder_that_is_no_portal_gets_no_cache(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("check", "--portal", tmp_path)
    assert code == 1
    assert "D001" in out
    assert list(tmp_path.iterdir()) == []


# --explain


def test_a_code_is_explained(run: Run) -> None:
    code, out, _ = run("check", "--explain", "d102")
    assert code == 0
    assert out == (
        "D102: a quotation mark is never closed\n\n"
        "Everything after it would be read as one cell.\n\n"
        "severity: error (nothing is published while it stands)\n"
        "source:   Referral Portal: how files are read\n"
    )


def test_an_unknown_code_is_wrong_usage_with_a_near_one(run: Run) -> None:
    code, out, err = run("check", "--explain", "D1022")
    assert (code, out) == (2, "")
    assert 'there is no code "D1022"; did you mean "D102"?' in err
    assert run("check", "--explain", "nonsense")[2] == 'portal: there is no code "nonsense"\n'


def test_a_check_of_the_programme_is_explained_with_its_thresholds_and_examples(run: Run) -> None:
    code, out, err = run("check", "--explain", "S101")
    assert (code, err) == (0, "")
    assert out.startswith("S101: no customer of the month\n")
    assert "  spotlight_day: 7   # usual: day of the month from which its spotlight is missed\n" in out
    assert (
        out.index("It fires on this:")
        < out.index("2026-09-acme.md")
        < out.index("and not on this:")
        < out.index("2026-10-acme.md")
    )


def test_a_code_is_explained_without_a_portal(run: Run, tmp_path: Path) -> None:
    assert run("check", "--explain", "R101", "--portal", tmp_path / "nowhere")[0] == 0


# What the owner accepts


def owe(portal: Path, ignored: str = "") -> None:
    """Add somebody who is thanked late, and nobody who is no client: N101 at r1, and N104."""
    tables = {
        "nurture.yaml": "thank_within_days: 2\n",
        "referrers.csv": "referrer_id,name,audience,kind,kickback_clause,link_code\nsam,Sam Poole,owner,client,none,7QK3M9TX\n",
        "referrals.csv": "referral_id,received_on,referrer_id,prospect,prospect_told_on,status,source\n"
        "r1,2026-10-12,sam,Cove Law,2026-10-13,received,referral\n",
    }
    for name, text in tables.items():
        (portal / "data" / name).write_text(text)
    file = portal / "data" / "portal.yaml"
    file.write_text(f"{file.read_text()}{ignored}")


def told(run: Run, portal: Path) -> list[tuple[str, str, str, int]]:
    """Return code, severity, path and line of each problem but what is not started."""
    _, out, _ = run("check", "--format", "json", "--as-of", "2026-10-31", "--portal", portal)
    found = json.loads(out)["problems"]
    return [(each["code"], each["severity"], each["path"], each["line"]) for each in found if each["code"] != "D601"]


def test_what_is_accepted_with_a_reason_is_not_told_and_does_not_count(run: Run, portal: Path) -> None:
    owe(portal)
    assert [code for code, *_ in told(run, portal)] == ["N101", "N104"]
    assert run("check", "--strict", "--as-of", "2026-10-31", "--portal", portal)[0] == 1
    owe(portal, "checks: {ignore: [{code: N101, id: r1, reason: Sam is away}, {code: N104, reason: We begin with clients}]}\n")
    assert told(run, portal) == []
    code, out, _ = run("check", "--strict", "--as-of", "2026-10-31", "--portal", portal)
    assert (code, "N101" in out) == (0, False)


def test_what_is_accepted_in_vain_is_told_at_its_line_as_text_and_json(run: Run, portal: Path) -> None:
    owe(portal, "checks:\n  ignore:\n    - {code: N101, id: r2, reason: Sam is away}\n    - {code: N104, reason: We begin so}\n")
    line = (portal / "data" / "portal.yaml").read_text().splitlines().index("    - {code: N101, id: r2, reason: Sam is away}") + 1
    assert told(run, portal) == [
        ("D602", "advice", "data/portal.yaml", line),
        ("N101", "warning", "data/referrals.csv", 2),
    ]
    _, out, _ = run("check", "--as-of", "2026-10-31", "--portal", portal)
    assert f"data/portal.yaml:{line}:14: advice[D602]: this accepts nothing: N101 does not fire for r2\n" in out
    assert 'warning[N101]: nobody thanked the referrer of "r1" within 2 days\n' in out


def test_accepting_a_check_there_is_not_is_an_error_with_a_near_one(run: Run, portal: Path) -> None:
    owe(portal, "checks: {thresholds: {derisry: 50}, ignore: [{code: N1O1, reason: Sam is away}]}\n")
    code, out, _ = run("check", "--as-of", "2026-10-31", "--portal", portal)
    assert code == 1
    assert 'error[D206]: there is no check "N1O1"\nhint: did you mean "N101"?\n' in out
    assert 'error[D206]: there is no threshold "derisry"\nhint: did you mean "derisory"?\n' in out


# On a terminal


def on_terminal(portal: Path, **env: str) -> str:
    """Run check with a terminal as its stdout and return what the terminal was sent."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "site_builder", "check", "--portal", str(portal)]
    surroundings = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    with subprocess.Popen(command, stdout=theirs, env={**surroundings, "TERM": "xterm", **env}) as check:
        os.close(theirs)
        received = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux's end of a terminal whose other side is closed
                break
            if not part:
                break
            received += part
    os.close(ours)
    assert check.returncode == 1
    return received.decode().replace("\r\n", "\n")


def test_a_terminal_sees_colours_and_the_line(portal: Path) -> None:
    misspell(portal)
    received = on_terminal(portal)
    assert "\x1b[1;31merror[D404]\x1b[0m" in received
    assert "curency: " in received


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colours_sees_the_line_alone(portal: Path, env: dict[str, str]) -> None:
    misspell(portal)
    received = on_terminal(portal, **env)
    assert "\x1b" not in received
    assert '| curency: "xxx"\n      | ^\n' in received


def test_the_log_of_a_build_server_names_no_private_row(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "referrer_id,name,audience,kind\nann-hale,Ann Hale,owner,founder\n"
    (portal / "data" / "referrers.csv").write_text(row, encoding="utf-8")
    monkeypatch.setenv("CI", "true")
    _, out, _ = run("check", "--format", "json", "--portal", portal)
    (found,) = (each for each in json.loads(out)["problems"] if each["code"] == "L201")
    assert (found["path"], found["line"], found["row_id"]) == ("data/referrers.csv", 2, "")
    assert "ann-hale" not in out
    _, out, _ = run("check", "--format", "json", "--show-private", "--portal", portal)
    assert '"row_id": "ann-hale"' in out
