"""Whether git would keep a file for good: people's details do not belong into a history that nobody can erase."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

_NOT_IGNORED: Final = 1
# A hook of git's runs with these set, and they would lead past the folder we ask about.
_ELSEWHERE: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})


def is_tracked(root: Path, path: str) -> bool:
    """Whether git tracks a file, or would with the next `git add .`; False without git, and in no repository."""
    program = shutil.which("git")
    if program is None:
        return False
    around = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    command = (program, "-C", str(root), "check-ignore", "--quiet", "--", path)
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    done = subprocess.run(command, capture_output=True, check=False, env={**around, **quiet})  # noqa: S603  # git, found on the PATH
    return done.returncode == _NOT_IGNORED  # 128: no repository
