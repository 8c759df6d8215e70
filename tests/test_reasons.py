"""Why a reward is what it is, in sentences written by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from site_builder.model.incentives import AnyRule, Base, Incentives, Milestone, Verdict
from site_builder.reasons import BASES, SECTORS, WORDS, WORDS_OF_CODES, Plural, Speaker, reason, said
from site_builder.rules.incentives.evaluation import Line
from site_builder.rules.incentives.trace import LineCode, State, Step, StepName, Value
from tests.docs.words import CATALOGUE
from tests.portals import incentives, rule

BRITISH = Speaker("en-GB", "GBP")
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
FEE, TENTH, HUNDRED = Decimal(8_000), Decimal(10), Decimal(100)
ALL_PARTS: dict[str, Value] = {"percent": TENTH, "base": FEE}

SAID: tuple[tuple[StepName, dict[str, Value], str], ...] = (
    (
        StepName.SHARE_OF_BASE,
        {**ALL_PARTS, "of": Base.FIRST_YEAR_REVENUE},
        "10% of the £8,000.00 they pay in their first year",
    ),
    (StepName.SHARE_OF_BASE, {**ALL_PARTS, "of": Base.SETUP_FEE}, "10% of the set-up fee of £8,000.00"),
    (StepName.SHARE_OF_BASE, {**ALL_PARTS, "of": "first_month"}, "10% of the first month's £8,000.00"),
    (StepName.SHARE_OF_BASE, {**ALL_PARTS, "of": Base.MONTHLY_FEE}, "10% of a month's £8,000.00"),
    (StepName.SHARE_OF_MONTH, {**ALL_PARTS, "month": 3}, "10% of £8,000.00 for month 3"),
    (StepName.SHARE_OF_MONTH, {**ALL_PARTS, "percent": Decimal("2.5"), "month": 25}, "2.5% of £8,000.00 for month 25"),
    (StepName.FIXED, {"amount": HUNDRED}, "a fixed sum of £100.00"),
    (
        StepName.TIER,
        {"nth": 3, "place": 4, "year": 2026, "amount": Decimal(250)},
        "your client number 4 of 2026: from number 3 on, each is worth £250.00",
    ),
    (StepName.GIFT, {"what": "a hamper to share."}, "a gift: a hamper to share"),
    (StepName.DONATION, {"amount": HUNDRED, "charity": "the lifeboats"}, "£100.00 given to the lifeboats"),
    (
        StepName.DISCOUNT_PERCENT,
        {"percent": Decimal(50), "base": FEE, "months": 1},
        "50% off £8,000.00 a month, for one month",
    ),
    (
        StepName.DISCOUNT_PERCENT,
        {"percent": Decimal(50), "base": FEE, "months": 2},
        "50% off £8,000.00 a month, for 2 months",
    ),
    (StepName.DISCOUNT_AMOUNT, {"amount": HUNDRED, "months": 1}, "£100.00 off a month, for one month"),
    (StepName.DISCOUNT_AMOUNT, {"amount": HUNDRED, "months": 3}, "£100.00 off a month, for 3 months"),
    (StepName.EVENT, {"what": "the winter supper"}, "an invitation: the winter supper"),
    (StepName.EVENT, {"what": "the winter supper", "next_on": MAY}, "an invitation: the winter supper, next on 1 May 2026"),
    (StepName.HONOUR, {"what": "a copper leaf"}, "an honour: a copper leaf"),
    (StepName.HONOUR, {"what": "a copper leaf", "next_on": MAY}, "an honour: a copper leaf, next on 1 May 2026"),
    (StepName.INTRODUCTION, {"what": "two good people"}, "business back: two good people"),
    (StepName.INTRODUCTION, {"what": "two good people", "next_on": MAY}, "business back: two good people, next on 1 May 2026"),
    (
        StepName.BASE_UNKNOWN,
        {"of": Base.FIRST_YEAR_REVENUE},
        "the sum is open until we know what they pay in their first year",
    ),
    (StepName.BASE_UNKNOWN, {"of": Base.SETUP_FEE}, "the sum is open until we know their set-up fee"),
    (StepName.BASE_UNKNOWN, {"of": Base.FIRST_MONTH}, "the sum is open until we know their first month's fee"),
    (StepName.BASE_UNKNOWN, {"of": Base.MONTHLY_FEE}, "the sum is open until we know their monthly fee"),
    (StepName.MONTHS_UNKNOWN, {}, "the sum is open until we know how long they stay"),
    (StepName.TIER_OPEN, {"nth": 3, "place": 1}, "it begins with client number 3 of a year, and so far you are at 1"),
    (StepName.PREFERRED, {}, "the reward you prefer"),
    (StepName.STANDS_IN, {"rule": "thanks100"}, "in place of money"),
    (StepName.WAITS_FOR, {"milestone": Milestone.RECEIVED}, "comes as soon as we hear of them"),
    (
        StepName.WAITS_FOR,
        {"milestone": Milestone.QUALIFIED},
        "comes once we have talked to them and it looks like a fit",
    ),
    (StepName.WAITS_FOR, {"milestone": Milestone.WON}, "comes when they become a client"),
    (StepName.WAITS_FOR, {"milestone": Milestone.PAID}, "comes when they have paid us for the first time"),
    (StepName.REACHED, {"milestone": Milestone.RECEIVED, "on": APRIL}, "you sent them on 1 April 2026"),
    (
        StepName.REACHED,
        {"milestone": Milestone.QUALIFIED, "on": APRIL},
        "we talked, and it looked like a fit on 1 April 2026",
    ),
    (StepName.REACHED, {"milestone": Milestone.WON, "on": APRIL}, "they became a client on 1 April 2026"),
    (StepName.REACHED, {"milestone": Milestone.PAID, "on": APRIL}, "they first paid us on 1 April 2026"),
    (StepName.DUE, {"on": MAY, "wait_days": 30, "after": APRIL}, "due on 1 May 2026, 30 days after 1 April 2026"),
    (
        StepName.DUE,
        {"on": date(2026, 4, 2), "wait_days": 1, "after": APRIL},
        "due on 2 April 2026, a day after 1 April 2026",
    ),
    (StepName.DUE, {"on": APRIL, "wait_days": 0, "after": APRIL}, "due on 1 April 2026"),
    (StepName.PAID, {"on": MAY}, "handed over on 1 May 2026"),
    (StepName.PAID, {"on": MAY, "amount": HUNDRED}, "£100.00 paid on 1 May 2026"),
    (
        StepName.CAP_PER_REFERRAL,
        {"cap": Decimal(2_000), "before": Decimal(2_400), "amount": Decimal(2_000)},
        "£2,000.00 instead of £2,400.00, as £2,000.00 is the most for one referral",
    ),
    (
        StepName.CAP_PER_YEAR,
        {"cap": Decimal(5_000), "year": 2026, "before": Decimal(800), "amount": Decimal(0)},
        "£0.00 instead of £800.00, as £5,000.00 is the most for 2026",
    ),
    (
        StepName.CAP_PER_YEAR,
        {"cap": Decimal(5_000), "before": Decimal(8_000), "amount": Decimal(5_000)},
        "£5,000.00 instead of £8,000.00, as £5,000.00 is the most for one year",
    ),
    (StepName.SELF_REFERRAL, {"client": "acme"}, "no reward, for this is your own firm"),
    (StepName.EXISTING_CLIENT, {"client": "acme"}, "no reward, for we knew them already"),
    (
        StepName.DUPLICATE,
        {"referral": "r7", "on": APRIL},
        "no reward, for we had heard of them already, on 1 April 2026",
    ),
    (
        StepName.POLICY,
        {"verdict": Verdict.NON_CASH, "cause": "sector", "name": "healthcare"},
        "no money, as rules for healthcare ask",
    ),
    (
        StepName.POLICY,
        {"verdict": Verdict.NON_CASH, "cause": "clause", "name": "disclose"},
        "no money, as your own contract asks",
    ),
    (
        StepName.POLICY,
        {"verdict": Verdict.FORBID, "cause": "sector", "name": "town_council"},
        "no money and no gift, as rules for town council ask",
    ),
    (
        StepName.POLICY,
        {"verdict": Verdict.FORBID, "cause": "clause", "name": "forbidden"},
        "no money and no gift, as your own contract asks",
    ),
    (
        StepName.DISCLOSE,
        {"cause": "clause", "name": "disclose"},
        "please tell the one you send that we thank you for it",
    ),
    (
        StepName.DISCLOSE,
        {"cause": "clause", "name": "disclose", "words": "We are glad to. Tell your friend 100 %."},
        "We are glad to. Tell your friend 100 %",
    ),
    (StepName.CLAUSE_UNKNOWN, {}, "withheld until you tell us whether your own contract allows it"),
    (StepName.UNSIGNED, {}, "withheld until you sign the agreement"),
    (StepName.UNSIGNED, {"version": "v2", "on": APRIL}, "withheld until you sign the agreement, version v2"),
    (StepName.LOST, {}, "not this time"),
    (StepName.ENDED, {"on": APRIL}, "their contract ended on 1 April 2026, before this was due"),
)


@pytest.mark.parametrize(("name", "values", "expected"), SAID)
def test_a_step_in_words(name: StepName, values: dict[str, Value], expected: str) -> None:
    assert said(Step(name, values), BRITISH) == expected


def test_every_step_and_every_variant_of_it_is_tried_here() -> None:
    assert {name for name, _values, _expected in SAID} == {*StepName} == {name for name, _variant in WORDS}
    written = {message for each in WORDS.values() for message in (each if isinstance(each, Plural) else (each,))}
    shapes = [re.escape(message).replace("%\\(", "%(") for message in written]
    patterns = [re.sub(r"%\([a-z_]+\\?\)s", ".+", shape) for shape in shapes]
    said_here = [expected for _name, _values, expected in SAID]
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, text) for text in said_here)] == []


def test_every_code_and_every_base_and_milestone_has_words() -> None:
    assert {*WORDS_OF_CODES} == {*LineCode}
    assert {variant for name, variant in WORDS if name is StepName.SHARE_OF_BASE} == {*Base}
    assert {*BASES} == {*Base}
    assert {variant for name, variant in WORDS if name is StepName.WAITS_FOR} == {*Milestone}
    assert {variant for name, variant in WORDS if name is StepName.REACHED} == {*Milestone}


def test_no_words_blame_or_speak_of_losing() -> None:
    every = " ".join([*map(str, WORDS.values()), *WORDS_OF_CODES.values()]).casefold()
    assert not re.search(r"\b(lost|lose|fail\w*|void|invalid|violat\w*|fraud\w*|unfortunately|must|forbidden|denied)\b", every)


# ---------------------------------------------------------------------------------------------------------- whole lines


def one_rule(**values: object) -> AnyRule:
    document: Incentives = incentives(rule(**values))  # type: ignore[arg-type]  # id_ is left as it is
    return document.rules[0]


def line(*steps: Step, state: State = State.EXPECTED, code: LineCode | None = None) -> Line:
    return Line(one_rule(), None, HUNDRED, state, APRIL, MAY, code, None, steps)


SHARE = Step(StepName.SHARE_OF_MONTH, {**ALL_PARTS, "month": 3})
WON = Step(StepName.REACHED, {"milestone": Milestone.WON, "on": APRIL})
DUE = Step(StepName.DUE, {"on": MAY, "wait_days": 30, "after": APRIL})
UNSIGNED = Step(StepName.UNSIGNED, {"version": "v2", "on": APRIL})


def test_a_line_to_come_says_what_of_what_and_when() -> None:
    expected = "10% of £8,000.00 for month 3; due on 1 May 2026, 30 days after 1 April 2026"
    assert reason(line(SHARE, WON, DUE), BRITISH) == expected


def test_a_line_whose_day_is_not_known_says_what_it_waits_for() -> None:
    fixed = Step(StepName.FIXED, {"amount": HUNDRED})
    waits = Step(StepName.WAITS_FOR, {"milestone": Milestone.WON})
    assert reason(line(fixed, waits), BRITISH) == "A fixed sum of £100.00; comes when they become a client"


def test_a_day_that_was_reached_is_told_where_nothing_is_due() -> None:
    assert reason(line(Step(StepName.HONOUR, {"what": "a leaf"}), WON), BRITISH) == (
        "An honour: a leaf; they became a client on 1 April 2026"
    )


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DUE, "An honour: a leaf; yours since 1 May 2026"),
        (State.EARNED, "An honour: a leaf; yours from 1 May 2026 on"),
        (State.EXPECTED, "An honour: a leaf; yours from 1 May 2026 on"),
    ],
)
def test_what_is_no_money_is_yours_and_not_due(state: State, expected: str) -> None:
    leaf = Step(StepName.HONOUR, {"what": "a leaf"})
    found = replace(line(leaf, WON, DUE, state=state), rule=one_rule(type="honour", what="a leaf"), amount=None)
    assert reason(found, BRITISH) == expected


def test_money_and_what_is_for_the_friend_are_due() -> None:
    hamper = Step(StepName.GIFT, {"what": "a hamper"})
    friends = replace(line(hamper, DUE, state=State.DUE), rule=one_rule(type="gift", what="a hamper", to="referred"))
    assert reason(friends, BRITISH) == "A gift: a hamper; due on 1 May 2026, 30 days after 1 April 2026"
    given = Step(StepName.DONATION, {"amount": HUNDRED, "charity": "the lifeboats"})
    donation = replace(line(given, DUE, state=State.DUE), rule=one_rule(type="donation", charity="the lifeboats", amount="100"))
    assert reason(donation, BRITISH).endswith("due on 1 May 2026, 30 days after 1 April 2026")


def test_a_withheld_line_says_what_would_release_it_and_no_day() -> None:
    found = line(SHARE, WON, DUE, UNSIGNED, state=State.WITHHELD, code=LineCode.UNSIGNED)
    assert reason(found, BRITISH) == "10% of £8,000.00 for month 3; withheld until you sign the agreement, version v2"


def test_a_paid_line_says_when_it_was_paid_and_not_when_it_was_due() -> None:
    paid = Step(StepName.PAID, {"on": MAY, "amount": Decimal(800)})
    assert reason(line(SHARE, WON, DUE, paid, state=State.PAID), BRITISH) == (
        "10% of £8,000.00 for month 3; £800.00 paid on 1 May 2026"
    )


def test_shares_that_are_paid_together_are_one_phrase() -> None:
    month = Step(StepName.SHARE_OF_BASE, {"percent": Decimal(75), "of": "first_month", "base": Decimal(1_300)})
    setup = Step(StepName.SHARE_OF_BASE, {"percent": TENTH, "of": "setup_fee", "base": Decimal(1_200)})
    expected = "75% of the first month's £1,300.00, and 10% of the set-up fee of £1,200.00; due on 1 May 2026, 30 days after"
    assert reason(line(month, setup, WON, DUE), BRITISH).startswith(expected)


def test_a_sum_that_is_open_for_want_of_two_things_names_both() -> None:
    first, setup = (Step(StepName.BASE_UNKNOWN, {"of": of}) for of in (Base.FIRST_MONTH, Base.SETUP_FEE))
    expected = "The sum is open until we know their first month's fee, and their set-up fee; comes when they become a client"
    assert reason(line(first, setup, Step(StepName.WAITS_FOR, {"milestone": Milestone.WON})), BRITISH) == expected


def test_a_share_that_is_known_stands_before_one_that_is_open() -> None:
    month = Step(StepName.SHARE_OF_BASE, {"percent": Decimal(75), "of": "first_month", "base": Decimal(1_300)})
    setup = Step(StepName.BASE_UNKNOWN, {"of": Base.SETUP_FEE})
    expected = "75% of the first month's £1,300.00; the sum is open until we know their set-up fee"
    assert reason(line(month, setup), BRITISH) == expected


def test_a_cut_is_told_before_the_day_that_the_rest_was_paid() -> None:
    cap = Step(StepName.CAP_PER_YEAR, {"cap": Decimal(2_000), "year": 2026, "before": Decimal(800), "amount": Decimal(80)})
    paid = Step(StepName.PAID, {"on": MAY, "amount": Decimal(80)})
    expected = (
        "10% of £8,000.00 for month 3; £80.00 instead of £800.00, as £2,000.00 is the most for 2026; £80.00 paid on 1 May 2026"
    )
    assert reason(line(SHARE, WON, DUE, paid, cap, state=State.PAID, code=LineCode.CAPPED), BRITISH) == expected


OPEN = Step(StepName.BASE_UNKNOWN, {"of": Base.MONTHLY_FEE})
PREFERRED = Step(StepName.PREFERRED, {})


def test_what_was_not_to_be_asks_for_no_signature_and_no_fee() -> None:
    found = line(OPEN, PREFERRED, UNSIGNED, Step(StepName.LOST, {}), state=State.WITHHELD, code=LineCode.UNSIGNED)
    assert reason(found, BRITISH) == "Not this time"


def test_where_there_is_no_claim_the_code_alone_silences_the_rest() -> None:
    found = line(OPEN, PREFERRED, UNSIGNED, state=State.WITHHELD, code=LineCode.DUPLICATE)
    assert reason(found, BRITISH) == "No reward, for we had heard of them already"


def test_a_signature_releases_a_sum_that_is_open_too() -> None:
    found = line(OPEN, PREFERRED, UNSIGNED, state=State.WITHHELD, code=LineCode.UNSIGNED)
    assert reason(found, BRITISH) == (
        "The sum is open until we know their monthly fee; the reward you prefer; "
        "withheld until you sign the agreement, version v2"
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (LineCode.SELF_REFERRAL, "no reward, for this is your own firm"),
        (LineCode.EXISTING_CLIENT, "no reward, for we knew them already"),
        (LineCode.DUPLICATE, "no reward, for we had heard of them already"),
        (LineCode.POLICY, "withheld, as rules or your own contract ask"),
        (LineCode.CLAUSE_UNKNOWN, "withheld until you tell us whether your own contract allows it"),
        (LineCode.UNSIGNED, "withheld until you sign the agreement"),
        (LineCode.LOST, "not this time"),
        (LineCode.ENDED, "their contract ended before this was due"),
        (LineCode.CAPPED, "cut to the most that can be earned"),
    ],
)
def test_a_line_that_does_not_tell_itself_why_it_is_withheld_says_it_in_general(code: LineCode, expected: str) -> None:
    found = reason(line(SHARE, state=State.WITHHELD, code=code), BRITISH)
    assert found == f"10% of £8,000.00 for month 3; {expected}"


@pytest.mark.parametrize(
    "cap",
    [
        Step(StepName.CAP_PER_REFERRAL, {"cap": HUNDRED, "before": FEE, "amount": HUNDRED}),
        Step(StepName.CAP_PER_YEAR, {"cap": HUNDRED, "year": 2026, "before": FEE, "amount": HUNDRED}),
    ],
    ids=["per referral", "per year"],
)
def test_a_cut_is_told_once(cap: Step) -> None:
    assert reason(line(SHARE, cap, code=LineCode.CAPPED), BRITISH).count("the most") == 1


def test_a_line_without_steps_says_nothing() -> None:
    assert reason(line(), BRITISH) == ""


# ------------------------------------------------------------------------------------------------------ other languages


class German:
    """A catalogue of two messages."""

    def gettext(self, words: str, /) -> str:
        return {"%(percent)s of %(base)s for month %(month)s": "%(percent)s von %(base)s für Monat %(month)s"}.get(words, words)

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        return "fällig am %(on)s, %(wait_days)s Tage nach dem %(after)s" if count > 1 else many + one


def test_another_language_has_its_own_words_order_amounts_and_days() -> None:
    expected = "10\xa0% von 8.000,00\xa0€ für Monat 3; fällig am 1. Mai 2026, 30 Tage nach dem 1. April 2026"
    assert reason(line(SHARE, DUE), Speaker("de-DE", "EUR", German())) == expected


def test_amounts_have_their_currencys_minor_unit() -> None:
    fixed = Step(StepName.FIXED, {"amount": Decimal(1_200)})
    assert said(fixed, Speaker("en-GB", "JPY")) == "a fixed sum of JP¥1,200"
    assert said(fixed, Speaker("en-US", "USD")) == "a fixed sum of $1,200.00"


@pytest.mark.parametrize(
    ("currency", "amount", "expected"),
    [
        ("GBP", "0.125", "£0.13"),
        ("GBP", "2.675", "£2.68"),
        ("JPY", "12.5", "JP¥13"),
        ("KWD", "0.1235", "KWD0.124"),
        ("IQD", "0.1235", "IQD0.124"),
    ],
)
def test_amounts_are_rounded_half_up_as_rewards_are(currency: str, amount: str, expected: str) -> None:
    assert Speaker("en-GB", currency).money(Decimal(amount)) == expected


def test_the_catalogue_holds_every_word_that_is_said() -> None:
    catalogue = CATALOGUE.read_text(encoding="utf-8")
    messages = [each for each in WORDS.values() if each != "%(words)s"]
    texts = [*messages, *WORDS_OF_CODES.values(), *SECTORS.values(), *BASES.values()]
    flat = [text for each in texts for text in (each if isinstance(each, Plural) else (each,))]
    assert [text for text in flat if f' "{text}"' not in catalogue] == []
