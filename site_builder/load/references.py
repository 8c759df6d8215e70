"""References that cross from one kind of file into another: documents to tables, tables to documents."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.codes import problem
from site_builder.model.documents import Trust
from site_builder.model.incentives import Incentives
from site_builder.model.tables import Referrer
from site_builder.problem import Problem
from site_builder.suggest import near

NO_REWARD = "none"


def testimonials(trust: Trust, clients: frozenset[str] | None) -> Iterator[Problem]:
    """Report testimonials of clients there are not; once for the file when clients.csv is absent (None)."""
    quoted = [(number, item) for number, item in enumerate(trust.testimonials) if item.client]
    if clients is None:
        if quoted:
            hint = "add data/clients.csv, or leave the client out of each testimonial"
            number, item = quoted[0]
            message = "testimonials name clients, and there is no data/clients.csv"
            yield problem("D303", item.at("client"), message, hint=hint, field=f"testimonials[{number}].client")
        return
    for number, item in quoted:
        if item.client not in clients:
            found = near(str(item.client), clients)
            quote = f' "{item.client}"' if found else ""
            hint = f'did you mean "{found}"?' if found else "write a client_id from clients.csv"
            field = f"testimonials[{number}].client"
            yield problem(
                "D302", item.at("client"), f"the testimonial names a client{quote} there is not", hint=hint, field=field
            )


def preferences(referrers: tuple[Referrer, ...], incentives: Incentives) -> Iterator[Problem]:
    """Report referrers who prefer an incentive there is not; "none" means that they want no reward."""
    rules = frozenset(rule.id for rule in incentives.rules)
    for referrer in referrers:
        if referrer.prefers and referrer.prefers != NO_REWARD and referrer.prefers not in rules:
            found = near(referrer.prefers, rules | {NO_REWARD})
            quote = f' "{referrer.prefers}"' if found else ""
            hint = f'did you mean "{found}"?' if found else "write the id of an incentive in incentives.yaml, or none"
            yield problem(
                "D302",
                referrer.at("prefers"),
                f"the referrer prefers an incentive{quote} there is not",
                hint=hint,
                field="prefers",
                row_id=referrer.referrer_id,
            )
