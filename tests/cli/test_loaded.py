"""What stands in the way of an answer, for all commands that print private rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli.loaded import unknown
from tests.portals import write

Run = Callable[..., tuple[int, str, str]]
COMMANDS = [("kpis",), ("explain",), ("client", "acme"), ("tally", "2026-09")]
CLIENTS = "client_id,name,industry,since\nacme,Acme Ltd,dental,2024-01-15\n"


@pytest.fixture(autouse=True)
def not_on_a_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, {"data/clients.csv": CLIENTS})


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_on_a_build_server_nothing_private_is_printed_unless_asked_for(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], form: str
) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, err = run(*words, "--format", form, "--portal", root)
    assert (code, out) == (2, "")
    assert "--show-private prints them all the same" in err
    code, out, err = run(*words, "--format", form, "--show-private", "--portal", root)
    assert (code, err) == (0, "")
    assert out


@pytest.mark.parametrize("words", COMMANDS)
def test_a_mistake_in_a_table_that_is_counted_stands_in_the_way(run: Run, root: Path, words: tuple[str, ...]) -> None:
    (root / "data/clients.csv").write_text(f"{CLIENTS}brill,Brill,dental,yesterday\n")
    code, out, err = run(*words, "--portal", root)
    assert (code, out) == (1, "")
    assert err.startswith("data/clients.csv:3:")
    assert err.endswith("Nothing was printed or written.\n")


def test_on_a_build_server_a_mistake_is_told_without_ids(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "data/referrers.csv").write_text("referrer_id,name,audience,kind\nrita,R,owner,client\nrita,S,owner,client\n")
    assert '"rita"' in run("links", "--assign", "--portal", root)[2]
    monkeypatch.setenv("CI", "true")
    code, out, err = run("links", "--assign", "--portal", root)
    assert (code, out) == (1, "")
    assert err.startswith("data/referrers.csv:3:")
    assert "rita" not in err


@pytest.mark.parametrize("words", COMMANDS)
def test_a_mistake_elsewhere_does_not(run: Run, root: Path, words: tuple[str, ...]) -> None:
    (root / "data/trust.yaml").write_text("guarantees: 7\n")
    assert run(*words, "--portal", root)[0] == 0


@pytest.mark.parametrize("words", COMMANDS)
def test_a_portal_that_cannot_be_read_is_told_with_its_mistakes(run: Run, root: Path, words: tuple[str, ...]) -> None:
    (root / "data/positioning.yaml").write_text("promise: We answer.\n")
    code, out, err = run(*words, "--portal", root)
    assert (code, out) == (1, "")
    assert "data/positioning.yaml" in err


@pytest.mark.parametrize("words", COMMANDS)
def test_a_folder_there_is_not_is_wrong_usage(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(*words, "--portal", tmp_path / "nowhere")[0] == 2


@pytest.mark.parametrize("words", COMMANDS)
def test_a_table_that_is_not_started_is_no_mistake(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    code, out, err = run(*words, "--portal", write(tmp_path))
    if words[0] == "client":
        assert (code, out) == (2, "")
        assert err == 'portal: there is no client "acme": data/clients.csv is not started\n'
    else:
        assert (code, err) == (0, "")
        assert "is not started, so there is nothing to" in out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("acem", 'there is no client "acem"; did you mean "acme"?'),
        ("ACME", 'there is no client "ACME"; did you mean "acme"?'),
        ("ann-hal", 'there is no client "ann-hal"; did you mean "ann-hale" or "ann-hall"?'),
        ("zzz", 'there is no client "zzz"'),
        ("R2026-080", 'there is no client "R2026-080"; did you mean "r2026-080"?'),
        ("Millrace", 'there is no client "Millrace"; did you mean "millrace-dental"?'),
        ("ann-", 'there is no client "ann-"; did you mean "ann-hale" or "ann-hall"?'),
        ("mi", 'there is no client "mi"'),
        ("r2026-08", 'there is no client "r2026-08"; 4 begin so'),
        ("", 'there is no client ""'),
    ],
)
def test_an_unknown_id_names_the_near_ones(typed: str, said: str) -> None:
    numbered = {f"r2026-08{number}" for number in range(4)}
    assert str(unknown("client", typed, {"acme", "ann-hall", "ann-hale", "brill", "millrace-dental", *numbered})) == said
