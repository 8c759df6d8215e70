"""A document in a further language whose name no original has is told, with the name that was probably meant."""

from __future__ import annotations

from dataclasses import replace

from site_builder.checks import Subject
from site_builder.checks.translations import stray_documents
from site_builder.model.content import FreePage
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, free_page, story


def told(*pages: FreePage) -> list[Problem]:
    return list(stray_documents(Subject(replace(PORTAL, pages=pages))))


def german(slug: str) -> FreePage:
    return free_page(slug, **{"@lang": "de"})


def test_a_portal_of_one_language_and_one_wholly_paired_have_nothing_to_tell() -> None:
    assert told(free_page("about")) == []
    assert told(free_page("about"), german("about")) == []


def test_a_slip_is_told_at_the_file_with_the_name_that_was_meant() -> None:
    (found,) = told(free_page("about"), german("abuot"))
    assert (found.code, found.severity, found.source) == ("S106", Severity.ADVICE, Source("content/de/pages/abuot.md"))
    assert found.hint == "did you mean about.md?"


def test_a_translated_name_is_told_how_names_work_and_how_to_keep_it() -> None:
    (found,) = told(free_page("about"), german("ueber-uns"))
    assert found.hint.startswith("give it the name of what it translates;")
    assert "checks.ignore" in found.hint


def test_a_name_that_is_taken_by_a_translation_already_was_not_meant() -> None:
    (found,) = told(free_page("about"), german("about"), german("about2"))
    assert "did you mean" not in found.hint


def test_documents_in_a_folder_of_the_own_language_are_told_elsewhere() -> None:
    assert told(free_page("about"), free_page("x", **{"@lang": "en"})) == []


def test_a_portal_with_references_that_lead_nowhere_is_read_all_the_same() -> None:
    lost = story(client="blot", permission_on="2026-10-01")
    pages = (free_page("about"), german("abuot"))
    assert [found.code for found in stray_documents(Subject(replace(PORTAL, pages=pages, stories=(lost,))))] == ["S106"]
