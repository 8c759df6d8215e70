"""Fixtures of the tests in a real browser. Every test in this folder is marked `browser`."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium, looking, portals, posting
from tests.browser.judges import ROOT
from tests.browser.serving import served
from tests.forms.fakes.makers import Maker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker; each test gets its own profile in it."""
    with sync_playwright() as playwright, chromium.launch(playwright) as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab. A script's error, a breach of the content policy or a request to another host fails the test."""
    with watched(browser) as tab:
        yield tab


@pytest.fixture
def page_without_scripts(browser: Browser) -> Iterator[Page]:
    """The same for a visitor whose browser runs no script."""
    with watched(browser, scripts=False) as tab:
        yield tab


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portal's output, built once by the real command, however many workers there are."""
    return _once(tmp_path_factory, "demo", lambda _folder: ROOT)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a portal of three files, built in the same way."""
    return _once(tmp_path_factory, "small", lambda folder: portals.write(folder, portals.THREE_FILES))


@pytest.fixture(scope="session")
def demo_url(demo: Path) -> Iterator[str]:
    """The address of the served demo, ending in "/": add a page's path without its first slash."""
    portal = yaml.safe_load((ROOT / "data" / "portal.yaml").read_text(encoding="utf-8"))
    with served(demo, urlsplit(portal["base_url"]).path) as address:
        yield address


@pytest.fixture(scope="session")
def small_url(small: Path) -> Iterator[str]:
    """The address of the served portal of three files."""
    with served(small) as address:
        yield address


@pytest.fixture(scope="session")
def sights(demo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Everything there is to look at in the demo: address by name."""
    return looking.sights(demo_url, tmp_path_factory.mktemp("opened"))


@pytest.fixture(scope="session")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Maker], posting.Site]]:
    """A portal for each kind of back end, built when it is first asked for. Whoever asks finds its fake well and empty."""
    with ExitStack() as stack:
        found: dict[Maker, posting.Site] = {}

        def of(maker: Maker) -> posting.Site:
            if maker not in found:
                found[maker] = stack.enter_context(posting.site(maker, tmp_path_factory.mktemp(maker)))
            found[maker].fake.forget()
            return found[maker]

        yield of


@contextmanager
def watched(browser: Browser, *, scripts: bool = True) -> Iterator[Page]:
    """Open an empty tab with a profile of its own, and fail at its end for what the page must never do."""
    complaints: list[str] = []
    with browser.new_context() as context:
        context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
        context.on("console", lambda said: complaints.append(f"policy: {said.text}") if _is_breach(said.text) else None)
        context.on("request", lambda sent: complaints.append(f"request: {sent.url}") if _is_foreign(sent.url) else None)
        tab = context.new_page()
        if not scripts:
            chromium.silence(tab)
        yield tab
    assert complaints == []


def _once(factory: pytest.TempPathFactory, name: str, portal: Callable[[Path], Path]) -> Path:
    """Build a portal, which is written into the folder handed to it, unless another worker has done so."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    output = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return output if output.exists() else portals.build(portal(shared / f"{name}-portal"), output)


def _is_breach(console_text: str) -> bool:
    return "Content Security Policy" in console_text


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"
