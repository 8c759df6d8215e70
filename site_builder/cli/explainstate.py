"""The rewards in one state, of all referrals: what is owed, to whom, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from site_builder.cli.explainblocks import WHY, blocks, worth
from site_builder.cli.speaking import NOTHING, heading
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, paragraph, table
from site_builder.model.incentives import Donation, Receiver
from site_builder.reasons import Speaker
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.owing import Owing, owing
from site_builder.rules.incentives.trace import State

_COLUMNS: Final = (
    Column("sent by"),
    Column("referral"),
    Column("rule"),
    Column("month", is_number=True),
    Column("to"),
    Column("amount", is_number=True),
)
_WHY: Final = Column("why")


def in_state(evaluations: Sequence[Evaluation], state: State, as_of: date, words: Speaker, on: Screen) -> str:
    """Return a row a reward in that state, by the day it is or was due, or was paid; those without a day last."""
    found = [(each, lines) for each in evaluations for lines in _together([x for x in each.lines if x.state is state], words)]
    if not found:
        return paragraph(f"No reward is {state} on {as_of}.", on)
    # Sorting keeps the order of rules and instalments within a day and a referral.
    found.sort(key=lambda pair: (_day(pair[1][0]) or date.max, pair[0].referral.referral_id))
    rows = [Row(tuple(_cells(each, lines, words))) for each, lines in found]
    sums = owing((line, worth(line)) for _, lines in found for line in lines)
    day = Column("paid" if state is State.PAID else "due")
    why = (_WHY,) if state is State.WITHHELD else ()
    last = Row((Cell("in all", Dye.BOLD), *[""] * (len(_COLUMNS) - 1), words.money(sums.total), *[""] * len(why)))
    return (
        heading(f"What is {state} on {as_of}, the oldest first", on)
        + table((day, *_COLUMNS, *why), [*rows, last], on)
        + paragraph(_for_whom(sums, words), on)
    )


def _for_whom(sums: Owing, words: Speaker) -> str:
    """Say what is in the sum, as the owners' page does; "" where all of it is for referrers."""
    told = (("To referrers", sums.referrers), ("To charities", sums.charities), ("For the friends they sent", sums.friends))
    return " ".join(f"{whom}: {words.money(amount)}." for whom, amount in told if amount and sums.total != sums.referrers)


def _together(lines: Sequence[Line], words: Speaker) -> Iterator[tuple[Line, ...]]:
    """Yield each line that has a day for itself, and those without one in blocks."""
    for block in blocks(lines, words):
        yield from ((line,) for line in block.lines) if _day(block.first) else (block.lines,)


def _cells(found: Evaluation, lines: Sequence[Line], words: Speaker) -> Iterator[str]:
    line, last = lines[0], lines[-1]
    day, amount = _day(line), worth(line)
    yield NOTHING if day is None else day.isoformat()
    yield found.referral.referrer_id or ""
    yield found.referral.referral_id
    yield line.rule.id
    yield "" if line.instalment is None else str(line.instalment) if line is last else f"{line.instalment} to {last.instalment}"
    yield _receiver(line)
    yield NOTHING if amount is None else f"{words.money(amount)}{'' if line is last else ' each'}"
    if line.state is State.WITHHELD:
        yield "" if line.code is None else WHY[line.code]


def _receiver(line: Line) -> str:
    if type(line.rule) is Donation:
        return "charity"
    return "referrer" if line.rule.to is Receiver.REFERRER else "friend"


def _day(line: Line) -> date | None:
    return line.paid_on if line.state is State.PAID else line.due_on
