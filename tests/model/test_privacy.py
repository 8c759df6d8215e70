"""Private unless listed: the fields that may be published, written down a second time, by hand (domain, §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as slots
from dataclasses import is_dataclass
from typing import Annotated, get_args, get_type_hints

import pytest

from site_builder.model import content, documents, incentives, settings, tables
from site_builder.model import public as public_types
from site_builder.model.marks import Public, mark
from site_builder.model.record import Record

EVERY_RULE = {
    *("id", "title", "plain", "type", "audiences", "to", "earned_when", "wait_days", "needs_agreement", "visible"),
    *("cap_per_referral", "cap_per_year", "valid_from", "valid_to"),
}
DOCUMENT = {"slug", "lang", "body"}

# Field by field; a record that is missing here publishes nothing.
PUBLIC: dict[type[Record], set[str]] = {
    tables.Client: {
        *("client_id", "name", "industry", "location", "website", "offers"),
        *("target_customer", "target_industries", "target_locations", "buying_triggers"),
    },
    tables.Referrer: {"name", "link_code"},
    settings.Contact: {"name", "email", "phone"},
    settings.Legal: {"controller", "address", "privacy_email"},
    settings.Brand: {"logo", "primary", "accent", "display_font"},
    settings.FormSettings: {"backend", "endpoint", "access_key", "respond_within"},
    settings.Settings: {
        *("name", "tagline", "base_url", "locale", "currency", "timezone"),
        *("contact", "legal", "brand", "theme", "form", "demo"),
    },
    documents.Seats: {"from_", "to"},
    documents.IdealClient: {"situation", "industries", "seats", "locations"},
    documents.Trigger: {"phrase", "means", "say"},
    documents.Differentiator: {"claim", "kind", "evidence", "client_words"},
    documents.Positioning: {"promise", "ideal_client", "triggers", "problems", "not_for", "differentiators"},
    documents.Guarantee: {"title", "promise", "if_we_fail"},
    documents.Capacity: {
        *("statement", "promise_to_clients", "slots_a_month", "slots_taken"),
        *("next_free_on", "waiting_list", "checked_on"),
    },
    documents.TeamMember: {"name", "role", "photo", "cares_about", "contact"},
    documents.Figure: {"metric", "value", "source", "measured_on"},
    documents.ReviewElsewhere: {"site", "score", "count", "link", "checked_on", "answer"},
    documents.Testimonial: {"words", "who", "client"},
    documents.Trust: {"guarantees", "capacity", "team", "outcomes", "reviews_elsewhere", "testimonials"},
    documents.UtilisationTier: {"name", "up_to_percent", "reward", "value"},
    documents.Utilisation: {"months", "inclusive", "tiers"},
    documents.PracticeItem: {"id", "title", "why"},
    documents.PracticeTier: {"name", "practices", "discount_percent"},
    documents.Practices: {"items", "tiers"},
    documents.Rewards: {"utilisation", "practices"},
    incentives.Rule: EVERY_RULE - {"type"},
    incentives.CommissionPart: {"percent", "of", "from_", "to"},
    incentives.Commission: EVERY_RULE | {"parts"},
    incentives.Fixed: EVERY_RULE | {"amount"},
    incentives.Tier: {"nth", "amount"},
    incentives.Tiered: EVERY_RULE | {"tiers"},
    incentives.GiftRule: EVERY_RULE | {"what", "to_share"},
    incentives.Donation: EVERY_RULE | {"charity", "amount"},
    incentives.Discount: EVERY_RULE | {"percent", "amount", "months"},
    incentives.EventRule: EVERY_RULE | {"what", "next_on"},
    incentives.Honour: EVERY_RULE | {"what", "next_on"},
    incentives.IntroductionRule: EVERY_RULE | {"what", "next_on"},
    incentives.Example: {"monthly_fee", "setup_fee", "months"},
    incentives.PolicyEntry: {"words"},
    incentives.Policy: {"clauses"},
    incentives.Incentives: {"audiences", "example", "rules", "policy"},
    content.Document: DOCUMENT,
    content.FreePage: DOCUMENT | {"title", "nav_order"},
    content.Spotlight: DOCUMENT
    | {"client", "month", "headline", "context", "what_they_do", "link", "photo", "photo_alt", "quote"},
    content.Story: DOCUMENT | {"kind", "client", "happened_on", "headline"},
    content.Event: DOCUMENT | {"title", "on", "place", "for_"},
    content.Terms: DOCUMENT | {"version", "effective_on", "title"},
    content.ShareText: DOCUMENT | {"audience", "trigger", "channel"},
}

# The field that allows it, for the fields whose permission is asked of somebody.
ALLOWED_BY: dict[type[Record], str] = {
    tables.Client: "listed",
    documents.TeamMember: "public",
    documents.Testimonial: "consent_on",
}


def records() -> list[type[Record]]:
    modules = (tables, documents, incentives, settings, content)
    found = {item for module in modules for item in vars(module).values() if isinstance(item, type) and issubclass(item, Record)}
    return sorted(found, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", records(), ids=lambda kind: kind.__name__)
def test_a_record_publishes_what_the_domain_lists_and_no_more(kind: type[Record]) -> None:
    assert kind.public_fields() == PUBLIC.get(kind, set())


@pytest.mark.parametrize("kind", ALLOWED_BY, ids=lambda kind: kind.__name__)
def test_what_somebody_must_allow_names_the_field_that_allows_it(kind: type[Record]) -> None:
    marks = {name: mark(info, Public) for name, info in kind.model_fields.items()}
    assert {found.when for found in marks.values() if found} == {ALLOWED_BY[kind]}
    assert marks[ALLOWED_BY[kind]] is None


def test_some_fields_of_a_record_may_be_allowed_on_their_own() -> None:
    def allowed_by(kind: type[Record], name: str) -> str:
        found = mark(kind.model_fields[name], Public)
        assert found is not None
        return found.when

    assert allowed_by(tables.Referrer, "name") == "named"
    assert allowed_by(documents.Capacity, "slots_a_month") == "show_numbers"
    assert allowed_by(documents.Capacity, "slots_taken") == "show_numbers"
    for name in PUBLIC[content.Spotlight] - DOCUMENT:
        assert allowed_by(content.Spotlight, name) == "permission_on"
    for name in PUBLIC[content.Story] - DOCUMENT:
        assert allowed_by(content.Story, name) == "permission_on"


def reachable(kind: object) -> Iterator[type]:
    """Every class a public type leads to, through lists and alternatives."""
    pending, seen = [kind], set[object]()
    while pending:
        here = pending.pop()
        arguments = get_args(here)
        if arguments:
            pending.extend(arguments)
        elif isinstance(here, type) and here not in seen:
            seen.add(here)
            yield here
            if is_dataclass(here):
                pending.extend(get_type_hints(here).values())
            elif issubclass(here, Record):
                pending.extend(info.annotation for info in here.model_fields.values())


def test_records_handed_to_public_pages_whole_hold_nothing_private() -> None:
    whole = [kind for kind in reachable(public_types.PublicPortal) if issubclass(kind, Record)]
    private = {(kind.__name__, name) for kind in whole for name in kind.model_fields.keys() - kind.public_fields() - {"origin"}}
    # A gift's cost is emptied on the way (rules/consent); tests/rules/test_consent.py proves it.
    assert private == {("GiftRule", "cost")}
    assert incentives.Fixed in whole


def test_the_public_types_name_no_table_that_publishes_nothing() -> None:
    silent = {"reviews", "referrals", "payouts", "tickets", "introductions", "gifts", "leads", "votes", "nominations"}
    assert {item.name for item in slots(public_types.PublicPortal)} & silent == set()


def test_a_new_field_is_private() -> None:
    class Newer(tables.Client):
        shoe_size: Annotated[int, "no mark"] = 42

    assert Newer.public_fields() == PUBLIC[tables.Client]
