"""Translations that lead nowhere: their text was changed, is private, or they stand in the portal's own language."""

from __future__ import annotations

from dataclasses import replace

from site_builder.audit.translated import translatable, untranslated, wanting
from site_builder.model.portal import Portal, Translations
from site_builder.problem import Problem, Source
from tests.portals import PORTAL, client, free_page, settings, story, trust

PATH = "content/de/words.yaml"
FIGURE = {"metric": "Calls answered", "value": "93%", "source": "our own count", "measured_on": "2026-10-01"}


def told(portal: Portal, *texts: str) -> list[Problem]:
    sources = {text: Source(PATH, line, 1) for line, text in enumerate(texts, start=1)}
    translations = (Translations("de", dict.fromkeys(texts, "x"), sources),) if texts else ()
    return list(untranslated(replace(portal, translations=translations)))


def test_a_text_as_it_stands_in_the_data_keeps_quiet() -> None:
    assert told(PORTAL, "We answer in nine minutes.", "They take two days to ring back.") == []
    assert told(PORTAL) == []


def test_a_text_that_was_changed_since_is_told_with_what_comes_near() -> None:
    (found,) = told(PORTAL, "We answer in ten minutes.")
    assert (found.code, found.source) == ("A106", Source(PATH, 1, 1))
    assert found.hint == 'did you mean "We answer in nine minutes."?'


def test_a_text_that_stands_nowhere_is_told_how_to_mend() -> None:
    (found,) = told(PORTAL, "Xyzzy")
    assert found.hint == "copy the text as it stands in data/, or take the line out"


def test_private_texts_and_those_of_documents_are_not_there_to_be_translated_and_never_quoted() -> None:
    portal = replace(PORTAL, clients=(client(offers="A secret bakery"),), stories=(story(headline="On a Monday"),))
    found = told(portal, "A secret bakery", "A secret bakers", "On a Monday")
    assert [problem.code for problem in found] == ["A106"] * 3
    assert not any("secret" in problem.message + problem.hint for problem in found)


def test_a_folder_in_the_portals_own_language_is_told() -> None:
    (found,) = told(replace(PORTAL, pages=(free_page(**{"@lang": "en"}),)))
    assert (found.code, found.source) == ("D006", Source("content/en"))
    assert found.message == "content/en is in the portal's own language, so nothing reads it"


def test_texts_that_read_otherwise_elsewhere_wait_for_a_translation_and_names_and_figures_do_not() -> None:
    portal = replace(
        PORTAL,
        settings=settings(tagline="IT that answers", form={"fields": [{"name": "size", "label": "How many are you?"}]}),
        trust=trust(team=[{"name": "Ann Hale", "role": "Founder", "public": "yes"}], outcomes=[FIGURE]),
        clients=(client(listed="yes", location="Leeds", offers="Bread"), client("zeta", offers="Not listed")),
    )
    found = {text for texts in translatable(portal).values() for text in texts}
    assert found >= {"IT that answers", "How many are you?", "Founder", "Bread", "dental", "Calls answered", "our own count"}
    assert found.isdisjoint({"Harbour IT", "Ann Hale", "Leeds", "Not listed", "size", "93%", "acme", "Europe/London", "GBP"})


def test_what_is_translated_waits_no_longer_and_a_text_is_asked_for_once() -> None:
    portal = replace(PORTAL, clients=(client(listed="yes", offers="Bread"), client("brill", listed="yes", offers="Bread")))
    assert wanting(portal, "de")["data/clients.csv"] == ("dental", "Bread")
    half = replace(portal, translations=(Translations("de", {"Bread": "Brot"}, {"Bread": Source(PATH, 1, 1)}),))
    assert wanting(half, "de")["data/clients.csv"] == ("dental",)
    whole = replace(half, translations=(Translations("de", {"Bread": "Brot", "dental": "Zahnarzt"}, {}),))
    assert "data/clients.csv" not in wanting(whole, "de")


def drafts_told(lang: str, *langs: str) -> list[Problem]:
    pages = tuple(free_page(**{"@lang": each}) for each in langs)
    return list(untranslated(replace(PORTAL, settings=settings(draft_languages=[lang]), pages=pages)))


def test_a_draft_that_content_has_nothing_of_is_told() -> None:
    assert drafts_told("de", "de") == []
    (found,) = drafts_told("fr", "de")
    assert (found.code, found.field) == ("A107", "draft_languages[0]")
    assert found.hint == "write the name of a folder in content/, or make it"
    (near,) = drafts_told("de-ATT", "de-AT")
    assert near.hint == 'did you mean "de-AT"?'


def test_the_portals_own_language_is_no_draft() -> None:
    assert [found.code for found in drafts_told("en", "de")] == ["A107"]


def test_a_line_that_waits_for_its_translation_is_told_too_once_its_text_is_gone() -> None:
    left = Translations("de", {}, {"Xyzzy": Source(PATH, 1, 1)}, frozenset({"Xyzzy"}))
    assert [found.code for found in untranslated(replace(PORTAL, translations=(left,)))] == ["A106"]
