from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.documents import load_document
from site_builder.load.tree import build
from site_builder.load.yamltext import parse
from site_builder.model.documents import DifferentiatorKind, Positioning
from site_builder.model.incentives import Commission, Discount, GiftRule, Incentives
from site_builder.model.settings import Settings
from site_builder.model.tables import Audience
from site_builder.pipeline import Request
from site_builder.pipeline import build as build_portal
from site_builder.problem import Severity
from site_builder.scaffold import Wishes, faults, starter
from site_builder.scaffold.writing import write

TODAY = date(2026, 10, 31)
WISHES = Wishes("Harbour IT", "https://refer.harbour.example/", "hello@harbour.example", "en-GB", "GBP", "Europe/London")


def wishes(**changed: str) -> Wishes:
    return Wishes(**{field: changed.get(field, getattr(WISHES, field)) for field in WISHES.__slots__})


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    write(starter(WISHES, TODAY), tmp_path / "portal")
    return tmp_path / "portal"


def positioning(portal: Path) -> Positioning:
    return cast("Positioning", load_document(portal, "data/positioning.yaml", Positioning).record)


def incentives(portal: Path) -> Incentives:
    return cast("Incentives", load_document(portal, "data/incentives.yaml", Incentives).record)


# What is typed


@pytest.mark.parametrize(
    "name",
    [
        'O\'Hara "and" Sons',
        "IT: the firm # one",
        "no",
        "null & void",
        "- dash",
        "{brace} [bracket]",
        "Grüße 漢字 🚀",
        "back\\slash",
        "$today and ${later}",
        "100 %",
        "*star &anchor !tag",
    ],
)
def test_any_name_is_read_back_as_it_was_typed(name: str) -> None:
    assert faults(wishes(name=name)) == {}
    root = parse(starter(wishes(name=name), TODAY)["data/portal.yaml"], "data/portal.yaml").root
    assert root is not None
    record, _ = build(root, Settings)
    assert record is not None
    assert record.name == name


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"name": "  "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "TBD"}, "name"),
        ({"url": "ftp://x.example/"}, "url"),
        ({"url": "https://x.example/#top"}, "url"),
        ({"email": "ann"}, "email"),
        ({"locale": "english"}, "locale"),
        ({"currency": "XYZ"}, "currency"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"name": "\ud800"}, ""),
    ],
)
def test_what_a_portal_could_not_use_is_named(changed: dict[str, str], wrong: str) -> None:
    assert list(faults(wishes(**changed))) == [wrong]


@given(st.text(max_size=40))
def test_every_name_is_either_refused_or_written_so_that_it_can_be_read(name: str) -> None:
    if not faults(wishes(name=name)):
        root = parse(starter(wishes(name=name), TODAY)["data/portal.yaml"], "data/portal.yaml").root
        assert root is not None
        record, problems = build(root, Settings)
        assert (problems, record.name if record is not None else None) == ([], name)


# What is written


def test_a_new_portal_builds_without_a_warning(portal: Path) -> None:
    built = build_portal(Request(portal, lambda _: TODAY))
    assert [problem for problem in built.problems if problem.severity is not Severity.NOTE] == []
    assert {"index.html", "rewards/index.html"} <= {artifact.path for artifact in built.artifacts}


def test_other_countries_are_served_as_well(tmp_path: Path) -> None:
    german = wishes(locale="de-DE", currency="EUR", timezone="Europe/Berlin", url="https://x.example/empfehlen/")
    write(starter(german, TODAY), tmp_path / "portal")
    built = build_portal(Request(tmp_path / "portal", lambda _: TODAY))
    assert built.base == "/empfehlen/"
    assert [problem for problem in built.problems if problem.severity is not Severity.NOTE] == []


def test_leads_secrets_and_what_is_made_stay_out_of_version_control(portal: Path) -> None:
    ignored = (portal / ".gitignore").read_text().splitlines()
    assert {"/output/", "/.portal-cache/", "/data/leads.csv", ".env"} <= set(ignored)


def test_the_readme_names_the_firm_and_the_commands(portal: Path) -> None:
    text = (portal / "README.md").read_text()
    assert text.startswith("# The referral portal of Harbour IT\n")
    assert all(command in text for command in ("portal serve", "portal check", "portal build"))


# The starter keeps the rules it will be checked by (domain, "Checks")


def test_the_promise_is_short(portal: Path) -> None:
    assert len(positioning(portal).promise.split()) <= 25  # P108


def test_a_difference_is_about_service_backed_and_looked_after(portal: Path) -> None:
    found = positioning(portal).differentiators
    assert any(each.kind is DifferentiatorKind.SERVICE for each in found)  # P104
    for each in found:
        assert each.evidence  # P102
        assert each.client_words  # P109
        assert each.last_improved_on == TODAY  # P101
        assert each.next_improvement
        assert each.due_on is not None
        assert each.due_on > TODAY
    assert not {each.kind for each in found} & {DifferentiatorKind.PRICE, DifferentiatorKind.TECHNOLOGY}  # P106, P107


def test_claims_are_measured_and_segments_differ(portal: Path) -> None:
    found = positioning(portal)
    assert [benchmark.measured_on for benchmark in found.benchmarks] == [TODAY]  # P103
    assert len({segment.offer for segment in found.segments}) == len(found.segments) == 2  # P105


def test_every_audience_is_offered_something_and_not_the_same(portal: Path) -> None:
    rules = incentives(portal).rules
    offered = {audience: tuple(rule.id for rule in rules if audience in rule.audiences) for audience in Audience}
    assert all(offered.values())  # I101
    assert len(set(offered.values())) == len(Audience)  # I104
    assert any(isinstance(rule, GiftRule) and Audience.OWNER in rule.audiences for rule in rules)  # I102
    assert any(isinstance(rule, Discount) for rule in rules)  # I108


def test_a_commission_is_a_common_share_of_the_first_year_and_worth_its_lead(portal: Path) -> None:
    found = incentives(portal)
    (commission,) = [rule for rule in found.rules if isinstance(rule, Commission)]
    assert found.example is not None
    assert found.economics is not None
    assert found.economics.ltv is not None
    first_year = found.example.monthly_fee * 12
    earned = sum(part.percent * found.example.monthly_fee * 12 / 100 for part in commission.parts)
    assert first_year * 5 / 100 <= earned <= first_year * 10 / 100  # I105: 960 of 12,000
    assert earned <= found.economics.ltv / 10  # I106: 4,800
    assert not any(rule.needs_agreement for rule in found.rules)  # L101: there are no terms yet


def test_rewards_are_said_plainly(portal: Path) -> None:
    for rule in incentives(portal).rules:
        sentences = [sentence.split() for sentence in rule.plain.rstrip(".").split(". ")]
        words = [word for sentence in sentences for word in sentence]
        assert len(words) <= 25  # I107
        # School grade after Flesch and Kincaid; a group of vowels counts as a syllable, which is never too few by much.
        syllables = sum(max(1, sum(map(vowel_group_begins, " " + word.lower(), word.lower()))) for word in words)
        assert 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 <= 8


def vowel_group_begins(before: str, letter: str) -> bool:
    return letter in "aeiouy" and before not in "aeiouy"
