"""Dates, months, money and numbers in the portal's language; the theme's words from its catalogues."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.words import CatalogueError, Words, direction, name_of_language, words_in

HALLOWEEN = date(2026, 10, 31)
BRITISH = Words("en-GB", "GBP")
GERMAN = Words("de-DE", "EUR")


def catalogue(folder: Path, name: str, *messages: tuple[str, str]) -> Path:
    """Write a catalogue of single messages and return its folder."""
    folder.mkdir(exist_ok=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    body = "".join(f'\nmsgid "{one}"\nmsgstr "{other}"\n' for one, other in messages)
    (folder / name).write_text(head + body, encoding="utf-8")
    return folder


def test_a_column_and_an_axis_get_short_ones() -> None:
    assert (BRITISH.date_short(HALLOWEEN), BRITISH.month_short(HALLOWEEN)) == ("31 Oct 2026", "Oct 26")
    assert (GERMAN.date_short(HALLOWEEN), GERMAN.month_short(HALLOWEEN)) == ("31.10.2026", "Okt. 26")


def test_days_and_months_are_written_out() -> None:
    assert (BRITISH.date(HALLOWEEN), BRITISH.month(HALLOWEEN)) == ("31 October 2026", "October 2026")
    assert (GERMAN.date(HALLOWEEN), GERMAN.month(HALLOWEEN)) == ("31. Oktober 2026", "Oktober 2026")
    assert Words("en-US", "USD").date(HALLOWEEN) == "October 31, 2026"


@pytest.mark.parametrize(
    ("locale", "currency", "amount", "expected"),
    [
        ("en-GB", "GBP", "1234.50", "£1,234.50"),
        ("en-GB", "GBP", "1234.5", "£1,234.50"),
        ("en-GB", "GBP", "100", "£100"),
        ("en-GB", "GBP", "100.00", "£100"),
        ("en-GB", "GBP", "0", "£0"),
        ("en-GB", "JPY", "1200", "JP¥1,200"),
        ("en-GB", "KWD", "1.5", "KWD\u00a01.500"),
        ("en-GB", "KWD", "100", "KWD\u00a0100"),
        ("de-DE", "EUR", "1234.50", "1.234,50\u00a0€"),
        ("de-DE", "EUR", "100", "100\u00a0€"),
        ("fr-FR", "EUR", "1234.50", "1\u00a0234,50\u00a0€"),  # its narrow space is a plain one here
        ("de-CH", "CHF", "1234.50", "CHF\u00a01’234.50"),
        ("en-IN", "INR", "1234567", "₹12,34,567"),
    ],
)
def test_money_has_its_currencys_digits_or_none_when_it_is_whole(locale: str, currency: str, amount: str, expected: str) -> None:
    assert Words(locale, currency).money(Decimal(amount)) == expected


def test_numbers_and_percents() -> None:
    assert (BRITISH.number(Decimal("1234.5")), GERMAN.number(Decimal("1234.5"))) == ("1,234.5", "1.234,5")
    assert BRITISH.number(12) == "12"
    assert (BRITISH.percent(10), BRITISH.percent(Decimal("12.5"))) == ("10%", "12.5%")
    assert GERMAN.percent(Decimal("12.5")) == "12,5\u00a0%"
    assert Words("fr-FR", "EUR").number(1234) == "1\u00a0234"


def test_a_word_without_a_translation_is_said_in_english(tmp_path: Path) -> None:
    words = Words("de-DE", "EUR", [catalogue(tmp_path / "words", "de.po", ("Rewards", "Prämien"))])
    assert (words.gettext("Rewards"), words.gettext("Trust")) == ("Prämien", "Trust")
    assert Words("fr-FR", "EUR", [tmp_path / "words", tmp_path / "absent"]).gettext("Rewards") == "Rewards"


def test_the_portals_own_catalogue_wins_and_a_region_wins_over_its_language(tmp_path: Path) -> None:
    theme = catalogue(tmp_path / "theme", "en.po", ("colour", "color"), ("a", "theme"), ("b", "theme"))
    catalogue(theme, "en_GB.po", ("colour", "colour"), ("b", "theme, British"))
    own = catalogue(tmp_path / "own", "en.po", ("a", "own"), ("b", "own"))
    words = Words("en-GB", "GBP", [theme, own])
    assert [words.gettext(each) for each in ("colour", "a", "b")] == ["colour", "own", "own"]
    assert Words("en-US", "USD", [theme]).gettext("colour") == "color"


PLURALS = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "%(num)s client"
msgid_plural "%(num)s clients"
msgstr[0] "%(num)s klient"
msgstr[1] "%(num)s klienci"
msgstr[2] "%(num)s klientów"

#, fuzzy
msgid "Guess"
msgstr "Zgadnij"

msgid "Half %(num)s"
msgid_plural "Halves %(num)s"
msgstr[0] "Pół"
msgstr[1] ""
msgstr[2] ""
"""


def test_a_count_takes_its_languages_form(tmp_path: Path) -> None:
    (tmp_path / "pl.po").write_text(PLURALS, encoding="utf-8")
    words = Words("pl-PL", "PLN", [tmp_path])
    forms = [words.ngettext("%(num)s client", "%(num)s clients", count) for count in (1, 2, 5, 22, 112)]
    assert forms == ["%(num)s klient", "%(num)s klienci", "%(num)s klientów", "%(num)s klienci", "%(num)s klientów"]
    assert words.gettext("%(num)s client") == "%(num)s klient"


def test_a_guess_or_half_a_translation_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "pl.po").write_text(PLURALS, encoding="utf-8")
    words = Words("pl-PL", "PLN", [tmp_path])
    assert words.gettext("Guess") == "Guess"
    assert words.ngettext("Half %(num)s", "Halves %(num)s", 2) == "Halves %(num)s"


def test_without_a_translation_one_is_one_and_the_rest_are_many() -> None:
    assert [GERMAN.ngettext("client", "clients", count) for count in (0, 1, 2)] == ["clients", "client", "clients"]


def test_too_few_forms_in_a_catalogue_are_made_do_with(tmp_path: Path) -> None:
    text = PLURALS.replace("nplurals=3", "nplurals=1").replace('msgstr[1] "%(num)s klienci"\nmsgstr[2] "%(num)s klientów"\n', "")
    (tmp_path / "pl.po").write_text(text.split("#, fuzzy")[0], encoding="utf-8")
    assert Words("pl-PL", "PLN", [tmp_path]).ngettext("%(num)s client", "%(num)s clients", 5) == "%(num)s klient"


@pytest.mark.parametrize("locale", ["xx-XX", "en_GB", "", "english", "../en"])
def test_a_language_there_is_not_is_a_value_error(locale: str) -> None:
    with pytest.raises(ValueError, match=r"no such language|expected|empty"):
        Words(locale, "GBP")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"rubbish", 'msgid "a"\nmsgstr "é"\n'.encode("latin-1"), b'msgid ""\nmsgstr ""\n"POT-Creation-Date: x\\n"\n'],
    ids=["not UTF-8", "no catalogue", "Latin-1", "a broken header"],
)
def test_a_catalogue_that_cannot_be_read_names_its_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "en.po").write_bytes(content)
    with pytest.raises(CatalogueError) as caught:
        Words("en-GB", "GBP", [tmp_path])
    assert caught.value.path == tmp_path / "en.po"


ARABIC = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==2 ? 0 : n==1 ? 1 : 2);\\n"

msgid "one"
msgid_plural "many"
msgstr[0] "pair"
msgstr[1] "single"
msgstr[2] "rest"
"""


def test_which_form_a_count_takes_is_what_the_catalogue_itself_says(tmp_path: Path) -> None:
    (tmp_path / "ar.po").write_text(ARABIC, encoding="utf-8")
    words = Words("ar", "EUR", [tmp_path])
    assert [words.ngettext("one", "many", count) for count in (0, 1, 2, 3)] == ["rest", "single", "pair", "rest"]


def test_without_a_word_of_it_in_the_header_its_language_says_so(tmp_path: Path) -> None:
    text = PLURALS.replace('"Plural-Forms: nplurals=3;', '"X-Nothing: nplurals=3;')
    (tmp_path / "pl.po").write_text(text, encoding="utf-8")
    words = Words("pl-PL", "PLN", [tmp_path])
    assert [words.ngettext("%(num)s client", "%(num)s clients", count) for count in (1, 22, 5)] == [
        "%(num)s klient",
        "%(num)s klienci",
        "%(num)s klientów",
    ]


def test_a_header_whose_forms_cannot_be_told_makes_the_catalogue_unreadable(tmp_path: Path) -> None:
    (tmp_path / "ar.po").write_text(ARABIC.replace("(n==2 ? 0 : n==1 ? 1 : 2)", "import os"), encoding="utf-8")
    with pytest.raises(CatalogueError):
        Words("ar", "EUR", [tmp_path])


def test_words_that_nobody_translated_are_told_but_in_english(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "words", "de.po", ("Rewards", "Prämien"))
    assert Words("de-AT", "EUR", [folder]).lacks(["Rewards", "Trust"]) == ("Trust",)
    assert Words("en-US", "USD", [folder]).lacks(["Rewards", "Trust"]) == ()
    assert Words("de-AT", "EUR", [folder]).language == "de"


def test_a_catalogue_tells_the_words_it_has_room_for(tmp_path: Path) -> None:
    (tmp_path / "pl.po").write_text(PLURALS, encoding="utf-8")
    assert words_in(tmp_path / "pl.po") == ("%(num)s client", "Guess", "Half %(num)s")
    assert words_in(tmp_path / "absent.po") == ()


@pytest.mark.parametrize(
    ("locale", "way", "name"),
    [
        ("de", "ltr", "Deutsch"),
        ("fr-FR", "ltr", "Français"),
        ("ar", "rtl", "العربية"),
        ("he", "rtl", "עברית"),
        ("fa", "rtl", "فارسی"),
    ],
)
def test_a_language_says_which_way_it_is_written_and_what_it_calls_itself(locale: str, way: str, name: str) -> None:
    assert (direction(locale), name_of_language(locale)) == (way, name)
    assert name_of_language("pt-BR", with_region=True) == "Português (Brasil)"
