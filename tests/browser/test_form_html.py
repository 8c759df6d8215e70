"""The form as HTML, for each back end: what no script has touched is valid, and fits with all its states laid open."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.judges import axe, html_validate
from tests.browser.portals import build, demo_with
from tests.browser.serving import served

BACK_ENDS = {
    "netlify": "{backend: netlify}",
    "web3forms": "{backend: web3forms, access_key: abc}",
    "receiver": "{backend: receiver, endpoint: 'https://in.harbour.example/r/x', proof_of_work: yes}",
}
FORMS = ("refer", "refer/7QK3M9TX", "meet/7QK3M9TX", "privacy")
LAY_OPEN = """() => {
  for (const hidden of document.querySelectorAll("form [hidden], [data-waiting]")) {
    if (!hidden.querySelector("#leave-empty")) hidden.hidden = false;
  }
  for (const folded of document.querySelectorAll("details")) folded.open = true;
}"""


@pytest.fixture(scope="module", params=BACK_ENDS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with one back end."""
    folder = tmp_path_factory.mktemp(request.param)
    return build(demo_with(folder / "portal", {"form:": f"form: {BACK_ENDS[request.param]}"}), folder / "output")


def test_the_form_is_valid_html_for_each_back_end(built: Path) -> None:
    assert html_validate([built / form / "index.html" for form in FORMS]) == ()


def test_every_state_of_the_form_can_be_read_and_fits_the_narrowest_phone(page: Page, built: Path) -> None:
    page.route("**/refer.*.js", lambda route: route.abort())  # the states are looked at here, not what leads to them
    page.set_viewport_size({"width": 320, "height": 640})
    with served(built) as address:
        for form in FORMS[:3]:
            page.goto(f"{address}{form}/")
            page.evaluate(LAY_OPEN)
            for state in ("", "sent"):
                page.locator("#referral").evaluate("(form, state) => form.dataset.state = state", state)
                assert axe(page) == ()
                assert page.evaluate("document.documentElement.scrollWidth") <= 320
