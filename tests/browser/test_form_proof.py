"""The proof of work that a receiver may ask for: worked out while one types, one for each referral, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from altcha import verify_solution
from playwright.sync_api import Page, expect

from tests.browser.posting import AGAIN, REFER, Site, arrived, fill, press
from tests.browser.posting import site as portal
from tests.forms.fakes.makers import SECRET, Maker


@pytest.fixture(scope="module")
def proving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with portal(Maker.RECEIVER, tmp_path_factory.mktemp("proof"), ", proof_of_work: yes") as found:
        yield found


@pytest.fixture
def site(proving: Site) -> Site:
    proving.fake.forget()
    return proving


def test_every_post_carries_the_proof_and_so_does_the_beacon(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    arrived(page)
    page.locator("#company").fill("Quay")
    page.get_by_role("link", name="That is all").click()
    page.wait_for_url(site.address + "refer/thanks/")
    first, second = site.fake.wait_for(2)
    assert verify_solution(first.values["altcha"], SECRET).verified
    # It serves the whole referral.
    assert second.values["altcha"] == first.values["altcha"]
    assert second.values["ref_key"] == first.values["ref_key"]


def test_a_refused_proof_is_worked_out_anew(page: Page, site: Site) -> None:
    site.fake.be_ill(422)
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    expect(page.locator("[data-refused]")).to_be_visible()
    site.fake.be_well()
    press(page, AGAIN)
    arrived(page)
    first, second = site.fake.posts
    assert second.values["altcha"] != first.values["altcha"]
    assert verify_solution(second.values["altcha"], SECRET).verified


def test_without_a_challenge_the_referral_is_sent_all_the_same(page: Page, site: Site) -> None:
    page.route("**/challenge", lambda route: route.abort())
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    arrived(page)
    assert site.fake.posts[0].values["altcha"] == ""
