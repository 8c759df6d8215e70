"""Headless Chromium, Debian's where it is installed, else the one Playwright downloaded.

`python -m tests.browser.chromium` ends with 0 when there is one and with 1 when there is none.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserType, CDPSession, Page, Playwright, sync_playwright

# Nothing but the page itself: no sandbox (containers run as root), no graphics card, no talk with its maker.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that asks for another host gets no answer, on any machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

# Every test opens a tab, and a process for each costs more than what most tests look at.
_ONE_RENDERER = ("--process-per-site", "--renderer-process-limit=1")
_ALIKE = ("--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars")
_FONTS = Path(__file__).parents[1] / "fonts" / "fonts.conf"

# Only the debugger that silenced a page can let scripts run in it again.
_silencers: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def executable(playwright: Playwright) -> Path | None:
    """Where the browser is, or None when this machine has none."""
    path = _of(playwright.chromium)
    return path if path.exists() else None


def behind(browser: Browser) -> Path:
    """Where a started browser came from: for tools that start one of their own."""
    return _of(browser.browser_type)


def launch(playwright: Playwright) -> Browser:
    """Start the browser with a new, empty profile; the caller closes it."""
    path = executable(playwright)
    if path is None:
        raise FileNotFoundError("no Chromium here: `make test` says how to install it")
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *_ONE_RENDERER])


@contextmanager
def keeping_pages(browser: Browser) -> Iterator[Browser]:
    """Start a second browser that keeps the pages one leaves whole, for the back button, as visitors' browsers do."""
    with browser.browser_type.launch(
        executable_path=behind(browser), args=list(FLAGS), ignore_default_args=["--disable-back-forward-cache"]
    ) as started:
        yield started


@contextmanager
def for_pictures(browser: Browser) -> Iterator[Browser]:
    """Start a second browser that draws alike on every machine with Linux: with the faces in tests/fonts and no others."""
    with browser.browser_type.launch(
        executable_path=behind(browser), args=[*FLAGS, *_ALIKE], env={**os.environ, "FONTCONFIG_FILE": str(_FONTS)}
    ) as started:
        yield started


def dress(page: Page, colours: Literal["light", "dark", "forced"]) -> None:
    """Make the tab one of a visitor who likes it light or dark, or whose system sets a few strong colours of its own."""
    if colours == "forced":
        page.emulate_media(forced_colors="active")
    else:
        page.emulate_media(color_scheme=colours)


def silence(page: Page) -> None:
    """Make the tab one of a visitor whose browser runs no script: noscript elements are read as HTML."""
    _silencers[page] = page.context.new_cdp_session(page)
    _silencers[page].send("Emulation.setScriptExecutionDisabled", {"value": True})


def wake(page: Page) -> None:
    """Let a judge's script run in a silenced page, which stays as it was read, with noscript's content laid open."""
    debugger = _silencers.get(page)
    if debugger:
        debugger.send("Emulation.setScriptExecutionDisabled", {"value": False})
        lay_open = "document.querySelectorAll('noscript').forEach(each => each.replaceWith(...each.childNodes))"
        debugger.send("Runtime.evaluate", {"expression": lay_open})


def _of(kind: BrowserType) -> Path:
    return Path(shutil.which("chromium") or kind.executable_path)


if __name__ == "__main__":
    with sync_playwright() as driver:
        sys.exit(executable(driver) is None)
