"""What is checked of a whole portal: each check is a function from Subject to problems, listed in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from site_builder.checks.absent import absent_parts
from site_builder.checks.client_rewards import owed_introductions, unplanned_gifts
from site_builder.checks.consent import consent
from site_builder.checks.course import contradictory_steps
from site_builder.checks.directory import unknown_wishes
from site_builder.checks.form import (
    first_step,
    unanswered_sender,
    unused_endpoint,
    whole_form,
    working_back_end,
    working_endpoint,
)
from site_builder.checks.ignored import tuning, without_ignored
from site_builder.checks.incentives import (
    cash_for_owners,
    derisory_cash,
    falling_tiers,
    forgotten_audiences,
    hard_to_read,
    nothing_for_the_friend,
    out_of_reach,
    same_for_all,
)
from site_builder.checks.legal import (
    agreements_to_write,
    cash_behind_employers,
    forbidden_payouts,
    hasty_payouts,
    lost_prospects,
    payouts_astray,
    unknown_clauses,
    unsigned_rewards,
    untold_prospects,
)
from site_builder.checks.links import guessable_links
from site_builder.checks.nurture import (
    asks_before_repair,
    clients_alone,
    late_thanks,
    overdue_talks,
    owed_rewards,
    untold_outcomes,
    wanting_figures,
)
from site_builder.checks.pictures import missing_pictures, wordless_pictures
from site_builder.checks.positioning import (
    benchmarks,
    long_promise,
    one_size,
    price_claims,
    stale_differences,
    table_stakes,
    technology_first,
    without_client_words,
    without_service,
)
from site_builder.checks.process import backlog, unknown_clients, unseen_risks
from site_builder.checks.rewardcosts import dear_rewards, uncommon_commissions
from site_builder.checks.spotlights import missed_spotlight, stray_votes, too_many_voters, unelected
from site_builder.checks.subject import Subject, Wording
from site_builder.checks.translations import stray_documents
from site_builder.checks.trust import (
    faceless_team,
    guarantees,
    no_slot,
    nothing_to_tell,
    outcomes,
    stale_capacity,
    third_parties,
    unanswered_scores,
)
from site_builder.problem import Problem

__all__ = ("CHECKS", "Subject", "Wording", "check")

CHECKS: tuple[Callable[[Subject], Iterable[Problem]], ...] = (
    absent_parts,
    missing_pictures,
    wordless_pictures,
    tuning,
    guessable_links,
    contradictory_steps,
    consent,
    # directory
    unknown_wishes,
    # positioning
    stale_differences,
    table_stakes,
    benchmarks,
    without_service,
    one_size,
    price_claims,
    technology_first,
    long_promise,
    without_client_words,
    # trust
    stale_capacity,
    no_slot,
    guarantees,
    faceless_team,
    outcomes,
    third_parties,
    nothing_to_tell,
    unanswered_scores,
    # form
    first_step,
    whole_form,
    working_back_end,
    working_endpoint,
    unused_endpoint,
    unanswered_sender,
    # incentives
    forgotten_audiences,
    cash_for_owners,
    derisory_cash,
    same_for_all,
    hard_to_read,
    nothing_for_the_friend,
    out_of_reach,
    falling_tiers,
    # rewardcosts
    uncommon_commissions,
    dear_rewards,
    # legal
    agreements_to_write,
    forbidden_payouts,
    unsigned_rewards,
    unknown_clauses,
    untold_prospects,
    lost_prospects,
    cash_behind_employers,
    payouts_astray,
    hasty_payouts,
    # spotlights
    missed_spotlight,
    unelected,
    stray_votes,
    too_many_voters,
    # translations
    stray_documents,
    # process
    backlog,
    unknown_clients,
    unseen_risks,
    # nurture
    late_thanks,
    untold_outcomes,
    overdue_talks,
    clients_alone,
    asks_before_repair,
    owed_rewards,
    wanting_figures,
    # client_rewards
    unplanned_gifts,
    owed_introductions,
)


def check(subject: Subject) -> tuple[Problem, ...]:
    """Return every check's problems but those that portal.yaml ignores, and the ignores that ignore nothing."""
    found = [each for asked in CHECKS for each in asked(subject)]
    return tuple(without_ignored(subject, found))
