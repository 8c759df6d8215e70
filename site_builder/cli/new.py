"""portal new: asks what it was not told, writes the starter and says what comes next."""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.shell import complain, today
from site_builder.problem import Problem
from site_builder.scaffold import Wishes, faults, starter
from site_builder.scaffold.writing import FolderRefusedError, write

_QUESTIONS: Final = (
    ("name", "Your firm's name"),
    ("url", "Where the portal will stand"),
    ("email", "The e-mail address on every page"),
)


def new(arguments: Arguments) -> int:
    """Write a portal into a new or empty folder; 2 where the folder or an answer cannot be used."""
    folder = Path(arguments.folder)
    wishes = _wishes(arguments, folder)
    if sys.stdin.isatty() and sys.stderr.isatty():
        asked = _asked(arguments, wishes)
        if asked is None:
            complain("nothing was written")
            return 2
        wishes = asked
    wrong = faults(wishes)
    for name, problem in wrong.items():
        complain(_said(name, problem))
    if wrong:
        return 2
    try:
        write(starter(wishes, today(wishes.timezone)), folder)
    except FolderRefusedError as refusal:
        complain(str(refusal))
        return 2
    _say_made_up(arguments, wishes)
    sys.stdout.write(_next_steps(wishes, folder))
    return 0


def _wishes(arguments: Arguments, folder: Path) -> Wishes:
    """Take what was told; the rest comes from the folder's name, at an address that can be nobody's."""
    name = (arguments.name if arguments.name is not None else _titled(folder.resolve().name)).strip()
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].strip("-") or "your-firm"
    return Wishes(
        name=name,
        url=(arguments.url if arguments.url is not None else f"https://refer.{slug}.example/").strip(),
        email=(arguments.email if arguments.email is not None else f"hello@{slug}.example").strip(),
        locale=arguments.locale,
        currency=arguments.currency,
        timezone=arguments.timezone,
    )


def _titled(folder: str) -> str:
    """Make a name of a folder's: harbour-it becomes Harbour It."""
    words = re.split(r"[\s._-]+", folder)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "Your firm"


def _asked(arguments: Arguments, wishes: Wishes) -> Wishes | None:
    """Ask for what was not told, each until it can be used; Enter takes what stands in brackets. None at the end of input."""
    for key, question in _QUESTIONS:
        if getattr(arguments, key) is not None:
            continue
        while True:
            suggested = str(getattr(wishes, key))
            sys.stderr.write(f"{question} [{suggested}]: ")
            sys.stderr.flush()
            line = sys.stdin.readline()
            if not line:
                return None
            answered = replace(wishes, **{key: line.strip() or suggested})
            found = faults(answered)
            problem = found.get(key) or found.get("")
            if problem is None:
                wishes = _follow(answered, arguments, key)
                break
            complain(_said(key, problem))
    return wishes


def _follow(wishes: Wishes, arguments: Arguments, answered: str) -> Wishes:
    """Let the suggestions for address and e-mail follow a name that was just answered."""
    if answered != "name":
        return wishes
    return replace(_wishes(_named(arguments, wishes.name), Path(arguments.folder)), name=wishes.name)


def _named(arguments: Arguments, name: str) -> Arguments:
    told = Arguments(**vars(arguments))
    told.name = name
    return told


def _said(key: str, problem: Problem) -> str:
    return f"{f'--{key}: ' if key else ''}{problem.message}{f'; {problem.hint}' if problem.hint else ''}"


def _say_made_up(arguments: Arguments, wishes: Wishes) -> None:
    """Name what nobody told: it must not be published unseen."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        return
    made_up = [str(getattr(wishes, key)) for key, _ in _QUESTIONS if getattr(arguments, key) is None]
    if made_up:
        complain(f"made up, so change it in data/portal.yaml: {', '.join(made_up)}")


def _next_steps(wishes: Wishes, folder: Path) -> str:
    here = folder.resolve() == Path.cwd()
    steps = ["portal serve", "portal build"] if here else [f"cd {shlex.quote(str(folder))}", "portal serve", "portal build"]
    shown = "".join(f"  {step}\n" for step in steps)
    return (
        f"A portal for {wishes.name} stands in {folder}.\n"
        "Its promise, rewards and prices are examples: make them yours in data/ before anybody reads them. Next:\n" + shown
    )
