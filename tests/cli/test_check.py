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
