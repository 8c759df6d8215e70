"""A file is replaced whole or stays as it was, and stays whose and what it was."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from site_builder.edit import ChangedMeanwhileError, create_content, replace_content


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "referrers.csv"
    path.write_bytes(b"old\r\n")
    path.chmod(0o640)
    return path


def test_the_new_content_stands_there_with_the_former_mode_and_nothing_beside_it(table: Path) -> None:
    replace_content(table, b"old\r\n", b"new\r\n")
    assert table.read_bytes() == b"new\r\n"
    assert table.stat().st_mode & 0o7777 == 0o640
    assert list(table.parent.iterdir()) == [table]


def test_a_link_stays_a_link(table: Path) -> None:
    link = table.with_name("link.csv")
    link.symlink_to(table.name)
    replace_content(link, b"old\r\n", b"new\r\n")
    assert link.is_symlink()
    assert table.read_bytes() == b"new\r\n"


def test_what_somebody_saved_meanwhile_is_not_lost(table: Path) -> None:
    with pytest.raises(ChangedMeanwhileError):
        replace_content(table, b"older\r\n", b"new\r\n")
    assert table.read_bytes() == b"old\r\n"
    assert list(table.parent.iterdir()) == [table]


def test_a_full_disk_leaves_the_file_as_it_was(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_content(table, b"old\r\n", b"new\r\n")
    assert table.read_bytes() == b"old\r\n"
    assert list(table.parent.iterdir()) == [table]


def test_another_owners_file_is_replaced_where_its_folder_allows(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_descriptor: int, _user: int, _group: int) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "fchown", forbidden)
    replace_content(table, b"old\r\n", b"new\r\n")
    assert table.read_bytes() == b"new\r\n"


def test_the_file_is_on_the_disk_before_it_takes_the_name(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bytes] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        held.append(table.read_bytes())
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    replace_content(table, b"old\r\n", b"new\r\n")
    assert held == [b"old\r\n", b"new\r\n"]  # the file's own bytes first, then its folder's names


# A file that is not there yet


def test_a_new_file_has_the_mode_of_its_neighbour_and_nothing_stands_beside_it(table: Path) -> None:
    payouts = table.with_name("payouts.csv")
    create_content(payouts, b"new\r\n", like=table)
    assert payouts.read_bytes() == b"new\r\n"
    assert payouts.stat().st_mode & 0o7777 == 0o640
    assert payouts.stat().st_nlink == 1
    assert sorted(table.parent.iterdir()) == [payouts, table]


def test_a_file_that_somebody_made_meanwhile_is_not_lost(table: Path) -> None:
    payouts = table.with_name("payouts.csv")
    payouts.write_bytes(b"theirs\n")
    with pytest.raises(ChangedMeanwhileError):
        create_content(payouts, b"ours\n", like=table)
    assert payouts.read_bytes() == b"theirs\n"
    assert sorted(table.parent.iterdir()) == [payouts, table]


def test_a_full_disk_makes_no_file(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        create_content(table.with_name("payouts.csv"), b"new\n", like=table)
    assert list(table.parent.iterdir()) == [table]


def test_a_private_file_is_closed_to_others_though_its_neighbour_is_open(table: Path) -> None:
    table.chmod(0o664)
    leads = table.with_name("leads.csv")
    create_content(leads, b"new\r\n", like=table, private=True)
    assert leads.stat().st_mode & 0o7777 == 0o660
