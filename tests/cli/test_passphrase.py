"""portal passphrase: another one each time, printed once and kept nowhere."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.seal.strength import FEWEST_BITS, bits, site_secret

Run = Callable[..., tuple[int, str, str]]


def test_six_words_are_printed_and_what_they_are_worth(run: Run) -> None:
    code, out, err = run("passphrase")
    assert code == 0
    assert re.fullmatch(r"(?:[a-z-]+ ){5}[a-z-]+\n", out)
    assert err == "portal: 77 bits: each word is one of 7,776, drawn at random\n"
    assert bits(out.strip()) > FEWEST_BITS
    assert run("passphrase")[1] != out


def test_a_portals_secret_is_a_line_for_env(run: Run) -> None:
    code, out, err = run("passphrase", "--secret")
    assert code == 0
    assert out.startswith("PORTAL_SECRET=")
    assert len(site_secret(out.partition("=")[2]) or b"") == 32
    assert err == "portal: 256 bits; keep a copy: with another secret all links change\n"
    assert run("passphrase", "--secret")[1] != out


def test_nothing_is_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("passphrase")
    run("passphrase", "--secret")
    assert os.listdir(tmp_path) == []  # noqa: PTH208  # names are enough


def test_on_a_build_server_no_secret_is_printed_unless_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, err = run("passphrase")
    assert (code, out) == (2, "")
    assert "CI=true" in err
    assert run("passphrase", "--show-private")[0] == 0
