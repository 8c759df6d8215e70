"""Texts that are something else than they look like: cells that a spreadsheet reckons with, and signs that nobody sees."""

from __future__ import annotations

# Embeddings, overrides and isolates turn the words around them; a space without width and a byte order mark split them unseen.
# The joiners U+200C and U+200D stay: Persian is spelt and emoji are made with them.
_UNSEEN = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Return a cell's text as no spreadsheet reckons with it: with ' before a first = + - @, tab or CR.

    Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain(text: str) -> str:
    """Return the text that neutral was given: without a ' before a first = + - @, tab or CR."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def seen(text: str) -> str:
    """Return a text without signs that nobody sees and that make it look like another.

    Source: Unicode Technical Report 36, "Bidirectional Text Spoofing", https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing.
    """
    return text.translate(_UNSEEN)
