"""Sealed pages hold what is private, and nothing else that a build leaves or says does: no file, no stream, no process."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from site_builder import pipeline
from site_builder.cli import main
from site_builder.headers import AZURE_FILE, HEADERS_FILE
from site_builder.page import Circle, Reader
from site_builder.seal import Keys, Secrets, envelope_of, opened
from tests.privacy.another import mark_of, prose_of
from tests.privacy.secret_portal import FEES, NAMES, PHRASES, Left, beside, command, env, environ, secret_portal, shown
from tests.seal.sealing import SITE

KEYS = Keys(Secrets(SITE, PHRASES))
PEOPLE = tuple(Reader(Circle.REFERRER, name, 1) for name in ("priya", "sam"))
FIRMS = tuple(Reader(Circle.CLIENT, name, 1) for name in ("acme", "quiet"))
LINKS = tuple(KEYS.link(reader) for reader in (*PEOPLE, *FIRMS))
LINK_KEYS = tuple(link.key.encode() for link in LINKS)
PRIVATE = {"kpis/index.html", *(f"{link.path}index.html" for link in LINKS)}


@dataclass(frozen=True)
class Portal:
    root: Path
    sown: Mapping[str, tuple[str, str]]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    root = tmp_path_factory.mktemp("secret") / "portal"
    return Portal(root, secret_portal(root))


@pytest.fixture(scope="module")
def cold(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """What the first build left: everything is made, cached and published."""
    return command(tmp_path_factory.mktemp("cold"), portal.root, "build")


def output(left: Left) -> dict[str, bytes]:
    start = "portal/output/"
    return {path.removeprefix(start): content for path, content in left.files.items() if path.startswith(start)}


def anywhere(files: Mapping[str, bytes]) -> dict[str, set[str]]:
    """What can be read where nobody may, by path; keys of links among it."""
    seen = {path: shown(content, LINK_KEYS) | shown(path.encode(), LINK_KEYS) for path, content in files.items()}
    return {path: found for path, found in seen.items() if found}


# ------------------------------------------------------------------------------------------------ the eye


@pytest.mark.parametrize(
    "disguise",
    [
        SITE,
        SITE[:16],
        SITE.hex().encode(),
        SITE.hex().upper().encode(),
        base64.b64encode(SITE),
        base64.urlsafe_b64encode(b"?" + SITE),
        base64.b64encode(b"??" + SITE + b"?"),
        repr(SITE).encode(),
    ],
    ids=["raw", "a half of it", "hex", "HEX", "base64", "base64 for addresses", "base64 of more", "repr"],
)
def test_the_secret_is_found_in_every_form(disguise: bytes) -> None:
    assert shown(b"before " + disguise + b" after") == {"secret 0"}


@pytest.mark.parametrize("written", ["7349156.83", "7,349,156.83", "£7 349 156,83", "7349156"])
def test_a_sum_is_found_however_it_is_written(written: str) -> None:
    assert shown(f"<td>{written}</td>".encode()) == {FEES["data/clients.csv"]}


def test_what_is_public_is_not_found() -> None:
    assert shown(b"1,349,156.83 and Harbour IT") == set()


def test_the_witness_sees_what_is_written_deleted_and_started(tmp_path: Path) -> None:
    """Otherwise what it does not tell would prove nothing; its log holds the marks of no file."""
    script = tmp_path / "site_builder" / "__main__.py"
    script.parent.mkdir()
    (script.parent / "__init__.py").touch()
    script.write_text(
        "import os, pathlib, subprocess, tempfile\n"
        f"gone = pathlib.Path(tempfile.mkstemp()[1]); gone.write_text({prose_of(5)!r}); gone.unlink()\n"
        "os.environ['PORTAL_SECRET'] = 'x'; subprocess.run(['true', 'argument'])\n"
    )
    left = command(tmp_path / "scratch", tmp_path, also={"PYTHONPATH": f"{Path(__file__).parent / 'witness'}:{tmp_path}"})
    assert (left.code, left.said) == (0, b"")
    kept = [content for path, content in left.files.items() if path.startswith("seen/kept/")]
    assert {found for content in kept for found in shown(content)} == {mark_of(5)}
    assert "argument" in left.of("subprocess.Popen")[0]
    assert "PORTAL_SECRET" in left.of("os.putenv")[0]
    assert left.of("write")


# ------------------------------------------------------------------------------------------------ what stays on the disk


def test_the_sealed_pages_hold_what_is_looked_for(portal: Portal, cold: Left) -> None:
    """And are there, one for each who has one, opened with what their readers hold."""
    files = output(cold)
    assert {path for path in files if b'id="sealed"' in files[path]} == PRIVATE
    board, again = (opened(envelope_of(files["kpis/index.html"].decode()), phrase=phrase) for phrase in PHRASES.values())
    assert board == again
    own = [opened(envelope_of(files[f"{link.path}index.html"].decode()), key=link.key) for link in LINKS]
    readable = [shown(html.encode()) for html in (board, *own)]
    fields = {portal.sown[found] for found in set().union(*readable) if found in portal.sown}
    assert {
        ("data/clients.csv", "name"),
        ("data/clients.csv", "contact_name"),
        ("data/referrers.csv", "name"),
        ("data/referrals.csv", "prospect"),
        ("data/reviews.csv", "follow_up"),
        ("data/introductions.csv", "introduced"),
    } <= fields
    assert all(readable)
    assert FEES["data/clients.csv"] in readable[0]


def test_nothing_that_a_build_writes_shows_what_is_private(cold: Left) -> None:
    """Not even for a moment: files that it deleted or replaced on its way are among them."""
    assert cold.code == 0, cold.said
    assert len([path for path in cold.files if path.startswith("portal/.portal-cache/")]) > 50
    assert [path for path in cold.files if path.startswith("seen/kept/")]
    assert anywhere(cold.files) == {}
    assert shown(cold.said, LINK_KEYS) == set()


def test_a_second_build_shows_no_more(portal: Portal, cold: Left, tmp_path: Path) -> None:
    warm = command(tmp_path, portal.root, "build")
    assert warm.code == 0
    assert output(warm) == output(cold)
    assert anywhere(warm.files) == {}
    assert shown(warm.said, LINK_KEYS) == set()


def test_a_build_writes_into_its_output_its_cache_and_the_temporary_folder_and_leaves_nothing_there(
    portal: Portal, cold: Left
) -> None:
    places = re.compile(rf"'{re.escape(str(portal.root))}/(\.portal-cache|\.?output)|'[^']*/tmp/|'/dev/null'")
    assert [place for place in cold.of("write") if not places.match(place)] == []
    assert [path for path in cold.files if path.startswith("tmp/")] == []
    assert {path.split("/")[1] for path in cold.files if path.startswith("portal/")} == {".portal-cache", "output"}


@pytest.mark.audit
@pytest.mark.parametrize("part", ["in the cache", "among the first pages", "among the last pages"])
def test_a_build_that_is_killed_leaves_nothing_readable_and_the_next_one_cleans_up(
    part: str, portal: Portal, cold: Left, tmp_path: Path
) -> None:
    writes = cold.of("write")
    pages = [number for number, place in enumerate(writes, start=1) if ".portal-cache" not in place and "output" in place]
    at = {"in the cache": 40, "among the first pages": pages[3], "among the last pages": pages[-2]}[part]
    root = tmp_path / "portal"
    secret_portal(root)
    killed = command(tmp_path / "killed", root, "build", kill=at)
    assert killed.code == -9
    assert anywhere(killed.files) == {}
    assert killed.said == b""
    again = command(tmp_path / "again", root, "build")
    assert again.code == 0
    assert output(again) == output(cold)
    assert anywhere(again.files) == {}
    assert {path.name for path in root.iterdir()} == {path.name for path in portal.root.iterdir()}


# ------------------------------------------------------------------------------------------------ what others can see meanwhile


def test_programs_that_a_build_starts_hear_nothing_that_was_not_in_its_own_environment(cold: Left) -> None:
    """`ps` shows arguments to everybody, and the environment to the same user."""
    started = cold.of("subprocess.Popen")
    assert started
    assert all("'/usr/bin/git'" in each.replace("/usr/local/bin/git", "/usr/bin/git") for each in started)
    assert {found for each in started for found in shown(each.encode(), LINK_KEYS)} == set()
    assert [each for each in started if "PORTAL_" in each] == []
    assert [each for event in ("os.exec", "os.posix_spawn", "os.system") for each in cold.of(event)] == []


def test_secrets_of_the_file_never_come_into_the_environment_and_nobody_is_talked_to(cold: Left) -> None:
    assert [each for each in cold.of("os.putenv") if "PORTAL_" in each] == []
    assert cold.of("socket.connect") + cold.of("socket.sendto") == []


# ------------------------------------------------------------------------------------------------ what is said


def cut(values: dict[str, str], owner: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if name != f"PORTAL_OWNER_{owner.upper()}"}


def _add_row(root: Path) -> None:
    with (root / "data/clients.csv").open("a", encoding="utf-8") as file:
        file.write(f'{mark_of(77_007)},"{mark_of(77_008)}\a",{mark_of(77_009)},Leeds,,{mark_of(77_010)}\n')


def _break_theme(root: Path) -> None:
    own = root / "themes/quay/templates/private"
    own.mkdir(parents=True)
    (own / "kpis.html").write_text("<h1>{{ view.as_of }}</h1>{{ view.clients[0].name.nonsense.more }}", encoding="utf-8")


def _write_no_text(root: Path) -> None:
    (root / ".env").write_bytes(prose_of(77_006).encode("utf-16"))


FAULTS: dict[str, Callable[[Path], None]] = {
    "a phrase is missing": lambda root: env(root, cut(environ(), "tom")),
    "a phrase is weak": lambda root: env(root, environ({"ann": mark_of(77_005), "tom": PHRASES["tom"]})),
    "two have one phrase": lambda root: env(root, environ(dict.fromkeys(NAMES, PHRASES["ann"]))),
    "the secret is short": lambda root: env(root, environ() | {"PORTAL_SECRET": SITE.hex()[:40]}),
    "the file is open to others": lambda root: (root / ".env").chmod(0o644),
    "the file is no text": _write_no_text,
    "a row is wrong": _add_row,
    "the theme is wrong": _break_theme,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_failure_tells_a_build_server_what_is_private(
    fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    secret_portal(tmp_path)
    FAULTS[fault](tmp_path)
    assert main(["check", "--portal", str(tmp_path), "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert shown((printed.out + printed.err).encode(), LINK_KEYS) == set()
    assert anywhere(dict(beside(tmp_path))) == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_command_that_fails_says_what_is_private(fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To the owner neither: build, and the commands that read the same files."""
    secret_portal(tmp_path)
    FAULTS[fault](tmp_path)
    assert main(["build", "--portal", str(tmp_path)]) == 1
    assert not (tmp_path / "output").exists()
    ends = [main([name, "--portal", str(tmp_path)]) for name in ("links", "kpis", "calendar")]
    complaints = capsys.readouterr().err
    assert 1 in ends or fault == "the theme is wrong"
    assert shown(complaints.encode(), LINK_KEYS) == set()
    assert anywhere(dict(beside(tmp_path))) == {}


@pytest.mark.parametrize("name", ["links", "kpis"])
@pytest.mark.parametrize("options", [(), ("--format", "json")])
def test_a_build_server_hears_no_private_row(
    name: str, options: tuple[str, ...], portal: Portal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    assert main([name, "--portal", str(portal.root), *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert shown(printed.err.encode(), LINK_KEYS) == set()


@pytest.mark.parametrize("at", ["seal", "lock", "clean"])
def test_a_mistake_of_ours_while_sealing_is_told_without_what_it_met(
    at: str, portal: Portal, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*met: object) -> None:
        raise ValueError(repr(met) + prose_of(77_011) + SITE.hex())

    where = {"seal": "site_builder.seal.keys.sealed_text", "lock": "site_builder.pipeline.locked"}
    monkeypatch.setattr(where.get(at, "site_builder.seal.keys.sanitised"), broken)
    assert main(["build", "--portal", str(portal.root), "--output", str(tmp_path / "output")]) == 70
    printed = capsys.readouterr()
    assert "this is a mistake in portal, not in your files: ValueError in " in printed.err
    assert shown((printed.out + printed.err).encode(), LINK_KEYS) == set()
    assert not (tmp_path / "output").exists()


# ------------------------------------------------------------------------------------------------ the public pages beside them


def built(root: Path, *, public_only: bool = False) -> dict[str, bytes]:
    quick = lambda secrets: Keys(secrets, iterations=1)  # noqa: E731  # nobody opens these
    found = pipeline.build(pipeline.Request(root, lambda _: date(1999, 1, 1), public_only=public_only, keys=quick))
    assert found.artifacts, found.problems
    return {artifact.path: artifact.content for artifact in found.artifacts}


def test_the_public_files_are_the_same_without_private_pages_but_for_what_hosts_are_told(portal: Portal, tmp_path: Path) -> None:
    every, without = built(portal.root), built(portal.root, public_only=True)
    assert every.keys() - without.keys() == PRIVATE
    assert without.keys() - every.keys() == set()
    assert {path for path in without if without[path] != every[path]} == {HEADERS_FILE, AZURE_FILE}
    secret_portal(tmp_path)
    (tmp_path / ".env").unlink()
    settings = tmp_path / "data/portal.yaml"
    settings.write_text(re.sub("(?m)^owners: .*\n", "", settings.read_text(encoding="utf-8")), encoding="utf-8")
    assert built(tmp_path) == without


def test_no_public_file_leads_to_a_private_page_or_knows_of_one(portal: Portal) -> None:
    """No sitemap, feed, search index, manifest, robots.txt and no link; what hosts are told has patterns and no token."""
    files = built(portal.root)
    public = {path: content for path, content in files.items() if path not in PRIVATE}
    assert {"sitemap.xml", "robots.txt", "site.webmanifest", "spotlights/feed.xml"} <= public.keys()
    tokens = [link.path.split("/")[1].encode() for link in LINKS]
    assert {path for path, content in public.items() if any(token in content.lower() for token in tokens)} == set()
    ways = re.compile(rb"""(?<![\w.-])(?:kpis|my|client)/""")
    assert {path for path, content in public.items() if ways.search(content)} == {HEADERS_FILE, AZURE_FILE}


def test_a_private_page_knows_of_no_other(portal: Portal) -> None:
    files = built(portal.root)
    for path in PRIVATE:
        content = files[path] + base64.b64decode(re.findall(rb'"header": ?"([^"]*)"', files[path])[0])
        others = [each.split("/")[1].encode() for each in PRIVATE - {path} if not each.startswith("kpis/")]
        assert [other for other in others if other in content] == []


def test_pages_that_are_not_sealed_would_be_found(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """These proofs can fail: a build that forgets to seal shows marks, and its lock refuses what is no envelope besides."""
    monkeypatch.setattr("site_builder.seal.keys.sealed_text", lambda html, *_: html)
    with pytest.raises(ValueError, match="an envelope is JSON of base64"):
        built(portal.root)
    monkeypatch.setattr("site_builder.render.locks._ENVELOPE", re.compile("(?s).*"))
    assert set(anywhere(built(portal.root))) == PRIVATE
