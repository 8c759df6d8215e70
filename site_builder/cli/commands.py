"""The commands: what each is for, an example of it, and the options it takes."""

from __future__ import annotations

import re
from argparse import ArgumentParser as Parser
from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

FORMATS: Final = ("text", "json", "github", "sarif")
_DATA_FORMATS: Final = ("text", "json")
_IMPACT_FORMATS: Final = ("text", "json", "markdown")
_STEPS: Final = ("contacted", "qualified", "won", "lost", "thanked", "told", "paid")
_STATES: Final = ("expected", "earned", "due", "paid", "withheld")
_HIGHEST_PORT: Final = 65_535


def portal_option(parser: Parser) -> None:
    """Add --portal, which every command takes."""
    parser.add_argument("--portal", metavar="DIR", help="the portal's folder (default: this one)")


def _dated(parser: Parser) -> None:
    parser.add_argument("--as-of", metavar="DATE", type=_day, help="the day to speak for, as YYYY-MM-DD (default: today)")


def _judging(parser: Parser) -> None:
    portal_option(parser)
    _dated(parser)
    parser.add_argument("--strict", action="store_true", help="warnings fail too")
    parser.add_argument("--format", choices=FORMATS, metavar="F", help=f"how problems are told: {', '.join(FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="name private rows by their ids even where CI=true")


def _build(parser: Parser) -> None:
    parser.add_argument("--output", metavar="DIR", help="where to publish (default: output in the portal's folder)")
    parser.add_argument("--allow-shrink", action="store_true", help="publish though more than a fifth of the pages vanishes")
    parser.add_argument("--public-only", action="store_true", help="leave the private pages out; this version makes none yet")
    _judging(parser)


def _check(parser: Parser) -> None:
    parser.add_argument("--explain", metavar="CODE", help="say what a code means and why it matters")
    _judging(parser)


def _new(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")
    parser.add_argument("--name", help="your firm's name")
    parser.add_argument("--url", help="where the portal will stand, as https://refer.your-firm.example/")
    parser.add_argument("--email", help="the address on every page")
    parser.add_argument("--locale", help="language and region (default: en-GB)")
    parser.add_argument("--currency", help="three letters (default: GBP)")
    parser.add_argument("--timezone", metavar="ZONE", help="decides what today is (default: Europe/London)")


def _serve(parser: Parser) -> None:
    parser.add_argument("--port", metavar="N", type=_port, help="where to listen (default: 8000 or the next free one; 0: any)")
    parser.add_argument("--open", action="store_true", help="open the first page in your browser")
    portal_option(parser)
    _dated(parser)


def _links(parser: Parser) -> None:
    parser.add_argument("--assign", action="store_true", help="write a code for everybody who has none into data/referrers.csv")
    parser.add_argument("--renew", metavar="ID", help="give one referrer another code; the former one leads to it")
    parser.add_argument("--dry-run", action="store_true", help="show what --assign or --renew would change, and change nothing")
    parser.add_argument("--format", choices=_DATA_FORMATS, metavar="F", help=f"how links are told: {', '.join(_DATA_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="print names and links even where CI=true")
    portal_option(parser)


def _explain(parser: Parser) -> None:
    parser.add_argument(
        "referrals", metavar="ID", nargs="*", help="referrals, or referrers for all they sent (default: all that somebody sent)"
    )
    parser.add_argument("--state", choices=_STATES, metavar="S", help=f"rewards in one state alone: {', '.join(_STATES)}")
    _answering(parser)


def _client(parser: Parser) -> None:
    parser.add_argument("client", metavar="CLIENT_ID", help="whose, as in data/clients.csv")
    _answering(parser)


def _tally(parser: Parser) -> None:
    parser.add_argument("month", metavar="MONTH", type=_month, help="which, as YYYY-MM")
    _answering(parser)


def _record(parser: Parser) -> None:
    parser.add_argument("referral", metavar="REFERRAL_ID", help="which, as in data/referrals.csv")
    parser.add_argument("step", metavar="STEP", choices=_STEPS, help=f"what happened: {', '.join(_STEPS)}")
    parser.add_argument("--on", metavar="DATE", type=_day, help="when, as YYYY-MM-DD (default: today)")
    parser.add_argument("--rule", metavar="ID", help="with paid: which incentive, where several could be meant")
    parser.add_argument(
        "--instalment", metavar="N", type=_instalment, help="with paid: which one (default: the next that is due)"
    )
    parser.add_argument("--early", action="store_true", help="with paid: also what is earned and not due yet")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    parser.add_argument("--show-private", action="store_true", help="say what was written even where CI=true")
    portal_option(parser)


def _impact(parser: Parser) -> None:
    parser.add_argument(
        "--against", metavar="DIR_OR_GIT_REF", required=True, help="another portal's folder, or a git ref of this one"
    )
    parser.add_argument("--format", choices=_IMPACT_FORMATS, metavar="F", help=f"how it is told: {', '.join(_IMPACT_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="print private rows even where CI=true")
    portal_option(parser)
    _dated(parser)


def _receive(parser: Parser) -> None:
    parser.add_argument("folders", metavar="DIR", nargs="*", help="the portals' folders (default: --portal)")
    parser.add_argument(
        "--host", metavar="ADDRESS", help="where to listen (default: 127.0.0.1, for a web server on this machine)"
    )
    parser.add_argument("--port", metavar="N", type=_port, help="where to listen (default: 8800; 0: any)")
    once = parser.add_mutually_exclusive_group()
    once.add_argument("--backup", metavar="FILE", help="copy the leads into a new file and end; a receiver may run meanwhile")
    once.add_argument("--retire", metavar="DAYS", type=_days, help="forget leads that nothing was added to for so long, and end")
    portal_option(parser)


def _inbox(parser: Parser) -> None:
    parser.add_argument(
        "--from",
        dest="source",
        metavar="URL|FILE",
        help="the receiver's database or address (default: PORTAL_INBOX_URL, DATABASE_URL, ./leads.db)",
    )
    parser.add_argument("--export", metavar="FILE", help="a CSV or JSON file of another back end's")
    parser.add_argument("--suspected", action="store_true", help="list what may be a robot's, and write nothing")
    parser.add_argument("--accept", metavar="KEY", action="append", help="a suspected lead to write all the same")
    parser.add_argument(
        "--person",
        metavar="WHO",
        help="print all that is kept of somebody, by e-mail address, key or referral, and write nothing",
    )
    _portal_id(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    parser.add_argument("--format", choices=_DATA_FORMATS, metavar="F", help=f"how it is told: {', '.join(_DATA_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="say what was written even where CI=true")
    portal_option(parser)


def _erase(parser: Parser) -> None:
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--key", metavar="KEY", help="by the lead's key, as in data/leads.csv")
    whom.add_argument("--referral", metavar="REFERRAL_ID", help="by the referral, as in data/referrals.csv")
    whom.add_argument("--email", metavar="ADDRESS", help="by an e-mail address that stands in a lead")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="URL|FILE",
        help="the receiver's database or address (default: PORTAL_INBOX_URL, DATABASE_URL, ./leads.db)",
    )
    _portal_id(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    parser.add_argument("--show-private", action="store_true", help="say what was erased even where CI=true")
    portal_option(parser)


def _portal_id(parser: Parser) -> None:
    """Add --portal-id, for leads that came in before the path in form.endpoint was changed."""
    parser.add_argument(
        "--portal-id", metavar="ID", help="under what the leads lie (default: the last part of form.endpoint's path)"
    )


def _answering(parser: Parser) -> None:
    """Add what every command has that prints private rows and changes nothing."""
    parser.add_argument("--format", choices=_DATA_FORMATS, metavar="F", help=f"how it is told: {', '.join(_DATA_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="print private rows even where CI=true")
    portal_option(parser)
    _dated(parser)


def _day(typed: str) -> date:
    from datetime import date

    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
            return date.fromisoformat(typed)
    except ValueError:
        pass
    raise ArgumentTypeError(f'"{typed}" is no date; write it as 2026-10-31')


def _month(typed: str) -> str:
    if re.fullmatch(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", typed):
        return typed
    raise ArgumentTypeError(f'"{typed}" is no month; write it as 2026-10')


def _port(typed: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", typed) and int(typed) <= _HIGHEST_PORT:
        return int(typed)
    raise ArgumentTypeError(f'"{typed}" is no port; write a number from 0 to {_HIGHEST_PORT}')


def _days(typed: str) -> int:
    if re.fullmatch(r"[1-9][0-9]{0,4}", typed):
        return int(typed)
    raise ArgumentTypeError(f'"{typed}" is no number of days; write it as 365')


def _instalment(typed: str) -> int:
    if re.fullmatch(r"[1-9][0-9]{0,5}", typed):
        return int(typed)
    raise ArgumentTypeError(f'"{typed}" is no instalment; write its number, from 1')


COMMANDS: Final[dict[str, tuple[str, str, Callable[[Parser], None]]]] = {
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
    "kpis": (
        "the five numbers of your referral process, and what came of it",
        """\
Until a client was reviewed, their standing is unknown. Outcomes stand apart: they are not in your hands.

examples:
  portal kpis
  portal kpis --as-of 2026-09-30 --format json""",
        _answering,
    ),
    "explain": (
        "what a referral earns, and why",
        """\
Without an id: every referral that somebody sent, a line each. With ids: each reward with its state and its reason.
With --state: what is due, and to whom, the oldest first; or what is in another state.

examples:
  portal explain
  portal explain --state due
  portal explain r2026-061 --format json""",
        _explain,
    ),
    "client": (
        "what a client has earned, and whom to introduce to them",
        """\
Tickets on devices, good practice, anniversary, matches, and who owes whom an introduction.

example:
  portal client acme""",
        _client,
    ),
    "tally": (
        "count the votes for customer of the month",
        """\
Of the nominated the one with most votes wins. Votes for others count in the turnout alone.

example:
  portal tally 2026-10""",
        _tally,
    ),
    "record": (
        "tick off what happened to a referral, in data/referrals.csv and data/payouts.csv",
        """\
Only the cells that change are written; the rest of the file stays as it is. What the rules forbid is refused.

examples:
  portal record r2026-080 contacted
  portal record r2026-061 told --on 2026-10-30
  portal record r2026-059 paid --rule thanks100 --dry-run""",
        _record,
    ),
    "inbox": (
        "take what the form received into data/referrals.csv and data/leads.csv, each lead once",
        """\
Whoever sent their own firm, a client, or somebody who was sent before is pointed out, with both rows.
--person answers somebody who asks what you keep of them, as JSON: "receiver" (null where it was not asked) and
"leads", "referrals" and "others" (their rows of the tables), and "sent" (ids of those they sent). Where a lead says
"as": "sender", it tells of their friend too: take that out before you hand it over.

examples:
  portal inbox
  portal inbox --export netlify-2026-11.csv --dry-run
  portal inbox --suspected
  portal inbox --person jo@lee.example""",
        _inbox,
    ),
    "erase": (
        "take a person out of the data and the form's own back end",
        """\
A referral keeps its days and its sender, and its prospect becomes "erased". It says what stays elsewhere.

examples:
  portal erase --referral r2026-081 --dry-run
  portal erase --email jo@lee.example
  portal erase --email jo@lee.example --from https://leads.harbour.example""",
        _erase,
    ),
    "impact": (
        "say what a change of rules or data changes for each referral, and in all",
        """\
Compares the portal as it is now with another folder, or with itself at a git ref: a branch, a tag, a commit.

examples:
  portal impact --against main
  portal impact --against main --format markdown
  portal impact --against ../portal-as-it-was""",
        _impact,
    ),
    "receive": (
        "the form's own back end: keep what it sends, and tell somebody",
        """\
What is answered with success is on the disk. Settings and secrets come from the environment: DATABASE_URL,
PORTAL_SMTP_URL, PORTAL_WEBHOOK_URL, PORTAL_INBOX_TOKEN, PORTAL_TRUSTED_PROXIES, PORTAL_LIMIT_BLOCK,
PORTAL_LIMIT_ALL, PORTAL_ALTCHA_KEY.

examples:
  portal receive
  portal receive --backup leads-2026-11-02.db
  DATABASE_URL=postgresql://leads@db.example/leads portal receive --port 8800 harbour other""",
        _receive,
    ),
}
