"""The theme's words, dates, numbers and money in the portal's language: gettext catalogues and Babel behind a small face."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from site_builder.rules.money import rounded

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages import Catalog

_LETTER_BY_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_NO_BREAK_SPACES = {"\u202f": "\u00a0"}


class CatalogueError(Exception):
    """A catalogue cannot be read: its owner's mistake."""

    def __init__(self, path: Path) -> None:
        """Carry the file's path."""
        super().__init__(path)
        self.path = path


class _Forms(NamedTuple):
    """Words that change with a count, and which of them a count takes: as their catalogue says, or else as its language does."""

    texts: tuple[str, ...]
    which: Callable[[int], int]


class Words:
    """Speaks one language. catalogues: folders with LANG.po files, the later ones win; a missing word is said in English."""

    def __init__(self, locale: str, currency: str, catalogues: Iterable[Path] = ()) -> None:
        """Read the catalogues of a locale such as en-GB: en_GB.po over en.po.

        Raises ValueError for a locale that Babel lacks, CatalogueError for a catalogue that cannot be read.
        """
        self._locale = _locale(locale)
        self._currency = currency
        self._messages: dict[str, str | _Forms] = {}
        for folder in catalogues:
            for name in (self._locale.language, str(self._locale)):
                self._messages.update(_read(folder / f"{name}.po", self._locale))

    def gettext(self, words: str) -> str:
        """Return the words in the portal's language."""
        found = self._messages.get(words, words)
        return found if isinstance(found, str) else found.texts[0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of the words that goes with a count."""
        found = self._messages.get(one)
        if isinstance(found, _Forms):
            return found.texts[min(found.which(count), len(found.texts) - 1)]
        return one if count == 1 else many

    @property
    def language(self) -> str:
        """Its language without a region, as catalogues are named by it: "de"."""
        return str(self._locale.language)

    def lacks(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return which words would be said in English for want of a translation; none in English itself."""
        return () if self.language == "en" else tuple(each for each in words if each not in self._messages)

    def date(self, day: dt.date) -> str:
        """31 October 2026."""
        from babel.dates import format_date

        return format_date(day, "long", self._locale)

    def month(self, day: dt.date) -> str:
        """October 2026."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=self._locale)

    def date_short(self, day: dt.date) -> str:
        """31 Oct 2026, for a table's column."""
        from babel.dates import format_date

        return format_date(day, "medium", self._locale)

    def month_short(self, day: dt.date) -> str:
        """Oct 26, for a chart's axis: no longer in any language."""
        from babel.dates import format_date

        return format_date(day, "MMM yy", self._locale)

    def money(self, amount: Decimal | int) -> str:
        """£1,234.50, and £100 when there are no pence; the currency's own minor unit decides how many digits there are.

        A currency's letters keep a space from the digits (CLDR, alphaNextToNumber), which Babel leaves out.
        """
        from babel.numbers import format_currency

        exact = rounded(Decimal(amount), self._currency)  # half-up, as rewards are; Babel's half goes to the even digit
        whole = exact == int(exact)
        pattern = None
        if whole:
            pattern = self._locale.currency_formats["standard"].pattern.replace(".00", "").replace(",00", "")
        text = format_currency(exact, self._currency, pattern, locale=self._locale, currency_digits=not whole)
        return _LETTER_BY_DIGIT.sub("\u00a0", _plain_spaces(text))

    def number(self, number: Decimal | int) -> str:
        """1,234.5."""
        from babel.numbers import format_decimal

        return _plain_spaces(format_decimal(number, locale=self._locale))

    def percent(self, number: Decimal | int) -> str:
        """10%: the number is of a hundred, as the owner writes it."""
        from babel.numbers import format_percent

        share = Decimal(number) / 100
        return _plain_spaces(format_percent(share, locale=self._locale, decimal_quantization=False))


def direction(locale: str) -> str:
    """Return which way a locale such as ar is written: "ltr" or "rtl". Raises ValueError for one that Babel lacks."""
    return str(_locale(locale).text_direction)


def name_of_language(locale: str, *, with_region: bool = False) -> str:
    """Return what a language calls itself: "Deutsch", "Français"; "Português (Brasil)" with its region."""
    found = _locale(locale)
    name = found.get_display_name(found) if with_region else found.get_language_name(found)
    return f"{name[:1].upper()}{name[1:]}" if name else locale


def _plain_spaces(text: str) -> str:
    """Replace narrow no-break spaces, which many fonts lack, by plain no-break ones."""
    for narrow, plain in _NO_BREAK_SPACES.items():
        text = text.replace(narrow, plain)
    return text


@cache
def _locale(name: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name, sep="-")
    except UnknownLocaleError as error:
        raise ValueError(f"no such language: {name}") from error


def words_in(path: Path) -> tuple[str, ...]:
    """Return the words that a catalogue has room for, translated or not; none for a file that is not there.

    Raises CatalogueError for one that cannot be read.
    """
    if not path.is_file():
        return ()
    return tuple(message.id if isinstance(message.id, str) else message.id[0] for message in _catalogue(path, None) if message.id)


def _read(path: Path, locale: Locale) -> dict[str, str | _Forms]:
    """Return a catalogue's translated messages; none for a file that is not there."""
    if not path.is_file():
        return {}
    from gettext import c2py

    catalogue = _catalogue(path, locale)
    try:
        which = c2py(catalogue.plural_expr)
    except ValueError as error:
        raise CatalogueError(path) from error
    found: dict[str, str | _Forms] = {}
    for message in catalogue:
        one = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if one and forms and all(forms) and not message.fuzzy:
            found[one] = _Forms(forms, which) if message.pluralizable else forms[0]
    return found


def _catalogue(path: Path, locale: Locale | None) -> Catalog:
    """Return a catalogue as it stands. locale: whose plural forms count where its header names none."""
    from babel.messages.pofile import PoFileError

    try:
        return _parsed(path.read_bytes(), locale)
    except (PoFileError, ValueError, LookupError, TypeError) as error:
        raise CatalogueError(path) from error


@lru_cache(maxsize=16)
def _parsed(content: bytes, locale: Locale | None) -> Catalog:
    """Parse a catalogue once, however many languages and builds of a preview read it; nobody changes what is returned."""
    from babel.messages.pofile import read_po

    return read_po(BytesIO(content), locale=locale, abort_invalid=True)
