"""The commands: what each is for, an example of it, and the options it takes."""

from __future__ import annotations

from argparse import ArgumentParser as Parser
from collections.abc import Callable
from typing import Final

from site_builder.cli import options

COMMANDS: Final[dict[str, tuple[str, str, Callable[[Parser], None]]]] = {
    "build": (
        "check everything, then publish the portal",
        """\
Nothing is written unless everything is in order, and the former output stays whole until then.

example:
  portal build --strict --output public""",
        options.build,
    ),
    "check": (
        "say what is wrong and how to mend it, without publishing",
        """\
Exit code 1 means that there is something to mend.

examples:
  portal check --format json
  portal check --explain D104""",
        options.check,
    ),
    "new": (
        "write a portal of three files to start from",
        """\
What is not told is asked for, or made up from the folder's name where nobody can answer. Nothing is ever overwritten.

example:
  portal new my-portal --name "Harbour IT" --url https://refer.harbour.example/ --email hello@harbour.example""",
        options.new,
    ),
    "serve": (
        "show the portal here and reload it whenever a file is saved",
        """\
Only this machine can see it, and nothing is written or sent. Ctrl-C ends it.

example:
  portal serve --port 8080 --open""",
        options.serve,
    ),
    "links": (
        "list everybody's personal link, or give out codes for them",
        """\
Each active referrer has a form of their own, a page for the friend they send, and a card to print. Once PORTAL_SECRET is
set, they and each active client also have a page that nobody else can open.

examples:
  portal links
  portal links ann-hale acme
  portal links --assign --dry-run
  portal links --renew ann-hale""",
        options.links,
    ),
    "passphrase": (
        "make a passphrase of six words that nobody guesses",
        """\
The words are drawn from 7,776. Nothing is kept: write it down, and put it into the environment or .env, where an owner
"ann" has PORTAL_OWNER_ANN.

examples:
  portal passphrase
  portal passphrase --secret""",
        options.passphrase,
    ),
    "unseal": (
        "open a private page here",
        """\
Asks for the passphrase, or the link, of the page. PORTAL_OWNER_ANN and the like in the environment are tried first; where
there is no terminal it is read from the first line of the input.

examples:
  portal unseal output/kpis/
  portal unseal --format html page.html < link.txt > opened.html""",
        options.unseal,
    ),
    "kpis": (
        "the five numbers of your referral process, and what came of it",
        """\
Until a client was reviewed, their standing is unknown. Outcomes stand apart: they are not in your hands.

examples:
  portal kpis
  portal kpis --as-of 2026-09-30 --format json""",
        options.answering,
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
        options.explain,
    ),
    "client": (
        "what a client has earned, and whom to introduce to them",
        """\
Tickets on devices, good practice, anniversary, matches, and who owes whom an introduction.

example:
  portal client acme""",
        options.client,
    ),
    "tally": (
        "count the votes for customer of the month",
        """\
Of the nominated the one with most votes wins. Votes for others count in the turnout alone.

example:
  portal tally 2026-10""",
        options.tally,
    ),
    "record": (
        "tick off what happened to a referral, a client or a referrer, in their tables",
        """\
Only what changes is written; the rest of the file stays as it is. What the rules forbid is refused.

examples:
  portal record r2026-080 contacted
  portal record r2026-059 paid --rule thanks100 --dry-run
  portal record r2025-023 paid --rule share --instalment 1-8
  portal record stray-dental reviewed --outcome asked --nps 9
  portal record minster-conveyancing kept --on 2026-10-30
  portal record stray-dental introduced --whom skell-orthodontics
  portal record stray-dental gift --what "A hamper" --occasion anniversary --on 2027-06-03
  portal record priya-nair synced --on 2026-10-30""",
        options.record,
    ),
    "translations": (
        "what is not translated yet, and what was changed since it was",
        """\
Documents whose counterpart is missing or older than its original, files that translate nothing, and texts of data/.
A language under draft_languages in data/portal.yaml is shown by portal serve and not published.

examples:
  portal translations
  portal translations de
  portal translations de --write""",
        options.translations,
    ),
    "calendar": (
        "days to remember: reviews, promises, talks with referrers, thanks, anniversaries, gifts",
        """\
A calendar file for the owners, with names and occasions and nothing else. What is late stands on today; read in again,
a later file replaces what an earlier one said.

examples:
  portal calendar > harbour.ics
  portal calendar --kind reviews --kind syncs --format json""",
        options.calendar,
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
        options.inbox,
    ),
    "erase": (
        "take a person out of the data and the form's own back end",
        """\
A referral keeps its days and its sender, and its prospect becomes "erased". It says what stays elsewhere.

examples:
  portal erase --referral r2026-081 --dry-run
  portal erase --email jo@lee.example
  portal erase --email jo@lee.example --from https://leads.harbour.example""",
        options.erase,
    ),
    "impact": (
        "say what a change of rules or data changes for each referral, and in all",
        """\
Compares the portal as it is now with another folder, or with itself at a git ref: a branch, a tag, a commit.

examples:
  portal impact --against main
  portal impact --against main --format markdown
  portal impact --against ../portal-as-it-was""",
        options.impact,
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
        options.receive,
    ),
}
