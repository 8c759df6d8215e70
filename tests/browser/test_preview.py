"""The live preview in a real browser: an open page follows its files, and no form leaves the machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from site_builder.pipeline import Request, build
from site_builder.scaffold import Wishes, starter
from site_builder.scaffold.writing import write
from site_builder.serve.preview import Preview
from site_builder.serve.watcher import state, watched
from tests.browser.judges import axe
from tests.serve.talking import running

TODAY = date(2026, 10, 31)
TOLD = Wishes("Harbour IT", "https://x.example/refer-us/", "hello@harbour.example", "en-GB", "GBP", "Europe/London")


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    write(starter(TOLD, TODAY), tmp_path / "portal")
    return tmp_path / "portal"


@pytest.fixture
def address(portal: Path) -> Iterator[str]:
    """Where the portal's preview is, which follows its files."""
    preview = Preview(lambda: build(Request(portal, lambda _: TODAY, preview=True)))
    seen = state(portal)
    preview.rebuild()
    stop = threading.Event()
    watcher = threading.Thread(target=watched, args=(portal, seen, stop, preview.rebuild))
    with running(preview, portal) as served:
        watcher.start()
        yield f"http://127.0.0.1:{served.port}/"
        stop.set()
        watcher.join(20)


def test_an_open_page_follows_what_is_saved(page: Page, address: str, portal: Path) -> None:
    settings = portal / "data" / "portal.yaml"
    good = settings.read_text()
    page.goto(address)
    assert page.url == f"{address}refer-us/"
    expect(page).not_to_have_title("Quay and Company")
    settings.write_text(good.replace("Harbour IT", "Quay and Company"))
    expect(page.locator("body")).to_contain_text("Quay and Company")
    settings.write_text(good.replace("\nname:", "\nnmae:"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("to mend")
    expect(page.locator("pre").first).to_contain_text("nmae:")
    settings.write_text(good)
    expect(page.locator("body")).to_contain_text("Harbour IT")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("to mend")


def test_a_form_for_another_host_is_not_sent(page: Page, address: str, portal: Path) -> None:
    settings = portal / "data" / "portal.yaml"
    settings.write_text(f"{settings.read_text()}form: {{backend: formspree, endpoint: 'https://formspree.io/f/abc'}}\n")
    page.goto(f"{address}refer-us/refer/")
    form = page.locator("form[action='https://formspree.io/f/abc']")
    expect(form).to_have_count(1)  # once the preview has followed
    for field in form.locator("input[required]").all():
        field.fill("hello@harbour.example")
    form.evaluate("form => form.requestSubmit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("In the preview nothing is sent")
    page.get_by_role("link").click()
    page.wait_for_url(f"{address}refer-us/refer/thanks/")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_style_guide_shows_every_state_without_a_violation(page: Page, address: str, width: int, dark: bool) -> None:  # noqa: FBT001  # pytest gives it
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.goto(f"{address}refer-us/styleguide/")
    assert axe(page) == ()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
