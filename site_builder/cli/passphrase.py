"""portal passphrase: a passphrase for an owner, or the secret of a portal; printed once and kept nowhere."""

from __future__ import annotations

import secrets
import sys

from site_builder.cli.arguments import Arguments
from site_builder.cli.private import private_refusal
from site_builder.cli.shell import complain
from site_builder.seal.names import SITE
from site_builder.seal.phrases import drawn
from site_builder.seal.strength import SITE_BYTES


def passphrase(arguments: Arguments) -> int:
    """Print it, and on stderr what it is worth; 2 where others read the log, in which no secret may stand."""
    if private_refusal(arguments):
        complain("this prints a secret, and CI=true says that others read the log; --show-private prints it all the same")
        return 2
    if arguments.secret:
        sys.stdout.write(f"{SITE}={secrets.token_hex(SITE_BYTES)}\n")
        complain(f"{SITE_BYTES * 8} bits; keep a copy: with another secret all links change")
        return 0
    phrase, bits = drawn(secrets.choice)
    sys.stdout.write(f"{phrase}\n")
    complain(f"{int(bits)} bits: each word is one of 7,776, drawn at random")
    return 0
