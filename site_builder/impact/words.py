"""An impact in words, shared by its formats: amounts, states, what became of a line; many instalments alike are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import Final

from site_builder.impact.comparison import LIABILITY, Impact, LineChange, PaidAlready, ReferralChange, Reward, RuleChanges
from site_builder.impact.money import Part
from site_builder.reasons import Speaker
from site_builder.rules.incentives.trace import State
from site_builder.rules.kpis import Kpis

NOTHING: Final = "-"
IN_ALL: Final = "in all"
NO_CHANGE: Final = "Nothing changes: no rule differs, and no referral earns anything else."
OTHER_CURRENCY: Final = "The currency changed, so the sums cannot be compared."
_ARROW: Final = " → "
_PARTS: Final[Mapping[Part, str]] = MappingProxyType(
    {Part.CASH: "cash to referrers", Part.DONATIONS: "donations", Part.FRIEND: "for the friend"}
)


@dataclass(frozen=True, slots=True)
class SumRow:
    """A sum before and after. is_part: a share of the sum of all that is owed, by how far it has come."""

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
    """Yield what is owed in money, to whom and in all; how far that has come; what is withheld and what is paid."""
    before, after = impact.before, impact.after
    for part in Part:
        yield _sum_row(impact, _PARTS[part], before.owed(part), after.owed(part))
    totals = (sum((side.owed(part) for part in Part), start=Decimal(0)) for side in (before, after))
    yield _sum_row(impact, IN_ALL, *totals)
    for state in LIABILITY:
        yield _sum_row(impact, state.value, before.sum_of(state), after.sum_of(state), is_part=True)
    yield _sum_row(impact, "withheld", before.sum_of(State.WITHHELD), after.sum_of(State.WITHHELD))
    yield _sum_row(impact, "paid", before.paid_out, after.paid_out)


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
    for lines in _alike(change.moved):
        first, last = lines[0], lines[-1]
        span = _span(first.instalment, last.instalment)
        before, after = _reward(first.before, _speaker(impact, before=True)), _reward(first.after, _speaker(impact))
        if before == after and first.before is not None and first.after is not None:
            is_several = len(lines) > 1
            before, after = (f"{before}, {_due(reward, is_several=is_several)}" for reward in (first.before, first.after))
        yield Group(f"{first.rule}{span}", before, after)


def totals(change: ReferralChange, impact: Impact) -> str:
    """Return a referral's sums that differ, by state: "expected £300.00 → £200.00"; "" where none does."""
    told = []
    for state in State:
        former, now = change.money_before[state], change.money_after[state]
        if former != now:
            told.append(f"{state} {_speaker(impact, before=True).money(former)}{_ARROW}{_speaker(impact).money(now)}")
    return ", ".join(told)


def paid_already(change: ReferralChange, impact: Impact) -> Iterator[str]:
    """Yield a sentence for each reward that was paid and that the rules now make something else of, instalments alike as one."""
    speaker = _speaker(impact)
    fresh = [f"{group.reward} ({group.after})" for group in groups(change, impact) if group.before == NOTHING]
    for paid in _runs(change.paid_already):
        first, last = paid[0], paid[-1]
        reward = f"{first.rule}{_span(first.instalment, last.instalment)}"
        each = " each" if len(paid) > 1 else ""
        was = f"{reward} was handed over" if first.paid is None else f"{speaker.money(first.paid)}{each} was paid for {reward}"
        if first.now is None:
            yield f"{change.referral_id}: {was}, which is no longer owed: now {', '.join(fresh) or 'nothing'}."
        else:
            yield f"{change.referral_id}: {was}, which would be {speaker.money(first.now)}{each} now."


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


def _runs(paid: Sequence[PaidAlready]) -> Iterator[list[PaidAlready]]:
    def key(numbered: tuple[int, PaidAlready]) -> tuple[object, ...]:
        place, each = numbered
        return each.rule, each.paid, each.now, None if each.instalment is None else each.instalment - place

    for _, found in groupby(enumerate(paid), key):
        yield [each for _, each in found]


def _span(first: int | None, last: int | None) -> str:
    """Return " 1–3" for several instalments, " 1" for one, "" for what has none."""
    if first is None:
        return ""
    return f" {first}" if first == last else f" {first}–{last}"


def _due(first: Reward, *, is_several: bool) -> str:
    if first.due_on is None:
        return "on no known day"
    return f"due from {first.due_on} on" if is_several else f"due {first.due_on}"


def _look(reward: Reward | None) -> tuple[object, ...]:
    return () if reward is None else (reward.amount, reward.paid, reward.state, reward.code)


def _reward(reward: Reward | None, speaker: Speaker) -> str:
    if reward is None:
        return NOTHING
    worth = reward.paid if reward.state is State.PAID else reward.amount
    amount = "" if worth is None else f"{speaker.money(worth)} "
    code = "" if reward.code is None else f" ({reward.code.replace('_', ' ')})"
    return f"{amount}{reward.state}{code}"
