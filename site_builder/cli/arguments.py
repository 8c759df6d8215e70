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

if TYPE_CHECKING:
    from datetime import date

FORMATS: Final = ("text", "json", "github", "sarif")
_DATA_FORMATS: Final = ("text", "json")
_WIDEST: Final = 100
_HIGHEST_PORT: Final = 65_535


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
    assign: bool = False
    renew: str | None = None
    dry_run: bool = False
    show_private: bool = False


def parsed(argv: Sequence[str]) -> Arguments:
    """Read the command line; raises SystemExit after --help, --version (0) and wrong usage (2)."""
    parser = _Parser("portal", "A folder of YAML, CSV and Markdown becomes a portal for your referral programme.", _EXAMPLES)
    parser.add_argument("--version", action="version", version=f"portal {__version__}", help="print the version")
    _portal(parser)
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
    from site_builder.load.suggest import near

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


def _portal(parser: _Parser) -> None:
    parser.add_argument("--portal", metavar="DIR", help="the portal's folder (default: this one)")


def _dated(parser: _Parser) -> None:
    parser.add_argument("--as-of", metavar="DATE", type=_day, help="the day to speak for, as YYYY-MM-DD (default: today)")


def _judging(parser: _Parser) -> None:
    _portal(parser)
    _dated(parser)
    parser.add_argument("--strict", action="store_true", help="warnings fail too")
    parser.add_argument("--format", choices=FORMATS, metavar="F", help=f"how problems are told: {', '.join(FORMATS)}")


def _build(parser: _Parser) -> None:
    parser.add_argument("--output", metavar="DIR", help="where to publish (default: output in the portal's folder)")
    parser.add_argument("--allow-shrink", action="store_true", help="publish though more than a fifth of the pages vanishes")
    parser.add_argument("--public-only", action="store_true", help="leave the private pages out; this version makes none yet")
    _judging(parser)


def _check(parser: _Parser) -> None:
    parser.add_argument("--explain", metavar="CODE", help="say what a code means and why it matters")
    _judging(parser)


def _new(parser: _Parser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")
    parser.add_argument("--name", help="your firm's name")
    parser.add_argument("--url", help="where the portal will stand, as https://refer.your-firm.example/")
    parser.add_argument("--email", help="the address on every page")
    parser.add_argument("--locale", help="language and region (default: en-GB)")
    parser.add_argument("--currency", help="three letters (default: GBP)")
    parser.add_argument("--timezone", metavar="ZONE", help="decides what today is (default: Europe/London)")


def _serve(parser: _Parser) -> None:
    parser.add_argument("--port", metavar="N", type=_port, help="where to listen (default: 8000 or the next free one; 0: any)")
    parser.add_argument("--open", action="store_true", help="open the first page in your browser")
    _portal(parser)
    _dated(parser)


def _links(parser: _Parser) -> None:
    parser.add_argument("--assign", action="store_true", help="write a code for everybody who has none into data/referrers.csv")
    parser.add_argument("--renew", metavar="ID", help="give one referrer another code; the former one leads to it")
    parser.add_argument("--dry-run", action="store_true", help="show what --assign or --renew would change, and change nothing")
    parser.add_argument("--format", choices=_DATA_FORMATS, metavar="F", help=f"how links are told: {', '.join(_DATA_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="print names and links even where CI=true")
    _portal(parser)


def _day(typed: str) -> date:
    from datetime import date

    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
            return date.fromisoformat(typed)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f'"{typed}" is no date; write it as 2026-10-31')


def _port(typed: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", typed) and int(typed) <= _HIGHEST_PORT:
        return int(typed)
    raise argparse.ArgumentTypeError(f'"{typed}" is no port; write a number from 0 to {_HIGHEST_PORT}')


_EXAMPLES: Final = """\
a start:
  portal new my-portal      write the first three files
  cd my-portal
  portal serve              look at it while you change them
  portal build              publish into output/

portal COMMAND --help says more about each"""

COMMANDS: Final[dict[str, tuple[str, str, Callable[[_Parser], None]]]] = {
    "build": (
        "check everything, then publish the portal",
        """\
Nothing is written unless everything is in order, and the former output stays whole until then.

example:
  portal build --strict --output public""",
        _build,
    ),
    "check": (
        "say what is wrong and how to mend it, without publishing",
        """\
Exit code 1 means that there is something to mend.

examples:
  portal check --format json
  portal check --explain D104""",
        _check,
    ),
    "new": (
        "write a portal of three files to start from",
        """\
What is not told is asked for, or made up from the folder's name where nobody can answer. Nothing is ever overwritten.

example:
  portal new my-portal --name "Harbour IT" --url https://refer.harbour.example/ --email hello@harbour.example""",
        _new,
    ),
    "serve": (
        "show the portal here and reload it whenever a file is saved",
        """\
Only this machine can see it, and nothing is written or sent. Ctrl-C ends it.

example:
  portal serve --port 8080 --open""",
        _serve,
    ),
    "links": (
        "list everybody's personal link, or give out codes for them",
        """\
Each active referrer has a form of their own, a page for the friend they send, and a card to print.

examples:
  portal links
  portal links --assign --dry-run
  portal links --renew ann-hale""",
        _links,
    ),
}
