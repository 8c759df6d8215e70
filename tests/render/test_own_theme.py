"""A portal's own themes/NAME/ replaces single files; its mistakes are told at file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.problem import NOWHERE, Problem, Source
from site_builder.render.theme import Theme, default_folder, find
from site_builder.words import CatalogueError
from tests.render.test_render import rendered, style_of, text
from tests.render.themes import put, theme

OWN = "themes/own"


def told(folder: Path, **files: str) -> list[Problem]:
    """The problems of own templates, given by name with "_html" for ".html"."""
    own = {f"templates/{name.replace('_html', '.html')}": content for name, content in files.items()}
    _, problems = rendered(folder / "portal", own=own)
    return list(problems)


def test_one_template_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    own = {"templates/home.html": '{% extends "default/base.html" %}{% block main %}Ours{% endblock %}'}
    files, problems = rendered(tmp_path / "portal", own=own)
    assert problems == ()
    assert '<main id="main">Ours</main>' in text(files)
    assert text(files, "robots.txt").startswith("Sitemap: ")


def test_a_template_can_extend_the_one_it_replaces(tmp_path: Path) -> None:
    own = {"templates/base.html": '{% extends "default/base.html" %}{% block title %}{{ super() }}, ours{% endblock %}'}
    files, _ = rendered(tmp_path / "portal", own=own)
    assert "<title>Harbour IT, ours</title>" in text(files)
    assert "We answer in nine minutes." in text(files)


def test_tokens_are_replaced_and_extra_styles_come_last(tmp_path: Path) -> None:
    own = {"styles/tokens.css": "@layer tokens { :root { --brand: red; } }\n", "styles/extra.css": "h1 { color: red; }\n"}
    files, _ = rendered(tmp_path / "portal", own=own)
    assert "green" not in style_of(files)
    assert "--brand: red" in style_of(files)
    assert style_of(files).endswith("margin: 0; } }\nh1 { color: red; }\n")


@pytest.mark.parametrize(
    ("template", "code", "line", "message"),
    [
        ("one\n{% if %}", "A201", 2, "the template cannot be read: Expected an expression, got 'end of statement block'"),
        (
            "one\n\n{{ unclosed",
            "A201",
            3,
            "the template cannot be read: unexpected end of template, expected 'end of print statement'.",
        ),
        ("{{ 1|nofilter }}", "A203", 1, 'there is no filter "nofilter"'),
        ("one\n{{ nothing.at_all }}", "A203", 2, 'there is no "nothing"'),
        ("\n\n{{ view.unknown }}", "A203", 3, 'view has no "unknown"'),
        ("one\ntwo {{ 1 / 0 }}", "A202", 2, "home.html cannot be rendered: division by zero"),
        ('{% include "absent.html" %}', "A203", 1, "there is no template absent.html"),
        ('\n{% extends "absent.html" %}', "A203", 2, "there is no template absent.html"),
        ('{{ url_for("nowhere") }}', "A203", 1, 'there is no kind of page "nowhere"'),
        ('{{ url_for("directory_entry") }}', "A203", 1, 'url_for("directory_entry") takes client'),
        ('{{ url_for("direc" ~ "tory_entry") }}', "A202", 1, "home.html cannot be rendered: /directory/{client}/ takes"),
        ("{{ 1 + 'a' }}", "A202", 1, "home.html cannot be rendered: unsupported operand"),
        ('one\n{% include "home.html" %}', "A202", 2, "home.html cannot be rendered: it extends or includes itself"),
        ("{{ [1][5].x }}", "A203", 1, 'this[…] has no "x"'),
        ("{{ [[1]][5] }}", "A202", 1, "home.html cannot be rendered: "),
        ('{{ _("%(missing)s") }}', "A202", 1, "home.html cannot be rendered: 'missing'"),
    ],
)
def test_a_mistake_in_a_template_is_told_at_its_line(tmp_path: Path, template: str, code: str, line: int, message: str) -> None:
    (found,) = told(tmp_path, home_html=template)
    assert (found.code, found.source) == (code, Source(f"{OWN}/templates/home.html", line))
    assert found.message.startswith(message)
    assert found.hint


def test_a_mistake_in_a_part_is_told_in_the_part_once_for_all_pages(tmp_path: Path) -> None:
    base = '{% extends "default/base.html" %}{% block title %}{% include "part.html" %}{% endblock %}'
    (found,) = told(tmp_path, base_html=base, part_html="\n{{ nothing.at_all }}")
    assert found.source == Source(f"{OWN}/templates/part.html", 2)


def test_a_compiled_template_is_told_at_the_same_line(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    own = {"templates/home.html": "one\n{{ nothing.at_all }}"}
    _, first = rendered(tmp_path / "portal", own=own, cache=cache)
    _, second = rendered(tmp_path / "portal", own=own, cache=cache)
    assert first == second
    assert first[0].source.line == 2


def test_what_an_own_template_breaks_in_the_default_theme_is_the_owners_mistake(tmp_path: Path) -> None:
    portal = tmp_path / "portal"
    put(tmp_path / "portal-default", {"templates/part.html": "{% macro word() %}x{% endmacro %}"})
    own = {
        "templates/part.html": "no macro any more",
        "templates/home.html": '{% extends "default/home2.html" %}',
    }
    put(tmp_path / "portal-default", {"templates/home2.html": '{% from "part.html" import word %}{{ word() }}'})
    _, (found,) = rendered(portal, own=own)
    assert (found.code, found.source) == ("A203", Source(f"{OWN}/templates/part.html", 1))
    assert found.message == 'part.html has no "word", which home2.html asks it for'


def test_an_error_without_any_own_template_on_its_way_is_told_of_the_theme(tmp_path: Path) -> None:
    put(tmp_path / "portal-default", {"templates/part.html": "x"})
    own = {"templates/part.html": "{% set word = 7 %}"}
    put(tmp_path / "portal-default", {"templates/sitemap.xml": ""})
    portal = tmp_path / "portal"
    themed = theme(portal, own)
    put(themed.default, {"templates/base.html": '{% from "part.html" import word %}{{ word() }}'})
    broken = Theme(themed.default, themed.own)
    assert _problems_of(portal, broken) == [("A202", OWN)]


def _problems_of(portal: Path, used: Theme) -> list[tuple[str, str]]:
    from site_builder.pages import plan
    from site_builder.render import Surroundings
    from site_builder.rules.consent import public_portal
    from tests.portals import PORTAL
    from tests.render.rendering import render

    public = public_portal(PORTAL)
    pages = tuple(page for page in plan(public) if page.kind == "home")
    return [(found.code, found.source.path) for found in render(public, pages, Surroundings(portal, used, {}))[1]]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("templates/home.html", b"\xff", "D002"),
        ("styles/extra.css", b"caf\xe9", "D002"),
        ("words/en.po", b"rubbish", "D005"),
        ("words/en.po", b"\xff\xfe", "D002"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    portal = tmp_path / "portal"
    own = put(portal / OWN, {name: ""})
    (own / name).write_bytes(content)
    assert _problems_of(portal, Theme(theme(portal).default, own)) == [(code, f"{OWN}/{name}")]


def test_a_link_out_of_the_portal_is_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret", {"home.html": "secret", "templates/home.html": "secret"})
    portal = tmp_path / "portal"
    own = put(portal / OWN, {"templates/page.html": ""})
    (own / "templates" / "home.html").symlink_to(secret / "home.html")
    (own / "words").symlink_to(secret)
    assert _problems_of(portal, Theme(theme(portal).default, own)) == [
        ("D004", f"{OWN}/templates/home.html"),
        ("D004", f"{OWN}/words"),
    ]
    (portal / "themes" / "linked").symlink_to(secret)
    assert _problems_of(portal, Theme(theme(portal).default, portal / "themes" / "linked")) == [("D004", "themes/linked")]


def test_a_file_its_owner_may_not_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = tmp_path / "portal"
    used = theme(portal, {"styles/extra.css": ""})
    read = Path.read_text

    def refuse(path: Path, encoding: str | None = None, errors: str | None = None) -> str:
        if path.name == "extra.css":
            raise PermissionError(path)
        return read(path, encoding, errors)

    monkeypatch.setattr(Path, "read_text", refuse)
    assert _problems_of(portal, used) == [("D005", f"{OWN}/styles/extra.css")]


def test_a_broken_catalogue_of_the_default_theme_is_ours(tmp_path: Path) -> None:
    portal = tmp_path / "portal"
    used = theme(portal)
    put(used.default, {"words/en.po": "rubbish"})
    with pytest.raises(CatalogueError):
        _problems_of(portal, used)


def test_a_theme_is_found_by_its_folders_name(tmp_path: Path) -> None:
    (tmp_path / "themes" / "own").mkdir(parents=True)
    assert find(tmp_path, "default") == Theme(default_folder())
    assert find(tmp_path, "own") == Theme(default_folder(), tmp_path / "themes" / "own")
    assert find(tmp_path, "absent") is None
    assert (default_folder() / "templates" / "base.html").is_file()


def test_no_problem_of_a_theme_stands_nowhere(tmp_path: Path) -> None:
    assert all(found.source != NOWHERE for found in told(tmp_path, home_html="{{ nothing.at_all }}"))
