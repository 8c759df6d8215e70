"""A portal as it was is read out of its repository, and the repository stays as it is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from site_builder.impact import NoSuchRefError, RepositoryError, portal_at
from tests.portals import write

TABLE = b"\xef\xbb\xbfclient_id,name,industry,since\r\nacme,Acm\xc3\xa9,dental,2024-01-15\r\n"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(folder: Path, message: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the tests keeps their own git out of it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ann@harbour.example")


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A portal in a folder of a repository: committed on main, then changed."""
    top = tmp_path / "firm"
    folder = write(top / "sites/refer ral", {"content/terms/v1.md": "former\n", "content/pages/faq.md": "not read\n"})
    (folder / "data/clients.csv").write_bytes(TABLE)
    (top / "data").mkdir()
    (top / "data/portal.yaml").write_text("another portal's\n")
    git(top, "init", "--quiet", "--initial-branch", "main")
    committed(top, "start")
    (folder / "data/clients.csv").unlink()
    (folder / "content/terms/v1.md").write_text("present\n")
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_rewards_are_reckoned_from_is_there_to_the_byte_and_gone_afterwards(portal: Path) -> None:
    with portal_at(portal, "main") as folder:
        found = held(folder)
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()
    assert sorted(found) == [
        *("content/terms/v1.md", "data/clients.csv", "data/incentives.yaml", "data/portal.yaml", "data/positioning.yaml")
    ]
    assert found["data/clients.csv"] == TABLE
    assert found["content/terms/v1.md"] == b"former\n"
    assert found["data/portal.yaml"].startswith(b"name: Harbour IT")


def test_a_branch_a_tag_and_a_commit_are_refs(portal: Path) -> None:
    first = git(portal, "rev-parse", "HEAD")
    git(portal, "tag", "was")
    committed(portal, "change")
    for ref in ("was", "HEAD~1", first, first[:10], "refs/tags/was"):
        with portal_at(portal, ref) as folder:
            assert (folder / "content/terms/v1.md").read_text() == "former\n"
    with portal_at(portal, "main") as folder:
        assert (folder / "content/terms/v1.md").read_text() == "present\n"


def test_the_repository_stays_as_it_is(portal: Path) -> None:
    top = portal.parents[1]
    git(top, "status")  # refreshes the index, so that nothing is left to do
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(top.rglob("*")) if path.is_file()}
    with portal_at(portal, "main"):
        pass
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(top.rglob("*")) if path.is_file()} == before


def test_a_hook_of_gits_finds_the_portal_all_the_same(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_PREFIX", "sites/")
    with portal_at(portal, "main") as folder:
        assert (folder / "data/clients.csv").read_bytes() == TABLE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mian", """there is no portal's folder and no git ref "mian"; did you mean "main"?"""),
        ("zzzz", "if it stands on a server, fetch it first"),
        ("topic", 'did you mean "origin/topic"?'),
        ("--all", 'no git ref "--all"'),
        ("main^{tree}", 'no git ref "main^{tree}"'),
        ("main..HEAD", "no git ref"),
        ("", 'no git ref ""'),
    ],
)
def test_a_ref_there_is_not_names_the_near_ones(portal: Path, typed: str, said: str) -> None:
    git(portal, "update-ref", "refs/remotes/origin/topic", "HEAD")
    with pytest.raises(NoSuchRefError) as refused, portal_at(portal, typed):
        pass
    assert said in str(refused.value)


def refusal(portal: Path, ref: str = "main") -> str:
    with pytest.raises(RepositoryError) as refused, portal_at(portal, ref):
        pass
    return str(refused.value)


def test_a_folder_in_no_repository_is_told(tmp_path: Path) -> None:
    said = refusal(write(tmp_path / "alone"))
    assert said.startswith('"main" is no portal\'s folder, and git knows of no refs here: not a git repository')


def test_without_git_that_is_told(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refusal(portal) == '"main" is no portal\'s folder, and without git it cannot be looked for as a ref'


def test_a_ref_from_before_the_portal_is_told(portal: Path) -> None:
    committed(portal, "more")
    young = write(portal.parent / "young")
    committed(young, "young")
    with portal_at(young, "main"):
        pass
    assert refusal(young, "main~1") == "this folder was no portal at main~1: there was no data/portal.yaml"


def test_a_link_is_not_followed(portal: Path) -> None:
    (portal / "data/rewards.yaml").symlink_to("/etc/hostname")
    committed(portal, "link")
    assert refusal(portal) == "data/rewards.yaml is no plain file at main; compare with a folder instead"


def test_a_file_that_was_never_fetched_is_told(portal: Path) -> None:
    blob = git(portal, "rev-parse", "HEAD:./data/clients.csv")
    (portal.parents[1] / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert refusal(portal) == "data/clients.csv of main is not here; fetch it first"


def test_a_tree_that_was_never_fetched_is_told(portal: Path) -> None:
    tree = git(portal, "rev-parse", "HEAD:./data")
    (portal.parents[1] / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert refusal(portal).startswith("git says: ")


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that fails and says nothing."""
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("silent")
def test_a_git_that_fails_without_a_word_is_told_by_its_exit_code(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "alone")).endswith("git knows of no refs here: exit code 3")
