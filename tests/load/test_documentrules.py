"""What must hold between the values of a document."""

from __future__ import annotations

import pytest

from site_builder.load import documentrules
from site_builder.load.tree import build
from site_builder.load.yamltext import parse
from site_builder.model.documents import Positioning, Rewards
from site_builder.model.incentives import Incentives
from site_builder.model.record import Record
from site_builder.model.settings import Settings
from site_builder.problem import Problem

RULE = "id: a, title: T, plain: P"


def record(text: str, model: type[Record]) -> Record:
    parsed = parse(text, "f")
    assert parsed.root is not None
    built, problems = build(parsed.root, model)
    assert problems == []
    assert built is not None
    return built


def settings(**changed: str) -> list[Problem]:
    values = {
        "name": "N",
        "base_url": "https://n.example/",
        "locale": "en-GB",
        "currency": "GBP",
        "timezone": "Europe/London",
        "contact": "{email: a@n.example}",
        **changed,
    }
    document = record("".join(f"{key}: {value}\n" for key, value in values.items()), Settings)
    assert isinstance(document, Settings)
    return list(documentrules.settings(document))


def incentives(rules: str, rest: str = "") -> list[Problem]:
    document = record(f"rules:\n{rules}\n{rest}\n", Incentives)
    assert isinstance(document, Incentives)
    return list(documentrules.incentives(document))


def rewards(text: str) -> list[Problem]:
    document = record(text, Rewards)
    assert isinstance(document, Rewards)
    return list(documentrules.rewards(document))


def told(found: list[Problem]) -> list[tuple[str, str, str]]:
    return [(each.code, each.field, each.hint) for each in found]


class TestSettings:
    @pytest.mark.parametrize("locale", ["en", "en-GB", "de", "pt-BR", "zh-CN", "fr-CA", "sr-Latn-RS"])
    def test_languages_babel_knows(self, locale: str) -> None:
        assert settings(locale=locale) == []

    @pytest.mark.parametrize(
        ("locale", "hint"),
        [
            ("en_GB", 'did you mean "en-GB"?'),
            ("EN-gb", 'did you mean "en-GB"?'),
            ("English", "write language and region, for example en-GB"),
            ("xx", "write language and region, for example en-GB"),
            ("en-ZZ", ""),
            ("root", ""),
        ],
    )
    def test_a_language_nobody_knows_asks_back(self, locale: str, hint: str) -> None:
        ((code, field, said),) = told(settings(locale=locale))
        assert (code, field) == ("D216", "locale")
        assert said == hint or not hint

    @pytest.mark.parametrize(
        ("currency", "hint"),
        [("GPB", 'did you mean "GBP"?'), ("gbp", 'did you mean "GBP"?'), ("£", "write its three letters, for example GBP")],
    )
    def test_a_currency_nobody_knows_asks_back(self, currency: str, hint: str) -> None:
        assert told(settings(currency=currency)) == [("D216", "currency", hint)]

    @pytest.mark.parametrize(
        ("zone", "hint"),
        [
            ("Europe/Lodnon", 'did you mean "Europe/London"?'),
            ("europe/london", 'did you mean "Europe/London"?'),
            ("localtime", "write continent and city, for example Europe/London"),
            ("../../etc/passwd", "write continent and city, for example Europe/London"),
        ],
    )
    def test_a_time_zone_nobody_knows_asks_back(self, zone: str, hint: str) -> None:
        assert told(settings(timezone=zone)) == [("D216", "timezone", hint)]

    @pytest.mark.parametrize(
        "address",
        [
            "https://n.example",
            "https://n.example/portal/",
            "https://n.example/a/b",
            "http://localhost:8000/",
            "https://n.example:8443/x/",
        ],
    )
    def test_an_address_may_have_a_path_and_lack_its_slash(self, address: str) -> None:
        assert settings(base_url=address) == []

    @pytest.mark.parametrize(
        "address",
        [
            "https://n.example/?a=b",
            "https://n.example/#top",
            "https://n.example/?",
            "https://n.example//x/",
            "https://n.example/a/../b/",
            "https://n.example/a/..",
            "https://n.example:99999/",
        ],
    )
    def test_an_address_with_more_than_a_path_is_refused(self, address: str) -> None:
        assert [(code, field) for code, field, _ in told(settings(base_url=f'"{address}"'))] == [("D209", "base_url")]

    def test_the_face_is_one_the_theme_knows(self) -> None:
        assert settings(brand="{display_font: serif}") == []
        assert told(settings(brand="{display_font: serfi}")) == [("D215", "brand.display_font", 'did you mean "serif"?')]
        assert settings(brand="{display_font: fraunces}") == []
        assert told(settings(brand="{display_font: 'x; } body { color: red'}"))[0][0] == "D215"

    @pytest.mark.parametrize(
        "brand",
        [
            '{primary: "#000000", accent: "#595959"}',  # L(#595959) = 0.0999; 0.1499 / 0.05 = 2.998
            '{primary: "#0b5d52", accent: "#2a7d72"}',
            '{primary: "#ffffff", accent: "#ffffff"}',
            '{accent: "#0b5d53"}',
        ],
    )
    def test_two_colours_that_nobody_can_tell_apart_are_told(self, brand: str) -> None:
        ((code, field, hint),) = told(settings(brand=brand))
        assert (code, field) == ("D219", "brand.accent")
        assert hint.startswith('the nearest that does is "#')

    def test_a_ratio_that_is_almost_enough_is_not_rounded_up(self) -> None:
        (found,) = settings(brand='{primary: "#000000", accent: "#595959"}')
        assert 'accent "#595959" reaches only 2.9:1 beside "#000000"' in found.message

    def test_an_accent_alone_is_held_against_the_themes_own_colour(self) -> None:
        (found,) = settings(brand='{accent: "#0b5d53"}')
        assert """reaches only 1.0:1 beside the theme's own "#0b5d52\"""" in found.message

    @pytest.mark.parametrize(
        "brand",
        [
            '{primary: "#000000", accent: "#5a5a5a"}',  # L(#5a5a5a) = 0.1022; 0.1522 / 0.05 = 3.044
            '{primary: "#0b5d52", accent: "#f4b740"}',
            '{primary: "#f4b740"}',
            '{accent: "#f4b740"}',
        ],
    )
    def test_two_colours_that_differ_enough_are_not(self, brand: str) -> None:
        assert settings(brand=brand) == []

    def test_what_a_back_end_needs_is_a_check_and_how_it_is_reached_is_not(self) -> None:
        assert settings(form="{backend: custom}") == []
        assert told(settings(form="{backend: custom, endpoint: 'http://x.example/f'}")) == [
            ("D209", "form.endpoint", "write https://")
        ]


class TestFormFields:
    @staticmethod
    def told(*fields: str) -> list[tuple[str, str, str]]:
        return told(settings(form=f"{{fields: [{', '.join(f'{{{field}}}' for field in fields)}]}}"))

    def test_a_field_may_be_called_otherwise_moved_dropped_and_added(self) -> None:
        assert (
            self.told(
                "name: prospect, label: Who?",
                "name: contact, step: 1, required: yes, help: H",
                "name: referrer_contact, drop: yes",
                "name: company, step: 1",
                "name: told, drop: yes",
                "name: seats, label: How many?, step: 1",
            )
            == []
        )

    @pytest.mark.parametrize("name", ["referrer", "ref_kind", "ref_x", "access_key", "redirect", "lead_key", "main"])
    def test_a_name_that_the_form_uses_itself_is_refused(self, name: str) -> None:
        assert self.told(f"name: {name}, label: L") == [("D217", "form.fields[0].name", "choose another name")]

    @pytest.mark.parametrize(
        ("keys", "wrong"),
        [("drop: yes", "drop"), ("step: 2", "step"), ("required: no", "required"), ("step: 2, drop: yes", "drop")],
    )
    @pytest.mark.parametrize("name", ["prospect", "contact"])
    def test_a_referral_needs_whom_and_how_to_reach_them_at_once(self, name: str, keys: str, wrong: str) -> None:
        assert self.told(f"name: {name}, {keys}") == [("D217", f"form.fields[0].{wrong}", f"take {wrong} out")]

    def test_what_is_ticked_or_chosen_stays_in_the_second_step(self) -> None:
        for name in ("may_name", "told", "trigger"):
            assert [found[:2] for found in self.told(f"name: {name}, step: 1")] == [("D217", "form.fields[0].step")]
            assert self.told(f"name: {name}, step: 2") == []

    def test_a_further_field_says_what_it_asks_or_was_meant_to_be_another(self) -> None:
        assert self.told("name: seats") == [("D405", "form.fields[0].label", "add label: what it asks")]
        assert self.told("name: compayn") == [("D405", "form.fields[0].label", 'did you mean "company"?')]

    def test_only_a_field_there_is_can_be_dropped(self) -> None:
        assert self.told("name: notes, drop: yes") == [("D217", "form.fields[0].name", 'did you mean "note"?')]
        ((code, field, hint),) = self.told("name: seats, drop: yes")
        assert (code, field) == ("D217", "form.fields[0].name")
        assert hint.startswith("the form asks prospect, contact, ")

    def test_a_field_is_changed_once(self) -> None:
        ((code, field, _),) = self.told("name: note, drop: yes", "name: note, label: L")
        assert (code, field) == ("D301", "form.fields[1].name")


def test_a_range_of_seats_goes_upwards() -> None:
    text = "promise: P\ntriggers: [{phrase: x}]\nideal_client: {situation: S, seats: {from: 80, to: 10}}\n"
    document = record(text, Positioning)
    assert isinstance(document, Positioning)
    (found,) = documentrules.positioning(document)
    assert (found.code, found.field, found.message) == ("D217", "ideal_client.seats.from", "from 80 is larger than to 10")


class TestIncentives:
    def test_two_rules_of_one_id_name_the_first_ones_line(self) -> None:
        rule = "  - {id: thanks, title: T, plain: P, type: honour, what: W}"
        (found,) = incentives(f"{rule}\n{rule}")
        assert (found.code, found.field, found.source.line) == ("D301", "rules[1].id", 3)
        assert found.message == 'id "thanks" stands already on line 2'

    def test_a_commission_needs_an_example(self) -> None:
        rule = f"  - {{{RULE}, type: commission, parts: [{{percent: '10', of: setup_fee}}]}}"
        (found,) = incentives(rule)
        assert (found.code, found.field, found.source.line) == ("D405", "example", 2)
        assert incentives(rule, "example: {monthly_fee: '1000'}") == []

    @pytest.mark.parametrize(
        ("worth", "wrong"),
        [("percent: '50'", False), ("amount: '50'", False), ("months: 2", True), ("percent: '5', amount: '5'", True)],
    )
    def test_a_discount_has_percent_or_amount(self, worth: str, *, wrong: bool) -> None:
        found = incentives(f"  - {{{RULE}, type: discount, {worth}}}")
        assert [each.code for each in found] == (["D217"] if wrong else [])

    def test_the_months_of_a_part_go_upwards(self) -> None:
        example = "example: {monthly_fee: '1000'}"
        rule = f"  - {{{RULE}, type: commission, parts: [{{percent: '10', of: monthly_fee, from: 13, to: 12}}]}}"
        assert [(each.code, each.field) for each in incentives(rule, example)] == [("D217", "rules[0].parts[0].from")]

    def test_what_is_paid_once_has_no_months(self) -> None:
        example = "example: {monthly_fee: '1000'}"
        rule = f"  - {{{RULE}, type: commission, parts: [{{percent: '10', of: setup_fee, from: 1, to: 12}}]}}"
        found = incentives(rule, example)
        assert [(each.code, each.field) for each in found] == [
            ("D217", "rules[0].parts[0].from"),
            ("D217", "rules[0].parts[0].to"),
        ]
        assert found[0].hint == "take from out, or write of: monthly_fee"

    def test_a_validity_goes_forwards(self) -> None:
        rule = f"  - {{{RULE}, type: honour, what: W, valid_from: 2026-02-01, valid_to: 2026-01-31}}"
        assert [(each.code, each.field) for each in incentives(rule)] == [("D217", "rules[0].valid_from")]

    def test_two_tiers_for_one_place_contradict_each_other(self) -> None:
        rule = f"  - {{{RULE}, type: tiered, tiers: [{{nth: 1, amount: '1'}}, {{nth: 1, amount: '2'}}]}}"
        assert [(each.code, each.field) for each in incentives(rule)] == [("D217", "rules[0].tiers[1].nth")]

    def test_a_clause_is_one_of_the_words_referrers_have(self) -> None:
        found = incentives(
            "  []", "policy: {clauses: {forbiden: {verdict: forbid}, none: {verdict: allow}, my own: {verdict: allow}}}"
        )
        assert told(found) == [
            ("D206", "policy.clauses.forbiden", 'did you mean "forbidden"?'),
            ("D206", "policy.clauses.?", "write one of none, disclose, forbidden, unknown"),
        ]
        assert "my own" not in found[1].message

    def test_a_sector_may_be_new_and_is_asked_about_when_it_is_nearly_a_usual_one(self) -> None:
        found = incentives(
            "  []", "policy: {sectors: {heathcare: {verdict: forbid}, aviation: {verdict: allow}, Health Care: {verdict: allow}}}"
        )
        assert told(found) == [
            ("D213", "policy.sectors.heathcare", 'did you mean "healthcare"?'),
            ("D207", "policy.sectors", 'did you mean "healthcare"?'),
        ]

    @pytest.mark.parametrize(
        ("economics", "code"),
        [
            ("ltv: '60000', lead_value_percent: {from: 5, to: 10}", ""),
            ("gross_margin_percent: '40', years: '5'", ""),
            ("ltv: '60000', years: '5'", "D217"),
            ("gross_margin_percent: '40'", "D405"),
            ("years: '4'", "D405"),
            ("ltv: '60000', lead_value_percent: {from: 10, to: 5}", "D217"),
        ],
    )
    def test_economics_go_together_and_are_not_quoted(self, economics: str, code: str) -> None:
        found = incentives("  []", f"economics: {{{economics}}}")
        assert [each.code for each in found] == ([code] if code else [])
        assert not any(digit in f"{each.message}{each.hint}" for each in found for digit in "0456")


class TestRewards:
    def test_a_practice_stands_there_once(self) -> None:
        found = rewards("practices:\n  items:\n    - {id: mfa, title: T}\n    - {id: mfa, title: U}\n")
        assert [(each.code, each.field, each.source.line) for each in found] == [("D301", "practices.items[1].id", 4)]

    def test_a_tier_names_practices_that_are_there(self) -> None:
        text = "practices: {items: [{id: mfa, title: T}], tiers: [{name: bronze, practices: [mfa, mfaa], discount_percent: 5}]}\n"
        assert told(rewards(text)) == [("D302", "practices.tiers[0].practices", 'did you mean "mfa"?')]

    def test_fewer_tickets_never_earn_less(self) -> None:
        text = (
            "utilisation: {tiers: [{name: silver, up_to_percent: 20, reward: R, value: '300'},"
            " {name: gold, up_to_percent: 10, reward: R, value: '100'}, {name: tin, up_to_percent: 15, reward: R}]}\n"
        )
        (found,) = rewards(text)
        assert (found.code, found.message) == ("D217", 'the tier "gold" is worth less than "silver", which takes more tickets')

    def test_two_tiers_of_one_percentage_contradict_each_other(self) -> None:
        text = "utilisation: {tiers: [{name: a, up_to_percent: 20, reward: R}, {name: b, up_to_percent: 20, reward: R}]}\n"
        assert [each.code for each in rewards(text)] == ["D217"]

    def test_two_gifts_of_one_year_contradict_each_other_and_the_year_stays_private(self) -> None:
        (found,) = rewards("anniversaries:\n  - {from_year: 17, reward: R}\n  - {from_year: 17, reward: S}\n")
        assert (found.code, found.message) == ("D217", "the same from_year stands already on line 2")
