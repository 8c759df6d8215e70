"""The portal's further languages: which there are, and what is said in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.model.portal import Portal, Translations
from site_builder.problem import Source
from site_builder.rules.consent import public_portal
from site_builder.rules.languages import drafts, further, own_languages, words_of
from tests.portals import PORTAL, client, event, free_page, incentives, rule, settings, share_text, spotlight, story, terms, trust

PROMISE = "We answer in nine minutes."
GERMAN = {"@lang": "de"}


def words(lang: str = "de", **said: str) -> Translations:
    """What texts are in a language; an underscore in a name is a space."""
    given = {text.replace("_", " "): other for text, other in said.items()}
    return Translations(lang, given, dict.fromkeys(given, Source(f"content/{lang}/words.yaml", 1, 1)))


def translated(portal: Portal, texts: dict[str, str]) -> Portal:
    return replace(portal, translations=(Translations("de", texts, {}),))


def test_a_language_is_there_with_its_first_document_or_translated_text() -> None:
    assert further(PORTAL) == ()
    portal = replace(PORTAL, pages=(free_page(), free_page("a", **{"@lang": "fr"})), translations=(words("ar"),))
    assert further(portal) == ("ar", "fr")
    assert public_portal(portal).languages == ("ar", "fr")


@pytest.mark.parametrize(("lang", "own"), [("en", True), ("en-GB", True), ("en-US", False), ("de", False)])
def test_the_portals_own_language_is_no_further_one(lang: str, own: bool) -> None:  # noqa: FBT001  # a column of the table
    portal = replace(PORTAL, pages=(free_page(**{"@lang": lang}),))
    assert own_languages(portal) == ((lang,) if own else ())
    assert further(portal) == (() if own else (lang,))


def test_a_draft_is_a_language_that_its_owner_alone_is_shown() -> None:
    portal = replace(PORTAL, settings=settings(draft_languages=["de", "fr"]), translations=(words("ar"), words("de")))
    assert drafts(portal) == ("de",)
    assert (public_portal(portal).languages, public_portal(portal).drafts) == (("ar",), ())
    preview = public_portal(portal, preview=True)
    assert (preview.languages, preview.drafts) == (("ar", "de"), ("de",))
    assert public_portal(portal, "de", preview=True).drafts == ("de",)


def test_where_a_figure_comes_from_is_said_in_the_language_and_where_its_owner_wrote_it_is_not() -> None:
    figure = {"metric": "Calls", "value": "9", "source": "our own count", "measured_on": "2026-10-01"}
    told = trust(outcomes=[figure])
    portal = replace(PORTAL, trust=told, clients=(client(listed="yes"),))
    german = public_portal(translated(portal, {"our own count": "selbst gezählt", "data/clients.csv": "no"}), "de")
    assert german.trust is not None
    assert german.trust.outcomes[0].source == "selbst gezählt"
    assert german.clients[0].source.path == "data/clients.csv"


def test_dates_and_money_are_written_as_in_the_language() -> None:
    portal = translated(PORTAL, {})
    assert public_portal(portal, "de").settings.locale == "de"
    assert public_portal(portal, "de").lang == "de"
    assert public_portal(portal).settings.locale == "en-GB"


def test_texts_of_the_data_are_said_in_the_language_wherever_they_stand() -> None:
    portal = replace(
        PORTAL,
        settings=settings(tagline="IT that answers", form={"fields": [{"name": "size", "label": "How many are you?"}]}),
        incentives=incentives(rule(), example={"monthly_fee": "1000"}),
        clients=(client(listed="yes", offers="Bread", buying_triggers="A party; A move"),),
    )
    portal = translated(
        portal,
        {
            PROMISE: "Wir antworten in neun Minuten.",
            "They take two days to ring back.": "Die rufen erst nach zwei Tagen zurück.",
            "IT that answers": "IT, die antwortet",
            "£100 for you": "100 £ für Sie",
            "How many are you?": "Wie viele sind Sie?",
            "A party": "Ein Fest",
        },
    )
    german = public_portal(portal, "de")
    assert german.positioning.promise == "Wir antworten in neun Minuten."
    assert german.positioning.triggers[0].phrase == "Die rufen erst nach zwei Tagen zurück."
    assert german.settings.tagline == "IT, die antwortet"
    assert german.settings.form.fields[0].label == "Wie viele sind Sie?"
    assert german.incentives.rules[0].title == "100 £ für Sie"
    assert (german.clients[0].offers, german.clients[0].buying_triggers) == ("Bread", ("Ein Fest", "A move"))
    assert public_portal(portal).positioning.promise == PROMISE


def test_names_of_fields_ids_and_addresses_stay_what_they_are() -> None:
    own = {"form": {"fields": [{"name": "size", "label": "Size?"}]}, "base_url": "https://x.example/"}
    portal = replace(PORTAL, settings=settings(**own), clients=(client(listed="yes", website="https://acme.example"),))
    taken = {"size": "groesse", "https://x.example/": "no", "acme": "no", "https://acme.example": "no"}
    german = public_portal(translated(portal, taken), "de")
    assert german.settings.form.fields[0].name == "size"
    assert (german.settings.base_url, german.clients[0].client_id) == ("https://x.example/", "acme")
    assert german.clients[0].website == "https://acme.example"
    assert german.clients[0].source == client().origin.source


def test_only_documents_of_the_language_stand_in_it() -> None:
    portal = replace(
        PORTAL,
        clients=(client(),),
        pages=(free_page("faq"), free_page("hilfe", **GERMAN)),
        spotlights=(spotlight(), spotlight(month="2026-08", **GERMAN)),
        stories=(story("a"), story("b", **GERMAN)),
        events=(event("a"), event("b", **GERMAN)),
        share=(share_text("a"), share_text("b", **GERMAN)),
    )
    own, german = public_portal(portal), public_portal(portal, "de")
    assert (own.pages[0].slug, german.pages[0].slug) == ("faq", "hilfe")
    assert ([each.slug for each in own.stories], [each.slug for each in german.stories]) == (["a"], ["b"])
    assert ([each.slug for each in own.events], [each.slug for each in german.events]) == (["a"], ["b"])
    assert ([each.slug for each in own.share], [each.slug for each in german.share]) == (["a"], ["b"])
    assert [each.slug for each in german.spotlights] == ["2026-08-acme"]


def test_terms_are_the_agreed_ones_until_every_version_is_translated() -> None:
    versions = (terms("v1"), terms("v2", effective_on="2026-06-01"))
    one = replace(PORTAL, terms=(*versions, terms("v1", title="So geht es", **GERMAN)))
    assert [each.title for each in public_portal(one, "de").terms] == ["How referrals work", "How referrals work"]
    both = replace(one, terms=(*one.terms, terms("v2", effective_on="2026-06-01", title="Neu", **GERMAN)))
    assert [each.title for each in public_portal(both, "de").terms] == ["Neu", "So geht es"]
    assert [each.title for each in public_portal(both).terms] == ["How referrals work", "How referrals work"]


def test_a_version_that_was_never_agreed_in_the_portals_own_language_is_none() -> None:
    portal = replace(PORTAL, terms=(terms("v1"), terms("v1", title="Eins", **GERMAN), terms("v9", title="Neun", **GERMAN)))
    assert [each.title for each in public_portal(portal, "de").terms] == ["Eins"]


def test_a_language_without_translated_texts_has_none() -> None:
    assert words_of(PORTAL, "de") == {}
    assert words_of(replace(PORTAL, translations=(words("fr", a="b"), words("de", a="c"))), "de") == {"a": "c"}
