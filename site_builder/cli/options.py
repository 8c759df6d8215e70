"""The options that each command takes, and what may be typed behind them."""

from __future__ import annotations

import re
from argparse import ArgumentParser as Parser
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from site_builder.rules.incentives.spans import Instalments

FORMATS: Final = ("text", "json", "github", "sarif")
_DATA_FORMATS: Final = ("text", "json")
_IMPACT_FORMATS: Final = ("text", "json", "markdown")
_PAGE_FORMATS: Final = ("text", "html")
_CALENDAR_FORMATS: Final = ("ics", "json")
_REMINDERS: Final = ("reviews", "syncs", "thanks", "anniversaries", "promises", "gifts")
_STEPS: Final = (
    *("contacted", "qualified", "won", "lost", "thanked", "told", "paid"),
    *("reviewed", "kept", "introduced", "gift", "synced"),
)
_OUTCOMES: Final = ("asked", "retention", "roadblock")
_OCCASIONS: Final = ("anniversary", "wow", "thanks")
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


def build(parser: Parser) -> None:
    """Add those of portal build."""
    parser.add_argument("--output", metavar="DIR", help="where to publish (default: output in the portal's folder)")
    parser.add_argument("--allow-shrink", action="store_true", help="publish though more than a fifth of the pages vanishes")
    parser.add_argument(
        "--public-only", action="store_true", help="leave the private pages out, and take away those that were there"
    )
    _judging(parser)


def check(parser: Parser) -> None:
    """Add those of portal check."""
    parser.add_argument("--explain", metavar="CODE", help="say what a code means and why it matters")
    _judging(parser)


def new(parser: Parser) -> None:
    """Add those of portal new."""
    parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")
    parser.add_argument("--name", help="your firm's name")
    parser.add_argument("--url", help="where the portal will stand, as https://refer.your-firm.example/")
    parser.add_argument("--email", help="the address on every page")
    parser.add_argument("--locale", help="language and region (default: en-GB)")
    parser.add_argument("--currency", help="three letters (default: GBP)")
    parser.add_argument("--timezone", metavar="ZONE", help="decides what today is (default: Europe/London)")


def serve(parser: Parser) -> None:
    """Add those of portal serve."""
    parser.add_argument("--port", metavar="N", type=_port, help="where to listen (default: 8000 or the next free one; 0: any)")
    parser.add_argument("--open", action="store_true", help="open the first page in your browser")
    portal_option(parser)
    _dated(parser)


def links(parser: Parser) -> None:
    """Add those of portal links."""
    parser.add_argument("ids", metavar="ID", nargs="*", help="referrers or clients to list (default: all)")
    parser.add_argument("--assign", action="store_true", help="write a code for everybody who has none into data/referrers.csv")
    parser.add_argument("--renew", metavar="ID", help="give one referrer another code; the former one leads to it")
    parser.add_argument("--dry-run", action="store_true", help="show what --assign or --renew would change, and change nothing")
    parser.add_argument("--format", choices=_DATA_FORMATS, metavar="F", help=f"how links are told: {', '.join(_DATA_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="print names and links even where CI=true")
    portal_option(parser)


def passphrase(parser: Parser) -> None:
    """Add those of portal passphrase."""
    parser.add_argument("--secret", action="store_true", help="make the portal's own secret instead, as a line for .env")
    parser.add_argument("--show-private", action="store_true", help="print it even where CI=true")


def unseal(parser: Parser) -> None:
    """Add those of portal unseal."""
    parser.add_argument("file", metavar="FILE", help="a sealed page, or its folder, for example output/kpis/")
    parser.add_argument("--format", choices=_PAGE_FORMATS, metavar="F", help=f"how it is told: {', '.join(_PAGE_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="print it even where CI=true")


def explain(parser: Parser) -> None:
    """Add those of portal explain."""
    parser.add_argument(
        "referrals", metavar="ID", nargs="*", help="referrals, or referrers for all they sent (default: all that somebody sent)"
    )
    parser.add_argument("--state", choices=_STATES, metavar="S", help=f"rewards in one state alone: {', '.join(_STATES)}")
    answering(parser)


def client(parser: Parser) -> None:
    """Add those of portal client."""
    parser.add_argument("client", metavar="CLIENT_ID", help="whose, as in data/clients.csv")
    answering(parser)


def tally(parser: Parser) -> None:
    """Add those of portal tally."""
    parser.add_argument("month", metavar="MONTH", type=_month, help="which, as YYYY-MM")
    answering(parser)


def record(parser: Parser) -> None:
    """Add those of portal record."""
    parser.add_argument(
        "row", metavar="ID", help="a referral's; a client's for reviewed, kept, introduced and gift, a referrer's for synced"
    )
    parser.add_argument("step", metavar="STEP", choices=_STEPS, help=f"what happened: {', '.join(_STEPS)}")
    parser.add_argument("--on", metavar="DATE", type=_day, help="when, as YYYY-MM-DD (default: today)")
    parser.add_argument("--rule", metavar="ID", help="with paid: which incentive, where several could be meant")
    parser.add_argument(
        "--instalment",
        metavar="N",
        type=_instalments,
        help="with paid: which one, or several as 1-8 or once,2; once: what comes but once (default: the next that is due)",
    )
    parser.add_argument(
        "--early", action="store_true", help="with paid: also what is earned and not due yet, or before an earlier instalment"
    )
    _recorded_of_clients(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    parser.add_argument("--show-private", action="store_true", help="say what was written even where CI=true")
    portal_option(parser)


def _recorded_of_clients(parser: Parser) -> None:
    parser.add_argument("--outcome", choices=_OUTCOMES, metavar="O", help=f"with reviewed: {', '.join(_OUTCOMES)}")
    parser.add_argument("--roadblock", metavar="TEXT", help="with reviewed: what stood in the way")
    parser.add_argument("--follow-up", metavar="TEXT", help="with reviewed: what you promised")
    parser.add_argument("--follow-up-on", metavar="DATE", type=_day, help="with reviewed: by when")
    parser.add_argument("--nps", metavar="N", help="with reviewed: how likely they are to recommend you, 0 to 10")
    parser.add_argument("--note", metavar="TEXT", help="with reviewed: anything else")
    parser.add_argument("--whom", metavar="WHO", help="with introduced: whom you sent them, a client's id or a name")
    parser.add_argument("--what", metavar="TEXT", help="with gift: what it is; --on may be a day to come")
    parser.add_argument(
        "--occasion", choices=_OCCASIONS, metavar="O", help=f"with gift: {', '.join(_OCCASIONS)} (default: thanks)"
    )
    parser.add_argument("--cost", metavar="N", help="with gift: what it cost")


def translations(parser: Parser) -> None:
    """Add those of portal translations."""
    parser.add_argument("lang", metavar="LANG", nargs="?", help="which language, as its folder in content/ (default: all)")
    parser.add_argument("--write", action="store_true", help="add the texts that are not translated to content/LANG/words.yaml")
    parser.add_argument("--dry-run", action="store_true", help="show what --write would add, and change nothing")
    parser.add_argument("--format", choices=_DATA_FORMATS, metavar="F", help=f"how it is told: {', '.join(_DATA_FORMATS)}")
    portal_option(parser)
    _dated(parser)


def calendar(parser: Parser) -> None:
    """Add those of portal calendar."""
    parser.add_argument(
        "--kind", choices=_REMINDERS, metavar="K", action="append", help=f"one kind alone: {', '.join(_REMINDERS)}"
    )
    parser.add_argument("--format", choices=_CALENDAR_FORMATS, metavar="F", help="ics for calendars (default), json for programs")
    parser.add_argument("--show-private", action="store_true", help="print names even where CI=true")
    portal_option(parser)
    _dated(parser)


def impact(parser: Parser) -> None:
    """Add those of portal impact."""
    parser.add_argument(
        "--against", metavar="DIR_OR_GIT_REF", required=True, help="another portal's folder, or a git ref of this one"
    )
    parser.add_argument("--format", choices=_IMPACT_FORMATS, metavar="F", help=f"how it is told: {', '.join(_IMPACT_FORMATS)}")
    parser.add_argument("--show-private", action="store_true", help="print private rows even where CI=true")
    portal_option(parser)
    _dated(parser)


def receive(parser: Parser) -> None:
    """Add those of portal receive."""
    parser.add_argument("folders", metavar="DIR", nargs="*", help="the portals' folders (default: --portal)")
    parser.add_argument(
        "--host", metavar="ADDRESS", help="where to listen (default: 127.0.0.1, for a web server on this machine)"
    )
    parser.add_argument("--port", metavar="N", type=_port, help="where to listen (default: 8800; 0: any)")
    once = parser.add_mutually_exclusive_group()
    once.add_argument("--backup", metavar="FILE", help="copy the leads into a new file and end; a receiver may run meanwhile")
    once.add_argument("--retire", metavar="DAYS", type=_days, help="forget leads that nothing was added to for so long, and end")
    portal_option(parser)


def inbox(parser: Parser) -> None:
    """Add those of portal inbox."""
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


def erase(parser: Parser) -> None:
    """Add those of portal erase."""
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


def answering(parser: Parser) -> None:
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


def _instalments(typed: str) -> Instalments:
    from site_builder.rules.incentives.spans import unspanned

    found = unspanned(typed)
    if found is None:
        raise ArgumentTypeError(f'"{typed}" is no instalment; write its number, from 1, or several as 1-8 or 2,4')
    return found
