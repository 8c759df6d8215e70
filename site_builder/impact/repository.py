"""A portal as it was at a git ref, read out of the repository it lies in into a folder of its own.

Nothing of the repository is changed, no working tree is made, and git is kept from fetching anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

_READ: Final = ("data", "content/terms")
"""What rewards are reckoned from."""
_SETTINGS: Final = "data/portal.yaml"
_FILES: Final = frozenset({"100644", "100755"})
_MOST_NEAR: Final = 3
# A hook of git's runs with these set, and they would lead past the folder we ask about.
_ELSEWHERE: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})
_QUIET: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
)


class RepositoryError(Exception):
    """The repository cannot be asked, or does not hold what was asked for; says why."""


class NoSuchRefError(RepositoryError):
    """There is no such ref; names the near ones."""


@contextmanager
def portal_at(root: Path, ref: str) -> Iterator[Path]:
    """Give a folder with the tables, documents and terms that the portal in root had at a ref, gone afterwards.

    ref: a branch, a tag, a commit, anything that names one. Raises NoSuchRefError where there is none, RepositoryError where
    git or a repository is absent, or the portal was not there yet.
    """
    program = shutil.which("git")
    if program is None:
        raise RepositoryError(f'"{ref}" is no portal\'s folder, and without git it cannot be looked for as a ref')
    git = _Git(program, root, ref)
    files = git.files(git.commit())
    with TemporaryDirectory(prefix="portal-impact-") as name:
        folder = Path(name)
        for path, content in git.contents(files).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield folder


@dataclass(frozen=True, slots=True)
class _Git:
    """Asks git about a ref. program: its path; root: the portal's folder, anywhere in a repository."""

    program: str
    root: Path
    ref: str

    def commit(self) -> str:
        """Return the commit the ref names."""
        found = None if self.ref.startswith("-") else self._asked("rev-parse", "--verify", "--quiet", f"{self.ref}^{{commit}}")
        if found is not None and found.returncode == 0:
            return found.stdout.decode().strip()
        if reason := _reason(self._asked("rev-parse", "--git-dir")):
            raise RepositoryError(f'"{self.ref}" is no portal\'s folder, and git knows of no refs here: {reason}')
        raise NoSuchRefError(f'there is no portal\'s folder and no git ref "{self.ref}"{self._near()}')

    def files(self, commit: str) -> Mapping[str, str]:
        """Return the blob of each file by its path in the portal's folder."""
        listed = self._asked("ls-tree", "-r", "-z", commit, "--", *_READ)
        if reason := _reason(listed):
            raise RepositoryError(f"git says: {reason}")
        found = {}
        for entry in listed.stdout.decode(errors="surrogateescape").split("\0")[:-1]:
            described, _, path = entry.partition("\t")
            mode, _, blob = described.split(" ")
            if mode not in _FILES or ".." in PurePosixPath(path).parts:
                raise RepositoryError(f"{path} is no plain file at {self.ref}; compare with a folder instead")
            found[path] = blob
        if _SETTINGS not in found:
            raise RepositoryError(f"this folder was no portal at {self.ref}: there was no {_SETTINGS}")
        return found

    def contents(self, files: Mapping[str, str]) -> Mapping[str, bytes]:
        """Return the bytes of each file."""
        asked = "".join(f"{blob}\n" for blob in files.values()).encode()
        answered = self._asked("cat-file", "--batch", asked=asked).stdout
        found, at = {}, 0
        for path in files:
            line_end = answered.find(b"\n", at)
            head = answered[at:line_end].split()
            if line_end < 0 or len(head) != len(("blob", "type", "size")):
                raise RepositoryError(f"{path} of {self.ref} is not here; fetch it first")
            begin = line_end + 1
            at = begin + int(head[-1]) + 1
            found[path] = answered[begin : at - 1]
        return found

    def _near(self) -> str:
        """Return the refs that may be meant; those on a server are meant by the last part of their names."""
        listed = self._asked("for-each-ref", "--format=%(refname:short)").stdout.decode(errors="replace")
        known = listed.split()
        ends = [name for name in known if name.endswith(f"/{self.ref}")]
        near = list(dict.fromkeys((*ends, *get_close_matches(self.ref, known, n=_MOST_NEAR))))[:_MOST_NEAR]
        if not near:
            return "; if it stands on a server, fetch it first"
        return "; did you mean " + " or ".join(f'"{name}"' for name in near) + "?"

    def _asked(self, *words: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command: Sequence[str] = (self.program, "-C", str(self.root), *words)
        around = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        return subprocess.run(command, input=asked, capture_output=True, check=False, env={**around, **_QUIET})  # noqa: S603  # git, found on the PATH


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the first line of what went wrong, "" where nothing did."""
    if done.returncode == 0:
        return ""
    lines = done.stderr.decode(errors="replace").splitlines() or [f"exit code {done.returncode}"]
    return lines[0].removeprefix("fatal: ")
