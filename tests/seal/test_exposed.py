"""A note where whoever reads the repository reads clients."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_builder.model.settings import Settings
from site_builder.problem import Severity
from site_builder.seal import exposed
from tests import portals


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a remote, in which two private tables and one document are tracked."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", "https://git.harbour.example/portal.git")
    (tmp_path / "data").mkdir()
    for name in ("clients.csv", "reviews.csv", "portal.yaml", "notes.csv"):
        (tmp_path / "data" / name).write_text("x\n")
    git(tmp_path, "add", "data/clients.csv", "data/portal.yaml", "data/notes.csv")
    return tmp_path


def told(root: Path, settings: Settings | None = None) -> list[str]:
    return [each.message for each in exposed(settings or portals.settings(), root)]


def test_a_tracked_private_table_is_noted(repository: Path) -> None:
    assert told(repository) == ["git tracks data/clients.csv, which is private, and this repository has a remote"]
    git(repository, "add", "data/reviews.csv")
    assert told(repository) == ["git tracks 2 private tables, such as data/clients.csv, and this repository has a remote"]
    (note,) = exposed(portals.settings(), repository)
    assert (note.code, note.severity, note.field) == ("D705", Severity.NOTE, "repository")


def test_a_portal_in_a_folder_of_the_repository_is_noted_as_well(repository: Path) -> None:
    folder = repository / "portals/harbour"
    folder.parent.mkdir()
    folder.mkdir()
    (repository / "data").rename(folder / "data")
    git(repository, "add", "--all")
    assert told(folder) == ["git tracks 2 private tables, such as data/clients.csv, and this repository has a remote"]


def test_a_repository_that_is_said_to_be_private_is_not_noted_and_a_public_one_is(repository: Path) -> None:
    assert told(repository, portals.settings(repository="private")) == []
    assert len(told(repository, portals.settings(repository="public"))) == 1


def test_a_demos_made_up_tables_may_be_read(repository: Path) -> None:
    assert told(repository, portals.settings(demo=True)) == []


def test_without_a_remote_or_tracked_tables_or_a_repository_there_is_nothing_to_note(repository: Path) -> None:
    git(repository, "rm", "--quiet", "--cached", "data/clients.csv")
    assert told(repository) == []
    git(repository, "add", "data/clients.csv")
    git(repository, "remote", "remove", "origin")
    assert told(repository) == []
    (repository / ".git").rename(repository / "git")
    assert told(repository) == []


def test_without_git_there_is_nothing_to_note(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert told(repository) == []
