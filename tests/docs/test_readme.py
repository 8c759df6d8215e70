"""The README says what is so: its reference is current, its commands run, its example of an error is what is printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.cli.arguments import parsed
from tests.docs.reference import README, written
from tests.receive.mailroom import free_port

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
PORTAL = (sys.executable, "-m", "site_builder")


def _commands(text: str) -> list[str]:
    """Return the portal commands in a text's console blocks, without comments."""
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = (line.split("#")[0].strip() for block in blocks for line in block.splitlines())
    return [line.removeprefix(".venv/bin/") for line in lines if re.match(r"(\.venv/bin/)?portal\b", line)]


def _words(command: str) -> list[str]:
    return [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', command)][1:]


def test_the_reference_is_current() -> None:
    assert written() == TEXT, "run: make docs"


@pytest.mark.parametrize("command", _commands(TEXT))
def test_every_command_in_the_readme_is_one(command: str) -> None:
    assert parsed(_words(command)).command == _words(command)[0]


def test_the_readme_names_the_error_that_the_program_prints(tmp_path: Path) -> None:
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    clients = tmp_path / "data/clients.csv"
    first = clients.read_text(encoding="utf-8").splitlines()[1]
    since = re.findall(r"\d{4}-\d{2}-\d{2}", first)[0]
    clients.write_text(clients.read_text(encoding="utf-8").replace(since, "03/04/2022", 1), encoding="utf-8")
    done = subprocess.run([*PORTAL, "check", "--portal", tmp_path], check=False, capture_output=True, text=True)
    shown = re.findall(r"```text\n(data/clients.*?)```", TEXT, re.DOTALL)[0]
    assert done.returncode == 1
    assert shown in done.stdout


def test_the_tutorial_leads_from_nothing_to_a_published_portal(tmp_path: Path) -> None:
    new = next(command for command in _commands(TEXT) if command.startswith("portal new"))
    words = [word.removeprefix("../") for word in _words(new)]
    subprocess.run([*PORTAL, *words], check=True, capture_output=True, cwd=tmp_path)
    folder = tmp_path / words[1]
    for command in (["check", "--strict"], ["build"]):
        done = subprocess.run([*PORTAL, *command], check=False, capture_output=True, text=True, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "output/index.html").is_file()
    assert "a portal of eight pages" in TEXT
    assert len(list(folder.glob("output/**/*.html"))) == 8


def test_the_contents_list_names_every_chapter_in_its_order() -> None:
    listed = re.findall(r"\[([^\]]+)\]\(#([a-z-]+)\)", TEXT.partition("**Contents:**")[2].partition("\n\n")[0])
    chapters = re.findall(r"(?m)^## (.+)$", TEXT)
    assert [name for name, _ in listed] == chapters
    assert [place for _, place in listed] == [re.sub(r"[^a-z ]", "", name.lower()).replace(" ", "-") for name in chapters]


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("openssl") is None, reason="the README's trial needs both")
def test_the_trial_brings_a_referral_into_the_data(tmp_path: Path) -> None:
    trial = TEXT.partition("### Try it on your own machine")[2].partition("\n### ")[0].replace("8800", str(port := free_port()))
    making, receiving, sending = re.findall(r"```console\n(.*?)```", trial, re.DOTALL)
    (tmp_path / "here").mkdir()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "DATABASE_URL": ""}

    def begun(block: str) -> subprocess.Popen[str]:
        command = ("bash", "-ec", block.replace("portal receive ", f"exec portal receive --port {port} "))
        return subprocess.Popen(command, cwd=tmp_path / "here", env=environment, stdout=subprocess.PIPE, text=True)

    with begun(making.partition("python3 -m")[0]) as made:
        assert made.wait(60) == 0
    with begun(receiving) as receiver:
        assert receiver.stdout is not None
        assert receiver.stdout.readline().startswith("http://127.0.0.1:")
        with begun(sending) as sent:
            assert sent.wait(60) == 0
        receiver.terminate()
    assert "Jo Lee" in (tmp_path / "trial/data/referrals.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", ["README.md", ".github/CONTRIBUTING.md", "CHANGELOG.md", "themes/default/README.md"])
def test_every_link_to_a_file_of_the_project_leads_to_one(document: str) -> None:
    path = ROOT / document
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#]+)\)", prose)
    missing = [target for target in targets if "://" not in target and not (path.parent / target).exists()]
    assert missing == []
