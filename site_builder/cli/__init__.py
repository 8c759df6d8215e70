"""The command `portal`: reads its arguments, imports what the command needs and no more, and answers with an exit code.

0 clean; 1 problems in the portal's files; 2 wrong usage; 70 a mistake of ours; 130 ended by Ctrl-C; 141 the reader went away.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from site_builder.cli.arguments import Arguments, parsed

USAGE: Final = 2
OUR_MISTAKE: Final = 70
INTERRUPTED: Final = 130
READER_GONE: Final = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; argv: without the program's name, None for the process's own."""
    patient()
    try:
        code = _answer(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\nportal: ended by Ctrl-C\n")
        return INTERRUPTED
    except BrokenPipeError:
        # What is still buffered has no reader either; Python would complain of it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    return code


def patient() -> None:
    """Look for garbage a hundredth as often: records and pages live until the command ends, and the search goes through them all.

    Evaluating 5,000 referrals takes a third less so (`python -m tests.bench rules`).
    """
    gc.set_threshold(70_000, 20, 100)


def _answer(argv: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file's name or a terminal may know fewer letters than a text
            stream.reconfigure(errors="backslashreplace")
    try:
        arguments = parsed(sys.argv[1:] if argv is None else argv)
    except SystemExit as stop:  # argparse's way to end after --help, --version and wrong usage
        return stop.code if isinstance(stop.code, int) else USAGE
    return _guarded(arguments)


def _guarded(arguments: Arguments) -> int:
    """Run the command; a mistake of ours becomes a line without the data it met, with PORTAL_DEBUG=1 also the traceback."""
    from site_builder.report.crash import Caught

    code = OUR_MISTAKE
    with Caught() as caught:
        code = _run(arguments)
    if caught.crash is not None:
        debugging = os.environ.get("PORTAL_DEBUG") == "1"
        more = "" if debugging else "; PORTAL_DEBUG=1 shows the traceback, which may hold your data"
        sys.stderr.write(caught.crash.trace if debugging else "")
        sys.stderr.write(f"portal: {caught.crash.words()}. Please report it with the command you typed{more}.\n")
    return code


def _run(arguments: Arguments) -> int:
    """Run a command: a function of its name in a module of its name, and nothing else is imported."""
    from importlib import import_module

    command: Callable[[Arguments], int] = getattr(import_module(f"site_builder.cli.{arguments.command}"), arguments.command)
    return command(arguments)
