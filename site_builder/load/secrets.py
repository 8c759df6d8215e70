"""What looks like a secret: keys that are made for one, and values in the form of well-known ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_KEYS = re.compile(
    r"(?:.*_)?(?:password|passwd|pwd|passphrase|secret|token|api_?key|private_?key|secret_?key|client_?secret|credentials?)"
)
# The first alternative that fits wins; every one begins with a fixed word, so that a long text is read once.
_VALUES = re.compile(
    r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY"
    r"|(?<![A-Za-z0-9_-])(?:"
    r"AKIA[0-9A-Z]{16}"  # Amazon
    r"|AIza[0-9A-Za-z_-]{35}"  # Google
    r"|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50}"  # GitHub
    r"|glpat-[A-Za-z0-9_-]{20}"  # GitLab
    r"|xox[abprs]-[A-Za-z0-9-]{10}"  # Slack
    r"|[sr]k_(?:live|test)_[A-Za-z0-9]{16}"  # Stripe
    r"|sk-[A-Za-z0-9_-]{32}"  # OpenAI and others
    r"|SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16}"  # SendGrid
    r"|eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10}"  # a signed web token
    r"|AGE-SECRET-KEY-1[0-9A-Z]{30}"
    r")"
)


def is_secret_key(key: str) -> bool:
    """Whether a key says that its value is a secret; access_key is not one: web3forms' is public by design."""
    return _KEYS.fullmatch(re.sub(r"[\s-]+", "_", key.strip().casefold())) is not None


def secret_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and column, from 0, of what in a text has the form of a secret, in comments too; at most ten of them."""
    yield from places(_VALUES, text)


def places(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield line and column, from 0, of what a pattern finds in a text; at most ten of them."""
    for found in islice(pattern.finditer(text), 10):
        before = text[: found.start()].replace("\r\n", "\n").replace("\r", "\n")
        yield before.count("\n"), len(before) - before.rfind("\n") - 1
