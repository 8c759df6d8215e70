"""What the theme folds away: a link into it opens it, and the menu holds no more than a glance takes in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

PLACES = 5


def test_a_link_to_an_audience_opens_its_offers_without_scripts(page_without_scripts: Page, demo_url: str) -> None:
    page = page_without_scripts
    page.goto(demo_url + "rewards/")
    offer = page.get_by_role("heading", name="£100 for you")
    expect(page.get_by_role("heading", name="A hamper for the whole office")).to_be_visible()
    expect(offer).to_be_hidden()
    page.get_by_role("link", name="You work in a firm").click()
    expect(offer).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="You work in a firm")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menu_has_five_places_and_one_action_and_the_footer_the_rest(page: Page, demo_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(demo_url)
    menu = page.get_by_role("navigation", name="Pages", exact=True)
    if width < 1000:
        menu.get_by_text("Menu").click()
    links = menu.get_by_role("link").filter(visible=True)
    expect(links).to_have_count(PLACES + (1 if width < 1000 else 0))
    footer = page.get_by_role("navigation", name="All pages")
    for name in ("Stories", "Events", "Questions people ask", "The agreement", "Privacy"):
        expect(footer.get_by_role("link", name=name)).to_be_visible()


def test_a_page_below_a_section_marks_the_section(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "directory/millrace-dental/")
    menu = page.get_by_role("navigation", name="Pages", exact=True)
    assert menu.get_by_role("link", name="Our clients").filter(visible=True).get_attribute("aria-current") == "true"
