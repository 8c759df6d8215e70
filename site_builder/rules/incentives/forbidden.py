"""Which rewards a sector's rules or a contract's clause forbid (domain, "Incentives", step 4)."""

from __future__ import annotations

from site_builder.model.incentives import AnyRule, Honour, IntroductionRule, Receiver, Verdict
from site_builder.rules.incentives.evaluation import CASH

_ALWAYS_ALLOWED = (Honour, IntroductionRule)
"""Thanks and business sent back are worth no money; an invitation is."""


def is_forbidden(rule: AnyRule, verdict: Verdict) -> bool:
    """Say whether a verdict forbids to give a referrer a reward; what the one who was referred gets is never forbidden."""
    if rule.to is not Receiver.REFERRER or isinstance(rule, _ALWAYS_ALLOWED):
        return False
    return verdict is Verdict.FORBID or (verdict is Verdict.NON_CASH and isinstance(rule, CASH))
