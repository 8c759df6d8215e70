"""Problems in a log that others read: no id of a private table's row."""

from __future__ import annotations

from dataclasses import replace

from site_builder.codes import problem
from site_builder.problem import Source
from site_builder.report.discreet import discreet

AT_RISK = problem(
    "K103",
    Source("data/reviews.csv", 87, 19),
    '"ann-hale-ltd" was found at risk, and was not reviewed again within 30 days',
    hint="portal client ann-hale-ltd says more; ann-hale-ltd-2 is another",
    field="reviewed_on",
    row_id="ann-hale-ltd",
)


def test_ids_are_left_out_and_the_place_stays() -> None:
    (found,) = discreet([AT_RISK])
    assert found.message == '"…" was found at risk, and was not reviewed again within 30 days'
    assert found.hint == "portal client … says more; ann-hale-ltd-2 is another"
    assert (found.row_id, found.field, found.source, found.code) == ("", "reviewed_on", AT_RISK.source, "K103")


def test_ids_of_other_rows_are_left_out_as_well() -> None:
    message = 'a reward for "r1" would be due, but "jonas-feld" has not signed its terms'
    (found,) = discreet([problem("L103", Source("data/referrals.csv", 2, 1), message, row_id="r1")])
    assert found.message == 'a reward for "…" would be due, but "…" has not signed its terms'


def test_a_misspelt_heading_is_still_quoted() -> None:
    heading = problem("D105", Source("data/clients.csv", 1, 3), 'there is no column "clinet"', hint='did you mean "client_id"?')
    assert discreet([heading]) == (heading,)


def test_what_the_owner_wrote_for_everybody_stays_as_it_is() -> None:
    claim = replace(AT_RISK, source=Source("data/positioning.yaml", 3, 1))
    assert discreet([claim]) == (claim,)
