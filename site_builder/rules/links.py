"""Codes of personal links: eight characters that nobody can guess, misread or take for something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: without I, L, O and U, which are read as 1, 0 and V or make words."""
LENGTH = 8
_MONTH = re.compile("JAN|FEB|MAR|APR|MAY|SEP|DEC")
_FEWEST_LETTERS = 2


def fresh_code(draw: Callable[[str], str], taken: Collection[str]) -> str:
    """Return a code that is not taken and cannot be taken for an id, a number or a date.

    draw: picks one of the characters it is handed, each as likely as the others. taken: what no code may be, case folded, since
    some hosts tell /refer/AB/ and /refer/ab/ apart and others do not.
    """
    while True:
        code = "".join(draw(ALPHABET) for _ in range(LENGTH))
        if code.casefold() not in taken and not misread(code):
            return code


def misread(code: str) -> bool:
    """Say whether somebody, or a spreadsheet, would take a code for something else.

    Digits alone could be an id; 1234E567 is a number to a spreadsheet and 1MAR2026 a date, and saving the table again would
    write them as such; letters alone could be a word.
    """
    letters = sum(character.isalpha() for character in code)
    number = re.fullmatch("[0-9]+E[0-9]+", code)
    return letters < _FEWEST_LETTERS or letters == len(code) or number is not None or _MONTH.search(code) is not None
