"""Words of a theme that nobody translated are told: on a page in another language English would stand there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from site_builder.model.portal import Portal, Translations
from site_builder.pages import plan
from site_builder.problem import Problem, Source
from site_builder.render import Surroundings, Workshop, workshop
from site_builder.render.wordless import theme_words, wordless
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, settings
from tests.render.themes import put, theme

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
GERMAN = replace(PORTAL, settings=settings(locale="de-DE"))


def catalogue(**words: str) -> str:
    """A catalogue; an underscore in a name is a space."""
    return HEAD + "".join(f'\nmsgid "{one.replace("_", " ")}"\nmsgstr "{other}"\n' for one, other in words.items())


def told(folder: Path, portal: Portal = GERMAN, own: dict[str, str] | None = None, **catalogues: dict[str, str]) -> list[Problem]:
    """The problems of a portal in the tiny theme, with catalogues by language."""
    root = folder / "portal"
    used = theme(root, own)
    put(used.default, {f"words/{lang}.po": catalogue(**words) for lang, words in catalogues.items()})
    public = public_portal(portal)
    spoken = tuple(public_portal(portal, lang) for lang in public.languages)
    found = workshop(public, plan(public, (), spoken), Surroundings(root, used, {}), spoken)
    assert isinstance(found, Workshop)
    return list(wordless(found, portal.settings))


def test_a_language_without_any_words_is_one_problem_at_the_locale(tmp_path: Path) -> None:
    (found,) = told(tmp_path, en={"Rewards": ""})
    assert (found.code, found.field) == ("A105", "locale")
    assert found.message == "the theme has no words in de-DE; they are said in English"
    assert "locale: en-GB" in found.hint


def test_a_further_language_without_words_is_told_at_its_folder(tmp_path: Path) -> None:
    portal = replace(PORTAL, translations=(Translations("de", {}, {}),))
    (found,) = told(tmp_path, portal, en={"Rewards": ""})
    assert (found.code, found.source, found.field) == ("A105", Source("content/de"), "")
    assert found.message == "the theme has no words in de; they are said in English"


def test_words_that_are_missing_are_named_and_many_are_counted(tmp_path: Path) -> None:
    words = dict.fromkeys(("One", "Two", "Three", "Four", "Five"), "")
    (found,) = told(tmp_path, en=words, de={"Three": "Drei"})
    assert found.message == 'the theme has no words for "One", "Two", "Four" and 1 more in de-DE; English stands there'
    assert found.hint == "add what is missing to themes/NAME/words/de.po"
    (one,) = told(tmp_path / "other", en={"One": "", "Two": ""}, de={"Two": "Zwei"})
    assert one.message == 'the theme has no word for "One" in de-DE; English stands there'


def test_nothing_is_missing_in_english_or_where_all_is_translated(tmp_path: Path) -> None:
    assert told(tmp_path, PORTAL, en={"One": ""}) == []
    assert told(tmp_path / "a", replace(PORTAL, settings=settings(locale="en-US")), en={"One": ""}) == []
    assert told(tmp_path / "b", en={"One": ""}, de={"One": "Eins"}) == []


def test_the_portals_own_catalogue_fills_in_what_the_theme_lacks(tmp_path: Path) -> None:
    own = {"words/de.po": catalogue(One="Eins")}
    assert told(tmp_path, own=own, en={"One": "", "Two": ""}, de={"Two": "Zwei"}) == []


def test_words_of_the_portals_own_templates_are_asked_for_as_well(tmp_path: Path) -> None:
    own = {
        "templates/home.html": '{{ _("Ahoy") }}{% trans n=2 %}one ship{% pluralize %}{{ n }} ships{% endtrans %}',
        "templates/parts/other.html": '{{ _("Two") }}',
    }
    (found,) = told(tmp_path, own=own, en={"Two": ""}, de={"Two": "Zwei"})
    assert found.message == 'the theme has no words for "Ahoy", "one ship" in de-DE; English stands there'


def test_a_template_that_cannot_be_read_has_no_words(tmp_path: Path) -> None:
    used = theme(tmp_path / "portal", {"templates/broken.html": '{{ _("Ahoy") }}{% if %}'})
    assert theme_words(used) == ()
