"""portal unseal: a private page opened in the terminal.

What opens it is asked for or comes from the environment, and is no argument: everybody on the machine can read those.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from getpass import getpass
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.loaded import ended
from site_builder.cli.private import private_refusal
from site_builder.cli.shell import WrongUsageError, complain
from site_builder.seal import NotOpenedError, WrongKeyError, envelope_of, opened, readers_of
from site_builder.seal.envfile import env_file
from site_builder.seal.names import OWNER
from site_builder.seal.ways import ways

_LARGEST: Final = 64 * 1024 * 1024
_LONGEST: Final = 4096
_INDEX: Final = "index.html"
_LOOK: Final = "look at each word: those of portal passphrase are six, in small letters"


def unseal(arguments: Arguments) -> int:
    """Print the page; 1 where it stays shut, 2 for wrong usage and where others read the log."""
    return ended(lambda: _answer(arguments))


def _answer(arguments: Arguments) -> int:
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)
    path = _page_at(Path(arguments.file))
    try:
        html = _opened(envelope_of(_page(path)))
    except NotOpenedError as shut:
        complain(f"{path}: {shut}")
        return 1
    if arguments.format != "html":
        from site_builder.render.pagetext import page_text

        html = page_text(html)
    sys.stdout.write(f"{html}\n")
    return 0


def _page_at(path: Path) -> Path:
    """Return the page's file, which of a folder is its index.html; raises WrongUsageError for a folder without one."""
    if not path.is_dir():
        return path
    if not (path / _INDEX).is_file():
        raise WrongUsageError(f"{path} is a folder without {_INDEX}; name a sealed page, for example output/kpis/{_INDEX}")
    return path / _INDEX


def _page(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise WrongUsageError(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}") from None
    return content[:_LARGEST].decode("utf-8", "replace")


def _opened(envelope: str) -> str:
    """Open it with what is known, and else with what is asked for; raises NotOpenedError."""
    by_link = readers_of(envelope) == "link"
    for phrase in () if by_link else _known():
        try:
            return opened(envelope, phrase=phrase)
        except WrongKeyError:
            continue
    typed = _asked("Link: " if by_link else "Passphrase: ")
    return opened(envelope, key=typed.rpartition("#")[2]) if by_link else _opened_by(typed, envelope)


def _opened_by(typed: str, envelope: str) -> str:
    """Open it with what somebody typed, or may have meant by it; raises NotOpenedError."""
    for phrase in ways(typed):
        try:
            return opened(envelope, phrase=phrase)
        except WrongKeyError:
            continue
    raise WrongKeyError(f"this passphrase does not open the page; {_LOOK}")


def _known() -> Iterator[str]:
    """Yield the owners' phrases that the environment holds, or the .env of this folder, each once."""
    held = {**env_file(Path.cwd()).values, **os.environ}
    yield from dict.fromkeys(phrase for name, phrase in held.items() if name.startswith(OWNER) and phrase.strip())


def _asked(prompt: str) -> str:
    """Ask the person at the terminal, who does not see what they type; without one, read the first line of the input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline(_LONGEST).rstrip("\r\n")
    try:
        return getpass(prompt)
    except EOFError:
        return ""
