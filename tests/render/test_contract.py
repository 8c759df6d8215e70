"""The theme contract: names that lead to nothing are found in every branch, and nothing is claimed where nobody knows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import pytest

from site_builder.markup import Markup
from site_builder.model.documents import Trigger
from site_builder.page import PageKind, Route
from site_builder.pages import KINDS
from site_builder.pipeline import Request, build
from site_builder.problem import Problem
from site_builder.render.contract import public_page, unkept
from site_builder.render.contract.memory import fingerprint
from site_builder.render.contract.shapes import ANY, either, item, member, shape
from site_builder.render.site import Addresses
from site_builder.render.templates import environment
from site_builder.render.theme import Theme, default_folder
from site_builder.words import Words
from tests.portals import write
from tests.render.contractcases import FINE, WRONG
from tests.render.themes import put


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Person:
    name: str
    email: str | None

    @property
    def initials(self) -> str:
        return self.name[:1]

    def greeting(self) -> str:
        return f"Dear {self.name}"

    def _secret(self) -> None:
        """Nothing for templates."""


@dataclass(frozen=True)
class Firm:
    name: str
    owner: Person


@dataclass(frozen=True)
class OneView:
    title: str
    on: date | None
    colour: Colour
    people: tuple[Person, ...]
    by_id: dict[str, Person]
    pairs: tuple[tuple[str, Person], ...]
    who: Person | Firm
    triggers: tuple[Trigger, ...]
    anything: object


@dataclass(frozen=True)
class TwoView:
    title: str
    count: int
    firms: tuple[Firm, ...] = field(default=())


ONE = PageKind("one", Route("/one/"), "one.html", OneView, lambda _: ())
TWO = PageKind("two", Route("/two/{firm}/"), "two.html", TwoView, lambda _: ())
DEFAULT: Mapping[str, str] = MappingProxyType(
    {
        "base.html": "{% set above = site.name %}{% block head %}{% endblock %}{% block main %}{% endblock %}",
        "one.html": '{% extends "base.html" %}{% block main %}{% block inner %}{{ view.title }}{% endblock %}{% endblock %}',
        "two.html": '{% extends "base.html" %}{% block main %}{{ view.count }}{% endblock %}',
        "parts.html": "{% macro card(person, size=1) %}{{ person.name }}{% endmacro %}",
    }
)


def _nothing(_name: str) -> Person | None:
    """A function of the environment; what it gives may have a name and an e-mail address."""


def themed(folder: Path, own: Mapping[str, str]) -> Theme:
    put(folder / "default" / "templates", DEFAULT)
    put(folder / "portal" / "themes" / "own" / "templates", own)
    return Theme(folder / "default", folder / "portal" / "themes" / "own")


def found(folder: Path, own: Mapping[str, str], cache: Path | None = None) -> tuple[Problem, ...]:
    theme = themed(folder, own)
    addresses = Addresses("https://x.example/", "/", ())
    functions: dict[str, Callable[..., object]] = {"url_for": addresses.url_for, "has": addresses.has, "find": _nothing}
    words, markup = Words("en-GB", "GBP", ()), Markup(str)
    env = environment(theme, words=words, markup=markup, functions=functions, cache=None)
    return unkept(env, (public_page(ONE), public_page(TWO)), theme, portal=folder / "portal", cache=cache)


def told(folder: Path, one: str, **others: str) -> list[str]:
    """What is told of an own one.html, and of other templates named with "_html", as "one.html:1: message"."""
    own = {"one.html": one, **{name.replace("_html", ".html"): text for name, text in others.items()}}
    problems = found(folder, own)
    assert all(each.code == "A203" for each in problems)
    return [f"{each.source.path.rpartition('/')[2]}:{each.source.line}: {each.message}" for each in problems]


@pytest.mark.parametrize(("template", "message"), WRONG.values(), ids=WRONG)
def test_a_name_that_leads_to_nothing_is_told(tmp_path: Path, template: str, message: str) -> None:
    assert told(tmp_path, f"\n{template}") == [f"one.html:2: {message}"]


@pytest.mark.parametrize("template", FINE.values(), ids=FINE)
def test_what_is_there_or_unknown_is_no_mistake(tmp_path: Path, template: str) -> None:
    assert told(tmp_path, template) == []


def test_a_macro_is_read_with_what_each_call_hands_it(tmp_path: Path) -> None:
    own = "{% macro card(person, size=1) %}\n{{ person.name }}{{ person.email }}\n{% endmacro %}"
    one = '{% from "parts.html" import card %}{{ card(view.people[0]) }}{{ card(person=view.who.owner) }}{{ card(view) }}'
    assert told(tmp_path, one, parts_html=own) == ['parts.html:2: person has no "email"', 'parts.html:2: person has no "name"']


def test_a_macro_sees_the_site_only_when_it_is_imported_with_the_context(tmp_path: Path) -> None:
    own = "{% macro card() %}{{ site.name }}{{ view.title }}{% endmacro %}"
    assert told(tmp_path, '{% from "parts.html" import card with context %}{{ card() }}', parts_html=own) == []
    assert told(tmp_path, '{% from "parts.html" import card %}{{ card() }}', parts_html=own) == [
        'parts.html:1: there is no "site"',
        'parts.html:1: there is no "view"',
    ]


def test_what_is_included_sees_what_stands_around_it(tmp_path: Path) -> None:
    one = '{% for each in view.people %}{% include "row.html" %}{% endfor %}'
    assert told(tmp_path, one, row_html="{{ each.name }}{{ loop.index }}") == []
    assert told(tmp_path, one, row_html="{{ each.nam }}") == ['row.html:1: each has no "nam"']
    without = one.replace('"row.html"', '"row.html" without context')
    assert told(tmp_path, without, row_html="{{ each.name }}") == ['row.html:1: there is no "each"']


def test_a_template_that_leads_to_itself_comes_to_an_end(tmp_path: Path) -> None:
    assert told(tmp_path, '{% extends "one.html" %}') == []
    assert told(tmp_path, '{% include "one.html" %}{{ view.titel }}') == ['one.html:1: view has no "titel"']


def test_what_all_pages_share_is_held_to_every_view(tmp_path: Path) -> None:
    base = "{{ view.title }}\n{{ view.count }}\n{{ view.nothing }}{% block main %}{% endblock %}"
    assert [message.split(": ", 1)[1] for message in told(tmp_path, '{% extends "base.html" %}', base_html=base)] == [
        'view has no "count" on one',
        'view has no "nothing"',
    ]


def test_a_block_filled_for_a_scoped_one_sees_the_loop(tmp_path: Path) -> None:
    base = "{% for each in [1] %}{% block row scoped %}{% endblock %}{% endfor %}"
    one = '{% extends "base.html" %}{% block row %}{{ each.nam }}{{ loop.index }}{% endblock %}'
    assert told(tmp_path, one, base_html=base) == ['one.html:1: each has no "nam"']


def test_an_own_part_that_lost_what_others_ask_for_is_told_there(tmp_path: Path) -> None:
    put(tmp_path / "default" / "templates", {"three.html": '{% from "parts.html" import card %}'})
    one = '{% include "default/three.html" %}'
    assert told(tmp_path, one, parts_html="{% macro crad() %}{% endmacro %}") == [
        'parts.html:1: parts.html has no "card", which three.html asks it for'
    ]


def test_a_template_no_page_uses_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    text = "{{ handed.over }}{{ view.whatever }}{{ site.nothing }}{% if page.kind == 'one' %}{{ page.nothing }}{% endif %}"
    assert told(tmp_path, "", unused_html=text) == [
        'unused.html:1: page has no "nothing"',
        'unused.html:1: site has no "nothing"',
    ]


def test_a_template_that_cannot_be_read_is_told_though_no_page_uses_it(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, {"unused.html": "\n{% if %}"})
    assert (problem.code, problem.source.path, problem.source.line) == ("A201", "themes/own/templates/unused.html", 2)


@pytest.mark.parametrize(
    ("template", "hint"),
    [
        ("{{ view.titel }}", 'did you mean "title"?'),
        ("{{ view.who.telephone }}", "it has email, greeting, initials, name, owner"),
        ("{{ site.qqq }}", "the theme guide lists what a template sees"),
        ('{{ url_for("two") }}', "the theme guide lists what a template sees"),
        ('{% include "default/on.html" %}', 'did you mean "default/one.html"?'),
    ],
)
def test_the_hint_says_what_was_meant_or_what_there_is(tmp_path: Path, template: str, hint: str) -> None:
    assert [each.hint for each in found(tmp_path, {"one.html": template})] == [hint]


def test_only_own_templates_are_told_of(tmp_path: Path) -> None:
    put(tmp_path / "default" / "templates", {"head.html": "{{ view.nothing }}"})
    assert told(tmp_path, '{% include "default/head.html" %}') == []


def test_files_that_are_no_templates_do_no_harm(tmp_path: Path) -> None:
    theme = themed(tmp_path, {".swp": "{{ nothing }}"})
    (theme.folders[0] / "templates" / "one.html").write_bytes(b"caf\xe9 {{ nothing }}")
    assert found(tmp_path, {}) == ()


def test_the_default_theme_is_not_read_at_every_build(tmp_path: Path) -> None:
    theme = Theme(tmp_path)
    env = environment(theme, words=Words("en-GB", "GBP", ()), markup=Markup(str), functions={}, cache=None)
    assert unkept(env, map(public_page, KINDS), theme, portal=tmp_path) == ()


def test_a_theme_that_keeps_the_contract_is_remembered_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(tmp_path, {"one.html": "{{ view.title }}"}, cache=tmp_path) == ()
    with monkeypatch.context() as patch:
        patch.setattr("site_builder.render.contract.broken", lambda *_, **__: pytest.fail("read again"))
        assert found(tmp_path, {"one.html": "{{ view.title }}"}, cache=tmp_path) == ()
    assert len(found(tmp_path, {"one.html": "{{ view.titel }}"}, cache=tmp_path)) == 1
    assert len(found(tmp_path, {"one.html": "{{ view.titel }}"}, cache=tmp_path)) == 1
    assert found(tmp_path, {"one.html": "{{ view.title }}"}, cache=tmp_path / "absent") == ()


def test_a_fingerprint_tells_files_and_contents_apart(tmp_path: Path) -> None:
    marks = set()
    for name, text in (("a", ""), ("b", ""), ("a", "b"), ("ab", "")):
        shutil.rmtree(tmp_path / "x", ignore_errors=True)
        put(tmp_path / "x", {name: text})
        marks.add(fingerprint((tmp_path / "x",)))
    assert len(marks) == 4


@pytest.mark.parametrize(
    ("hint", "name", "expected"),
    [
        (str | None, "upper", ANY),
        (tuple[Person, ...], "count", ANY),
        (Person, "email", (str,)),
        (Person | Firm, "owner", (Person,)),
        (object, "whatever", ANY),
        (type(None), "whatever", ANY),
        (Path, "whatever", ANY),
        (int, "whatever", None),
        (Literal["a", "b"] | None, "upper", ANY),
        (Literal["a"], "upr", None),
        (Annotated[Person, "marked"], "email", (str,)),
    ],
)
def test_what_a_type_has(hint: object, name: str, expected: tuple[object, ...] | None) -> None:
    assert member(shape(hint), name) == expected


def test_what_a_loop_over_a_type_yields() -> None:
    assert item(shape(tuple[str, int])) == (str, int)
    assert item(shape(frozenset[Person])) == (Person,)
    assert item(shape(Person)) == ANY
    assert either((str,), ANY) == ANY


# ------------------------------------------------------------------------------------------------------ the real themes


def checked(folder: Path, theme: Path) -> tuple[Problem, ...]:
    """What a build says of a theme when all its templates are a portal's own."""
    root = write(folder / "portal")
    (root / "data" / "portal.yaml").write_text(
        (root / "data" / "portal.yaml").read_text(encoding="utf-8") + "theme: own\n", encoding="utf-8"
    )
    shutil.copytree(theme, root / "themes" / "own")
    built = build(Request(root, today=lambda _: date(2026, 10, 31)))
    return tuple(each for each in built.problems if each.code.startswith("A"))


def test_the_default_theme_keeps_the_contract(tmp_path: Path) -> None:
    assert checked(tmp_path, default_folder()) == ()


def test_a_slip_in_any_template_of_the_default_theme_would_be_told(tmp_path: Path) -> None:
    """Every template is read: a name that is nobody's is found at the end of each."""
    copy = shutil.copytree(default_folder(), tmp_path / "theme")
    templates = sorted(path for path in (copy / "templates").rglob("*") if path.is_file())
    for path in templates:
        path.write_text(path.read_text(encoding="utf-8") + "\n{{ nobodys }}", encoding="utf-8")
    problems = checked(tmp_path, copy)
    assert {each.message for each in problems} == {'there is no "nobodys"'}
    expected = {f"themes/own/templates/{path.relative_to(copy / 'templates').as_posix()}" for path in templates}
    assert {each.source.path for each in problems} == expected


def test_each_kind_of_page_is_read_with_its_own_view(tmp_path: Path) -> None:
    copy = shutil.copytree(default_folder(), tmp_path / "theme")
    path = copy / "templates" / "base.html"
    path.write_text(path.read_text(encoding="utf-8") + "{{ view.nobodys }}", encoding="utf-8")
    assert [each.message for each in checked(tmp_path, copy)] == ['view has no "nobodys"']
