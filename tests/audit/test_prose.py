"""The owner's prose: what is taken out of it, and where a link in a finished page was written."""

from __future__ import annotations

from dataclasses import replace

from site_builder.audit import audit
from site_builder.audit.prose import locator, prose_faults
from site_builder.model.content import Event, FreePage
from site_builder.model.marks import Origin
from site_builder.page import Artifact
from site_builder.problem import Severity, Source
from tests.portals import PORTAL

FAQ = Source("content/pages/faq.md", 1, 1)
BODY = Source("content/pages/faq.md", 5, 1)


def page(body: str) -> FreePage:
    """A page whose front matter takes four lines."""
    origin = Origin(FAQ, {"@body": BODY})
    return FreePage.model_validate({"@slug": "faq", "@body": body, "title": "FAQ", "@origin": origin})


def test_markup_that_is_not_published_is_a_warning_at_its_line_in_the_file() -> None:
    portal = replace(PORTAL, pages=(page("One\n\n<script>x</script>\n\n<p onclick=x>y</p>"),))
    script, handler = prose_faults(portal)
    assert (script.code, script.severity, script.source) == ("D505", Severity.WARNING, Source(FAQ.path, 7, 1))
    assert script.message == "<script> is not published"
    assert (handler.message, handler.source.line) == ("onclick is not published", 9)


def test_what_cannot_be_found_is_told_where_the_text_begins() -> None:
    (found,) = prose_faults(replace(PORTAL, pages=(page("x\n\n<scr\x02ipt>x</script>"),)))
    assert found.source == Source(FAQ.path, 5, 1)


def test_every_kind_of_document_is_looked_through() -> None:
    event = Event.model_validate({"@slug": "party", "@body": "<iframe></iframe>", "title": "Party", "on": "2026-12-01"})
    assert [found.message for found in prose_faults(replace(PORTAL, events=(event,)))] == ["<iframe> is not published"]


def test_plain_prose_has_nothing_to_tell() -> None:
    assert list(prose_faults(replace(PORTAL, pages=(page("Some *words*."),)))) == []


def test_an_address_is_found_as_its_owner_wrote_it() -> None:
    locate = locator(replace(PORTAL, pages=(page("One [a](/nowhere/)\nand [b](other/) two"),)), "/portal/")
    assert locate(FAQ, "/portal/nowhere/") == Source(FAQ.path, 5, 9)
    assert locate(FAQ, "other/") == Source(FAQ.path, 6, 9)


def test_an_address_that_is_not_in_the_prose_stands_where_its_page_does() -> None:
    locate = locator(replace(PORTAL, pages=(page("Nothing here"),)), "/")
    assert locate(FAQ, "/nowhere/") == FAQ
    assert locate(Source("data/clients.csv", 2, 1), "/nowhere/") == Source("data/clients.csv", 2, 1)


def test_a_dead_link_is_told_at_its_line_in_the_owners_file() -> None:
    portal = replace(PORTAL, pages=(page("One\n\n[a](/nowhere/)"),))
    html = Artifact("faq/index.html", b'<a href="/portal/nowhere/">', FAQ)
    (found,) = audit([html], base="/portal/", origin="https://x.example", locate=locator(portal, "/portal/"))
    assert (found.code, found.source) == ("A101", Source(FAQ.path, 7, 5))


def test_a_picture_without_words_is_a_warning_at_its_line() -> None:
    (found,) = prose_faults(replace(PORTAL, pages=(page('One ![said](a.png)\n\n![](b.png)\n\n<img src="c.png" alt="">'),)))
    assert (found.code, found.severity, found.source) == ("D506", Severity.WARNING, Source(FAQ.path, 7, 1))
    assert found.message == "the picture b.png has no words"
    assert found.hint.endswith('<img src="b.png" alt="">')
