"""The theme's catalogues hold the words of its templates, neither more nor fewer, and every one of them is translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.docs.words import CATALOGUE, added, catalogue_of, languages, missing, written

_PLACE = re.compile(r"%\((\w+)\)s|%%")
_COUNTS = {"count", "months", "n", "wait_days", "won", "years"}
"""Places that a form for none, one or two may leave out: it says the number itself."""


def test_the_catalogue_of_words_is_current() -> None:
    assert written() == CATALOGUE.read_bytes(), "run: make words"


def test_four_languages_are_there_one_of_them_from_right_to_left() -> None:
    assert languages() == ("ar", "de", "es", "fr")


@pytest.mark.parametrize("language", languages())
def test_a_translation_is_current_and_whole(language: str) -> None:
    assert written(language) == catalogue_of(language).read_bytes(), "run: make words"
    assert [message.id for message in missing(language)] == [], f"python -m tests.docs.words --missing {language}"


@pytest.mark.parametrize("language", languages())
def test_a_translation_says_that_no_native_reader_has_signed_it(language: str) -> None:
    assert "Machine draft, not signed by a native reader." in catalogue_of(language).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_the_places_of_the_words_and_every_plural_form(language: str) -> None:
    with catalogue_of(language).open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if not message.id:
            continue
        given, said = (_texts(each) for each in (message.id, message.string))
        places = {match[0] for text in given for match in _PLACE.finditer(text)}
        assert len(said) == (catalogue.num_plurals if message.pluralizable else 1), message.id
        for number, text in enumerate(said):
            found = {match[0] for match in _PLACE.finditer(text)}
            assert found <= places, text
            # Nothing is counted where there is nothing: that form may say so in its own way.
            assert number == 0 or not message.pluralizable or places - found <= {f"%({name})s" for name in _COUNTS}, text
            assert message.pluralizable or found == places, text


def _texts(texts: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def test_translations_of_another_file_are_taken_over_and_nothing_else(tmp_path: Path) -> None:
    other = tmp_path / "more.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    other.write_text(f'{head}\nmsgid "Menu"\nmsgstr "Karte"\n\nmsgid "Stories"\nmsgstr ""\n\nmsgid "Xyzzy"\nmsgstr "?"\n')
    before, after = catalogue_of("de").read_text(encoding="utf-8"), added("de", other).decode()
    assert after == before.replace('msgid "Menu"\nmsgstr "Menü"', 'msgid "Menu"\nmsgstr "Karte"')
    assert after != before
