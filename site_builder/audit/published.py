"""What may be seen, written down a second time: the marks on the records say what may be published, this list what may be found.

Publishing a field takes both. Where a field is marked public by mistake, the scan for leaks still finds its values and the tests
still vary them, because neither asks the marks (domain, "Private unless listed here"). What is not listed is private.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from site_builder.model import content, documents, incentives, settings, tables
from site_builder.model.record import Record

ALWAYS = ""
_PERMITTED = "permission_on"

_LISTED: Mapping[type[Record], Mapping[str, str]] = MappingProxyType(
    {
        tables.Client: {
            "listed": "client_id name industry location website offers"
            " target_customer target_industries target_locations buying_triggers"
        },
        tables.Referrer: {"named": "name", ALWAYS: "link_code old_codes"},
        settings.Contact: {ALWAYS: "name email phone"},
        settings.Legal: {ALWAYS: "controller address privacy_email"},
        settings.Brand: {ALWAYS: "logo primary accent display_font"},
        settings.FormField: {ALWAYS: "name label help step required drop"},
        settings.FormSettings: {ALWAYS: "backend endpoint access_key respond_within kept_for proof_of_work fields"},
        settings.Settings: {
            ALWAYS: "name tagline base_url locale currency timezone contact legal brand theme form demo",
        },
        documents.Seats: {ALWAYS: "from_ to"},
        documents.IdealClient: {ALWAYS: "situation industries seats locations"},
        documents.Trigger: {ALWAYS: "phrase means say"},
        documents.Differentiator: {ALWAYS: "claim kind evidence client_words"},
        documents.Positioning: {ALWAYS: "promise ideal_client triggers problems not_for differentiators"},
        documents.Guarantee: {ALWAYS: "title promise if_we_fail"},
        documents.Capacity: {
            ALWAYS: "statement promise_to_clients next_free_on waiting_list checked_on",
            "show_numbers": "slots_a_month slots_taken",
        },
        documents.TeamMember: {"public": "name role photo cares_about contact"},
        documents.Figure: {ALWAYS: "metric value source measured_on"},
        documents.ReviewElsewhere: {ALWAYS: "site score count link checked_on answer"},
        documents.Testimonial: {"consent_on": "words who client"},
        documents.Trust: {ALWAYS: "guarantees capacity team outcomes reviews_elsewhere testimonials"},
        documents.UtilisationTier: {ALWAYS: "name up_to_percent reward value"},
        documents.Utilisation: {ALWAYS: "months inclusive tiers"},
        documents.PracticeItem: {ALWAYS: "id title why"},
        documents.PracticeTier: {ALWAYS: "name practices discount_percent"},
        documents.Practices: {ALWAYS: "items tiers"},
        documents.Rewards: {ALWAYS: "utilisation practices"},
        incentives.Rule: {
            ALWAYS: "id type title plain audiences to earned_when wait_days"
            " cap_per_referral cap_per_year valid_from valid_to needs_agreement visible"
        },
        incentives.CommissionPart: {ALWAYS: "percent of from_ to"},
        incentives.Commission: {ALWAYS: "parts"},
        incentives.Fixed: {ALWAYS: "amount"},
        incentives.Tier: {ALWAYS: "nth amount"},
        incentives.Tiered: {ALWAYS: "tiers"},
        incentives.GiftRule: {ALWAYS: "what to_share"},
        incentives.Donation: {ALWAYS: "charity amount"},
        incentives.Discount: {ALWAYS: "percent amount months"},
        incentives.EventRule: {ALWAYS: "what next_on"},
        incentives.Honour: {ALWAYS: "what next_on"},
        incentives.IntroductionRule: {ALWAYS: "what next_on"},
        incentives.Example: {ALWAYS: "monthly_fee setup_fee months"},
        incentives.PolicyEntry: {ALWAYS: "words"},
        incentives.Policy: {ALWAYS: "clauses"},
        incentives.Incentives: {ALWAYS: "audiences example rules policy"},
        content.Document: {ALWAYS: "slug lang body"},
        content.FreePage: {ALWAYS: "title nav_order"},
        content.Spotlight: {_PERMITTED: "slug body client month headline context what_they_do link photo photo_alt quote"},
        content.Story: {_PERMITTED: "slug body kind client happened_on headline"},
        content.Event: {ALWAYS: "title on place for_"},
        content.Terms: {ALWAYS: "version effective_on title"},
        content.ShareText: {ALWAYS: "audience trigger channel"},
    }
)


@cache
def published(kind: type[Record]) -> Mapping[str, str]:
    """Return each field of a record that may be seen, with the field that allows it: ALWAYS, or for example "listed"."""
    found: dict[str, str] = {}
    for each in kind.__mro__:  # what a kind says of a field goes before what its base says
        for allowed_by, names in _LISTED.get(each, {}).items():
            for name in names.split():
                found.setdefault(name, allowed_by)
    return MappingProxyType({name: allowed_by for name, allowed_by in found.items() if name in kind.model_fields})
