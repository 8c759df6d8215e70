"""How a reward came about, as steps with values: words for them, in any language, are said elsewhere (reasons.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | date


class State(StrEnum):
    """How far a line of reward has come (domain, "Incentives", step 7)."""

    EXPECTED = "expected"
    EARNED = "earned"
    DUE = "due"
    PAID = "paid"
    WITHHELD = "withheld"


class LineCode(StrEnum):
    """Why a line is withheld or cut."""

    SELF_REFERRAL = "self_referral"
    EXISTING_CLIENT = "existing_client"
    DUPLICATE = "duplicate"
    POLICY = "policy"
    CLAUSE_UNKNOWN = "clause_unknown"
    UNSIGNED = "unsigned"
    LOST = "lost"
    ENDED = "ended"
    CAPPED = "capped"


class StepName(StrEnum):
    """What a step reckons or finds. Its values in brackets; money is Decimal, days are dates, ids and words are texts.

    What a reward is worth, one of them first in each line's steps:
    """

    SHARE_OF_BASE = "share_of_base"
    """[percent, of (a Base), base: the money] A one-off part: 50 % of the setup fee of 2,000.00."""
    SHARE_OF_MONTH = "share_of_month"
    """[percent, base, month: 1 …] 10 % of 8,000.00 for month 3."""
    FIXED = "fixed"
    """[amount: the line's, as that of a tier and of a donation]"""
    TIER = "tier"
    """[nth: the tier's, place: theirs in the year, year, amount] Their 3rd client of 2026: 250.00."""
    GIFT = "gift"
    """[what]"""
    DONATION = "donation"
    """[amount, charity]"""
    DISCOUNT_PERCENT = "discount_percent"
    """[percent, base, months]"""
    DISCOUNT_AMOUNT = "discount_amount"
    """[amount, months]"""
    EVENT = "event"
    """[what] or [what, next_on]"""
    HONOUR = "honour"
    """[what] or [what, next_on]"""
    INTRODUCTION = "introduction"
    """[what] or [what, next_on]"""

    # What is not known yet
    BASE_UNKNOWN = "base_unknown"
    """[of (a Base)] The amount is open until the fee is known."""
    MONTHS_UNKNOWN = "months_unknown"
    """[] Neither the rule nor the contract says for how many months."""
    TIER_OPEN = "tier_open"
    """[nth: the first tier's, place: theirs so far] No tier is reached yet."""

    # Why this reward
    PREFERRED = "preferred"
    """[] It is the one they prefer."""
    STANDS_IN = "stands_in"
    """[rule: the id of the cash it stands in for]"""

    # When
    WAITS_FOR = "waits_for"
    """[milestone]"""
    REACHED = "reached"
    """[milestone, on]"""
    DUE = "due"
    """[on, wait_days, after] Due on 1 May, 30 days after 1 April; wait_days 0: on the day itself."""
    PAID = "paid"
    """[on] or [on, amount]"""

    # What was cut or held
    CAP_PER_REFERRAL = "cap_per_referral"
    """[cap: in whole minor units, before: the amount uncut, amount: what is left]"""
    CAP_PER_YEAR = "cap_per_year"
    """[cap, year, before, amount] or, where the year is not known yet, [cap, before, amount]"""
    SELF_REFERRAL = "self_referral"
    """[client: the id matched] The prospect is the referrer's own firm."""
    EXISTING_CLIENT = "existing_client"
    """[client] The prospect was a client already."""
    DUPLICATE = "duplicate"
    """[referral: the id of the earlier one, on: its day] Somebody was first."""
    POLICY = "policy"
    """[verdict, cause: "sector" or "clause", name: which] Cash, or anything, must not be paid."""
    DISCLOSE = "disclose"
    """[cause, name] or [cause, name, words] It may be paid if the friend is told."""
    CLAUSE_UNKNOWN = "clause_unknown"
    """[] Nobody knows yet what their contract allows."""
    UNSIGNED = "unsigned"
    """[version: the one in force, on: received_on] or [] where no terms were in force; signing a version releases it."""
    LOST = "lost"
    """[]"""
    ENDED = "ended"
    """[on]"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning."""

    name: StepName
    values: Mapping[str, Value]
