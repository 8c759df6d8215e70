"""The portal by keyboard alone: the focus is seen, goes in reading order, and the phone's menu needs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.measures import stops, usable

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["", "refer/"], ids=["home", "refer"])
def test_the_focus_is_seen_and_goes_in_reading_order(page: Page, demo_url: str, path: str, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(demo_url + path)
    number = usable(page)
    assert number > 10
    walked = stops(page, number)
    assert [stop.place for stop in walked] == list(range(number))
    assert [stop.name for stop in walked if not stop.seen] == []


def test_the_phones_menu_opens_by_keyboard_without_scripts(page_without_scripts: Page, demo_url: str) -> None:
    page = page_without_scripts
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(demo_url)
    menu = page.get_by_role("navigation", name="Pages", exact=True)
    expect(menu.get_by_role("link", name="What is in it for you")).to_be_hidden()
    for _ in range(3):  # the skip link, the name, the menu
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="What is in it for you")).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Who to send")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(demo_url + "who-to-refer/")


def test_on_a_desk_the_menu_lies_open(page: Page, demo_url: str) -> None:
    page.goto(demo_url)
    menu = page.get_by_role("navigation", name="Pages", exact=True)
    expect(menu.get_by_text("Menu")).to_be_hidden()
    expect(menu.get_by_role("link", name="What is in it for you")).to_be_visible()
