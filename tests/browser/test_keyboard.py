"""The portal by keyboard alone: the focus is seen, goes in reading order, and the phone's menu needs no script."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}

_MARK = """
() => {
    const usable = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
        .filter(each => each.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}));
    usable.forEach((each, place) => each.dataset.place = place);
    return usable.length;
}
"""
_FOCUS = """
() => {
    const focus = document.activeElement;
    const style = getComputedStyle(focus);
    const box = focus.getBoundingClientRect();
    return {
        place: Number(focus.dataset.place ?? -1),
        name: focus.outerHTML.slice(0, 80),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.width > 0 && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0,
    };
}
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus stands. place: its number in reading order; ring: whether a line of 2 px or more goes around it."""

    place: int
    name: str
    ring: bool
    inside: bool


def stops(page: Page, number: int) -> tuple[Stop, ...]:
    """Press Tab so many times from the top of the page."""
    found = []
    for _ in range(number):
        page.keyboard.press("Tab")
        found.append(Stop(**page.evaluate(_FOCUS)))
    return tuple(found)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["", "refer/"], ids=["home", "refer"])
def test_the_focus_is_seen_and_goes_in_reading_order(page: Page, demo_url: str, path: str, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(demo_url + path)
    usable = page.evaluate(_MARK)
    assert usable > 10
    walked = stops(page, usable)
    assert [stop.place for stop in walked] == list(range(usable))
    assert [stop.name for stop in walked if not (stop.ring and stop.inside)] == []


def test_the_phones_menu_opens_by_keyboard_without_scripts(page_without_scripts: Page, demo_url: str) -> None:
    page = page_without_scripts
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(demo_url)
    menu = page.get_by_role("navigation", name="Pages", exact=True)
    expect(menu.get_by_role("link", name="What is in it")).to_be_hidden()
    for _ in range(3):  # the skip link, the name, the menu
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="What is in it")).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Whom to send")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(demo_url + "who-to-refer/")


def test_on_a_desk_the_menu_lies_open(page: Page, demo_url: str) -> None:
    page.goto(demo_url)
    menu = page.get_by_role("navigation", name="Pages", exact=True)
    expect(menu.get_by_text("Menu")).to_be_hidden()
    expect(menu.get_by_role("link", name="What is in it")).to_be_visible()
