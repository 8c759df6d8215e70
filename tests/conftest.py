"""What every test stands on: bounded, repeatable properties and a shell without secrets."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# `make test`: the same examples every time, so that red means a change broke something.
settings.register_profile("test", max_examples=40, derandomize=True, deadline=None)
# `make audit`: new examples every time, and many of them.
settings.register_profile("audit", max_examples=2000, derandomize=False, deadline=None, print_blob=True)
settings.load_profile("test")


def pytest_configure() -> None:
    """Forget the shell's secrets, that it may be CI, and that Ctrl-C may be ignored: a test that needs these sets them itself.

    A shell starts background jobs deaf to Ctrl-C, and every process they start inherits that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in list(os.environ):
        if name == "CI" or name.startswith("PORTAL_"):
            del os.environ[name]
