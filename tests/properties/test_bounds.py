"""What is past a bound, or made to keep a reader busy, gets an answer within a small machine's memory: an error or a site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.properties.bombs import BOMBS

HERE = Path(__file__).parents[2]
PARTS = 4
TIMEOUT_SECONDS = 110


@pytest.mark.parametrize("part", range(PARTS))
def test_every_bomb_gets_an_answer(part: int, tmp_path: Path) -> None:
    """Some in one process: what one of them left behind would weigh on the next, as it would in the live preview."""
    names = list(BOMBS)[part::PARTS]
    command = [sys.executable, "-m", "tests.properties.bombs", str(tmp_path), *names]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS)
    assert done.returncode == 0, done.stderr[-2000:]
    answered = dict(line.split("\t")[:2] for line in done.stdout.splitlines())
    assert list(answered) == names
    assert [name for name in names if name.startswith("D003") and answered[name] != "D003"] == []
