"""portal calendar: days to remember, as a calendar file or for programs (domain, "Pages": calendars)."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final

from site_builder.calendars import reminder_calendar, reminder_title, reminder_uid
from site_builder.cli.arguments import Arguments
from site_builder.cli.asjson import document
from site_builder.cli.loaded import answer
from site_builder.cli.shell import complain
from site_builder.model.portal import Portal
from site_builder.reasons import ENGLISH
from site_builder.rules.programme import Programme
from site_builder.rules.reminders import Reminder, ReminderKind, reminders

_READS: Final = (
    "data/clients.csv",
    "data/reviews.csv",
    "data/referrers.csv",
    "data/referrals.csv",
    "data/gifts.csv",
    "data/nurture.yaml",
    "data/rewards.yaml",
)
_KINDS: Final[Mapping[str, ReminderKind]] = MappingProxyType(
    {
        "reviews": ReminderKind.REVIEW,
        "syncs": ReminderKind.SYNC,
        "thanks": ReminderKind.THANKS,
        "anniversaries": ReminderKind.ANNIVERSARY,
        "promises": ReminderKind.PROMISE,
        "gifts": ReminderKind.GIFT,
    }
)


def calendar(arguments: Arguments) -> int:
    """Print the days; 1 where mistakes would make them wrong, 2 where others read along."""

    def said(portal: Portal) -> str:
        kinds = {_KINDS[name] for name in arguments.kind or _KINDS}
        found = tuple(each for each in reminders(Programme(portal)) if each.kind in kinds)
        _say_not_started(portal, kinds)
        if arguments.format == "json":
            return as_json(found, portal)
        if not found:
            complain("there is nothing to remember, so there is no calendar")
        settings = portal.settings
        _write_as_it_is()
        return reminder_calendar(found, base_url=settings.base_url, name=settings.name, as_of=portal.as_of, translations=ENGLISH)

    return answer(arguments, _READS, said)


def _say_not_started(portal: Portal, kinds: AbstractSet[ReminderKind]) -> None:
    """Say on stderr what is not in the calendar because its file is not started."""
    if portal.nurture is None and kinds & {ReminderKind.SYNC, ReminderKind.THANKS}:
        complain("talks and thanks are left out: data/nurture.yaml, which says by when, is not started")
    if ReminderKind.ANNIVERSARY in kinds and not (portal.rewards and portal.rewards.anniversaries):
        complain("anniversaries are left out: data/rewards.yaml says nothing under anniversaries")


def as_json(found: Sequence[Reminder], portal: Portal) -> str:
    """Return {"as_of", "reminders": [{"on", "kind", "id", "name", "title", "uid"}]}, by day; uid: as in the calendar file."""
    names = {kind: name for name, kind in _KINDS.items()}
    rows = [
        {
            "on": each.on.isoformat(),
            "kind": names[each.kind],
            "id": each.row_id,
            "name": each.name,
            "title": reminder_title(each, ENGLISH),
            "uid": reminder_uid(each, portal.settings.base_url),
        }
        for each in found
    ]
    return document({"as_of": portal.as_of.isoformat(), "reminders": rows})


def _write_as_it_is() -> None:
    """Have stdout take UTF-8 and line ends as they are: a calendar file is not in the terminal's letters."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
