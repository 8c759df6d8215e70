"""An impact in words, shared by its formats: amounts, states, what became of a line; many instalments alike are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from site_builder.impact.comparison import LIABILITY, Impact, LineChange, ReferralChange, Reward, RuleChanges
from site_builder.reasons import Speaker
from site_builder.rules.incentives.trace import State
from site_builder.rules.kpis import Kpis

NOTHING: Final = "-"
NO_CHANGE: Final = "Nothing changes: no rule differs, and no referral earns anything else."
OTHER_CURRENCY: Final = "The currency changed, so the sums cannot be compared."
_ARROW: Final = " → "


@dataclass(frozen=True, slots=True)
class SumRow:
    """A sum before and after. is_part: of the liability above it."""

    name: str
    before: str
    after: str
    difference: str
    is_part: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one rule that change alike, in words."""

    reward: str
    before: str
    after: str


def sums(impact: Impact) -> Iterator[SumRow]:
    """Yield the liability, its parts, what is withheld and what is paid."""
    yield _sum_row(impact, "liability", impact.before.liability, impact.after.liability)
    for state in (*LIABILITY, State.WITHHELD, State.PAID):
        amounts = impact.before.totals[state], impact.after.totals[state]
        # What the rules make of a line that was paid; payouts.csv has what was handed over.
        name = "paid, as reckoned" if state is State.PAID else state.value
        yield _sum_row(impact, name, *amounts, is_part=state in LIABILITY)


def rules(changes: RuleChanges) -> str:
    """Return what changed in the rules in a sentence; "" for nothing."""
    told = [f"{name} changed ({', '.join(keys)})" for name, keys in changes.changed]
    told += [f"{name} added" for name in changes.added]
    told += [f"{name} removed" for name in changes.removed]
    told += ["the order changed"] if changes.is_reordered else []
    told += [f"{name} changed" for name in changes.others]
    return f"Rules: {'; '.join(told)}." if told else ""


def numbers(before: Kpis, after: Kpis) -> str:
    """Return the five numbers of the KPIs in a sentence, each before and after where it differs."""
    pairs = zip(_numbers(before), _numbers(after), strict=True)
    changed = [f"{name} {former}{_ARROW}{now}" for (name, former), (_, now) in pairs if former != now]
    return f"KPIs: {', '.join(changed)}." if changed else "KPIs: the five numbers stay the same."


def groups(change: ReferralChange, impact: Impact) -> Iterator[Group]:
    """Yield a referral's changes, instalments that follow each other and change alike as one."""
    for lines in _alike(change.lines):
        first, last = lines[0], lines[-1]
        span = "" if first.instalment is None else f" {first.instalment}"
        span += f"–{last.instalment}" if len(lines) > 1 else ""
        before, after = _reward(first.before, _speaker(impact, before=True)), _reward(first.after, _speaker(impact))
        if before == after and first.before is not None and first.after is not None:
            is_several = len(lines) > 1
            before, after = (f"{before}, {_due(reward, is_several=is_several)}" for reward in (first.before, first.after))
        yield Group(f"{first.rule}{span}", before, after)


def totals(change: ReferralChange, impact: Impact) -> str:
    """Return a referral's sums that differ, by state: "expected £300.00 → £200.00"; "" where none does."""
    zero = Decimal(0)
    told = []
    for state in State:
        former = change.before[state] if change.before is not None else zero
        now = change.after[state] if change.after is not None else zero
        if former != now:
            told.append(f"{state} {_speaker(impact, before=True).money(former)}{_ARROW}{_speaker(impact).money(now)}")
    return ", ".join(told)


def presence(change: ReferralChange) -> str:
    """Return on which side alone a referral is, "" for both."""
    return "new" if change.before is None else "no longer there" if change.after is None else ""


def is_comparable(impact: Impact) -> bool:
    """Whether both sides reckon in one currency."""
    return impact.before.currency == impact.after.currency


def day(impact: Impact) -> str:
    """Return the day both sides speak for."""
    return _speaker(impact).date(impact.as_of)


def _sum_row(impact: Impact, name: str, before: Decimal, after: Decimal, *, is_part: bool = False) -> SumRow:
    speaker = _speaker(impact)
    difference = after - before
    sign = "+" if difference > 0 else "−"
    told = f"{sign}{speaker.money(abs(difference))}" if difference and is_comparable(impact) else NOTHING
    return SumRow(name, _speaker(impact, before=True).money(before), speaker.money(after), told, is_part)


def _speaker(impact: Impact, *, before: bool = False) -> Speaker:
    return Speaker(impact.locale, impact.before.currency if before else impact.after.currency)


def _numbers(kpis: Kpis) -> Iterator[tuple[str, str]]:
    present = kpis.present
    month = kpis.months[-1]
    shares = {"reviewed": present.reviewed, "health": present.health, "risk": present.risk, "unknown": present.unknown}
    yield "reviewed this month", f"{month.reviewed} of {month.target}"
    for name, share in shares.items():
        yield name, NOTHING if share.percent is None else f"{share.percent}%"


def _alike(lines: Sequence[LineChange]) -> Iterator[list[LineChange]]:
    def key(numbered: tuple[int, LineChange]) -> tuple[object, ...]:
        place, line = numbered
        run = None if line.instalment is None else line.instalment - place
        return line.rule, run, _look(line.before), _look(line.after)

    for _, found in groupby(enumerate(lines), key):
        yield [line for _, line in found]


def _due(first: Reward, *, is_several: bool) -> str:
    if first.due_on is None:
        return "on no known day"
    return f"due from {first.due_on} on" if is_several else f"due {first.due_on}"


def _look(reward: Reward | None) -> tuple[object, ...]:
    return () if reward is None else (reward.amount, reward.state, reward.code)


def _reward(reward: Reward | None, speaker: Speaker) -> str:
    if reward is None:
        return NOTHING
    amount = "" if reward.amount is None else f"{speaker.money(reward.amount)} "
    code = "" if reward.code is None else f" ({reward.code.replace('_', ' ')})"
    return f"{amount}{reward.state}{code}"
