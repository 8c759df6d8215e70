"""What a referral may cost on a phone of 390 by 844: fields, keys, seconds, a glance without scrolling, and bytes."""

from __future__ import annotations

from collections.abc import Callable
from gzip import compress

import pytest
from playwright.sync_api import Page, Response

from tests.browser import typing
from tests.browser.posting import MEET, PERSONAL, REFER, Site, fill
from tests.browser.typing import Effort, effort
from tests.forms.fakes.makers import Maker

PHONE = {"width": 390, "height": 844}
MOST_SCRIPT = 5_000
PAGES = [REFER, PERSONAL, MEET]


@pytest.fixture
def site(site_of: Callable[[Maker], Site]) -> Site:
    return site_of(Maker.RECEIVER)


def test_the_model_adds_up_keys_fields_and_the_button() -> None:
    # 6 letters, 1 key to the digits and 11 of them: 18 keys of 0.28 s; 2 fields of 1.2 s; 1.5 s for the button.
    found = effort({"prospect": "text", "contact": "email"})
    assert found == Effort(fields=2, keys=18)
    assert found.seconds == pytest.approx(8.94)
    assert effort({"contact": "tel"}) == Effort(fields=1, keys=11)


@pytest.mark.parametrize(
    ("path", "keys"), [(REFER, typing.MOST_KEYS), (PERSONAL, typing.MOST_KEYS_PERSONAL), (MEET, typing.MOST_KEYS_PERSONAL)]
)
def test_jo_lee_is_sent_within_the_budget(page: Page, site: Site, path: str, keys: int) -> None:
    page.goto(site.address + path)
    boxes = page.locator("[data-step='1'] input").all()
    asked = {box.get_attribute("name") or "": box.get_attribute("inputmode") or "" for box in boxes}
    spent = effort(asked)
    assert spent.fields <= typing.MOST_FIELDS
    assert spent.keys <= keys
    assert spent.seconds <= typing.MOST_SECONDS
    # A name's capitals come by themselves.
    assert page.locator("#prospect").get_attribute("autocapitalize") == "words"


@pytest.mark.parametrize("path", PAGES)
def test_the_button_that_sends_stands_above_the_fold(page: Page, site: Site, demo_url: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (site.address, demo_url):
        page.goto(address + path)
        box = page.get_by_role("button", name="Send the referral").or_(page.get_by_role("button", name="Get in touch with me"))
        place = box.first.bounding_box()
        assert place is not None
        assert place["y"] + place["height"] <= PHONE["height"]


@pytest.mark.parametrize("path", PAGES)
def test_the_scripts_of_a_form_page_are_small(page: Page, site: Site, path: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks its handlers; append takes no mark
    page.goto(site.address + path, wait_until="networkidle")
    fill(page)
    scripts = {answer.url: len(compress(answer.body(), mtime=0)) for answer in answers if answer.url.endswith(".js")}
    assert scripts
    assert sum(scripts.values()) <= MOST_SCRIPT
