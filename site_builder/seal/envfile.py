"""The portal's .env: secrets in a file that nobody else can read and that git never keeps."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Final

from site_builder.codes import problem
from site_builder.git import is_tracked
from site_builder.problem import Problem, Source

ENV: Final = ".env"
# The whole file, never a line of it: the terminal shows the lines that problems speak of.
PLACE: Final = Source(ENV)
_LARGEST: Final = 64 * 1024
_END: Final = re.compile("\r\n|\n|\r")
_WORD: Final = re.compile(r"(?:export\s+)?([\w-]*)")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, repr=False)
class EnvFile:
    """What .env holds. values: by name; faults: why it should not be used so, or, unless is_read, why it could not be read.

    odd_lines: those that are not NAME=value, by number, from 1, with the word that each begins with; it may be any, so do not
    print it.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Problem, ...] = ()
    is_read: bool = True
    odd_lines: Mapping[int, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "EnvFile(...)"


def env_file(root: Path) -> EnvFile:
    """Read the portal's .env; an empty one where there is none."""
    try:
        read = _read(root / ENV)
    except FileNotFoundError:
        return EnvFile()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        read = problem("D005", PLACE, f"this file cannot be read: {reason}", hint="check that you may read it")
    if isinstance(read, Problem):
        return EnvFile(faults=(read,), is_read=False)
    content, mode = read
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return EnvFile(faults=(problem("D002", PLACE, "this file is not UTF-8", hint="save it as UTF-8"),), is_read=False)
    values, odd_lines = _values(text)
    return EnvFile(values, tuple(_open_to_others(root, mode)), odd_lines=odd_lines)


def _read(path: Path) -> tuple[bytes, int] | Problem:
    """Return the file's content and mode, both of the very file that was opened."""
    if path.is_symlink():
        message = "this is a link, and what it leads to may be anybody's"
        return problem("D703", PLACE, message, hint="put the file itself here, or use the environment")
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return problem("D005", PLACE, "this is not a regular file", hint="put a plain file here")
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        hint = "keep nothing but secrets in it, one a line: NAME=value"
        return problem("D003", PLACE, "this file is larger than 64 KiB", hint=hint)
    return content, status.st_mode


def _values(text: str) -> tuple[Mapping[str, str], Mapping[int, str]]:
    """Return the values by name, the last where a name stands there twice, and the odd lines; a $ is a plain letter."""
    from dotenv.parser import parse_stream  # dotenv_values() would log which lines it cannot read

    values, odd_lines, read = {}, {}, 0
    for line in parse_stream(StringIO(text)):
        content = line.original.string.lstrip()
        begin = read + len(line.original.string) - len(content)
        read += len(line.original.string)
        if line.key is not None and line.value is not None:
            values[line.key] = line.value
        elif line.error or line.key is not None:
            begun = _WORD.match(content)
            assert begun is not None  # noqa: S101  # it may match nothing
            odd_lines[1 + len(_END.findall(text, 0, begin))] = begun[1]  # theirs counts CR LF twice after an odd line
    return values, odd_lines


def _open_to_others(root: Path, mode: int) -> list[Problem]:
    faults = []
    if mode & _OTHERS:
        message = f"others on this machine can get at this file: its mode is {stat.S_IMODE(mode):03o}"
        faults.append(problem("D703", PLACE, message, hint=f"chmod 600 {ENV}"))
    if is_tracked(root, ENV):
        message = "git keeps this file, or would with the next git add"
        hint = f"write {ENV} into .gitignore, and git rm --cached {ENV}; if it was pushed already, make new secrets as well"
        faults.append(problem("D703", PLACE, message, hint=hint))
    return faults
