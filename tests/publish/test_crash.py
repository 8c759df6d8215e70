"""Killed before, in or after any operation, output is the whole old or the whole new site."""

import errno
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.publish import Disk, PublishRefused, publish, repair
from tests.publish.dying import Died, DyingDisk, Moment, NoExchange, artifacts, beside, held

OLD = artifacts({"index.html": "old", "same/index.html": "same", "gone/deep/x.txt": "x", "1.html": "", "2.html": ""})
NEW = artifacts({"index.html": "new!", "same/index.html": "same", "new/index.html": "n", "1.html": "", "2.html": "2"})
STRATEGIES = {"exchange": Disk(), "two renames": NoExchange()}
STARTS = ("absent", "empty", "kept only", "published")


def start(output: Path, how: str) -> None:
    """An output folder as a publish may find it."""
    shutil.rmtree(output.parent, ignore_errors=True)
    output.parent.mkdir()
    if how != "absent":
        output.mkdir()
    if how in {"kept only", "published"}:
        (output / ".gitkeep").write_text("kept")
    if how == "published":
        publish(OLD, output)


def crashes() -> Iterator[tuple[int, Moment]]:
    return ((at, moment) for at in itertools.count() for moment in Moment)


def survives(output: Path, disk: DyingDisk) -> bool:
    """Whether the publish came to its end before the disk died."""
    try:
        publish(NEW, output, disk=disk)
    except Died:
        return False
    return True


@pytest.mark.parametrize("how", STARTS)
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_killed_around_any_operation_the_site_is_whole(tmp_path: Path, how: str, strategy: str) -> None:
    output, real = tmp_path / "portal/output", STRATEGIES[strategy]
    start(output, how)
    old = held(output)
    publish(NEW, output, disk=real)
    new = held(output)
    seen = set()
    for at, moment in crashes():
        start(output, how)
        disk = DyingDisk(real, at, moment)
        done = survives(output, disk)
        repair(output, disk=real)
        assert held(output) in (old, new), f"killed {moment.value} operation {at} of {disk.done}"
        seen.add(held(output) == new)
        publish(NEW, output, disk=real)
        assert held(output) == new
        assert beside(output) == [], f"killed {moment.value} operation {at} of {disk.done}"
        if done:
            assert {"write", "mkdir", "sync_tree", "lock", "unlock"} <= set(disk.done)
            break
    assert seen == {False, True}


def test_a_repair_that_is_killed_itself_is_repaired_by_the_next(tmp_path: Path) -> None:
    output, real = tmp_path / "portal/output", NoExchange()
    start(output, "published")
    old = held(output)
    publish(NEW, output, disk=real)
    new = held(output)
    killed = 0
    for at, moment in crashes():
        start(output, "published")
        if survives(output, DyingDisk(real, at, moment)):
            break
        if not (output.parent / ".output.swap-journal").exists():
            continue
        shutil.copytree(output.parent, tmp_path / "crashed", symlinks=True)
        for again, second in crashes():
            shutil.rmtree(output.parent)
            shutil.copytree(tmp_path / "crashed", output.parent, symlinks=True)
            try:
                repair(output, disk=DyingDisk(real, again, second))
            except Died:
                killed += 1
            else:
                break
            repair(output, disk=real)
            assert held(output) in (old, new)
        shutil.rmtree(tmp_path / "crashed")
    assert killed > 20


def test_between_two_renames_repair_brings_the_new_site(tmp_path: Path) -> None:
    output = tmp_path / "portal/output"
    start(output, "published")
    publish(NEW, tmp_path / "portal/wanted")
    disk = DyingDisk(NoExchange(), 10**6, Moment.AFTER)
    publish(NEW, output, disk=disk)
    start(output, "published")
    with pytest.raises(Died):
        publish(NEW, output, disk=DyingDisk(NoExchange(), disk.done.index("rename"), Moment.AFTER))
    assert held(output) is None
    repair(output)
    assert (held(output) or {})["index.html"] == b"new!"


def test_repair_goes_back_when_the_new_site_is_lost(tmp_path: Path) -> None:
    output = tmp_path / "portal/output"
    start(output, "published")
    old = held(output)
    output.rename(output.parent / ".output.staging-former")
    (output.parent / ".output.swap-journal").write_text("")
    repair(output)
    assert held(output) == old
    assert beside(output) == []


def test_a_journal_alone_is_dropped(tmp_path: Path) -> None:
    output = tmp_path / "portal/output"
    start(output, "absent")
    (output.parent / ".output.swap-journal").write_text("")
    repair(output)
    assert held(output) is None
    assert beside(output) == []


def test_repair_leaves_the_swap_to_a_publish_that_runs(tmp_path: Path) -> None:
    output = tmp_path / "portal/output"
    start(output, "absent")
    (output.parent / ".output.swap-journal").write_text("")
    descriptor = Disk().lock(output.parent / ".output.lock")
    assert descriptor is not None
    repair(output)
    assert beside(output) == [".output.lock", ".output.swap-journal"]
    Disk().unlock(output.parent / ".output.lock", descriptor)


class Refusing(NoExchange):
    """A system that refuses chosen operations, by name and number from 1, with an input/output error."""

    def __init__(self, *refused: tuple[str, int]) -> None:
        self.refused = refused
        self.calls = {"rename": 0, "sync": 0, "remove": 0}

    def _count(self, name: str) -> None:
        self.calls[name] += 1
        if (name, self.calls[name]) in self.refused:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def rename(self, source: Path, target: Path) -> None:
        self._count("rename")
        super().rename(source, target)

    def sync(self, path: Path) -> None:
        self._count("sync")
        super().sync(path)

    def remove(self, path: Path) -> None:
        self._count("remove")
        super().remove(path)


@pytest.mark.parametrize("refused", [("sync", 1), ("sync", 2), ("rename", 1), ("rename", 2)], ids=str)
def test_a_swap_the_system_refuses_is_undone_at_once(tmp_path: Path, refused: tuple[str, int]) -> None:
    output = tmp_path / "portal/output"
    start(output, "published")
    old = held(output)
    with pytest.raises(PublishRefused) as caught:
        publish(NEW, output, disk=Refusing(refused))
    assert caught.value.problem.code == "B105"
    assert held(output) == old
    assert beside(output) == []


def test_a_swap_that_cannot_even_be_undone_is_ended_by_the_next_command(tmp_path: Path) -> None:
    output = tmp_path / "portal/output"
    start(output, "published")
    with pytest.raises(PublishRefused):
        publish(NEW, output, disk=Refusing(("rename", 2), ("rename", 3)))
    assert held(output) is None
    with pytest.raises(PublishRefused) as caught:
        repair(output, disk=Refusing(("rename", 1)))
    assert caught.value.problem.code == "B105"
    repair(output)
    assert (held(output) or {})["index.html"] == b"new!"


@pytest.mark.parametrize("refused", [("sync", 3), ("remove", 1), ("remove", 2)], ids=str)
def test_a_new_site_that_is_up_counts_as_published(tmp_path: Path, refused: tuple[str, int]) -> None:
    output = tmp_path / "portal/output"
    start(output, "published")
    assert publish(NEW, output, disk=Refusing(refused)).new == ("new/index.html",)
    assert (held(output) or {})["index.html"] == b"new!"
    assert beside(output) != []
    publish(NEW, output)
    assert beside(output) == []
