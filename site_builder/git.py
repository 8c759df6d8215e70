"""What git knows of the portal's files: people's details and secrets do not belong into a history that nobody can erase.

Git is asked and changes nothing; nothing goes over the network.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_NOT_IGNORED: Final = 1
_STAMP: Final = "@"  # no path that git prints begins with it: they begin with the folder that was asked about
# A hook of git's runs with these set, and they would lead past the folder we ask about.
_ELSEWHERE: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})


def is_tracked(root: Path, path: str) -> bool:
    """Whether git tracks a file, or would with the next `git add .`; False without git, and in no repository."""
    done = _asked(root, "check-ignore", "--quiet", "--", path)
    return done is not None and done.returncode == _NOT_IGNORED  # 128: no repository


def tracked(root: Path, folder: str) -> tuple[str, ...]:
    """Return the files in one of the portal's folders that git tracks, by their paths in the portal, sorted; () as above."""
    done = _asked(root, "ls-files", "-z", "--", folder)
    if done is None or done.returncode != 0:
        return ()
    return tuple(sorted(done.stdout.decode(errors="surrogateescape").split("\0")[:-1]))


def has_remote(root: Path) -> bool:
    """Whether the portal's repository knows of another one, where its files may be read; False as above."""
    done = _asked(root, "remote")
    return done is not None and done.returncode == 0 and bool(done.stdout.strip())


def committed(root: Path, folder: str) -> Mapping[str, int]:
    """Return when each file in one of the portal's folders was last committed, in seconds since 1970; none as above.

    Where a repository was cloned without its history, git knows but of one day.
    """
    done = _asked(root, "-c", "core.quotePath=false", "log", "--relative", f"--format={_STAMP}%ct", "--name-only", "--", folder)
    if done is None or done.returncode != 0:
        return {}
    found: dict[str, int] = {}
    stamp = 0
    for line in done.stdout.decode(errors="surrogateescape").splitlines():
        if line.startswith(_STAMP):
            stamp = int(line.removeprefix(_STAMP))
        elif line:
            found.setdefault(line, stamp)
    return found


def edited(root: Path, folder: str) -> frozenset[str]:
    """Return the committed files in one of the portal's folders that were changed since; none as above."""
    done = _asked(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", folder)
    if done is None or done.returncode != 0:
        return frozenset()
    return frozenset(done.stdout.decode(errors="surrogateescape").split("\0")[:-1])


def _asked(root: Path, *words: str) -> CompletedProcess[bytes] | None:
    """Ask git; None where there is none."""
    import shutil
    import subprocess

    program = shutil.which("git")
    if program is None:
        return None
    around = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    command = (program, "-C", str(root), *words)
    return subprocess.run(command, capture_output=True, check=False, env={**around, **quiet})  # noqa: S603  # git, found on the PATH
