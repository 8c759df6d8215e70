"""What a cell may hold, type by type; the message says what is wrong and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from site_builder.model import cells
from site_builder.model.marks import Cell
from site_builder.model.tables import Audience, AudienceCell, Sector

# Annotated types have no type of their own.
TYPES: Mapping[str, Any] = MappingProxyType(
    {
        name: getattr(cells, name)
        for name in (
            *("Text", "Prose", "Slug", "Day", "Month", "Money", "Number", "Percent", "Count", "Positive", "Score", "YesNo"),
            *("Email", "Phone", "Url", "Host", "LinkCode", "OwnerId", "Colour", "FileName", "Texts", "Slugs", "LinkCodes"),
        )
    }
    | {"Audience": AudienceCell, "Sector": Sector}
)


@cache
def adapter(name: str) -> TypeAdapter[object]:
    return TypeAdapter(TYPES[name])


def read(name: str, value: object, context: str | None = None) -> object:
    return adapter(name).validate_python(value, context=context)


def refusal(name: str, value: object) -> tuple[str, str, str]:
    """Code, message and hint of a value that the type refuses."""
    with pytest.raises(ValidationError) as caught:
        read(name, value)
    (first, *_) = caught.value.errors()
    return first["type"], first["msg"], str(first.get("ctx", {}).get("hint"))


def codes(name: str, text: str) -> set[str]:
    """The codes of all that is wrong with a text; none where it is read."""
    try:
        read(name, text)
    except ValidationError as error:
        return {found["type"] for found in error.errors()}
    return set()


def pattern(name: str) -> str:
    metadata: tuple[object, ...] = getattr(TYPES[name], "__metadata__", ())
    return next(found.pattern for found in metadata if isinstance(found, Cell))


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("Text", "Harbour IT – „Ärger“", "Harbour IT – „Ärger“"),
        ("Text", "a\tb", "a\tb"),
        ("Text", "x" * 2000, "x" * 2000),
        ("Prose", "one\ntwo\r\nthree", "one\ntwo\r\nthree"),
        ("Slug", "acme-2", "acme-2"),
        ("Slug", "a" * 64, "a" * 64),
        ("Day", "2024-02-29", date(2024, 2, 29)),
        ("Day", date(2024, 2, 29), date(2024, 2, 29)),
        ("Month", "2026-10", "2026-10"),
        ("Money", "1234.50", Decimal("1234.50")),
        ("Money", "0", Decimal(0)),
        ("Money", 12, Decimal(12)),
        ("Money", Decimal("0.1"), Decimal("0.1")),
        ("Money", "999999999999.999999", Decimal("999999999999.999999")),
        ("Number", "4.8", Decimal("4.8")),
        ("Percent", "100", Decimal(100)),
        ("Percent", "12.5", Decimal("12.5")),
        ("Count", "999999999", 999_999_999),
        ("Count", 7, 7),
        ("Positive", "100000", 100_000),
        ("Score", "10", 10),
        ("Score", "0", 0),
        ("YesNo", "yes", True),
        ("YesNo", "no", False),
        ("YesNo", True, True),
        ("Email", "ann.o'hale+it@mail.harbour.example", "ann.o'hale+it@mail.harbour.example"),
        ("Phone", "+44 20 7946 0000", "+44 20 7946 0000"),
        ("Phone", "(020) 7946-0000", "(020) 7946-0000"),
        ("Url", "https://harbour.example", "https://harbour.example"),
        ("Url", "http://x.example:8080/a/b?c=d&e=f#g", "http://x.example:8080/a/b?c=d&e=f#g"),
        ("Url", "https://harbour.example/café", "https://harbour.example/café"),
        ("Host", "acme.example", "acme.example"),
        ("Host", "WWW.Acme-2.Example", "www.acme-2.example"),
        ("LinkCode", "7ZQ0MK3B", "7ZQ0MK3B"),
        ("OwnerId", "ann_2", "ann_2"),
        ("Colour", "#0B5d52", "#0B5d52"),
        ("FileName", "logo.svg", "logo.svg"),
        ("Texts", "dental; legal ;; ", ("dental", "legal")),
        ("Texts", ["dental", "legal; and more"], ("dental", "legal; and more")),
        ("Texts", "", ()),
        ("Slugs", "mfa;backup", ("mfa", "backup")),
        ("LinkCodes", "7ZQ0MK3B;7ZQ0MK3C", ("7ZQ0MK3B", "7ZQ0MK3C")),
        ("Audience", "partner", Audience.PARTNER),
        ("Audience", Audience.PARTNER, Audience.PARTNER),
        ("Sector", "public_sector", "public_sector"),
    ],
)
def test_a_well_formed_cell_is_read(name: str, typed: object, expected: object) -> None:
    found = read(name, typed)
    assert found == expected
    assert type(found) is type(expected)


PLAIN = "write plain digits with a decimal point, for example 1234.50"
DAY = "write dates as YYYY-MM-DD, for example 2026-10-31"


@pytest.mark.parametrize(
    ("name", "typed", "code", "what", "hint"),
    [
        # what spreadsheets and habits make of numbers
        ("Money", "1,234.50", "D203", "is not a plain number: it holds a thousands separator", PLAIN),
        ("Money", "£1,200", "D203", "is not a plain number: it holds a currency sign and a thousands separator", PLAIN),
        ("Money", "GBP 12", "D203", "is not a plain number: it holds a currency sign", PLAIN),
        ("Money", "12 kč", "D203", "is not a plain number", PLAIN),
        ("Money", "1'000", "D203", "is not a plain number: it holds a thousands separator", PLAIN),
        ("Money", "1\u00a0234,5", "D203", "is not a plain number: it holds a thousands separator and a decimal comma", PLAIN),
        ("Money", "1.234,50", "D203", "is not a plain number: it holds a decimal comma", PLAIN),
        ("Money", "12,5", "D203", "is not a plain number: it holds a decimal comma", PLAIN),
        (
            "Money",
            "1.2E+05",
            "D203",
            "is in a spreadsheet's short form for large numbers",
            f"widen the column or format it as text; {PLAIN}",
        ),
        ("Money", "-5", "D203", "is not a plain number: it holds a minus sign", PLAIN),
        ("Money", "−5", "D203", "is not a plain number: it holds a minus sign", PLAIN),
        ("Money", "(5)", "D203", "is not a plain number: it holds a minus sign", PLAIN),
        ("Money", "012", "D203", "is not a plain number: it holds a leading zero", PLAIN),
        ("Money", "１２", "D203", "is not a plain number: it holds digits that are not 0 to 9", PLAIN),  # noqa: RUF001  # full-width digits
        ("Money", "١٢", "D203", "is not a plain number: it holds digits that are not 0 to 9", PLAIN),
        ("Money", "1234567890123", "D203", "is not a plain number: it holds more than twelve digits", PLAIN),
        ("Money", "1.2345678", "D203", "is not a plain number: it holds more than six decimal places", PLAIN),
        ("Money", "inf", "D203", "is not a plain number", PLAIN),
        ("Money", "Infinity", "D203", "is not a plain number", PLAIN),
        ("Money", "1_000", "D203", "is not a plain number", PLAIN),
        ("Money", "+5", "D203", "is not a plain number", PLAIN),
        ("Money", ".5", "D203", "is not a plain number", PLAIN),
        ("Money", "NaN", "D211", "is a placeholder", "leave it empty: empty means not known"),
        ("Money", " N/A ", "D211", "is a placeholder", "leave it empty: empty means not known"),
        ("Money", "#REF!", "D211", "is a placeholder", "leave it empty: empty means not known"),
        ("Money", ["1"], "D406", "is not a number", "write a number here"),
        ("Money", True, "D406", "is not a number", "write a number here"),
        ("Money", 1.5, "D406", "is not a number", "write a number here"),
        ("Money", -1, "D204", "is not a number from 0 on", PLAIN),
        ("Money", Decimal("NaN"), "D204", "is not a number from 0 on", PLAIN),
        ("Percent", "10%", "D203", "is not a plain number: it holds a percent sign", PLAIN),
        ("Percent", "100.01", "D204", "is more than 100", "write a percentage from 0 to 100, without the sign"),
        ("Count", "1.5", "D203", "is not a whole number", "write plain digits, for example 12"),
        (
            "Count",
            "1,200",
            "D203",
            "is not a plain whole number: it holds a thousands separator",
            "write plain digits, for example 12",
        ),
        ("Count", "1234567890", "D204", "has more than nine digits", "write plain digits, for example 12"),
        ("Count", -1, "D204", "is not a number from 0 on", "write plain digits, for example 12"),
        ("Count", False, "D406", "is not a whole number", "write a whole number here"),
        ("Positive", "0", "D204", "is not between 1 and 100000", "write a whole number from 1 to 100000"),
        ("Score", "11", "D204", "is not between 0 and 10", "write a whole number from 0 to 10"),
        # days
        (
            "Day",
            "43831",
            "D202",
            "is not a date",
            "a spreadsheet's day number: format the column as text and write dates as YYYY-MM-DD, for example 2026-10-31",
        ),
        (
            "Day",
            "01/02/2026",
            "D202",
            "is not a date",
            "which is the day and which the month? Write the year first, as YYYY-MM-DD, for example 2026-10-31",
        ),
        ("Day", "2026-2-1", "D202", "is not a date", DAY),
        ("Day", "2026-10-31T00:00", "D202", "is not a date", DAY),
        ("Day", "2026-13-01", "D202", "is not a date", DAY),
        ("Day", "0000-01-01", "D202", "is not a date", DAY),
        ("Day", "2026-02-30", "D202", "is a day the calendar does not have", "write a day that exists, as YYYY-MM-DD"),
        ("Day", "2100-02-29", "D202", "is a day the calendar does not have", "write a day that exists, as YYYY-MM-DD"),
        ("Day", 43831, "D406", "is not a date", "write a date here"),
        ("Month", "2026-10-01", "D202", "is not a month", "write months as YYYY-MM, for example 2026-10"),
        ("Month", "0000-10", "D202", "is not a month", "write months as YYYY-MM, for example 2026-10"),
        # yes and no
        ("YesNo", "TRUE", "D205", "is neither yes nor no", "write yes"),
        ("YesNo", "FALSE", "D205", "is neither yes nor no", "write no"),
        ("YesNo", "Yes", "D205", "is neither yes nor no", "write yes in small letters"),
        ("YesNo", "1", "D205", "is neither yes nor no", "write yes"),
        ("YesNo", "maybe", "D205", "is neither yes nor no", "write yes or no"),
        ("YesNo", "true", "D205", "is neither yes nor no", "write yes"),
        # words
        (
            "Slug",
            "../etc",
            "D207",
            "is not an id",
            "use small letters a-z, digits and single hyphens, at most 64 characters",
        ),
        (
            "Slug",
            "con",
            "D207",
            "is a name that Windows keeps to itself",
            "write another id, for example with a number behind a hyphen",
        ),
        ("Audience", "boss", "D206", "is not one of the words this field knows", "write one of owner, staff, partner"),
        ("Sector", "Health care", "D207", "is not a kind", "use small letters and underscores"),
        ("Text", "a\nb", "D208", "holds a line break", "write it on one line"),
        ("Text", "a\rb", "D208", "holds a line break", "write it on one line"),
        ("Text", "a\x00b", "D208", "holds an invisible control character", "type it again by hand"),
        ("Text", "a\u202eb", "D208", "holds an invisible control character", "type it again by hand"),
        ("Text", "a\ud800b", "D208", "holds an invisible control character", "type it again by hand"),
        ("Text", "x" * 2001, "D208", "is longer than 2,000 characters", "shorten it"),
        ("Prose", "x" * 32_769, "D208", "is longer than 32,768 characters", "shorten it"),
        ("Text", {"a": "b"}, "D406", "is not a text", "write a text here"),
        ("Texts", "dental;N/A", "D211", "is a placeholder", "leave it empty: empty means not known"),
    ],
)
def test_a_malformed_cell_is_told_with_its_remedy(name: str, typed: object, code: str, what: str, hint: str) -> None:
    assert refusal(name, typed) == (code, what, hint)


@pytest.mark.parametrize(
    ("name", "code", "typed"),
    [
        ("Slug", "D207", ["", "Acme", "a--b", "-a", "a-", "a_b", "a" * 65, "ä", "a/b", "/a", "..", "a\n", "１"]),  # noqa: RUF001  # a full-width digit
        (
            "Url",
            "D209",
            [
                *("javascript:alert(1)", "JAVASCRIPT://x.example/%0aalert(1)", "data:text/html,x", "//x.example/", "x.example"),
                *("https://user:pw@x.example/", "https://x.example@evil.example/", "https://x.example:pw@evil.example/"),
                *("https://x.example\\@evil.example/", "https://x.example/a b", "https://x.example/\r\nSet-Cookie: a=b"),
                *('https://x.example/"onclick="y', "https://x.example/'", "https://x.example/<b>", "https://x.example/`"),
                *("https://x.example/\x00", "https://x.example/\u202e", "https://x.example/\u00a0", "https://x.example/\ud800"),
                *(
                    "ftp://x.example/",
                    "https://",
                    "https:///x",
                    "https://-x.example/",
                    "https://x..example/",
                    "https://é.example/",
                ),
                "https://x.example/" + "a" * 2000,
            ],
        ),
        (
            "Host",
            "D209",
            [
                "https://acme.example",
                "acme",
                "acme.example/",
                "a_b.example",
                "acme.example:80",
                "Ácme.example",
                "\u212acme.example",
            ],
        ),
        (
            "Email",
            "D210",
            [
                *("ann", "ann@harbour", "ann@harbour.example\r\nBcc: x@y.example", "Ann <ann@harbour.example>", "a b@c.example"),
                *("ann@harbour..example", "@harbour.example", "ann@-harbour.example", "a@b@c.example", '"a"@b.example'),
                "a" * 65 + "@harbour.example",
                "a@" + "b." * 126 + "example",
            ],
        ),
        ("Phone", "D210", ["12", "call me", "+44 20 7946 0000 ext 5", "0" * 40, "+44\n20 7946 0000", "tel:+442079460000"]),
        ("Colour", "D215", ["#fff", "#fff;}", "#0b5d52;}", "red", "0b5d52", "#0b5d5g", "#0b5d52\n", "url(#a)", "#0b5d52ff"]),
        (
            "FileName",
            "D207",
            ["../logo.svg", "/etc/passwd", "a/b.svg", "a\\b.svg", ".env", "..", "a b", "C:logo.svg", "x" * 101],
        ),
        ("LinkCode", "D214", ["7zq0mk3b", "7ZQ0MK3", "7ZQ0MK3BB", "7ZQ0MKIL", "7ZQ0MK3U"]),
        ("OwnerId", "D207", ["Ann", "ann-2", "2ann", "_ann", "a" * 33]),
        ("Month", "D202", ["2026-13", "2026-1", "10/2026", "Oct 2026", "２０２６-10"]),  # noqa: RUF001  # full-width digits
    ],
)
def test_nothing_looser_is_read(name: str, code: str, typed: list[str]) -> None:
    assert {each: refusal(name, each)[0] for each in typed} == dict.fromkeys(typed, code)


def test_true_and_false_are_words_of_yaml_alone() -> None:
    assert read("YesNo", "true", "yaml") is True
    assert read("YesNo", "false", "yaml") is False
    assert read("YesNo", "no", "yaml") is False
    assert refusal("YesNo", "false")[0] == "D205"


def test_no_message_holds_the_value() -> None:
    secret = "zebra-7731!"
    for name in TYPES.keys() - {"Text", "Prose", "Texts"}:
        assert "zebra" not in " ".join(refusal(name, secret)), name


def test_one_list_may_hold_several_mistakes() -> None:
    with pytest.raises(ValidationError) as caught:
        read("Slugs", "good;Bad;WORSE")
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [((1,), "D207"), ((2,), "D207")]


@given(st.sampled_from(sorted(TYPES)), st.text())
def test_no_text_makes_a_cell_fail_in_another_way(name: str, text: str) -> None:
    assert all(re.fullmatch("D[0-9]{3}", code) for code in codes(name, text))


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=6).map(lambda number: f"{number:f}"))
def test_a_sum_comes_back_as_it_was_written(text: str) -> None:
    assert f"{read('Money', text):f}" == text
    assert read("Number", text) == read("Money", text)


@given(st.integers(0, 10**9 - 1), st.dates())
def test_whole_numbers_and_days_come_back_as_they_were_written(number: int, day: date) -> None:
    assert read("Count", str(number)) == number
    assert read("Day", day.isoformat()) == day


PATTERNED = sorted(name for name in TYPES if name not in {"Text", "Prose", "Texts", "Slugs", "LinkCodes", "Audience"})


@pytest.mark.parametrize("name", PATTERNED)
@given(st.data())
def test_the_schemas_pattern_and_the_program_agree(name: str, data: st.DataObject) -> None:
    anchored = pattern(name)
    matching = st.from_regex(re.sub(r"\(\?[=!][^)]*\)", "", anchored), fullmatch=True)
    text = data.draw(st.one_of(matching, matching.flatmap(_nearly), st.text(max_size=12)))
    found = codes(name, text)
    # No pattern can say that "na" is a placeholder or that 30 February does not exist.
    assume(found != {"D211"} and not (name == "Day" and found and re.fullmatch("[0-9]{4}-[0-9]{2}-(29|30|31)", text)))
    assert (not found) == (re.fullmatch(anchored, text) is not None)


def _nearly(text: str) -> st.SearchStrategy[str]:
    """The text with one more character somewhere."""
    extra = st.sampled_from("0aZ-_.@:/ ;#%\n\u00e9")
    return st.builds(lambda at, letter: text[:at] + letter + text[at:], st.integers(0, len(text)), extra)


@pytest.mark.parametrize("name", sorted(TYPES))
@pytest.mark.parametrize(
    "unit",
    ["a", "0", "a.", "1,", "a@a.", "(", "#", " ", "a" * 63 + ".", "-1"],
)
def test_a_cell_of_the_largest_size_is_judged_at_once(name: str, unit: str) -> None:
    """A pattern that tried every split of 32 KiB would not end before the tests' own limit."""
    text = (unit * 32_768)[:32_768]
    for hostile in (text, f"https://{text}!", f"a@{text}!", f"{text}%", f"0.{text}"):
        found = codes(name, hostile)
        assert found or name in {"Prose", "Texts", "Slugs", "LinkCodes"}
