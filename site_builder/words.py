"""The theme's words, dates, numbers and money in the portal's language: gettext catalogues and Babel behind a small face."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.rules.money import rounded

if TYPE_CHECKING:
    from babel import Locale

_LETTER_BY_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_NO_BREAK_SPACES = {"\u202f": "\u00a0"}


class CatalogueError(Exception):
    """A catalogue cannot be read: its owner's mistake."""

    def __init__(self, path: Path) -> None:
        """Carry the file's path."""
        super().__init__(path)
        self.path = path


class Words:
    """Speaks one language. catalogues: folders with LANG.po files, the later ones win; a missing word is said in English."""

    def __init__(self, locale: str, currency: str, catalogues: Iterable[Path] = ()) -> None:
        """Read the catalogues of a locale such as en-GB: en_GB.po over en.po.

        Raises ValueError for a locale that Babel lacks, CatalogueError for a catalogue that cannot be read.
        """
        self._locale = _locale(locale)
        self._currency = currency
        self._messages: dict[str, str | tuple[str, ...]] = {}
        for folder in catalogues:
            for name in (self._locale.language, str(self._locale)):
                self._messages.update(_read(folder / f"{name}.po"))

    def gettext(self, words: str) -> str:
        """Return the words in the portal's language."""
        found = self._messages.get(words, words)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of the words that goes with a count."""
        found = self._messages.get(one)
        if isinstance(found, tuple):
            return found[min(_plural(self._locale, count), len(found) - 1)]
        return one if count == 1 else many

    def date(self, day: dt.date) -> str:
        """31 October 2026."""
        from babel.dates import format_date

        return format_date(day, "long", self._locale)

    def month(self, day: dt.date) -> str:
        """October 2026."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=self._locale)

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


def _plural(locale: Locale, count: int) -> int:
    """Return which of a catalogue's plural forms a count takes, as gettext counts them for the locale."""
    from gettext import c2py

    from babel.messages.plurals import get_plural

    form: int = c2py(get_plural(locale).plural_expr)(count)
    return form


def _read(path: Path) -> dict[str, str | tuple[str, ...]]:
    """Return a catalogue's translated messages; none for a file that is not there."""
    if not path.is_file():
        return {}
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError) as error:
        raise CatalogueError(path) from error
    found: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        one = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if one and forms and all(forms) and not message.fuzzy:
            found[one] = forms if message.pluralizable else forms[0]
    return found
