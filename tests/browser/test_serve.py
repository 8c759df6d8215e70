"""portal serve, seen from the browser: what is saved is shown, and a mistake is told until it is mended."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portals import THREE_FILES, write

PROMISE = "We keep firms of 10 to 80 people working, and answer in nine minutes."


@pytest.fixture
def positioning(tmp_path: Path) -> Path:
    return write(tmp_path, THREE_FILES) / "data" / "positioning.yaml"


@pytest.fixture
def preview(positioning: Path) -> Iterator[str]:
    """The address of a running `portal serve`, which ends when it is interrupted."""
    command = [sys.executable, "-m", "site_builder", "serve", "--portal", str(positioning.parents[1]), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as serving:
        assert serving.stdout
        try:
            yield serving.stdout.readline().strip()
        finally:
            serving.send_signal(signal.SIGINT)
            assert serving.wait(timeout=20) == 0


def test_a_saved_file_is_shown_and_a_mistake_is_told_until_it_is_mended(page: Page, preview: str, positioning: Path) -> None:
    good = positioning.read_text(encoding="utf-8")
    page.goto(preview)
    expect(page.get_by_text(PROMISE)).to_be_visible()

    changed = good.replace("nine minutes", "eight minutes")
    positioning.write_text(changed, encoding="utf-8")
    expect(page.get_by_text(PROMISE.replace("nine", "eight"))).to_be_visible(timeout=20_000)

    positioning.write_text(changed.replace("triggers:", "trigers:"), encoding="utf-8")
    expect(page.get_by_role("heading", level=1)).to_contain_text("to mend", timeout=20_000)
    told = page.get_by_role("article").filter(has_text="trigers").first
    expect(told.get_by_role("heading")).to_contain_text("data/positioning.yaml:3")
    expect(told.locator("pre")).to_contain_text("trigers: [{")
    expect(told.locator(".hint")).to_contain_text("triggers")

    positioning.write_text(good, encoding="utf-8")
    expect(page.get_by_text(PROMISE)).to_be_visible(timeout=20_000)
    assert page.url == preview
