"""Translations that lead nowhere: their text was changed, is private, or they stand in the portal's own language."""

from __future__ import annotations

from dataclasses import replace

from site_builder.audit.translated import untranslated
from site_builder.model.portal import Portal, Translations
from site_builder.problem import Problem, Source
from tests.portals import PORTAL, client, free_page, story

PATH = "content/de/words.yaml"


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
