"""Whether what is offered moves anybody, and whom (domain, "Checks", I101 to I104 and I107 to I110).

A rule whose validity is over is no offer any more and keeps quiet. One to come is no offer yet, but how it is written is read
already: what is wrong with it is told before it is seen. A portal without any rule has not started, which is not wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from math import ceil

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.incentives import AnyRule, Fixed, Receiver, Tiered, Verdict
from site_builder.model.marks import Cell, mark
from site_builder.model.tables import Audience, Clause, Referrer, ReferrerKind
from site_builder.problem import Problem
from site_builder.rules.incentives.choice import ruling
from site_builder.rules.incentives.evaluation import CASH
from site_builder.rules.incentives.forbidden import is_forbidden
from site_builder.rules.readability import school_grade, words

Numbered = tuple[str, AnyRule]
"""A rule with its place in incentives.yaml: "rules[3]"."""


def offered(subject: Subject) -> tuple[Numbered, ...]:
    """Return the rules that are valid on as_of."""
    as_of = subject.portal.as_of
    return tuple((path, rule) for path, rule in unexpired(subject) if rule.valid_from is None or rule.valid_from <= as_of)


def unexpired(subject: Subject) -> tuple[Numbered, ...]:
    """Return the rules whose validity is not over, those to come included."""
    rules = enumerate(subject.portal.incentives.rules)
    return tuple(
        (f"rules[{number}]", rule) for number, rule in rules if rule.valid_to is None or rule.valid_to >= subject.portal.as_of
    )


def offered_to(subject: Subject, audience: Audience) -> tuple[Numbered, ...]:
    """Return the offers that a referrer of an audience can get; what goes to the one who is referred is none of them."""
    if audience not in subject.portal.incentives.audiences:
        return ()
    return tuple((path, rule) for path, rule in offered(subject) if rule.to is Receiver.REFERRER and audience in rule.audiences)


def forgotten_audiences(subject: Subject) -> Iterable[Problem]:
    """Report each audience that no rule rewards (I101)."""
    incentives = subject.portal.incentives
    if not incentives.rules:
        return
    for audience in dict.fromkeys(incentives.audiences):
        if not offered_to(subject, audience):
            hint = f'add a rule with audiences: [{audience}], or take {audience} out of the key "audiences" above the rules'
            message = f'no incentive is for the audience "{audience}"'
            yield problem("I101", incentives.at("audiences"), message, hint=hint, field="audiences", row_id=audience)


def cash_for_owners(subject: Subject) -> Iterable[Problem]:
    """Report once that cash is all that owners are offered (I102)."""
    offers = offered_to(subject, Audience.OWNER)
    if offers and all(isinstance(rule, CASH) for _, rule in offers):
        path, first = offers[0]
        hint = "add a gift that they can share, for example {type: gift, what: a hamper, to_share: true, visible: true}"
        yield problem("I102", first.at("type"), "owners are offered cash alone", hint=hint, field=f"{path}.type", row_id=first.id)


def derisory_cash(subject: Subject) -> Iterable[Problem]:
    """Advise on cash for owners at or below the threshold, once a rule with its smallest sum (I103)."""
    limit = subject.threshold("derisory")
    currency = subject.portal.settings.currency
    for path, rule in offered_to(subject, Audience.OWNER):
        sums = _sums(rule)
        if sums and min(sums) <= limit:
            key = "amount" if isinstance(rule, Fixed) else "tiers"
            message = f'an owner may find {min(sums)} {currency} derisory (rule "{rule.id}")'
            hint = f"leave owner out of this rule's audiences and offer owners something to share, or pay more than {limit}"
            yield problem("I103", rule.at(key), message, hint=hint, field=f"{path}.{key}", row_id=rule.id)


def _sums(rule: AnyRule) -> tuple[Decimal, ...]:
    if isinstance(rule, Tiered):
        return tuple(tier.amount for tier in rule.tiers)
    return (rule.amount,) if isinstance(rule, Fixed) else ()


def same_for_all(subject: Subject) -> Iterable[Problem]:
    """Report once that several audiences are all offered the same, whatever it is called (I104)."""
    incentives = subject.portal.incentives
    audiences = tuple(dict.fromkeys(incentives.audiences))
    contents = [[rule.model_dump(exclude=_NAMES) for _, rule in offered_to(subject, audience)] for audience in audiences]
    if len(audiences) > 1 and contents[0] and all(content == contents[0] for content in contents):
        message = f"all audiences get the same: {', '.join(audiences)}"
        hint = "give rules audiences of their own: something to share for owners, a sum for staff, a share for partners"
        yield problem("I104", incentives.at("rules"), message, hint=hint, field="rules")


_NAMES = {"id", "title", "plain", "audiences"}
"""What makes two rules differ, but not in what they give."""


def hard_to_read(subject: Subject) -> Iterable[Problem]:
    """Advise on each offer of too many words, or, in English, of words too hard for the school grade (I107)."""
    most, hardest = subject.threshold("plain_words"), subject.threshold("plain_grade")
    is_english = subject.portal.settings.locale.partition("-")[0] == "en"
    for path, rule in unexpired(subject):
        count = len(words(rule.plain))
        grade = school_grade(rule.plain) if is_english else 0
        message = hint = ""
        if count > most:
            message = f'"{rule.id}" is explained in {count} words; {most} are enough'
            hint = "say what they get and when, as you would across a table; the terms can say the rest"
        elif grade > hardest:
            message = f'"{rule.id}" is written for school grade {ceil(grade)}; grade {hardest} is enough'
            hint = "use shorter words and shorter sentences, as you would across a table"
        if message:
            yield problem("I107", rule.at("plain"), message, hint=hint, field=f"{path}.plain", row_id=rule.id)


def nothing_for_the_friend(subject: Subject) -> Iterable[Problem]:
    """Advise once where no offer goes to the one who is referred (I108)."""
    incentives = subject.portal.incentives
    if incentives.rules and not any(rule.to is Receiver.REFERRED for _, rule in offered(subject)):
        hint = 'add a gentle start, for example {type: discount, percent: "50", months: 1}; it goes to the friend who is sent'
        yield problem("I108", incentives.at("rules"), "nothing is for the friend who is sent", hint=hint, field="rules")


def out_of_reach(subject: Subject) -> Iterable[Problem]:
    """Report each rule that nobody can get: its audiences are not rewarded, or policy holds it on every path (I109).

    That a validity ends before it begins is told where the file is read. Paths are the sectors we know and those in use, with
    each clause; a reward that is merely listed after another is within reach, for a referrer may prefer it.
    """
    incentives = subject.portal.incentives
    verdicts = _verdicts(subject)
    for path, rule in unexpired(subject):
        if not set(rule.audiences) & set(incentives.audiences):
            key = "audiences"
            message = f'nobody can get "{rule.id}": none of its audiences is among those you reward'
            hint = 'add one of them to the key "audiences" above the rules, or take the rule out'
        elif all(is_forbidden(rule, verdict) or (is_unknown and _is_cash(rule)) for verdict, is_unknown in verdicts):
            key = "type"
            message = f'nobody can get "{rule.id}": policy withholds it in every sector, or under every clause'
            hint = "correct the verdicts under policy, or take the rule out"
        else:
            continue
        yield problem("I109", rule.at(key), message, hint=hint, field=f"{path}.{key}", row_id=rule.id)


def _verdicts(subject: Subject) -> frozenset[tuple[Verdict, bool]]:
    """Return what sector and clause can come to together, and whether the clause is unknown, which holds cash."""
    known = mark(Referrer.model_fields["sector"], Cell)
    sectors = {*(known.known if known else ()), *(person.sector for person in subject.portal.referrers)}
    people = (
        _SOMEBODY.model_copy(update={"sector": sector, "kickback_clause": clause}) for sector in sectors for clause in Clause
    )
    rulings = (ruling(subject.portal.incentives.policy, person) for person in people)
    return frozenset((each.verdict, each.is_unknown) for each in rulings)


_SOMEBODY = Referrer(referrer_id="somebody", name="Somebody", audience=Audience.OWNER, kind=ReferrerKind.OTHER)


def _is_cash(rule: AnyRule) -> bool:
    return rule.to is Receiver.REFERRER and isinstance(rule, CASH)


def falling_tiers(subject: Subject) -> Iterable[Problem]:
    """Report each rule in which a later tier is worth less than the one before it, once (I110)."""
    for path, rule in unexpired(subject):
        if not isinstance(rule, Tiered):
            continue
        by_place = sorted(rule.tiers, key=lambda tier: tier.nth)
        falls = next(((lower, tier) for lower, tier in pairwise(by_place) if tier.amount < lower.amount), None)
        if falls:
            lower, tier = falls
            message = f'"{rule.id}" pays less for client {tier.nth} of a year than for client {lower.nth}'
            hint = "raise this amount, or lower the one before it"
            yield problem("I110", tier.at("amount"), message, hint=hint, field=f"{path}.tiers", row_id=rule.id)
