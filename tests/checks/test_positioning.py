"""Claims to be different, and what backs them: when each of P101 to P109 fires, and when it keeps quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject, Wording
from site_builder.checks import positioning as checks
from site_builder.problem import Problem, Severity
from tests.portals import PORTAL, positioning, settings

Check = Callable[[Subject], Iterable[Problem]]

WORDS = Wording(
    "en",
    table_stakes=("friendly", "great service"),
    better=("better", "best"),
    everybody=("every business", "all industries"),
    price=("cheap*", "lowest price"),
    technology=("chatbot*", "AI"),
)
CHECKS: tuple[Check, ...] = (
    checks.stale_differences,
    checks.table_stakes,
    checks.benchmarks,
    checks.without_service,
    checks.one_size,
    checks.price_claims,
    checks.technology_first,
    checks.long_promise,
    checks.without_client_words,
)


def difference(**values: object) -> dict[str, object]:
    """A claim about service that nothing is wrong with; a key given replaces the usual one, "" leaves it out."""
    usual = {
        "claim": "A person answers within nine minutes",
        "kind": "service",
        "evidence": "The log of our calls",
        "client_words": "They ring back before I have made tea.",
        "last_improved_on": "2026-05-01",
        "next_improvement": "An evening shift",
        "due_on": "2027-01-31",
    }
    return {key: value for key, value in {**usual, **values}.items() if value != ""}


def subject(thresholds: Mapping[str, str] | None = None, /, **values: object) -> Subject:
    own = settings(checks={"thresholds": thresholds or {}})
    return Subject(replace(PORTAL, settings=own, positioning=positioning(**values)), WORDS)


def differing(*items: dict[str, object], **values: object) -> Subject:
    return subject(differentiators=list(items), **values)


def told(check: Check, asked: Subject) -> list[str]:
    return [found.field for found in check(asked)]


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_not_started_is_not_missed(check: Check) -> None:
    assert told(check, subject()) == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_sound_positioning_is_no_news(check: Check) -> None:
    compared = [{"metric": "minutes", "ours": "9", "good_competitor": "12", "measured_on": "2026-06-01"}]
    groups = [{"name": "dentists", "offer": "Bookings first"}, {"name": "workshops", "offer": "Boots on"}]
    assert told(check, differing(difference(), benchmarks=compared, segments=groups)) == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_language_without_words_finds_no_claims_by_them(check: Check) -> None:
    said = difference(claim="Friendly, cheap, better: an AI for every business")
    asked = differing(said, promise="The best for every business.")
    assert told(check, Subject(asked.portal, Wording("nb"))) == []


# P101


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"last_improved_on": "2025-10-30"}, "last_improved_on", "it last got better more than 12 months ago"),
        ({"next_improvement": "", "due_on": ""}, "next_improvement", "no next improvement is planned"),
        ({"next_improvement": ""}, "next_improvement", "no next improvement is planned"),
        ({"due_on": "2026-10-30"}, "due_on", "its next improvement is overdue"),
        (
            {"last_improved_on": "2020-01-01", "due_on": "2026-10-30"},
            "last_improved_on",
            "it last got better more than 12 months ago and its next improvement is overdue",
        ),
    ],
)
def test_a_difference_that_stands_still_is_told_once_with_its_reasons(values: dict[str, str], field: str, said: str) -> None:
    (found,) = checks.stale_differences(differing(difference(), difference(**values)))
    assert (found.code, found.severity) == ("P101", Severity.WARNING)
    assert found.field == f"differentiators[1].{field}"
    assert found.message == f"this difference stands still: {said}"
    assert "2026-10-30" not in found.message + found.hint  # days and next improvements are private


@pytest.mark.parametrize("values", [{"last_improved_on": "2025-10-31"}, {"due_on": "2026-10-31"}])
def test_a_difference_is_fresh_for_twelve_months_and_its_next_step_until_its_day(values: dict[str, str]) -> None:
    assert told(checks.stale_differences, differing(difference(**values))) == []


@pytest.mark.parametrize("values", [{"last_improved_on": ""}, {"due_on": ""}, {"last_improved_on": "2026-12-01"}])
def test_a_day_that_is_not_given_or_to_come_is_not_old(values: dict[str, str]) -> None:
    assert told(checks.stale_differences, differing(difference(**values))) == []


def test_the_months_of_an_improvement_are_a_threshold() -> None:
    asked = subject({"improved_months": "1"}, differentiators=[difference(last_improved_on="2026-09-29")])
    (found,) = checks.stale_differences(asked)
    assert found.message.endswith("more than 1 month ago")


# P102


def test_what_everybody_claims_needs_evidence() -> None:
    said = difference(claim="Known for great service")
    assert told(checks.table_stakes, differing(said)) == []
    (found,) = checks.table_stakes(differing(difference(), {**said, "evidence": None}))
    assert (found.code, found.severity, found.field) == ("P102", Severity.WARNING, "differentiators[1].claim")
    assert found.message.startswith('everybody says "great service"')


def test_what_only_you_claim_needs_no_evidence_here() -> None:
    assert told(checks.table_stakes, differing(difference(evidence="", claim="The unfriendly printer is thrown out"))) == []


def test_the_promise_is_a_claim_too() -> None:
    (found,) = checks.table_stakes(subject(promise="Friendly people who do IT."))
    assert (found.code, found.severity, found.field) == ("P102", Severity.WARNING, "promise")
    assert found.message.startswith('everybody says "Friendly" of themselves')


@pytest.mark.parametrize(
    ("promise", "claim", "count"),
    [
        ("Friendly people, 24 hours a day.", "", 0),
        ("Friendly people for your dentists.", "", 1),
        ("Friendly people who are there in nine minutes.", "A person answers within nine minutes", 0),
        ("Friendly: MINUTES, not days.", "A person answers within nine minutes", 0),
        ("Friendly people.", "Our friendly desk answers", 0),
        ("Friendly people for your dentists.", "A person answers within nine minutes", 1),
        ("A friendly day within your walls.", "A day in your hall", 1),
        ("We ring back.", "", 0),
    ],
    ids=[
        *("a figure", "no figure", "what a difference shows", "in other letters", "the same words", "what none shows"),
        *("short words in common", "no such words"),
    ],
)
def test_a_figure_or_a_difference_with_evidence_about_the_same_backs_the_promise(promise: str, claim: str, count: int) -> None:
    shown = [difference(claim=claim)] if claim else []
    assert told(checks.table_stakes, differing(*shown, promise=promise)) == ["promise"] * count


def test_a_difference_without_evidence_backs_no_promise() -> None:
    bare = difference(evidence="")
    assert told(checks.table_stakes, differing(bare, promise="Friendly people within minutes.")) == ["promise"]


def test_a_promise_that_is_the_price_is_told_as_that_alone() -> None:
    asked = subject(promise="Friendly and cheap.")
    assert told(checks.table_stakes, asked) == []
    (found,) = checks.price_claims(asked)
    assert (found.code, found.severity, found.field) == ("P106", Severity.WARNING, "promise")
    assert found.message == '"cheap" makes the price the claim'


@pytest.mark.parametrize("values", [{"claim": "Friendly and cheap"}, {"claim": "Friendly", "kind": "price"}])
def test_where_the_price_is_the_claim_p102_keeps_quiet(values: dict[str, str]) -> None:
    asked = differing(difference(evidence="", **values))
    assert told(checks.table_stakes, asked) == []
    assert len(told(checks.price_claims, asked)) == 1


# P103


def measured(day: str | None, **values: str) -> dict[str, object]:
    return {"metric": "minutes", "ours": "9", "good_competitor": "12", "measured_on": day, **values}


def test_each_old_benchmark_is_told() -> None:
    asked = subject(benchmarks=[measured("2025-10-31"), measured("2025-10-30"), measured(None), measured("2020-01-01")])
    found = list(checks.benchmarks(asked))
    assert [each.field for each in found] == ["benchmarks[1].measured_on", "benchmarks[3].measured_on"]
    assert {(each.code, each.severity) for each in found} == {("P103", Severity.ADVICE)}
    assert found[0].message == "this benchmark is more than 12 months old"


def test_being_better_is_told_once_where_no_competitors_figure_stands() -> None:
    asked = differing(difference(), difference(claim="The best desk"), difference(claim="A better desk"))
    (found,) = checks.benchmarks(asked)
    assert (found.severity, found.field) == (Severity.ADVICE, "differentiators[1].claim")
    assert found.message == '"best" claims to be better than others, and no benchmark gives a good competitor\'s figure'


def test_the_promise_may_claim_to_be_better_too() -> None:
    assert told(checks.benchmarks, subject(promise="Better than others.")) == ["promise"]


def test_a_benchmark_without_the_competitors_figure_stands_beside_nothing() -> None:
    ours = [{"metric": "minutes", "ours": "9"}]
    assert told(checks.benchmarks, subject(promise="Better than others.", benchmarks=ours)) == ["promise"]
    assert told(checks.benchmarks, subject(promise="Better than others.", benchmarks=[measured("2026-06-01")])) == []


# P104


def test_one_difference_is_about_service() -> None:
    others = [difference(kind=kind) for kind in ("product", "technology", "price", "people")]
    (found,) = checks.without_service(differing(*others))
    assert (found.code, found.severity, found.field) == ("P104", Severity.WARNING, "differentiators")
    assert told(checks.without_service, differing(*others, difference())) == []


def test_a_list_of_differences_that_is_started_and_empty_has_none_about_service() -> None:
    assert told(checks.without_service, differing()) == ["differentiators"]


# P105


@pytest.mark.parametrize(
    ("offers", "said"),
    [
        ((), ""),
        (("Bookings first",), "there is only one group of clients, and so everybody gets the same"),
        (("Bookings first", "Boots on"), ""),
        (("Bookings first", "bookings  FIRST"), "every group of clients is offered the same"),
        (("The same", "The same", "Boots on"), ""),
    ],
)
def test_groups_of_clients_differ(offers: tuple[str, ...], said: str) -> None:
    groups = [{"name": f"group {number}", "offer": offer} for number, offer in enumerate(offers)]
    found = list(checks.one_size(subject(segments=groups)))
    assert [each.message for each in found] == ([said] if said else [])
    assert all((each.code, each.severity, each.field) == ("P105", Severity.WARNING, "segments") for each in found)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"promise": "IT for every business."}, "promise"),
        ({"ideal_client": {"situation": "Every business that has a computer"}}, "ideal_client.situation"),
        ({"ideal_client": {"situation": "busy", "industries": ["dental", "all industries"]}}, "ideal_client.industries[1]"),
    ],
)
def test_words_that_mean_everybody_are_told_where_they_stand(values: dict[str, object], field: str) -> None:
    (found,) = checks.one_size(subject(**values))
    assert (found.code, found.field) == ("P105", field)
    assert found.message.endswith("means everybody, so nobody comes to mind")


def test_a_group_that_is_everybody_is_told_without_its_private_words() -> None:
    groups = [{"name": "dentists", "offer": "Bookings first"}, {"name": "every business in Leeds", "offer": "Boots on"}]
    (found,) = checks.one_size(subject(segments=groups))
    assert found.field == "segments[1].name"
    assert "business" not in found.message + found.hint


# P106


@pytest.mark.parametrize(
    ("values", "key", "said"),
    [
        ({"claim": "The cheapest in Leeds"}, "claim", '"cheapest" makes the price the claim'),
        ({"claim": "One figure a month", "kind": "price"}, "kind", "the price is the claim here"),
        ({"claim": "Our lowest price", "kind": "price"}, "claim", '"lowest price" makes the price the claim'),
    ],
)
def test_the_price_is_no_difference(values: dict[str, str], key: str, said: str) -> None:
    (found,) = checks.price_claims(differing(difference(), difference(**values)))
    assert (found.code, found.severity) == ("P106", Severity.WARNING)
    assert (found.field, found.message) == (f"differentiators[1].{key}", said)


# P107


def test_technology_is_told_where_it_outnumbers_service_and_people() -> None:
    machine, person = difference(kind="technology"), difference(kind="people")
    assert told(checks.technology_first, differing(machine, machine, difference(), person)) == []
    (found,) = checks.technology_first(differing(machine, machine, machine, difference(), person))
    assert (found.code, found.severity, found.field) == ("P107", Severity.ADVICE, "differentiators")
    assert found.message == "claims about technology: 3; about service and people: 2"


def test_a_product_that_names_a_tool_is_about_technology() -> None:
    assert told(checks.technology_first, differing(difference(kind="product"))) == []
    assert told(checks.technology_first, differing(difference(kind="product", claim="Chatbots at night"))) == ["differentiators"]


def test_a_service_that_names_a_tool_counts_on_both_sides() -> None:
    helped = difference(claim="A person reads what the AI wrote")
    assert told(checks.technology_first, differing(helped)) == []
    assert told(checks.technology_first, differing(helped, difference(kind="technology"))) == ["differentiators"]


# P108


def test_the_promise_has_at_most_25_words() -> None:
    assert told(checks.long_promise, subject(promise="word " * 24 + "– 25th.")) == []
    (found,) = checks.long_promise(subject(promise="word " * 25 + "26th"))
    assert (found.code, found.severity, found.field) == ("P108", Severity.WARNING, "promise")
    assert found.message == "the promise has 26 words; 25 words can be said in one breath"


def test_the_words_of_a_promise_are_a_threshold() -> None:
    (found,) = checks.long_promise(subject({"promise_words": "4"}, promise="We answer in nine minutes."))
    assert found.message == "the promise has 5 words; 4 words can be said in one breath"


# P109


def test_a_claim_that_no_client_supports_is_told() -> None:
    (found,) = checks.without_client_words(differing(difference(), difference(client_words="")))
    assert (found.code, found.severity, found.field) == ("P109", Severity.ADVICE, "differentiators[1].client_words")
