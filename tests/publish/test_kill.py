"""A publish that is really killed (SIGKILL) at random moments leaves a whole site."""

import os
import random
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.publish import publish, repair
from tests.publish.dying import beside, held
from tests.publish.killed import site

SEED = 20261031
MOMENTS = 20
ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("killed.py")


def child(output: Path, strategy: str) -> subprocess.Popen[bytes]:
    """A process that publishes version 1 as soon as it reads a line, which it asks for with a line."""
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(output), strategy],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def seconds_until_done(process: subprocess.Popen[bytes], limit: float) -> float | None:
    """Let the process begin; None when it is not done within the limit (seconds). It is dead afterwards."""
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    process.stdin.write(b"go\n")
    process.stdin.flush()
    begun = time.perf_counter()
    done, _, _ = select.select([process.stdout], [], [], limit)
    took = time.perf_counter() - begun
    process.kill()
    process.communicate()
    return took if done else None


@pytest.mark.parametrize("strategy", ["exchange", "two-renames"])
def test_killed_at_random_moments_the_site_is_whole(tmp_path: Path, strategy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the child knows the real digest only
    chance = random.Random(f"{SEED} {strategy}")
    start, output = tmp_path / "start/output", tmp_path / "work/output"
    publish(site(0), start)
    publish(site(1), tmp_path / "new")
    old, new = held(start), held(tmp_path / "new")
    first, *children = [child(output, strategy) for _ in range(1 + MOMENTS // 2)]
    shutil.copytree(start.parent, output.parent)
    whole_time = seconds_until_done(first, 60)
    assert whole_time is not None
    assert held(output) == new
    killed = 0
    for process in children:
        shutil.rmtree(output.parent)
        shutil.copytree(start.parent, output.parent)
        done = seconds_until_done(process, chance.uniform(0, whole_time))
        killed += done is None
        if done is not None:  # on a busy machine the first may have been slow: kill sooner
            whole_time = min(whole_time, done)
        repair(output)
        assert held(output) in (old, new)
        publish(site(1), output)
        assert held(output) == new
        assert beside(output) == []
    assert killed > 0
