from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import __version__, cli, pipeline
from site_builder.cli import main

Run = Callable[..., tuple[int, str, str]]
PORTAL = (sys.executable, "-m", "site_builder")


def test_help_names_every_command_with_an_example_each(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for command in ("build", "check", "new", "serve"):
        assert f"\n    {command} " in out
        code, more, _ = run(command, "--help")
        assert code == 0
        assert f"portal {command} " in more.partition("example")[2]


def test_help_imports_nothing_but_the_argument_reader() -> None:
    script = "import sys; from site_builder.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    ours = {name for name in done.stderr.split() if name.startswith("site_builder")}
    assert ours == {
        "site_builder",
        "site_builder.cli",
        "site_builder.cli.arguments",
        "site_builder.cli.commands",
        "site_builder.cli.options",
    }
    assert {"pydantic", "jinja2", "yaml", "shutil", "dataclasses", "datetime"}.isdisjoint(done.stderr.split())


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version") == (0, f"portal {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["biuld"], '"biuld" is no command; did you mean "build"?', id="a misspelt command"),
        pytest.param(["dance"], '"dance" is no command (there are build, check, new, serve, links, ', id="an unknown command"),
        pytest.param(["build", "--strct"], 'nothing here takes "--strct"; did you mean "--strict"?', id="a misspelt option"),
        pytest.param(["build", "--outptu=x"], 'did you mean "--output"?', id="a misspelt option with a value"),
        pytest.param(["build", "--str"], 'nothing here takes "--str"', id="a shortened option"),
        pytest.param(["check", "--format", "jsn"], 'value of --format; did you mean "json"?', id="a misspelt format"),
        pytest.param(["check", "--as-of", "2026-02-30"], '"2026-02-30" is no date', id="a day the calendar lacks"),
        pytest.param(["check", "--as-of", "20261031"], "write it as 2026-10-31", id="a date in another form"),
        pytest.param(["serve", "--port", "70000"], "write a number from 0 to 65535", id="a port there is not"),
        pytest.param(["new"], "DIR", id="a missing folder"),
        pytest.param(["check", "--portal", "/nowhere"], 'there is no folder "/nowhere"', id="a portal that is not there"),
        pytest.param(["build", "--portal", "/nowhere"], 'there is no folder "/nowhere"', id="the same to build"),
        pytest.param(["serve", "--portal", "/nowhere"], 'there is no folder "/nowhere"', id="the same to serve"),
    ],
)
def test_wrong_usage_is_explained_on_stderr_with_exit_code_2(run: Run, words: list[str], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_without_a_command_the_help_goes_to_stderr(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.startswith("usage: portal")


def test_the_portals_folder_may_be_named_before_or_after_the_command(run: Run, portal: Path) -> None:
    before = run("--portal", portal, "check", "--format", "json")
    assert before == run("check", "--format", "json", "--portal", portal)
    assert before[0] == 0


def test_arguments_come_from_the_command_line_when_nobody_hands_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["portal", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("portal ")


# What ends a command early


def test_a_mistake_of_ours_is_one_line_without_data(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError("ann@private.example")

    monkeypatch.setattr(pipeline, "build", broken)
    code, out, err = run("check", "--portal", portal)
    assert (code, out) == (70, "")
    assert err.count("\n") == 1
    assert "ValueError in site_builder/cli/check.py:" in err
    assert "PORTAL_DEBUG=1" in err
    assert "ann@private.example" not in err


def test_the_traceback_is_shown_to_those_who_ask(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError("what it was")

    monkeypatch.setattr(pipeline, "build", broken)
    monkeypatch.setenv("PORTAL_DEBUG", "1")
    code, _, err = run("check", "--portal", portal)
    assert code == 70
    assert "Traceback" in err
    assert "what it was" in err


def test_ctrl_c_ends_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    assert run("check") == (130, "", "\nportal: ended by Ctrl-C\n")


def test_a_reader_who_goes_away_ends_the_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = subprocess.run([*PORTAL, "check", "--explain", "D102"], stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


def test_what_the_output_cannot_hold_is_written_as_escapes(portal: Path) -> None:
    (portal / "data" / "ü.csv").write_text("x\n")
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*PORTAL, "check", "--portal", str(portal)], capture_output=True, env=env, check=False)
    assert (done.returncode, b"data/\\xfc.csv" in done.stdout) == (0, True)


def test_serve_ends_cleanly_on_ctrl_c(portal: Path) -> None:
    command = [*PORTAL, "serve", "--port", "0", "--portal", str(portal)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("http://127.0.0.1:")
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "Traceback" not in err
    assert err.startswith("portal: 8 pages\n")
