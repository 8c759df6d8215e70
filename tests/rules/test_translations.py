"""How far a language has come, counted by hand on small portals."""

from __future__ import annotations

from dataclasses import replace

from site_builder.rules.translations import Pair, progress, unmatched
from tests.portals import PORTAL, client, event, free_page, settings, share_text, spotlight, story, terms

GERMAN = {"@lang": "de", "@body": "Ein paar Worte."}


def pair(path: str) -> Pair:
    return Pair(f"content/{path}.md", f"content/de/{path}.md")


def test_a_document_is_translated_by_one_of_its_name_in_the_same_folder() -> None:
    portal = replace(
        PORTAL, pages=(free_page("about"), free_page("faq"), free_page("about", **GERMAN)), share=(share_text("faq"),)
    )
    found = progress(portal, "de")
    assert found.translated == (pair("pages/about"),)
    assert found.missing == (pair("pages/faq"), pair("share/faq"))
    assert (found.copies, found.strays) == ((), ())


def test_a_document_of_another_language_translates_nothing_here() -> None:
    portal = replace(PORTAL, pages=(free_page("about"), free_page("about", **{"@lang": "fr"})))
    assert progress(portal, "de").missing == (pair("pages/about"),)


def test_a_copy_that_reads_word_for_word_as_its_original_is_no_translation_yet() -> None:
    portal = replace(PORTAL, pages=(free_page("about"), free_page("about", **{"@lang": "de", "title": "Über uns"})))
    found = progress(portal, "de")
    assert (found.translated, found.copies, found.missing) == ((), (pair("pages/about"),), ())


def test_documents_without_a_text_are_no_copies_of_each_other() -> None:
    nothing = {"@body": "\n"}
    portal = replace(PORTAL, events=(event(**nothing), event(**{**nothing, "@lang": "de"})))
    assert progress(portal, "de").translated == (pair("events/supper"),)


def test_what_no_visitor_sees_is_not_missing() -> None:
    portal = replace(
        PORTAL,  # on 31 October 2026
        clients=(client(),),
        settings=settings(),
        events=(event("past", on="2026-10-30"), event("soon", on="2026-11-01")),
        stories=(story("told", permission_on="2026-10-01"), story("kept", permission_on="")),
        spotlights=(spotlight(month="2026-09", permission_on="2026-10-01"), spotlight(month="2026-08", permission_on="")),
        terms=(terms("v1"),),
    )
    missing = [each.original for each in progress(portal, "de").missing]
    assert missing == [
        "content/events/soon.md",
        "content/spotlights/2026-09-acme.md",
        "content/stories/told.md",
        "content/terms/v1.md",
    ]


def test_a_stray_has_no_original_even_where_nobody_sees_one() -> None:
    past = event("past", on="2026-10-30")
    portal = replace(PORTAL, events=(past, event("past", **GERMAN, on="2026-10-30"), event("fest", **GERMAN)))
    found = progress(portal, "de")
    assert [each.slug for each in found.strays] == ["fest"]
    assert found.translated == (pair("events/past"),)


def test_a_stray_may_have_been_meant_for_an_original_of_its_folder_that_nothing_translates() -> None:
    pages = (free_page("about"), free_page("faq"), free_page("faq", **GERMAN))
    stray = free_page("abuot", **GERMAN)
    portal = replace(PORTAL, pages=(*pages, stray), share=(share_text("about-us"),))
    assert unmatched(portal, stray) == ("about",)
