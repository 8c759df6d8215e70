"""Private pages, encrypted before they touch the disk: keys from secrets, envelopes, and their opening.

What a page may hold is cleaned before (sanitised), and the secrets come from the environment or .env (secrets_of). cryptography,
zxcvbn and python-dotenv are imported when there is something to seal, and not before.
"""

from site_builder.seal.cleaning import sanitised
from site_builder.seal.exposed import exposed
from site_builder.seal.given import secrets_of
from site_builder.seal.keys import Keys, Link, Sealed, Secrets
from site_builder.seal.opening import (
    DamagedError,
    NotOpenedError,
    ParametersError,
    WrongKeyError,
    envelope_of,
    opened,
    readers_of,
)
from site_builder.seal.unused import unused

__all__ = (
    "DamagedError",
    "Keys",
    "Link",
    "NotOpenedError",
    "ParametersError",
    "Sealed",
    "Secrets",
    "WrongKeyError",
    "envelope_of",
    "exposed",
    "opened",
    "readers_of",
    "sanitised",
    "secrets_of",
    "unused",
)
