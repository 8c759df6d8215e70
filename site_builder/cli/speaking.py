"""How commands say things to people: headings, amounts, lists that end. They speak English, whatever the pages speak."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from site_builder.cli.asjson import percent
from site_builder.cli.table import Dye, Screen, paragraph
from site_builder.model.portal import Portal
from site_builder.reasons import Speaker

NOTHING: Final = "-"
"""What stands for no number: it is not 0."""
_ENGLISH: Final = "en-GB"
_MOST: Final = 10


def speaker(portal: Portal) -> Speaker:
    """Return who says reasons and amounts: in the portal's own English where it has one, for the words around are English too."""
    locale = portal.settings.locale
    return Speaker(locale if locale.partition("-")[0] == "en" else _ENGLISH, portal.settings.currency)


def heading(text: str, on: Screen) -> str:
    """Return the words above a part, in lines that fit a terminal."""
    return "".join(f"{on.dyed(line, Dye.BOLD)}\n" for line in paragraph(text, on).splitlines())


def percent_said(number: Decimal | None) -> str:
    """Return "83.3%"; a dash for None."""
    return NOTHING if number is None else f"{percent(number)}%"


def listed(ids: Sequence[str]) -> str:
    """Return ids in a row, the first ten and how many more there are; "" for none."""
    more = len(ids) - _MOST
    return ", ".join(ids[:_MOST]) + (f" and {more} more" if more > 0 else "")


def counted(count: int, thing: str) -> str:
    """Return "1 ticket" or "3 tickets"; thing: a word whose plural takes an s."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
