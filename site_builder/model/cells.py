"""Strict cell types, shared by CSV and YAML: what a date, a sum of money or a slug looks like, and nothing looser.

pydantic's lax mode reads "1654646400" as a date and "1_000" as a number; spreadsheets write both by accident. Every type here
takes the text its owner typed (or the finished value, in code) and refuses the rest with a code, what is wrong and what to type.
The message never holds the value: whether it may be quoted depends on the field's privacy and is decided by the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from site_builder.model.marks import Cell

E = TypeVar("E", bound=StrEnum)

LONGEST_TEXT = 2_000
LONGEST_PROSE = 32 * 1024
_PLACEHOLDERS = frozenset(
    {
        "n/a",
        "#n/a",
        "na",
        "null",
        "nan",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
        "#num!",
        "tbd",
        "tbc",
        "todo",
        "tba",
        "?",
        "-",
    }
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|[\u202a-\u202e\u2066-\u2069]")
# Windows keeps the names of its devices to itself, and ids become folders.
_DEVICE = r"con$|prn$|aux$|nul$|com[0-9]$|lpt[0-9]$"
_SLUG = rf"(?=.{{1,64}}$)(?!{_DEVICE})[a-z0-9]+(?:-[a-z0-9]+)*"
_YEAR = r"(?!0000)[0-9]{4}"
_DATE = rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_MONTH = rf"{_YEAR}-(?:0[1-9]|1[0-2])"
_NUMBER = r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"
_PERCENT = r"(?:100(?:\.0{1,6})?|(?:0|[1-9][0-9]?)(?:\.[0-9]{1,6})?)"
_COUNT = r"(?:0|[1-9][0-9]{0,8})"
_EMAIL = r"(?=.{6,254}$)[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
_HOST = r"(?=.{4,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
# Neither spaces, control and direction characters nor quotation marks: an address ends in headers, attributes and mails.
_IN_URL = r"""[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff<>"'`\\^{|}]"""
_URL = (
    r"(?=.{8,2000}$)https?://(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    rf"(?::[0-9]{{1,5}})?(?:[/?#]{_IN_URL}*)?"
)
_PHONE = r"\+?[0-9(][0-9 ()./-]{4,28}[0-9]"
_LINK_CODE = r"[0-9A-HJKMNP-TV-Z]{8}"
_OPEN = r"[a-z][a-z_]{0,39}"
_COLOUR = r"#[0-9a-fA-F]{6}"
_FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"

_NUMBER_FAULTS = (
    (re.compile(r"[$€£¥₹]|^[A-Z]{3} ?[0-9]"), "a currency sign"),
    (re.compile(r"[0-9][,' \u00a0\u202f][0-9]{3}(?![0-9])"), "a thousands separator"),
    (re.compile(r"^[^,]*[0-9],[0-9]{1,2}$"), "a decimal comma"),
    (re.compile(r"^[-−]|^\(.*\)$"), "a minus sign"),
    (re.compile(r"^0[0-9]"), "a leading zero"),
    (re.compile(r"^[1-9][0-9]{12,}(?:\.|$)"), "more than twelve digits"),
    (re.compile(r"^[0-9]+\.[0-9]{7,}$"), "more than six decimal places"),
    (re.compile(r"[^\D0-9]"), "digits that are not 0 to 9"),
    (re.compile(r"%$"), "a percent sign"),
)


def wrong(code: str, what: str, hint: str) -> PydanticCustomError:
    """Build the error of a bad cell. what: "is not a date"; hint: what to type instead, never made from the value."""
    return PydanticCustomError(code, "{what}", {"what": what, "hint": hint})


def _typed(value: object, noun: str) -> str:
    """Return the text the owner typed; a list or a mapping where a single value belongs is their mistake."""
    if isinstance(value, str):
        if value.strip().casefold() in _PLACEHOLDERS:
            raise wrong("D211", "is a placeholder", "leave it empty: empty means not known")
        return value
    raise wrong("D406", f"is not {noun}", f"write {noun} here")


def _matching(pattern: str, code: str, noun: str, hint: str) -> Callable[[object], str]:
    compiled = re.compile(pattern)

    def check(value: object) -> str:
        typed = _typed(value, noun)
        if compiled.fullmatch(typed) is None:
            raise wrong(code, f"is not {noun}", hint)
        return typed

    return check


def _text(longest: int, *, lines: bool) -> Callable[[object], str]:
    def check(value: object) -> str:
        typed = _typed(value, "a text")
        if len(typed) > longest:
            raise wrong("D208", f"is longer than {longest:,} characters", "shorten it")
        if not lines and ("\n" in typed or "\r" in typed):
            raise wrong("D208", "holds a line break", "write it on one line")
        if _CONTROL.search(typed):
            raise wrong("D208", "holds an invisible control character", "type it again by hand")
        return typed

    return check


def parse_slug(value: object) -> str:
    """Read an id: it becomes part of addresses and the name of a folder on any system."""
    typed = _typed(value, "an id")
    if re.fullmatch(_SLUG, typed):
        return typed
    if re.fullmatch(_DEVICE, typed):
        raise wrong(
            "D207", "is a name that Windows keeps to itself", "write another id, for example with a number behind a hyphen"
        )
    raise wrong("D207", "is not an id", "use small letters a-z, digits and single hyphens, at most 64 characters")


def parse_date(value: object) -> date:
    """Read YYYY-MM-DD; what a spreadsheet or a habit makes of a date gets its own hint."""
    if isinstance(value, date):
        return value
    typed = _typed(value, "a date")
    if not re.fullmatch(_DATE, typed):
        raise wrong("D202", "is not a date", _date_hint(typed))
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise wrong("D202", "is a day the calendar does not have", "write a day that exists, as YYYY-MM-DD") from None


def _date_hint(typed: str) -> str:
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", typed):
        return "a spreadsheet's day number: format the column as text and write dates as YYYY-MM-DD, for example 2026-10-31"
    if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}", typed):
        return "which is the day and which the month? Write the year first, as YYYY-MM-DD, for example 2026-10-31"
    return "write dates as YYYY-MM-DD, for example 2026-10-31"


def parse_number(value: object) -> Decimal:
    """Read a plain decimal of at most twelve digits and six places; never a float, a separator or a currency sign."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        if not number.is_finite() or number < 0:
            raise wrong("D204", "is not a number from 0 on", "write plain digits with a decimal point, for example 1234.50")
        return number
    typed = _typed(value, "a number")
    if re.fullmatch(_NUMBER, typed):
        return Decimal(typed)
    raise wrong("D203", *_number_fault(typed))


def _number_fault(typed: str) -> tuple[str, str]:
    plain = "write plain digits with a decimal point, for example 1234.50"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", typed):
        return "is in a spreadsheet's short form for large numbers", f"widen the column or format it as text; {plain}"
    faults = [words for pattern, words in _NUMBER_FAULTS if pattern.search(typed)]
    if faults:
        return f"is not a plain number: it holds {' and '.join(faults)}", plain
    return "is not a plain number", plain


def parse_percent(value: object) -> Decimal:
    """Read a percentage from 0 to 100, written without the sign."""
    number = parse_number(value)
    if number > 100:  # noqa: PLR2004  # a percentage's own limit
        raise wrong("D204", "is more than 100", "write a percentage from 0 to 100, without the sign")
    return number


def parse_count(value: object) -> int:
    """Read a whole number from 0 on."""
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise wrong("D204", "is not a number from 0 on", "write plain digits, for example 12")
        return value
    typed = _typed(value, "a whole number")
    if re.fullmatch(_COUNT, typed):
        return int(typed)
    if re.fullmatch(r"[1-9][0-9]{9,}", typed):
        raise wrong("D204", "has more than nine digits", "write plain digits, for example 12")
    what, _ = _number_fault(typed)
    if re.fullmatch(_NUMBER, typed):
        what = "is not a whole number"
    raise wrong("D203", what.replace("plain number", "plain whole number"), "write plain digits, for example 12")


def _count_between(lowest: int, highest: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        number = parse_count(value)
        if not lowest <= number <= highest:
            raise wrong("D204", f"is not between {lowest} and {highest}", f"write a whole number from {lowest} to {highest}")
        return number

    return check


def parse_yes_no(value: object, info: ValidationInfo) -> bool:
    """Read yes or no, in YAML (context "yaml") also true or false; what a spreadsheet makes of them (TRUE) gets its own hint."""
    if isinstance(value, bool):
        return value
    typed = _typed(value, "yes or no")
    if info.context == "yaml" and typed in {"true", "false"}:
        return typed == "true"
    if typed in {"yes", "no"}:
        return typed == "yes"
    meant = {"true": "yes", "y": "yes", "1": "yes", "false": "no", "n": "no", "0": "no"}.get(typed.casefold(), typed.casefold())
    small = " in small letters" if typed.casefold() in {"yes", "no"} else ""
    hint = f"write {meant}{small}" if meant in {"yes", "no"} else "write yes or no"
    raise wrong("D205", "is neither yes nor no", hint)


def split_list(value: object) -> object:
    """Split a CSV cell at its semicolons; a YAML list passes as it is, and a single YAML value is a list of one."""
    if isinstance(value, str):
        return tuple(part for part in (piece.strip() for piece in value.split(";")) if part)
    return value


Text = Annotated[str, BeforeValidator(_text(LONGEST_TEXT, lines=False)), Cell("string", "a line of text")]
Prose = Annotated[str, BeforeValidator(_text(LONGEST_PROSE, lines=True)), Cell("string", "a text")]
Slug = Annotated[
    str,
    BeforeValidator(parse_slug),
    Cell("string", "an id of small letters, digits and hyphens", rf"^{_SLUG}$"),
]
Day = Annotated[date, BeforeValidator(parse_date), Cell("date", "a date like 2026-10-31", rf"^{_DATE}$")]
Month = Annotated[
    str,
    BeforeValidator(_matching(_MONTH, "D202", "a month", "write months as YYYY-MM, for example 2026-10")),
    Cell("string", "a month like 2026-10", rf"^{_MONTH}$"),
]
Money = Annotated[Decimal, BeforeValidator(parse_number), Cell("number", "an amount like 1234.50", rf"^{_NUMBER}$")]
Number = Annotated[Decimal, BeforeValidator(parse_number), Cell("number", "a number like 12.5", rf"^{_NUMBER}$")]
Percent = Annotated[Decimal, BeforeValidator(parse_percent), Cell("number", "a percentage like 12.5", rf"^{_PERCENT}$")]
Count = Annotated[int, BeforeValidator(parse_count), Cell("integer", "a whole number", rf"^{_COUNT}$")]
Positive = Annotated[
    int, BeforeValidator(_count_between(1, 100_000)), Cell("integer", "a whole number from 1", r"^(?:[1-9][0-9]{0,4}|100000)$")
]
Score = Annotated[int, BeforeValidator(_count_between(0, 10)), Cell("integer", "a whole number from 0 to 10", r"^(?:[0-9]|10)$")]
YesNo = Annotated[bool, BeforeValidator(parse_yes_no), Cell("boolean", "yes or no", r"^(?:yes|no)$")]
Email = Annotated[
    str,
    BeforeValidator(_matching(_EMAIL, "D210", "an e-mail address", "write one address, for example ann@harbour.example")),
    Cell("string", "an e-mail address", rf"^{_EMAIL}$"),
]
Phone = Annotated[
    str,
    BeforeValidator(_matching(_PHONE, "D210", "a phone number", "write it with digits, for example +44 20 7946 0000")),
    Cell("string", "a phone number", rf"^{_PHONE}$"),
]
Url = Annotated[
    str,
    BeforeValidator(
        _matching(_URL, "D209", "a web address", "write the whole address, for example https://www.harbour.example/")
    ),
    Cell("string", "a web address starting with https://", rf"^{_URL}$"),
]
Host = Annotated[
    str,
    BeforeValidator(
        _matching(_HOST, "D209", "a domain name", "write it without https:// and without a path, for example acme.example")
    ),
    AfterValidator(str.lower),  # capitals make no other domain, and people copy them from letterheads
    Cell("string", "a domain name like acme.example", rf"^{_HOST}$"),
]
LinkCode = Annotated[
    str,
    BeforeValidator(_matching(_LINK_CODE, "D214", "a link code", "eight characters of 0-9 and A-Z without I, L, O and U")),
    Cell("string", "eight Crockford base32 characters", rf"^{_LINK_CODE}$"),
]
OwnerId = Annotated[
    str,
    BeforeValidator(_matching(r"[a-z][a-z0-9_]{0,31}", "D207", "an owner's id", "use small letters, digits and underscores")),
    Cell("string", "small letters, digits and underscores", r"^[a-z][a-z0-9_]{0,31}$"),
]
FieldName = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"[a-z][a-z0-9_]{0,31}", "D207", "a field's name", "use small letters, digits and underscores, for example seats"
        )
    ),
    Cell("string", "small letters, digits and underscores", r"^[a-z][a-z0-9_]{0,31}$"),
]
FormStep = Annotated[int, BeforeValidator(_count_between(1, 2)), Cell("integer", "1 or 2", r"^[12]$")]
Colour = Annotated[
    str,
    BeforeValidator(
        _matching(_COLOUR, "D215", "a colour", 'write six hexadecimal digits after #, in quotes, for example "#0b5d52"')
    ),
    Cell("string", 'a colour like "#0b5d52"', rf"^{_COLOUR}$"),
]
FileName = Annotated[
    str,
    BeforeValidator(
        _matching(
            _FILE_NAME,
            "D207",
            "a file name of letters, digits, dots and hyphens",
            "rename the picture, without spaces or accents, for example anna-ward.jpg",
        )
    ),
    Cell("string", "the bare name of a file in content/media/", rf"^{_FILE_NAME}$"),
]
Texts = Annotated[tuple[Text, ...], BeforeValidator(split_list), Cell("string", "texts, with ; between them in CSV", many=True)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(split_list), Cell("string", "ids, with ; between them in CSV", many=True)]
LinkCodes = Annotated[
    tuple[LinkCode, ...],
    BeforeValidator(split_list),
    Cell("string", "link codes, with ; between them in CSV", many=True),
]
Open = BeforeValidator(_matching(_OPEN, "D207", "a kind", "use small letters and underscores"))
"""For open enums: any [a-z_]+; combine with a Cell whose known values warn with a did-you-mean."""


def open_enum(*known: str) -> Cell:
    """Describe an open enum by its usual values, for schemas and for the did-you-mean."""
    return Cell("string", f"one of {', '.join(known)}, or a word of your own", rf"^{_OPEN}$", known=known)


def choice(kind: type[E]) -> BeforeValidator:
    """Check a closed enum; the reader adds the choices and a did-you-mean from the field's Cell."""

    def check(value: object) -> E:
        if isinstance(value, kind):
            return value
        typed = _typed(value, "one word")
        if typed in set(kind):
            return kind(typed)
        raise wrong("D206", "is not one of the words this field knows", f"write one of {', '.join(kind)}")

    return BeforeValidator(check)


def choices(kind: type[StrEnum]) -> Cell:
    """Describe a closed enum for schemas and messages."""
    return Cell("string", f"one of {', '.join(kind)}", choices=tuple(kind))
