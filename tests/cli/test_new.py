from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = "Its promise, rewards and prices are examples: make them yours in data/ before anybody reads them."
TOLD = ("--name", "Harbour IT", "--url", "https://refer.harbour.example/", "--email", "hello@harbour.example")


class Terminal(io.StringIO):
    """A terminal somebody types at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[..., tuple[int, str, str]]:
    """Run a command with lines typed at a terminal."""

    def command(lines: str, *argv: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", Terminal(lines))
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        return run(*argv)

    return command


def test_what_is_told_is_written_and_the_next_steps_are_said(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "my portal"
    assert run("new", folder, *TOLD) == (
        0,
        f"A portal for Harbour IT stands in {folder}.\n{EXAMPLES} Next:\n  cd '{folder}'\n  portal serve\n  portal build\n",
        "",
    )
    assert run("check", "--strict", "--portal", folder)[0] == 0


def test_what_is_not_told_comes_from_the_folders_name_and_is_said_aloud(run: Run, tmp_path: Path) -> None:
    code, out, err = run("new", tmp_path / "harbour-it")
    assert code == 0
    assert out.startswith("A portal for Harbour It stands in ")
    assert err == (
        "portal: made up, so change it in data/portal.yaml: "
        "Harbour It, https://refer.harbour-it.example/, hello@harbour-it.example\n"
    )
    assert run("check", "--strict", "--portal", tmp_path / "harbour-it")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--name", ""), "--name: "),
        (("--name", "two\nlines"), "--name: name "),
        (("--url", "refer.harbour.example"), "--url: "),
        (("--url", "https://x.example/?q=1"), "--url: "),
        (("--email", "hello at harbour"), "--email: "),
        (("--currency", "POUND"), "--currency: "),
        (("--timezone", "Europe/Leeds"), "--timezone: "),
        (("--locale", "xx-YY"), "--locale: "),
    ],
)
def test_what_cannot_be_used_is_wrong_usage_and_writes_nothing(
    run: Run, tmp_path: Path, words: tuple[str, str], said: str
) -> None:
    code, out, err = run("new", tmp_path / "p", *TOLD, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_refused(run: Run, portal: Path) -> None:
    code, _, err = run("new", portal, *TOLD)
    assert code == 2
    assert "is not empty" in err


def test_a_terminal_is_asked_and_asked_again(typed: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    code, _, err = typed("Quay & Co\nnonsense\nhttps://x.example/portal/\n\n", "new", tmp_path / "p")
    assert code == 0
    assert err == (
        "Your firm's name [P]: "
        "Where the portal will stand [https://refer.quay-co.example/]: "
        'portal: --url: base_url "nonsense" is not a web address; '
        "write the whole address, for example https://www.harbour.example/\n"
        "Where the portal will stand [https://refer.quay-co.example/]: "
        "The e-mail address on every page [hello@quay-co.example]: "
    )
    text = (tmp_path / "p" / "data" / "portal.yaml").read_text()
    assert 'name: "Quay & Co"\n' in text
    assert 'base_url: "https://x.example/portal/"' in text
    assert 'email: "hello@quay-co.example"' in text


def test_only_what_was_not_told_is_asked(typed: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    assert typed("", "new", tmp_path / "p", *TOLD)[0] == 0


def test_nothing_is_written_when_the_answers_end(typed: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    code, _, err = typed("Quay\n", "new", tmp_path / "p")
    assert code == 2
    assert err.endswith("portal: nothing was written\n")
    assert list(tmp_path.iterdir()) == []


def test_here_needs_no_change_of_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", ".", *TOLD)[1] == (
        f"A portal for Harbour IT stands in ..\n{EXAMPLES} Next:\n  portal serve\n  portal build\n"
    )
