"""What git knows of the portal's files."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.git import committed, edited, has_remote, is_tracked, tracked


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True, capture_output=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/leads.csv").write_text("lead_key\n")
    return tmp_path


def test_a_file_that_no_rule_ignores_would_be_kept(repository: Path) -> None:
    assert is_tracked(repository, "data/leads.csv")
    (repository / ".gitignore").write_text("/data/leads.csv\n")
    assert not is_tracked(repository, "data/leads.csv")


def test_a_file_that_was_added_before_it_was_ignored_is_kept(repository: Path) -> None:
    subprocess.run(["git", "-C", str(repository), "add", "data/leads.csv"], check=True, capture_output=True)
    (repository / ".gitignore").write_text("/data/leads.csv\n")
    assert is_tracked(repository, "data/leads.csv")


def test_a_hook_of_another_repositorys_leads_nowhere(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert is_tracked(repository, "data/leads.csv")


def test_without_a_repository_or_without_git_nobody_keeps_it(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(repository / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert not is_tracked(repository, "data/leads.csv")
    monkeypatch.setenv("PATH", "")
    assert not is_tracked(repository, "data/leads.csv")


def test_the_files_of_a_folder_that_git_tracks_are_named_from_the_portals_folder(repository: Path) -> None:
    (repository / "data/é r.csv").write_text("x\n")
    (repository / "notes.txt").write_text("x\n")
    assert tracked(repository, "data") == ()
    subprocess.run(["git", "-C", str(repository), "add", "--all"], check=True, capture_output=True)
    assert tracked(repository, "data") == ("data/leads.csv", "data/é r.csv")


def test_a_repository_has_a_remote_once_it_was_told_of_one(repository: Path) -> None:
    assert not has_remote(repository)
    subprocess.run(["git", "-C", str(repository), "remote", "add", "origin", "https://git.example/x.git"], check=True)
    assert has_remote(repository)


def test_outside_a_repository_nothing_is_tracked_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert tracked(tmp_path, "data") == ()
    assert not has_remote(tmp_path)


def commit(repository: Path, day: str) -> None:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    dated = {**os.environ, "GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": "2020-01-01T12:00:00Z"}
    subprocess.run(["git", "-C", str(repository), "add", "--all"], check=True, capture_output=True)
    subprocess.run(["git", *who, "-C", str(repository), "commit", "-m", "x"], check=True, capture_output=True, env=dated)


def test_each_file_has_the_time_of_its_last_commit(repository: Path) -> None:
    assert committed(repository, "data") == {}
    (repository / "data/é.csv").write_text("x\n")
    commit(repository, "2026-10-01")
    (repository / "data/é.csv").write_text("y\n")
    (repository / "notes.txt").write_text("x\n")
    commit(repository, "2026-10-02")
    # 2026-10-01 12:00 UTC is 20,727 days and a half after 1970 began.
    first = 20_727 * 86_400 + 43_200
    assert committed(repository, "data") == {"data/leads.csv": first, "data/é.csv": first + 86_400}


def test_a_portal_in_a_folder_of_a_repository_knows_its_files_by_their_paths_in_it(repository: Path) -> None:
    commit(repository, "2026-10-01")
    assert committed(repository / "data", ".").keys() == {"leads.csv"}
    (repository / "data/leads.csv").write_text("more\n")
    assert edited(repository / "data", ".") == {"leads.csv"}


def test_what_was_changed_since_its_commit_is_edited_whether_it_was_added_or_not(repository: Path) -> None:
    assert edited(repository, "data") == frozenset()
    (repository / "data/b.csv").write_text("x\n")
    commit(repository, "2026-10-01")
    assert edited(repository, "data") == frozenset()
    (repository / "data/leads.csv").write_text("more\n")
    (repository / "data/b.csv").write_text("more\n")
    subprocess.run(["git", "-C", str(repository), "add", "data/b.csv"], check=True, capture_output=True)
    assert edited(repository, "data") == {"data/leads.csv", "data/b.csv"}
