"""The real disk: modes, refusals, and what it does where the system lacks something."""

import ctypes
import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from site_builder.publish import Disk
from site_builder.publish.disk import Entry, Kind


class Library:
    """A C library of which every function fails with one error number, or that lacks them all (0)."""

    def __init__(self, code: int) -> None:
        self.code = code

    def __getattr__(self, name: str) -> object:
        if not self.code:
            raise AttributeError(name)

        def fail(*_: object) -> int:
            ctypes.set_errno(self.code)
            return -1

        return fail


def library(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def load(name: None, *, use_errno: bool = False) -> Library:
        del name, use_errno
        return Library(code)

    monkeypatch.setattr(ctypes, "CDLL", load)


def test_files_and_folders_are_readable_for_all_whatever_the_umask(tmp_path: Path) -> None:
    former = os.umask(0o077)
    try:
        Disk().mkdir(tmp_path / "a")
        Disk().write(tmp_path / "a/b", b"12345")
    finally:
        os.umask(former)
    assert Disk().look(tmp_path / "a/b") == Entry(Kind.FILE, 5, 0o644)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755


def test_a_write_never_overwrites_and_a_read_never_follows(tmp_path: Path) -> None:
    Disk().write(tmp_path / "a", b"1")
    (tmp_path / "link").symlink_to("a")
    with pytest.raises(FileExistsError):
        Disk().write(tmp_path / "a", b"2")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        Disk().read(tmp_path / "link")
    assert Disk().read(tmp_path / "a") == b"1"


def test_a_tree_names_folders_before_their_contents_and_never_enters_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret").write_text("")
    (tmp_path / "top/a/b").mkdir(parents=True)
    (tmp_path / "top/a/b/c").write_text("")
    (tmp_path / "top/link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "top/pipe")
    tree = Disk().tree(tmp_path / "top")
    assert [path for path in tree if path.startswith("a")] == ["a", "a/b", "a/b/c"]
    assert {path: entry.kind for path, entry in tree.items() if "a" not in path} == {
        "link": Kind.LINK,
        "pipe": Kind.OTHER,
    }


def test_an_exchange_swaps_two_folders(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text("")
    exchanged = Disk().exchange(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "one/two").exists() is exchanged  # not every file system can
    assert (tmp_path / "one/one").exists() is not exchanged


@pytest.mark.parametrize("code", [0, errno.ENOSYS, errno.EINVAL, errno.EPERM])
def test_a_system_without_exchange_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    library(monkeypatch, code)
    assert Disk().exchange(tmp_path, tmp_path) is False


def test_another_failure_of_the_exchange_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library(monkeypatch, errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        Disk().exchange(tmp_path, tmp_path)


@pytest.mark.parametrize("code", [0, errno.ENOSYS])
def test_without_syncfs_every_file_and_folder_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_text("")
    synced: list[Path] = []
    library(monkeypatch, code)
    monkeypatch.setattr(Disk, "sync", lambda _, path: synced.append(path))
    Disk().sync_tree(tmp_path)
    assert synced == [tmp_path / "a", tmp_path / "a/b", tmp_path]


def test_with_syncfs_one_call_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    class OneCall:
        def syncfs(self, descriptor: int) -> int:
            calls.append(descriptor)
            return 0

    monkeypatch.setattr(ctypes, "CDLL", lambda _: OneCall())
    Disk().sync_tree(tmp_path)
    assert len(calls) == 1


@pytest.mark.parametrize("code", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP])
def test_where_links_are_not_possible_link_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def fail(*_: object, follow_symlinks: bool) -> NoReturn:
        raise OSError(code, follow_symlinks)

    monkeypatch.setattr(os, "link", fail)
    assert Disk().link(tmp_path / "a", tmp_path / "b") is False


def test_a_full_disk_is_no_reason_to_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, follow_symlinks: bool) -> NoReturn:
        raise OSError(errno.ENOSPC, follow_symlinks)

    monkeypatch.setattr(os, "link", fail)
    with pytest.raises(OSError, match=str(errno.ENOSPC)):
        Disk().link(tmp_path / "a", tmp_path / "b")


def test_a_lock_is_held_by_one_and_leaves_no_file(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    first = Disk().lock(lock)
    assert first is not None
    assert Disk().lock(lock) is None
    Disk().unlock(lock, first)
    assert not lock.exists()


def test_a_lock_file_of_the_dead_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("")
    descriptor = Disk().lock(tmp_path / "lock")
    assert descriptor is not None
    Disk().unlock(tmp_path / "lock", descriptor)


@pytest.mark.parametrize("successor", [False, True], ids=["gone", "made anew by another"])
def test_a_lock_on_a_deleted_file_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, successor: bool) -> None:
    lock = tmp_path / "lock"
    real = __import__("fcntl").flock
    tries: list[int] = []

    def deleted_meanwhile(descriptor: int, how: int) -> None:
        real(descriptor, how)
        tries.append(descriptor)
        if len(tries) == 1:
            lock.unlink()
            if successor:
                lock.write_text("")

    monkeypatch.setattr("fcntl.flock", deleted_meanwhile)
    descriptor = Disk().lock(lock)
    assert descriptor is not None
    assert len(tries) == 2
    assert os.path.samestat(lock.stat(), os.fstat(descriptor))
    Disk().unlock(lock, descriptor)


def test_a_file_system_without_locks_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr("fcntl.flock", fail)
    with pytest.raises(OSError, match="no locks"):
        Disk().lock(tmp_path / "lock")
