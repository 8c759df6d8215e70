"""The command line: commands, options, help with an example each, and a near word for a misspelt one.

Only argparse is imported here: `portal --help` answers before anything else of the program is read.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NoReturn

from site_builder import __version__
from site_builder.cli.commands import COMMANDS
from site_builder.cli.options import portal_option

if TYPE_CHECKING:
    from datetime import date

    from site_builder.rules.incentives.spans import Instalments

_WIDEST: Final = 100


class Arguments(argparse.Namespace):
    """What was typed. Texts are as typed; None where an option was left out and the command knows what to do without."""

    command: str = ""
    portal: str = "."
    as_of: date | None = None
    format: str = "text"
    strict: bool = False
    output: str | None = None
    public_only: bool = False
    allow_shrink: bool = False
    explain: str | None = None
    folder: str = ""
    name: str | None = None
    url: str | None = None
    email: str | None = None
    locale: str = "en-GB"
    currency: str = "GBP"
    timezone: str = "Europe/London"
    port: int | None = None
    open: bool = False
    ids: Sequence[str] = ()
    assign: bool = False
    renew: str | None = None
    dry_run: bool = False
    show_private: bool = False
    referrals: Sequence[str] = ()
    client: str = ""
    month: str = ""
    lang: str | None = None
    write: bool = False
    referral: str = ""
    row: str = ""
    step: str = ""
    on: date | None = None
    rule: str | None = None
    instalment: Instalments | None = None
    early: bool = False
    outcome: str | None = None
    roadblock: str | None = None
    follow_up: str | None = None
    follow_up_on: date | None = None
    nps: str | None = None
    note: str | None = None
    whom: str | None = None
    what: str | None = None
    occasion: str | None = None
    cost: str | None = None
    kind: Sequence[str] | None = None
    state: str | None = None
    against: str = ""
    source: str | None = None
    export: str | None = None
    suspected: bool = False
    accept: Sequence[str] | None = None
    person: str | None = None
    portal_id: str | None = None
    key: str | None = None
    yes: bool = False
    folders: Sequence[str] = ()
    host: str | None = None
    backup: str | None = None
    retire: int | None = None
    file: str = ""
    secret: bool = False


def parsed(argv: Sequence[str]) -> Arguments:
    """Read the command line; raises SystemExit after --help, --version (0) and wrong usage (2)."""
    parser = _Parser("portal", "A folder of YAML, CSV and Markdown becomes a portal for your referral programme.", _EXAMPLES)
    parser.add_argument("--version", action="version", version=f"portal {__version__}", help="print the version")
    portal_option(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=_Parser)
    known = {name: _command(commands, name, *described) for name, described in COMMANDS.items()}
    arguments, unknown = parser.parse_known_args(argv, Arguments())
    if unknown:
        known.get(arguments.command, parser).refuse(unknown[0])
    if not arguments.command:
        parser.print_help(sys.stderr)
        raise SystemExit(2)
    return arguments


class _Parser(argparse.ArgumentParser):
    """argparse with examples below the help, options typed in full and a near word where one was misspelt."""

    def __init__(self, prog: str, description: str = "", examples: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=examples,
            formatter_class=_layout,
            argument_default=argparse.SUPPRESS,
            allow_abbrev=False,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help="print this help")

    def refuse(self, word: str) -> NoReturn:
        """End with wrong usage because of a word that means nothing here."""
        self.error(f'nothing here takes "{word}"{_did_you_mean(word.partition("=")[0], self._option_string_actions)}')

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read more, and end with exit code 2."""
        choice = re.fullmatch(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)", message)
        if choice is not None:
            what = "command" if choice[1] == "COMMAND" else f"value of {choice[1]}"
            known = re.findall(r"[\w-]+", choice[3])
            near = _did_you_mean(choice[2], known) or f" (there are {', '.join(known)})"
            message = f'"{choice[2]}" is no {what}{near}'
        self.exit(2, f"portal: {message}\n{self.prog} --help says more\n")


def _layout(prog: str) -> argparse.HelpFormatter:
    """Keep examples as they are written; the width is asked for here because argparse would import an archiver for it."""
    try:
        width = os.get_terminal_size().columns - 2
    except OSError:
        width = 0
    width = width if width > 0 else _WIDEST  # some terminals do not know their own
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=max(40, min(width, _WIDEST)))


def _did_you_mean(word: str, known: Sequence[str] | dict[str, argparse.Action]) -> str:
    from site_builder.suggest import near

    meant = near(word, known)
    return f'; did you mean "{meant}"?' if meant is not None else ""


def _command(
    commands: argparse._SubParsersAction[_Parser],  # argparse names its public answer so
    name: str,
    about: str,
    example: str,
    add: Callable[[_Parser], None],
) -> _Parser:
    whole = f"{about[0].upper()}{about[1:]}."
    parser = commands.add_parser(name, help=about, prog=f"portal {name}", description=whole, examples=example)
    add(parser)
    return parser


_EXAMPLES: Final = """\
a start:
  portal new my-portal      write the first three files
  cd my-portal
  portal serve              look at it while you change them
  portal build              publish into output/

portal COMMAND --help says more about each"""
