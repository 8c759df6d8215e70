"""What strangers typed, made into cells that every reader of tables takes: one line, no controls, no formula, no placeholder."""

from __future__ import annotations

import re
from typing import Final

from pydantic import TypeAdapter, ValidationError

from site_builder.leads.neutral import neutral
from site_builder.model.cells import LONGEST_TEXT, Text

_LONGEST_NOTE: Final = 16_000  # in letters; four bytes each at most, and a table's cell may hold 32 KiB of letters
# What neither a line nor a note may hold (model/cells): controls, and marks that turn the direction of what follows.
_UNSEEN: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SPACES: Final = re.compile(r"\s+")
# A number as people write it. It is no formula, and whoever dials it wants it as it is.
_PHONE: Final = re.compile(r"\+[0-9][0-9 ()./-]*")
_ELLIPSIS: Final = "…"
_TEXT: Final[TypeAdapter[str]] = TypeAdapter(Text)


def line(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text as a cell of one line, "" for nothing and for placeholders such as "n/a"; cut where it is too long."""
    return _cell(_cut(_SPACES.sub(" ", _UNSEEN.sub(" ", _LINE_ENDS.sub(" ", text))).strip(), longest))


def note(text: str) -> str:
    """Return a text as a cell that may have several lines, with LF between them; blank ones are left out."""
    lines = (_SPACES.sub(" ", _UNSEEN.sub(" ", each)).strip() for each in _LINE_ENDS.sub("\n", text).split("\n"))
    return _cell(_cut("\n".join(filter(None, lines)), _LONGEST_NOTE))


def tick(text: str) -> str:
    """Return "yes" for a ticked box, "" for one that is not."""
    return "yes" if text.strip().casefold() in {"yes", "on", "true", "1"} else ""


def _cell(text: str) -> str:
    return "" if _is_placeholder(text) else text if _PHONE.fullmatch(text) else neutral(text)


def _is_placeholder(text: str) -> bool:
    """Whether the reader of tables takes a text for one that stands for nothing ("?", "tbc")."""
    try:
        _TEXT.validate_python(text[:LONGEST_TEXT].replace("\n", " "))
    except ValidationError as error:
        return any(each["type"] == "D211" for each in error.errors())
    return False


def _cut(text: str, longest: int) -> str:
    return text if len(text) < longest else text[: longest - 2].rstrip() + _ELLIPSIS  # one is kept for what neutral adds
