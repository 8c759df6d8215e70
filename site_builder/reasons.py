"""Why a reward is what it is, in sentences that its receiver can read: a trace's steps put into words (domain, "Incentives").

The words stand here in English as data, marked for the catalogues; amounts and days are said by Babel, imported late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, Protocol

from site_builder.forms import N_
from site_builder.model.incentives import Base, EventRule, GiftRule, Honour, IntroductionRule, Receiver
from site_builder.rules.incentives.evaluation import Line
from site_builder.rules.incentives.trace import LineCode, State, Step, StepName, Value
from site_builder.rules.money import rounded


class Plural(NamedTuple):
    """Words that change with a count."""

    one: str
    many: str


class Translations(Protocol):
    """What puts English words into another language: Words does, and so does any gettext catalogue."""

    def gettext(self, words: str, /) -> str:
        """Return the words in that language."""

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """Return the form of the words that goes with a count."""


class _English:
    def gettext(self, words: str, /) -> str:
        return words

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        return one if count == 1 else many


ENGLISH: Translations = _English()
"""The words as they stand."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it. locale: such as en-GB; currency: of the amounts; translations: left out, the words are English."""

    locale: str
    currency: str
    translations: Translations = ENGLISH

    def money(self, amount: Decimal) -> str:
        """£8,000.00, always with the currency's minor unit: reasons stand under each other, and are checked by hand.

        Rounded as rewards are, before Babel would: its half goes to the even digit, and of some currencies it knows fewer digits.
        """
        from babel.numbers import format_currency

        exact = rounded(amount, self.currency)
        return format_currency(exact, self.currency, locale=self._babel(), decimal_quantization=False)

    def percent(self, number: Decimal) -> str:
        """10%: the number is of a hundred."""
        from babel.numbers import format_percent

        return format_percent(number / 100, locale=self._babel(), decimal_quantization=False)

    def date(self, day: date) -> str:
        """1 May 2026."""
        from babel.dates import format_date

        return format_date(day, "long", self._babel())

    def _babel(self) -> str:
        return self.locale.replace("-", "_")


Message = str | Plural

_OPEN = N_("the sum is open until we know %(of)s")

WORDS: Mapping[tuple[StepName, str], Message] = MappingProxyType(
    {
        (StepName.SHARE_OF_BASE, "first_year_revenue"): N_("%(percent)s of the %(base)s they pay in their first year"),
        (StepName.SHARE_OF_BASE, "setup_fee"): N_("%(percent)s of the set-up fee of %(base)s"),
        (StepName.SHARE_OF_BASE, "first_month"): N_("%(percent)s of the first month's %(base)s"),
        (StepName.SHARE_OF_BASE, "monthly_fee"): N_("%(percent)s of a month's %(base)s"),
        (StepName.SHARE_OF_MONTH, ""): N_("%(percent)s of %(base)s for month %(month)s"),
        (StepName.FIXED, ""): N_("a fixed sum of %(amount)s"),
        (StepName.TIER, ""): N_("your client number %(place)s of %(year)s: from number %(nth)s on, each is worth %(amount)s"),
        (StepName.GIFT, ""): N_("a gift: %(what)s"),
        (StepName.DONATION, ""): N_("%(amount)s given to %(charity)s"),
        (StepName.DISCOUNT_PERCENT, ""): Plural(
            "%(percent)s off %(base)s a month, for one month", "%(percent)s off %(base)s a month, for %(months)s months"
        ),
        (StepName.DISCOUNT_AMOUNT, ""): Plural(
            "%(amount)s off a month, for one month", "%(amount)s off a month, for %(months)s months"
        ),
        (StepName.EVENT, ""): N_("an invitation: %(what)s"),
        (StepName.EVENT, "next_on"): N_("an invitation: %(what)s, next on %(next_on)s"),
        (StepName.HONOUR, ""): N_("an honour: %(what)s"),
        (StepName.HONOUR, "next_on"): N_("an honour: %(what)s, next on %(next_on)s"),
        (StepName.INTRODUCTION, ""): N_("business back: %(what)s"),
        (StepName.INTRODUCTION, "next_on"): N_("business back: %(what)s, next on %(next_on)s"),
        (StepName.BASE_UNKNOWN, ""): _OPEN,
        (StepName.MONTHS_UNKNOWN, ""): N_("the sum is open until we know how long they stay"),
        (StepName.TIER_OPEN, ""): N_("it begins with client number %(nth)s of a year, and so far you are at %(place)s"),
        (StepName.PREFERRED, ""): N_("the reward you prefer"),
        (StepName.STANDS_IN, ""): N_("in place of money"),
        (StepName.WAITS_FOR, "received"): N_("comes as soon as we hear of them"),
        (StepName.WAITS_FOR, "qualified"): N_("comes once we have talked to them and it looks like a fit"),
        (StepName.WAITS_FOR, "won"): N_("comes when they become a client"),
        (StepName.WAITS_FOR, "paid"): N_("comes when they have paid us for the first time"),
        (StepName.REACHED, "received"): N_("you sent them on %(on)s"),
        (StepName.REACHED, "qualified"): N_("we talked, and it looked like a fit on %(on)s"),
        (StepName.REACHED, "won"): N_("they became a client on %(on)s"),
        (StepName.REACHED, "paid"): N_("they first paid us on %(on)s"),
        (StepName.DUE, ""): Plural("due on %(on)s, a day after %(after)s", "due on %(on)s, %(wait_days)s days after %(after)s"),
        (StepName.DUE, "at once"): N_("due on %(on)s"),
        (StepName.PAID, ""): N_("handed over on %(on)s"),
        (StepName.PAID, "amount"): N_("%(amount)s paid on %(on)s"),
        (StepName.CAP_PER_REFERRAL, ""): N_("%(amount)s instead of %(before)s, as %(cap)s is the most for one referral"),
        (StepName.CAP_PER_YEAR, ""): N_("%(amount)s instead of %(before)s, as %(cap)s is the most for one year"),
        (StepName.CAP_PER_YEAR, "year"): N_("%(amount)s instead of %(before)s, as %(cap)s is the most for %(year)s"),
        (StepName.SELF_REFERRAL, ""): N_("no reward, for this is your own firm"),
        (StepName.EXISTING_CLIENT, ""): N_("no reward, for we knew them already"),
        (StepName.DUPLICATE, ""): N_("no reward, for we had heard of them already, on %(on)s"),
        (StepName.POLICY, "non_cash sector"): N_("no money, as rules for %(name)s ask"),
        (StepName.POLICY, "non_cash clause"): N_("no money, as your own contract asks"),
        (StepName.POLICY, "forbid sector"): N_("no money and no gift, as rules for %(name)s ask"),
        (StepName.POLICY, "forbid clause"): N_("no money and no gift, as your own contract asks"),
        (StepName.DISCLOSE, ""): N_("please tell the one you send that we thank you for it"),
        (StepName.DISCLOSE, "words"): "%(words)s",
        (StepName.CLAUSE_UNKNOWN, ""): N_("withheld until you tell us whether your own contract allows it"),
        (StepName.UNSIGNED, ""): N_("withheld until you sign the agreement"),
        (StepName.UNSIGNED, "version"): N_("withheld until you sign the agreement, version %(version)s"),
        (StepName.LOST, ""): N_("not this time"),
        (StepName.ENDED, ""): N_("their contract ended on %(on)s, before this was due"),
    }
)
"""The words of each step; the second half of a key tells its variants apart. What the owner wrote has no words but its own."""

WORDS_OF_CODES: Mapping[LineCode, str] = MappingProxyType(
    {
        LineCode.SELF_REFERRAL: N_("no reward, for this is your own firm"),
        LineCode.EXISTING_CLIENT: N_("no reward, for we knew them already"),
        LineCode.DUPLICATE: N_("no reward, for we had heard of them already"),
        LineCode.POLICY: N_("withheld, as rules or your own contract ask"),
        LineCode.CLAUSE_UNKNOWN: N_("withheld until you tell us whether your own contract allows it"),
        LineCode.UNSIGNED: N_("withheld until you sign the agreement"),
        LineCode.LOST: N_("not this time"),
        LineCode.ENDED: N_("their contract ended before this was due"),
        LineCode.CAPPED: N_("cut to the most that can be earned"),
    }
)
"""What is said of a line whose own steps do not tell: what holds for all lines stands beside them (Evaluation.steps)."""

BASES: Mapping[str, str] = MappingProxyType(
    {
        Base.FIRST_YEAR_REVENUE: N_("what they pay in their first year"),
        Base.SETUP_FEE: N_("their set-up fee"),
        Base.FIRST_MONTH: N_("their first month's fee"),
        Base.MONTHLY_FEE: N_("their monthly fee"),
    }
)
"""What a share is open for want of."""
SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "general": N_("your trade"),
        "healthcare": N_("healthcare"),
        "public_sector": N_("the public sector"),
        "financial_advice": N_("financial advice"),
        "accountancy": N_("accountancy"),
        "legal": N_("legal work"),
        "real_estate": N_("real estate"),
    }
)
"""How the usual sectors are called; another is called as its owner wrote it."""
PLUS = N_("%(one)s, and %(other)s")
YOURS_SINCE = N_("yours since %(on)s")
YOURS_FROM = N_("yours from %(on)s on")
"""When something comes that is no money: an invitation or an honour is not due like a bill."""


_WHEN = frozenset({StepName.WAITS_FOR, StepName.REACHED, StepName.DUE})
_CAPS = frozenset({StepName.CAP_PER_REFERRAL, StepName.CAP_PER_YEAR})
_JOINED = (StepName.SHARE_OF_BASE, StepName.BASE_UNKNOWN)
_NOTHING_COMES = frozenset(
    {
        *(LineCode.SELF_REFERRAL, LineCode.EXISTING_CLIENT, LineCode.DUPLICATE),
        *(LineCode.POLICY, LineCode.LOST, LineCode.ENDED),
    }
)
_HOLDS = frozenset(StepName(code) for code in LineCode if code is not LineCode.CAPPED)
_NO_MONEY = (GiftRule, EventRule, Honour, IntroductionRule)
_IDLE = frozenset(
    {
        *(StepName.BASE_UNKNOWN, StepName.MONTHS_UNKNOWN, StepName.TIER_OPEN, StepName.PREFERRED, StepName.STANDS_IN),
        *(StepName.DISCLOSE, StepName.CLAUSE_UNKNOWN, StepName.UNSIGNED),
    }
)
"""What no longer matters where nothing will come: a sum that is open, a signature that would change nothing."""
_BY_VALUE: Mapping[StepName, str] = MappingProxyType(
    {
        StepName.SHARE_OF_BASE: "of",
        **dict.fromkeys((StepName.WAITS_FOR, StepName.REACHED), "milestone"),
    }
)
_BY_PRESENCE: Mapping[StepName, str] = MappingProxyType(
    {
        **dict.fromkeys((StepName.EVENT, StepName.HONOUR, StepName.INTRODUCTION), "next_on"),
        StepName.PAID: "amount",
        StepName.DISCLOSE: "words",
        StepName.UNSIGNED: "version",
        StepName.CAP_PER_YEAR: "year",
    }
)
_COUNTS = ("wait_days", "months")
_TELLING: Mapping[LineCode, frozenset[StepName]] = MappingProxyType(
    {
        **{LineCode(name): frozenset({name}) for name in _HOLDS},
        LineCode.CAPPED: _CAPS,
    }
)


def said(step: Step, speaker: Speaker) -> str:
    """Return one step in words, without a capital or a full stop: "10% of £8,000.00 for month 3"."""
    message = WORDS[step.name, _variant(step)]
    if isinstance(message, Plural):
        count = next(value for name in _COUNTS if isinstance(value := step.values.get(name), int))
        text = speaker.translations.ngettext(message.one, message.many, count)
    else:
        text = speaker.translations.gettext(message)
    return text % {name: _value(name, value, speaker) for name, value in step.values.items()}


def reason(line: Line, speaker: Speaker) -> str:
    """Return a line of reward in a sentence: "10% of £8,000.00 for month 3; due on 1 May 2026, 30 days after 1 April 2026".

    No full stop. What is withheld says no day, but what would release it where something would; what was paid, that day alone.
    """
    unsaid = _unsaid(line)
    steps = sorted((step for step in line.steps if step.name not in unsaid), key=lambda step: _place(step.name))
    told = [_together(tuple(group), line, speaker) for _key, group in groupby(steps, key=_phrase)]
    if line.code is not None and not _TELLING[line.code] & {step.name for step in line.steps}:
        told.append(speaker.translations.gettext(WORDS_OF_CODES[line.code]))
    text = "; ".join(told)
    return text[:1].upper() + text[1:]


def _place(name: StepName) -> int:
    """Return where a step is told: what it is worth and why, then what cut it, then when it comes."""
    if name in _CAPS:
        return 1
    return 2 if name in _WHEN or name is StepName.PAID else 0


def _phrase(step: Step) -> StepName | int:
    """Return what steps have in common that are told as one phrase: the shares of one sum, and what it is open for want of."""
    return step.name if step.name in _JOINED else id(step)


def _together(steps: tuple[Step, ...], line: Line, speaker: Speaker) -> str:
    if steps[0].name is StepName.DUE and line.rule.to is Receiver.REFERRER and type(line.rule) in _NO_MONEY:
        yours = YOURS_SINCE if line.state is State.DUE else YOURS_FROM
        return speaker.translations.gettext(yours) % {"on": _value("on", steps[0].values["on"], speaker)}
    if steps[0].name is StepName.BASE_UNKNOWN:
        missing = _listed([_value("of", step.values["of"], speaker) for step in steps], speaker)
        return speaker.translations.gettext(_OPEN) % {"of": missing}
    return _listed([said(step, speaker) for step in steps], speaker)


def _listed(texts: Sequence[str], speaker: Speaker) -> str:
    plus = speaker.translations.gettext(PLUS)
    return reduce(lambda one, other: plus % {"one": one, "other": other}, texts)


def _unsaid(line: Line) -> frozenset[StepName]:
    """Return the steps that a later one says better, or makes void."""
    names = {step.name for step in line.steps}
    if line.state is State.WITHHELD:
        found = {line.code, *(LineCode(name) for name in names & _HOLDS)}
        return _WHEN | _IDLE if found & _NOTHING_COMES else _WHEN
    if StepName.PAID in names:
        return _WHEN
    return frozenset({StepName.REACHED}) if StepName.DUE in names else frozenset()


def _variant(step: Step) -> str:
    """Return which of a step's words fit: by what it is a share of or waits for, or by what it knows."""
    if step.name in _BY_VALUE:
        return str(step.values[_BY_VALUE[step.name]])
    if step.name in _BY_PRESENCE:
        return _BY_PRESENCE[step.name] if _BY_PRESENCE[step.name] in step.values else ""
    if step.name is StepName.POLICY:
        return f"{step.values['verdict']} {step.values['cause']}"
    return "at once" if step.name is StepName.DUE and not step.values["wait_days"] else ""


def _value(name: str, value: Value, speaker: Speaker) -> str:
    if isinstance(value, Decimal):
        return speaker.percent(value) if name == "percent" else speaker.money(value)
    if isinstance(value, date):
        return speaker.date(value)
    if name == "of":
        return speaker.translations.gettext(BASES[str(value)])
    if name == "name":
        sector = str(value)
        return speaker.translations.gettext(SECTORS[sector]) if sector in SECTORS else sector.replace("_", " ")
    return str(value).rstrip(".") if name in {"words", "what"} else str(value)
