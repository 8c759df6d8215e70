"""Cells that a spreadsheet would take for a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Return a cell's text as no spreadsheet reckons with it: with ' before a first = + - @, tab or CR.

    Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain(text: str) -> str:
    """Return the text that neutral was given: without a ' before a first = + - @, tab or CR."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
