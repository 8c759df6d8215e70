"""An impact to paste into a pull request: the sums in sight, the referrals folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.impact.comparison import Impact
from site_builder.impact.words import (
    IN_ALL,
    NO_CHANGE,
    OTHER_CURRENCY,
    day,
    groups,
    is_comparable,
    numbers,
    paid_already,
    presence,
    rules,
    sums,
    totals,
)


def as_markdown(impact: Impact, against: str) -> str:
    """Return a heading, the sums as a table, what changed in the rules, and the referrals behind a fold."""
    heading = f"### What this changes for referrals, against {_code(against)} (as of {day(impact)})"
    if not impact.rules and not impact.referrals:
        return _paragraphs((heading, NO_CHANGE, numbers(impact.before.kpis, impact.after.kpis)))
    told = (
        heading,
        "".join(_lines(("owed", "before", "after", "difference"), _sums(impact), numeric=True)).rstrip("\n"),
        "" if is_comparable(impact) else OTHER_CURRENCY,
        rules(impact.rules),
        numbers(impact.before.kpis, impact.after.kpis),
        _referrals(impact),
        "\n".join(f"- {sentence}" for change in impact.referrals for sentence in paid_already(change, impact)),
    )
    return _paragraphs(told)


def _sums(impact: Impact) -> Iterator[Sequence[str]]:
    for row in sums(impact):
        name = f"of which {row.name}" if row.is_part else f"**{row.name}**" if row.name == IN_ALL else row.name
        yield name, row.before, row.after, row.difference


def _referrals(impact: Impact) -> str:
    count = sum(bool(change.moved) for change in impact.referrals)
    if not count:
        return "No referral earns anything else."
    summary = f"<details><summary>{count} {'referral earns' if count == 1 else 'referrals earn'} something else</summary>"
    table = "".join(_lines(("referral", "reward", "before", "after", "in all"), _changes(impact), numeric=False))
    return f"{summary}\n\n{table}\n</details>"


def _changes(impact: Impact) -> Iterator[Sequence[str]]:
    for change in impact.referrals:
        name = f"{change.referral_id} ({presence(change)})" if presence(change) else change.referral_id
        in_all = totals(change, impact)
        for group in groups(change, impact):
            yield name, group.reward, group.before, group.after, in_all
            name = in_all = ""


def _lines(headings: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: bool) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |\n"
    yield f"|{'|'.join(['---', *(['---:' if numeric else '---'] * (len(headings) - 1))])}|\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"


def _code(text: str) -> str:
    """Return a typed word as code; a backtick would end it."""
    return f"`{text.replace('`', '')}`"


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text) + "\n"
