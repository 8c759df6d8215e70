"""The command lines that tick an item off, as they are typed in a shell: portal record acme reviewed --outcome asked."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,-]*")


def record(row_id: str, step: str, **options: object) -> str:
    """Return the line; options in their order, those that are None left out: instalment=3 is --instalment 3."""
    words = ["portal", "record", row_id, step]
    for name, value in options.items():
        if value is not None:
            text = str(value)
            # What begins with a hyphen would be taken for an option of its own.
            words.extend([f"--{name}={_quoted(text)}"] if text.startswith("-") else [f"--{name}", _quoted(text)])
    return " ".join(words)


def _quoted(text: str) -> str:
    """Return a text as one word for a shell: what has blanks stands between apostrophes."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "'\"'\"'") + "'"
