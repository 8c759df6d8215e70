"""An impact as people read it on a terminal or in a file."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.cli.speaking import heading
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, paragraph, table
from site_builder.impact import Impact
from site_builder.impact.comparison import ReferralChange
from site_builder.impact.words import (
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

_SUMS = (
    Column("owed"),
    Column("before", is_number=True),
    Column("after", is_number=True),
    Column("difference", is_number=True),
)
_REFERRALS = (Column("referral"), Column("reward"), Column("before"), Column("after"))


def as_text(impact: Impact, against: str, on: Screen) -> str:
    """Return the sums, what changed in the rules, and a row for each reward that changed."""
    above = heading(f"Against {against}, as of {day(impact)}", on)
    kpis = paragraph(numbers(impact.before.kpis, impact.after.kpis), on)
    if not impact.rules and not impact.referrals:
        return above + paragraph(NO_CHANGE, on) + kpis
    blocks = (
        above,
        table(_SUMS, tuple(_sums(impact)), on) + ("" if is_comparable(impact) else paragraph(OTHER_CURRENCY, on)),
        paragraph(rules(impact.rules), on) + kpis,
        table(_REFERRALS, tuple(row for change in impact.referrals for row in _rows(change, impact)), on)
        or paragraph("No referral earns anything else.", on),
        "".join(paragraph(told, on) for change in impact.referrals for told in paid_already(change, impact)),
    )
    return "\n".join(block for block in blocks if block)


def _sums(impact: Impact) -> Iterator[Row]:
    for row in sums(impact):
        name = f"  {row.name}" if row.is_part else row.name
        yield Row((name, row.before, row.after, row.difference))


def _rows(change: ReferralChange, impact: Impact) -> Iterator[Row]:
    """Yield a row a group of lines, each with its referral, for lines are searched; its sums stand below the last."""
    told = list(groups(change, impact))
    note = presence(change)
    name = f"{change.referral_id} ({note})" if note else change.referral_id
    for place, group in enumerate(told):
        in_all = totals(change, impact) if place == len(told) - 1 else ""
        below = f"in all: {in_all}" if in_all else ""
        yield Row((Cell(name, Dye.BOLD), group.reward, group.before, group.after), below)
