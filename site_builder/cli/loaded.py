"""A command's portal, loaded; or what stands in the way, which ends the command with exit code 1 or 2."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.private import private_refusal, tellable
from site_builder.cli.shell import WrongUsageError, cache_folder, complain, portal_folder, today
from site_builder.cli.told import write_text
from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.problem import Problem, Severity
from site_builder.suggest import near

_MOST_NEAR: Final = 3
_SHORTEST: Final = 3
"""How many letters say which id somebody began to type."""
_CUTOFF: Final = 0.85


class InTheWayError(Exception):
    """The files that an answer is made of have mistakes, so it would be wrong. It ends with exit code 1."""

    def __init__(self, root: Path, problems: Sequence[Problem]) -> None:
        """Carry the portal's folder and the mistakes."""
        super().__init__(root)
        self.root = root
        self.problems = problems


def load_portal(arguments: Arguments, reads: tuple[str, ...]) -> Portal:
    """Return the portal; raises InTheWayError for mistakes, WrongUsageError where there is no such folder.

    reads: how the paths of the files begin of which the answer is made. A row with a mistake is not loaded, so mistakes in these
    stand in the way; those in others do only where nothing could be loaded at all.
    """
    root = portal_folder(arguments.portal)
    loaded = load(root, as_of=arguments.as_of, today=today, cache=cache_folder(root))
    errors = tuple(found for found in loaded.problems if found.severity is Severity.ERROR)
    if loaded.portal is None:
        raise InTheWayError(root, tellable(arguments, errors))
    if in_the_way := tuple(found for found in errors if found.source.path.startswith(reads)):
        raise InTheWayError(root, tellable(arguments, in_the_way))
    return loaded.portal


def answer(arguments: Arguments, reads: tuple[str, ...], said: Callable[[Portal], str]) -> int:
    """Print what is said of the portal's private rows; 1 where mistakes stand in the way, 2 for wrong usage and where CI=true.

    said may raise WrongUsageError: nothing is printed before it has answered.
    """
    return ended(lambda: _print(arguments, reads, said))


def ended(run: Callable[[], int]) -> int:
    """Return the exit code of a command's work, and say on stderr why it could not be done."""
    try:
        return run()
    except WrongUsageError as wrong:
        complain(str(wrong))
        return 2
    except InTheWayError as mistakes:
        write_text(mistakes.problems, sys.stderr, mistakes.root, then="Nothing was printed or written.")
        return 1


def unknown(kind: str, typed: str, known: Iterable[str]) -> WrongUsageError:
    """Return what to say of an id there is not, with what was probably meant; kind: what it should have been, as "client".

    That is the id that differs in capitals alone, else those that begin as typed, else the near ones.
    """
    ids, plain = sorted(known), typed.strip().casefold()
    same = [each for each in ids if each.casefold() == plain]
    begun = [each for each in ids if each.casefold().startswith(plain)] if len(plain) >= _SHORTEST else []
    if not same and len(begun) > _MOST_NEAR:
        return WrongUsageError(f'there is no {kind} "{typed}"; {len(begun)} begin so')
    words = " or ".join(f'"{each}"' for each in (same or begun or _near(plain, ids)))
    return WrongUsageError(f'there is no {kind} "{typed}"' + (f"; did you mean {words}?" if words else ""))


def _near(typed: str, ids: Sequence[str]) -> Sequence[str]:
    first = near(typed, ids)
    close = get_close_matches(typed, ids, n=_MOST_NEAR, cutoff=_CUTOFF)
    return list(dict.fromkeys([first, *close] if first is not None else close))[:_MOST_NEAR]


def _print(arguments: Arguments, reads: tuple[str, ...], said: Callable[[Portal], str]) -> int:
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)
    sys.stdout.write(said(load_portal(arguments, reads)))
    return 0
