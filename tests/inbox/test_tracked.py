"""Whether git would keep a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.inbox.tracked import is_tracked


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
