"""Every kind of page, measured: nothing jumps, moves on against the visitor's wish, or hides what has the focus, at any zoom."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, ViewportSize

from tests.browser.looking import SIGHTS
from tests.browser.measures import moving, shift, stops, twice, usable
from tests.browser.serving import served

pytestmark = pytest.mark.audit

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 % (WCAG 1.4.10)."""

MOST_SHIFT = 0.02
LATE_SECONDS = 0.15

JUMPING = """<!DOCTYPE html><html lang="en"><title>A page</title>
<style>
.over { position: fixed; inset: 0 0 auto; height: 50px; background: white; }
p { transition: color 1s; }
.tall { height: 400px; background: silver; transition: none; }
</style>
<div class="over"></div><a href="#x" id="x">Under it</a><p id="x">Words</p><p class="tall">More words</p>
<script>requestAnimationFrame(() => setTimeout(() => { document.querySelector("p").style.marginTop = "300px"; }, 100));</script>
"""


@pytest.fixture(params=SIGHTS)
def address(request: pytest.FixtureRequest, sights: Mapping[str, str]) -> str:
    return sights[request.param]


@pytest.fixture
def jumping(tmp_path: Path) -> Iterator[str]:
    """A page with all the faults that are looked for here."""
    (tmp_path / "index.html").write_text(JUMPING, encoding="utf-8")
    with served(tmp_path) as found:
        yield found


def late(route: Route) -> None:
    """Let faces, pictures and scripts come when the page stands there already, as they do on a poor line."""
    time.sleep(LATE_SECONDS)
    route.continue_()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_jumps_when_pictures_and_scripts_come_late(page: Page, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.route("**/*.{js,svg,png,jpg,webp,avif,woff2}", late)
    page.goto(address, wait_until="load")
    assert shift(page) < MOST_SHIFT


@pytest.mark.parametrize("size", [PHONE, DESK, ZOOMED], ids=["phone", "desk", "zoomed"])
def test_the_focus_goes_in_reading_order_and_is_never_hidden(page: Page, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    number = usable(page)
    begun = page.evaluate("Number(document.activeElement.dataset.place ?? -1) + 1")  # a lock has its field ready
    walked = stops(page, number - begun)
    assert [stop.place for stop in walked] == list(range(begun, number))
    assert [stop.name for stop in walked if not stop.seen] == []


def test_nothing_is_scrolled_sideways_at_the_largest_zoom(page: Page, address: str) -> None:
    page.set_viewport_size(ZOOMED)
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]


def test_nothing_moves_for_who_wants_no_motion(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    assert moving(page) == ()


def test_no_id_is_there_twice_once_scripts_have_run(page: Page, address: str) -> None:
    page.goto(address)
    assert twice(page) == ()


def test_what_these_tests_look_for_is_found(page: Page, jumping: str, demo_url: str) -> None:
    page.goto(jumping)
    page.wait_for_function("document.querySelector('p').style.marginTop")
    assert shift(page) > MOST_SHIFT
    assert usable(page) == 1
    assert [(stop.ring, stop.inside, stop.covered) for stop in stops(page, 1)] == [(False, True, True)]
    assert twice(page) == ("x",)
    page.emulate_media(reduced_motion="reduce")
    assert moving(page) == ("p. 1s",)
    page.goto(demo_url)
    assert moving(page) == ()
    page.emulate_media(reduced_motion="no-preference")
    assert moving(page) != ()
