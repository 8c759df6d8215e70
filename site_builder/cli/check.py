"""portal check: everything but publishing; and --explain, which says why a code matters."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from site_builder.cli.arguments import Arguments
from site_builder.cli.private import tellable
from site_builder.cli.shell import WrongUsageError, cache_folder, complain, portal_folder, today
from site_builder.cli.told import told, write_text
from site_builder.problem import Problem, Severity

if TYPE_CHECKING:
    from site_builder.pipeline import Built

_OF_SECRETS = "D7"
"""What is missing from the environment stands at a key of portal.yaml, and keeps no file from being read."""


def check(arguments: Arguments) -> int:
    """Tell every problem on stdout; 1 if they keep the portal from being published."""
    if arguments.explain is not None:
        return explain(arguments.explain)
    from site_builder.pipeline import Request, build, failed

    try:
        root = portal_folder(arguments.portal)
    except WrongUsageError as wrong:
        complain(str(wrong))
        return 2
    built = build(Request(root, today, arguments.as_of, cache_folder(root), environ=os.environ))
    problems = tellable(arguments, built.problems)
    if arguments.format != "text":
        sys.stdout.write(told(problems, arguments.format, built.as_of, root))
    elif problems:
        write_text(problems, sys.stdout, root, then=_then(built, problems, strict=arguments.strict))
    else:
        sys.stdout.write("No problems. Ready to publish: portal build\n")
    return int(failed(built.problems, strict=arguments.strict))


def _then(built: Built, problems: Sequence[Problem], *, strict: bool) -> str:
    first = next((problem.code for problem in problems if problem.severity is Severity.ERROR), None)
    if first is not None:
        return f"{_waiting(built)}Nothing is published while errors stand; portal check --explain {first} says why one matters."
    warned = any(problem.severity is Severity.WARNING for problem in problems)
    return "Under --strict this is not published." if warned and strict else "Ready to publish: portal build"


def _waiting(built: Built) -> str:
    """Say that the programme was not judged, or not wholly; "" where every file could be read."""
    if built.as_of is None:
        return "The programme itself was not checked: that waits until these files can be read. "
    errors = (each for each in built.problems if each.severity is Severity.ERROR and each.source.path.startswith("data/"))
    is_unread = any(each.code.startswith("D") and not each.code.startswith(_OF_SECRETS) for each in errors)
    return "Some checks of the programme wait until these files can be read whole. " if is_unread else ""


def explain(typed: str) -> int:
    """Print what a code means; 2 for one there is not."""
    from site_builder.codes import CODES
    from site_builder.report.explanation import explanation
    from site_builder.suggest import near

    code = typed.upper()
    if code not in CODES:
        meant = near(typed, CODES)
        complain(f'there is no code "{typed}"' + (f'; did you mean "{meant}"?' if meant is not None else ""))
        return 2
    sys.stdout.write(explanation(code))
    return 0
