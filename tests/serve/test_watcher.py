from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from site_builder.serve import watcher
from site_builder.serve.watcher import State, state, watched


@contextmanager
def watching(root: Path, seen: State | None = None) -> Iterator[Callable[[], None]]:
    """Watch a folder; the function handed out waits for the next change to be noticed, at most twenty seconds."""
    stop = threading.Event()
    noticed: Queue[None] = Queue()
    arguments = (root, state(root) if seen is None else seen, stop, lambda: noticed.put(None))
    thread = threading.Thread(target=watched, args=arguments)
    thread.start()
    try:
        yield lambda: noticed.get(timeout=20)
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "portal.yaml").write_text("name: a\n")
    return tmp_path


def test_a_saved_file_is_noticed(root: Path) -> None:
    with watching(root) as noticed:
        (root / "data" / "portal.yaml").write_text("name: another\n")
        noticed()


def test_a_file_saved_while_the_first_build_ran_is_noticed(root: Path) -> None:
    seen = state(root)
    (root / "data" / "portal.yaml").write_text("name: another\n")
    with watching(root, seen) as noticed:
        noticed()


def test_secrets_that_come_change_and_are_closed_to_others_are_noticed(root: Path) -> None:
    with watching(root) as noticed:
        (root / ".env").write_text("PORTAL_SECRET=a")
        noticed()
        (root / ".env").write_text("PORTAL_SECRET=b")
        noticed()
        (root / ".env").chmod(0o600)
        noticed()


def test_new_and_deleted_files_are_noticed(root: Path) -> None:
    with watching(root) as noticed:
        (root / "data" / "trust.yaml").write_text("team: []\n")
        noticed()
        (root / "data" / "trust.yaml").unlink()
        noticed()


def test_a_folder_that_comes_later_is_watched_as_well(root: Path) -> None:
    with watching(root) as noticed:
        (root / "content" / "pages").mkdir(parents=True)
        (root / "content" / "pages" / "a.md").write_text("---\n")
        noticed()
        (root / "content" / "pages" / "a.md").write_text("---\ntitle: A\n---\n")
        noticed()


def test_a_portal_that_goes_and_comes_back_is_noticed(root: Path) -> None:
    with watching(root) as noticed:
        (root / "data").rename(root / "away")
        noticed()
        (root / "away").rename(root / "data")
        noticed()


def test_where_the_system_tells_nothing_it_is_looked_after_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str, **__: object) -> Iterator[set[tuple[int, str]]]:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watcher, "watch", refuse)
    with watching(root) as noticed:
        (root / "data" / "portal.yaml").write_text("name: another\n")
        noticed()


def test_what_editors_keep_beside_a_file_is_no_change(root: Path) -> None:
    before = state(root)
    for name in (".portal.yaml.swp", "portal.yaml~", ".#portal.yaml"):
        (root / "data" / name).write_text("x")
    (root / "data" / "gone.yaml").symlink_to(root / "nowhere")
    (root / "elsewhere.txt").write_text("x")
    assert state(root) == before
