"""The rewards that are due, a referral's rule each: what the instalments of it come to, and the one line that ticks them off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from site_builder.model.incentives import EventRule, GiftRule, Honour, IntroductionRule, Receiver
from site_builder.model.tables import Referrer
from site_builder.pages.private.commands import record
from site_builder.pages.private.week import PayItem
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.spans import spanned
from site_builder.rules.incentives.trace import State
from site_builder.rules.programme import Programme

_UNHURRIED = (EventRule, Honour, IntroductionRule)
_IN_KIND = (GiftRule, *_UNHURRIED)


def dues(programme: Programme) -> tuple[PayItem, ...]:
    """Return what is due, longest first, then by referral, in the order of rules."""
    found = (item for each in programme.evaluations.values() for item in _items(each, programme.portal.as_of))
    return tuple(sorted(found, key=lambda item: (item.due_on, item.referral_id)))


def is_in_kind(item: PayItem) -> bool:
    """Say whether something is handed over, and no money."""
    return _is_in_kind(item.lines[0])


def _items(evaluation: Evaluation, as_of: date) -> Iterator[PayItem]:
    """Yield what is due of each rule; the part of it whose sum is not known yet, which cannot be paid, for itself."""
    person = evaluation.referrer
    together: dict[tuple[str, bool], list[tuple[Line, date]]] = {}
    for line in evaluation.lines:
        if line.state is State.DUE and line.due_on is not None:
            together.setdefault((line.rule.id, _is_open(line)), []).append((line, line.due_on))
    if person is not None:
        for dated in together.values():
            yield _item(evaluation, person, dated, as_of)


def _item(evaluation: Evaluation, person: Referrer, dated: Sequence[tuple[Line, date]], as_of: date) -> PayItem:
    referral, lines = evaluation.referral, tuple(line for line, _due_on in dated)
    line, due_on = lines[0], min(due_on for _line, due_on in dated)
    numbers = [each.instalment for each in lines if each.instalment is not None]
    amounts = [each.amount for each in lines if each.amount is not None and not _is_in_kind(each)]
    return PayItem(
        referral_id=referral.referral_id,
        prospect=referral.prospect,
        referrer_id=person.referrer_id,
        name=person.name,
        title=line.rule.title,
        months=len(numbers),
        span=spanned(numbers),
        has_single=0 < len(numbers) < len(lines),
        amount=sum(amounts, start=Decimal(0)) if amounts else None,
        is_cash=line.is_cash,
        is_for_friend=line.rule.to is not Receiver.REFERRER,
        is_open=_is_open(line),
        due_on=due_on,
        days_late=0 if type(line.rule) in _UNHURRIED else (as_of - due_on).days,
        lines=lines,
        command=None if _is_open(line) else _paid(evaluation, lines),
    )


def _paid(evaluation: Evaluation, lines: Sequence[Line]) -> str:
    """Return the line that ticks exactly these off: copied a second time, it must not take what comes next."""
    rule_id = lines[0].rule.id
    has_months = any(each.instalment is not None for each in evaluation.lines if each.rule.id == rule_id)
    which = spanned(each.instalment for each in lines) if has_months else None
    return record(evaluation.referral.referral_id, "paid", rule=rule_id, instalment=which)


def _is_in_kind(line: Line) -> bool:
    return type(line.rule) in _IN_KIND  # isinstance is slow on pydantic's classes


def _is_open(line: Line) -> bool:
    return line.amount is None and not _is_in_kind(line)
