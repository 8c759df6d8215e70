"""The form and our own back end together: `portal receive` as a process of its own, its database on the disk."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, expect

from site_builder.leads.snapshot import Kind, Lead
from site_builder.leads.store import Store
from tests.browser import portals
from tests.browser.posting import ADD, CODE, MEET, ODD, PERSONAL, REFER, SEND, arrived, fill, open_tab, portal_files, press
from tests.browser.serving import served

_LIMITS = {"PORTAL_LIMIT_BLOCK": "1000000/second", "PORTAL_LIMIT_ALL": "1000000/second"}
_KEY = "0123456789abcdef0123456789abcdef"


@dataclass
class Receiver:
    """A receiver and the portal that posts to it. address: the portal's, ending in "/"; port: 0 before the first start."""

    address: str
    folder: Path
    port: int = 0

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'leads.db'}"

    def leads(self, prospect: str) -> tuple[Lead, ...]:
        """What is on the disk of prospects called like this. Tests type faster than people, so it is suspected, but kept."""
        with closing(Store(self.database)) as store:
            return tuple(lead for lead in store.leads("harbour", suspected=None) if lead.fields["prospect"].startswith(prospect))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run until the block ends, then die of kill -9."""
        command = [sys.executable, "-m", "site_builder", "receive", "--port", str(self.port), str(self.folder)]
        told = {**os.environ, **_LIMITS, "DATABASE_URL": self.database, "PORTAL_ALTCHA_KEY": _KEY}
        with (self.folder / "said").open("a") as said:
            process = subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=said, text=True)
            try:
                assert process.stdout is not None
                self.port = urlsplit(process.stdout.readline().strip()).port or 0
                assert self.port, (self.folder / "said").read_text()
                yield
            finally:
                process.kill()
                process.wait(30)
                if process.stdout is not None:
                    process.stdout.close()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("", id="plain"),
        pytest.param(", proof_of_work: yes", id="with proof of work", marks=pytest.mark.audit),
    ],
)
def receiver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    root = tmp_path_factory.mktemp("receiver")
    output = root / "output"
    output.mkdir()
    with served(output) as address:
        found = Receiver(address, root / "portal")

        def write() -> None:
            form = f'backend: receiver, endpoint: "http://127.0.0.1:{found.port or 1}/r/harbour"{request.param}'
            portals.write(found.folder, portal_files(form, address))

        write()
        with found.running():
            # Now that its port is known, the pages can name it.
            write()
            portals.build(found.folder, root / "built")
            output.rmdir()
            (root / "built").rename(output)
            yield found


def test_both_steps_are_one_lead_on_the_disk(page: Page, receiver: Receiver) -> None:
    page.goto(receiver.address + PERSONAL)
    fill(page, prospect=ODD)
    press(page)
    arrived(page)
    (lead,) = receiver.leads(ODD)
    page.locator("#note").fill("one\ntwo")
    page.locator("#may_name").check()
    press(page, ADD)
    page.wait_for_url(receiver.address + PERSONAL + "thanks/")
    (lead,) = receiver.leads(ODD)
    assert (lead.step, lead.seq) == (2, 2)
    sent = {name: lead.fields[name] for name in ("prospect", "contact", "note", "may_name", "referrer")}
    assert sent == {
        "prospect": ODD,
        "contact": "07700 900123",
        "note": "one\ntwo",
        "may_name": "yes",
        "referrer": "7QK3M9TX",
    }


def test_what_step_2_holds_is_added_when_one_leaves(page: Page, receiver: Receiver) -> None:
    page.goto(receiver.address + REFER)
    fill(page, prospect="Half Filled")
    press(page)
    arrived(page)
    page.locator("#company").fill("Quay")
    page.get_by_role("link", name="That is all").click()
    page.wait_for_url(receiver.address + "refer/thanks/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # A second referral stands behind the first: whatever was to come of that has come.
    page.goto(receiver.address + REFER)
    fill(page, prospect="Ann Hale")
    press(page)
    arrived(page)
    (lead,) = receiver.leads("Half Filled")
    assert (lead.fields["company"], lead.step) == ("Quay", 2)


def test_what_step_2_holds_is_added_when_the_tab_is_closed(page: Page, receiver: Receiver) -> None:
    page.goto(receiver.address)
    tab = open_tab(page, receiver.address + REFER)
    fill(tab, prospect="Left Halfway")
    press(tab)
    arrived(tab)
    tab.locator("#company").fill("Quay & Söhne")
    tab.locator("#note").fill("one\ntwo")
    tab.close(run_before_unload=True)
    # A second referral stands behind the first: whatever was to come of that has come.
    page.goto(receiver.address + REFER)
    fill(page, prospect="Ann Hale")
    press(page)
    arrived(page)
    (lead,) = receiver.leads("Left Halfway")
    assert (lead.fields["company"], lead.fields["note"], lead.step, lead.seq) == ("Quay & Söhne", "one\ntwo", 2, 2)


def test_the_friends_firm_travels_into_the_owners_table(page: Page, receiver: Receiver, tmp_path: Path) -> None:
    page.goto(receiver.address + MEET)
    fill(page, prospect="Jo Friend", contact="jo@lee.example")
    page.locator("[data-send]").click()
    arrived(page)
    page.locator("#company").fill("Lee & Söhne")
    page.locator("[data-more]").click()
    page.wait_for_url(receiver.address + "meet/thanks/")
    (lead,) = receiver.leads("Jo Friend")
    assert (lead.kind, lead.fields["company"], lead.fields["referrer"]) == (Kind.SELF, "Lee & Söhne", CODE)
    portal = copytree(receiver.folder, tmp_path / "portal")
    command = [sys.executable, "-m", "site_builder", "inbox", "--portal", str(portal), "--accept", lead.key]
    subprocess.run(command, env={**os.environ, "DATABASE_URL": receiver.database}, check=True, capture_output=True, timeout=60)
    with (portal / "data" / "leads.csv").open(encoding="utf-8", newline="") as table:
        (row,) = (row for row in csv.DictReader(table) if row["prospect"] == "Jo Friend")
    assert (row["contact"], row["company"], row["referrer_id"]) == ("jo@lee.example", "Lee & Söhne", "priya")


def test_without_javascript_the_lead_is_kept_and_the_visitor_thanked(page_without_scripts: Page, receiver: Receiver) -> None:
    page = page_without_scripts
    page.goto(receiver.address + REFER)
    fill(page, prospect="Plain & Söhne")
    page.locator("[data-send]").click()
    page.wait_for_url(receiver.address + "refer/thanks/")
    (lead,) = receiver.leads("Plain & Söhne")
    assert lead.step == 1


@pytest.mark.audit
def test_of_a_hundred_tabs_closed_right_after_the_first_button_none_is_lost(page: Page, receiver: Receiver) -> None:
    page.goto(receiver.address)
    for count in range(100):
        with page.expect_popup() as opened:
            page.evaluate("address => { window.open(address); }", receiver.address + REFER)
        tab = opened.value
        tab.wait_for_load_state()
        fill(tab, prospect=f"Closed {count}")
        expect(tab.get_by_role("button", name=SEND)).to_be_visible()
        with tab.expect_event("close"), suppress(Error):
            tab.evaluate("() => { document.querySelector('[data-send]').click(); window.close(); }")
    # With a proof of work the last ones may wait in the browser until somebody returns.
    page.goto(receiver.address + REFER)
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=60_000)
    assert sorted(lead.fields["prospect"] for lead in receiver.leads("Closed")) == sorted(
        f"Closed {count}" for count in range(100)
    )
