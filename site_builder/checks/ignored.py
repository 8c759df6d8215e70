"""Checks that the owner knows about and accepts, each with a reason; one that accepts nothing any more is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from site_builder.checks.subject import Subject
from site_builder.checks.thresholds import THRESHOLDS
from site_builder.codes import CODES, PROGRAMME, problem
from site_builder.model.portal import Portal
from site_builder.model.settings import Ignore
from site_builder.model.tables import TABLES
from site_builder.problem import Problem
from site_builder.suggest import did_you_mean

_WORD = re.compile(r"[A-Za-z0-9_-]{1,32}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
"""Checks of votes name a month, and a near month is another one."""


def without_ignored(subject: Subject, found: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems that portal.yaml does not ignore, and advice for each ignore that ignored none of them.

    Checks of the programme alone can be ignored; what is wrong with the files cannot be accepted.
    """
    ignores = {number: each for number, each in enumerate(subject.portal.settings.checks.ignore) if each.code in PROGRAMME}
    yield from (each for each in found if not any(_is_meant(ignore, each) for ignore in ignores.values()))
    for number, ignore in ignores.items():
        if not any(_is_meant(ignore, each) for each in found):
            message = f"this accepts nothing: {ignore.code} does not fire{_where(ignore)}"
            hint = _near_one(subject.portal, ignore, found) or "take this entry out, so that it cannot hide the next one"
            yield problem("D602", ignore.at("code"), message, hint=hint, field=_field(number))


def _near_one(portal: Portal, ignore: Ignore, found: Collection[Problem]) -> str:
    """Ask whether a near path or id was meant where nothing has the one typed; "" where something has it, or nothing is near.

    What this check did tell of comes first. Something that exists and needs no accepting any more is no slip.
    """
    alike = [each for each in found if each.code == ignore.code]
    if ignore.path is not None:
        paths = {*_paths(portal), *(each.source.path for each in found)}
        if ignore.path not in paths:
            return did_you_mean(ignore.path, {each.source.path for each in alike}) or did_you_mean(ignore.path, paths)
    if ignore.id is not None and not _MONTH.fullmatch(ignore.id):
        ids = {*_ids(portal), *(each.row_id for each in found)}
        if ignore.id not in ids:
            return did_you_mean(ignore.id, {each.row_id for each in alike}) or did_you_mean(ignore.id, ids)
    return ""


def _paths(portal: Portal) -> Iterator[str]:
    yield from (f"data/{row.TABLE.file}" for row in TABLES)
    written = (*portal.pages, *portal.spotlights, *portal.stories, *portal.events, *portal.terms, *portal.share)
    yield from (document.origin.source.path for document in written)


def _ids(portal: Portal) -> Iterator[str]:
    yield from portal.client_by_id
    yield from (person.referrer_id for person in portal.referrers)
    yield from (referral.referral_id for referral in portal.referrals)
    yield from (rule.id for rule in portal.incentives.rules)


def tuning(subject: Subject) -> Iterable[Problem]:
    """Report each code and threshold in portal.yaml that no check of the programme has."""
    checks = subject.portal.settings.checks
    for number, ignore in enumerate(checks.ignore):
        if ignore.code in CODES and ignore.code not in PROGRAMME:
            message = f"{ignore.code} cannot be ignored: {CODES[ignore.code].title}"
            hint = "mend what it says instead, and take this entry out"
            yield problem("D206", ignore.at("code"), message, hint=hint, field=_field(number))
        elif ignore.code not in CODES:
            hint = did_you_mean(ignore.code, PROGRAMME) or "write the code as portal check prints it, for example P103"
            yield problem("D206", ignore.at("code"), _no_check(ignore.code), hint=hint, field=_field(number))
    for name in checks.thresholds:
        if name not in THRESHOLDS:
            hint = did_you_mean(name, THRESHOLDS) or f"there are {', '.join(THRESHOLDS)}"
            field = f"checks.thresholds.{name}"
            yield problem("D206", checks.at("thresholds"), f'there is no threshold "{name}"', hint=hint, field=field)


def _no_check(typed: str) -> str:
    """Quote a slip of the pen; a whole sentence in the wrong place may be anything."""
    return f'there is no check "{typed}"' if _WORD.fullmatch(typed) else "there is no such check"


def _is_meant(ignore: Ignore, each: Problem) -> bool:
    is_place = ignore.path is None or ignore.path == each.source.path
    return ignore.code == each.code and is_place and (ignore.id is None or ignore.id == each.row_id)


def _where(ignore: Ignore) -> str:
    places = [f" in {ignore.path}"] if ignore.path else []
    places += [f" for {ignore.id}"] if ignore.id else []
    return "".join(places)


def _field(number: int) -> str:
    return f"checks.ignore[{number}].code"
