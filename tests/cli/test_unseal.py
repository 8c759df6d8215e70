"""portal unseal: a private page in the terminal, opened by what no other program on the machine can see."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli import unseal as unseal_module
from site_builder.seal import Keys, Secrets
from tests.seal.sealing import FEW, OWNERS, PHRASES, RITA, SITE, keys

Run = Callable[..., tuple[int, str, str]]
Typing = Callable[[str], None]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Give the command an input that is no terminal."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def page(folder: Path, envelope: str) -> Path:
    path = folder / "index.html"
    path.write_text(f'<!doctype html><template id="sealed">{envelope}</template>', encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def envelope() -> str:
    return keys("ann", "ben", iterations=FEW).sealed("<h1>Your week</h1><ul><li>Ring Rita</li></ul>", OWNERS).envelope


@pytest.fixture
def kpis(tmp_path: Path, envelope: str) -> Path:
    return page(tmp_path, envelope)


@pytest.fixture
def my(tmp_path: Path) -> Path:
    return page(tmp_path, keys().sealed("<h1>Thank you</h1>", RITA).envelope)


def test_the_passphrase_is_read_from_the_first_line_of_the_input(run: Run, kpis: Path, typing: Typing) -> None:
    typing(f"{PHRASES['ben']}\r\nmore\n")
    assert run("unseal", "--format", "html", kpis) == (0, "<h1>Your week</h1><ul><li>Ring Rita</li></ul>\n", "")


def test_a_page_is_told_as_text_unless_html_is_asked_for(run: Run, kpis: Path, typing: Typing) -> None:
    typing(f"{PHRASES['ann']}\n")
    code, out, _ = run("unseal", kpis)
    assert code == 0
    assert out.split() == ["Your", "week", "–", "Ring", "Rita"]


def test_phrases_in_the_environment_are_tried_first(
    run: Run, kpis: Path, typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing("")
    monkeypatch.setenv("PORTAL_OWNER_AL", "another phrase that is not right")
    monkeypatch.setenv("PORTAL_OWNER_ANN", PHRASES["ann"])
    assert run("unseal", kpis)[0] == 0


def test_a_person_at_a_terminal_is_asked_and_sees_nothing_of_it(kpis: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "site_builder", "unseal", "--format", "html", str(kpis)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as asking:
        os.close(theirs)
        assert asking.stderr is not None
        asked = asking.stderr.read(len("Passphrase: "))
        os.write(ours, f"{PHRASES['ann']}\n".encode())
        out, rest = asking.communicate(timeout=60)
        os.close(ours)
    assert asking.returncode == 0
    assert asked == b"Passphrase: "
    assert out.startswith(b"<h1>Your week</h1>")
    assert PHRASES["ann"].encode() not in out + rest


def test_who_types_nothing_opens_nothing(run: Run, kpis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(unseal_module, "getpass", ended)
    assert run("unseal", kpis)[0] == 1


@pytest.mark.parametrize("before", ["", "https://refer.harbour.example/my/x/#", "#"])
def test_a_persons_page_opens_by_its_link_or_by_what_stands_behind_the_sign(
    run: Run, my: Path, typing: Typing, before: str
) -> None:
    typing(f"{before}{keys().link(RITA).key}\n")
    assert run("unseal", my) == (0, "Thank you\n", "")


@pytest.mark.parametrize(
    "typed",
    ["hunter2", "", "Hunter-2"],
)
def test_a_wrong_passphrase_is_told_and_not_repeated(run: Run, kpis: Path, typing: Typing, typed: str) -> None:
    typing(f"{typed}\n")
    hint = "look at each word: those of portal passphrase are six, in small letters"
    assert run("unseal", kpis) == (1, "", f"portal: {kpis}: this passphrase does not open the page; {hint}\n")


def test_a_passphrase_opens_in_capitals_and_with_hyphens_as_phones_write_it(run: Run, kpis: Path, typing: Typing) -> None:
    assert PHRASES["ann"] == "ann umbrella tractor lozenge velvet"
    typing("Ann-Umbrella Tractor. Lozenge, Velvet\n")
    assert run("unseal", "--format", "html", kpis)[0] == 0


def test_a_passphrase_of_capitals_opens_as_it_stands_and_not_in_small_letters(run: Run, tmp_path: Path, typing: Typing) -> None:
    own = "Pelican-Ledger Frosty Thimble"
    path = page(tmp_path, Keys(Secrets(SITE, {"ann": own}), iterations=FEW).sealed("<p>x</p>", OWNERS).envelope)
    typing(f"{own}\n")
    assert run("unseal", path)[0] == 0
    typing("pelican ledger frosty thimble\n")
    assert run("unseal", path)[0] == 1


def test_a_folder_stands_for_its_index(run: Run, kpis: Path, typing: Typing) -> None:
    typing(f"{PHRASES['ann']}\n")
    assert run("unseal", f"{kpis.parent}/")[0] == 0
    typing("hunter2\n")
    assert run("unseal", kpis.parent)[2].startswith(f"portal: {kpis}: this passphrase")


def test_a_folder_without_an_index_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    said = f"{tmp_path} is a folder without index.html; name a sealed page, for example output/kpis/index.html"
    assert run("unseal", tmp_path) == (2, "", f"portal: {said}\n")


def test_a_wrong_link_is_told(run: Run, my: Path, typing: Typing) -> None:
    typing("https://refer.harbour.example/my/x/#hunter2\n")
    assert run("unseal", my) == (1, "", f"portal: {my}: this link is not whole: 26 letters and digits stand behind its #\n")


def test_a_page_that_is_not_sealed_or_damaged_is_told_before_anybody_is_asked(run: Run, tmp_path: Path, typing: Typing) -> None:
    typing("")
    path = tmp_path / "index.html"
    path.write_bytes(b"<!doctype html>\xff")
    assert run("unseal", path) == (1, "", f"portal: {path}: this is no sealed page\n")
    assert run("unseal", page(tmp_path, "{}")) == (1, "", f"portal: {path}: this page is damaged; get it again\n")


def test_a_file_there_is_not_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.html"
    assert run("unseal", path) == (2, "", f"portal: {path} cannot be read: no such file or directory\n")


def test_on_a_build_server_no_private_page_is_printed_unless_asked_for(
    run: Run, my: Path, typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    typing(keys().link(RITA).key)
    code, out, err = run("unseal", my)
    assert (code, out) == (2, "")
    assert "--show-private" in err
    assert run("unseal", "--show-private", my)[0] == 0


def test_a_passphrase_cannot_be_an_argument(run: Run, kpis: Path) -> None:
    assert run("unseal", kpis, "--phrase", "x")[0] == 2
    assert run("unseal", kpis, PHRASES["ann"])[0] == 2
