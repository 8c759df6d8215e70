from __future__ import annotations

from site_builder.problem import Problem, Severity, Source
from site_builder.report.crash import Crash
from site_builder.report.excerpt import Excerpt
from site_builder.serve.pages import crash_page, mistakes_page

ERROR = Problem(Source("data/portal.yaml", 1, 1), "D404", Severity.ERROR, "<b>", "a & b")


def test_errors_alone_are_shown_each_with_its_why() -> None:
    note = Problem(Source("content/events"), "D601", Severity.NOTE, "not started")
    page = mistakes_page([ERROR, note], {ERROR: Excerpt(1, "<i>", 2)}, "/p/", is_first=False)
    assert "<h1>1 error to mend</h1>" in page
    assert '<pre tabindex="0">&lt;i&gt;\n  ^</pre>' in page
    assert "D404, an unknown key: A misspelt key is never read" in page
    assert "not started" not in page
    assert "last good site" in page


def test_a_problem_without_line_hint_or_known_code_is_shown_as_it_is() -> None:
    page = mistakes_page([Problem(Source("a"), "X1", Severity.ERROR, "m")], {}, "/", is_first=True)
    assert '<article><h2>a</h2><p class="message">m</p></article>' in page
    assert "last good site" not in page


def test_only_the_first_twenty_errors_are_shown() -> None:
    many = [Problem(Source("a", number), "D404", Severity.ERROR, "m") for number in range(1, 23)]
    page = mistakes_page(many, {}, "/", is_first=True)
    assert page.count("<article>") == 20
    assert "And 2 more; portal check tells all of them." in page


def test_pages_need_no_inline_script_or_style() -> None:
    for page in (mistakes_page([ERROR], {}, "/p/", is_first=True), crash_page(Crash("KeyError", "a.py:1 (f)", ""), "/p/")):
        assert page.count("<script") == 1
        assert '<script src="/p/__portal/reload.js" defer></script>' in page
        assert "<style" not in page
        assert " style=" not in page
