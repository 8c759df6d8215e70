"""The file that says "portal made this folder" and lets a file added by hand be noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Final

NAME: Final = ".portal-output"
# Git's own files, which an owner puts into an otherwise empty folder: carried along, and no sign of another's work.
KEPT: Final = frozenset({".gitkeep", ".gitignore"})

_FIRST_LINE: Final = b"portal-output 1\n"
# The marker is uploaded with the site. Were the digest quick, the one personal link of a small portal (40 bits) could
# be found by trying; 40,000 rounds cost a build 10 ms and a search of all codes some 50 days of a large GPU.
# Another number makes other digests: it needs another version in the first line.
ROUNDS: Final = 40_000


def text(paths: Collection[str]) -> bytes:
    """The marker of a folder that holds these paths (marker and kept files aside).

    One digest over the sorted paths: it lists none, because the paths of private pages are secrets. Contents are not
    in it: they are compared with the new ones byte by byte, and an edited file is simply replaced.
    """
    listing = "".join(f"{path}\0" for path in sorted(paths)).encode("utf-8", "surrogateescape")
    digest = hashlib.pbkdf2_hmac("sha256", listing, _FIRST_LINE, ROUNDS).hex()
    words = "# portal writes this folder and replaces it whole. Put files of your own into content/static/.\n"
    return b"%spaths %s\n%s" % (_FIRST_LINE, digest.encode(), words.encode())


def is_ours(content: bytes) -> bool:
    """Whether a marker file is one that this version understands."""
    return content.startswith(_FIRST_LINE)
