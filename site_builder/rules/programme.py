"""A portal with what its rules say of it, each worked out once and only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.model.portal import Portal
from site_builder.rules.economics import Worth, worth
from site_builder.rules.election import Election, elections
from site_builder.rules.incentives import evaluations
from site_builder.rules.incentives.evaluation import Evaluation
from site_builder.rules.kpis import Kpis, kpis
from site_builder.rules.nurture import Nurturing, nurturing
from site_builder.rules.outcomes import Outcomes, by_reward, by_source
from site_builder.rules.standing import Standing, standings


@dataclass(frozen=True)
class Programme:
    """The referral programme of a portal on its as_of: what checks, commands and private pages ask."""

    portal: Portal

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """The standing of each active client by id."""
        return standings(self.portal, self.portal.as_of)

    @cached_property
    def kpis(self) -> Kpis:
        """The five numbers, their months and their trend."""
        return kpis(self.portal)

    @cached_property
    def evaluations(self) -> Mapping[str, Evaluation]:
        """What each referral received by as_of earns, by its id."""
        return evaluations(self.portal)

    @cached_property
    def outcomes_by_source(self) -> tuple[Outcomes, ...]:
        """What came of each source."""
        return by_source(self.portal, self.evaluations)

    @cached_property
    def outcomes_by_reward(self) -> tuple[Outcomes, ...]:
        """What came of referrals with cash, with other and with no reward."""
        return by_reward(self.portal, self.evaluations)

    @cached_property
    def worth(self) -> Worth | None:
        """What a client and a lead are worth."""
        return worth(self.portal)

    @cached_property
    def nurturing(self) -> Nurturing:
        """What referrers and clients are owed."""
        return nurturing(self.portal)

    @cached_property
    def elections(self) -> tuple[Election, ...]:
        """The votes for customer of the month."""
        return elections(self.portal)
