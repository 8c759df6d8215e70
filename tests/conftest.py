"""What every test stands on: bounded, repeatable properties and a shell without secrets."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
# What covers the core: checks/ for checks/, test_page.py for page.py. Elsewhere coverage is off, which saves a third of the time.
OF_THE_CORE = {"checks", "forms", "model", "pages", "rules"}
OF_THE_CORE |= {f"test_{name}.py" for name in ("codes", "headers", "invalid", "page", "problem", "suggest")}

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


@pytest.fixture(scope="module", autouse=True)
def _no_loop_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide Playwright's loop: where this worker drove a browser before, it stays marked as running between Playwright's calls."""
    if request.path.is_relative_to(TESTS / "browser"):
        yield
        return
    hidden = asyncio._get_running_loop()  # noqa: SLF001  # asyncio lists both in __all__, for who brings loops of their own
    asyncio._set_running_loop(None)  # noqa: SLF001
    yield
    asyncio._set_running_loop(hidden)  # noqa: SLF001


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave coverage to the tests that mirror the core: a line that a browser happens to run is tested by none."""
    if config.pluginmanager.hasplugin("_cov"):
        for item in items:
            if item.path.relative_to(TESTS).parts[0] not in OF_THE_CORE:
                item.add_marker("no_cover")
