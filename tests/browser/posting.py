"""A small portal whose form posts to a fake back end, and what a visitor does with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Page, expect

from tests.browser import portals
from tests.browser.serving import served
from tests.forms.fakes.makers import Maker
from tests.forms.fakes.server import Fake, running

CODE = "7QK3M9TX"
REFER, PERSONAL, MEET = "refer/", f"refer/{CODE}/", f"meet/{CODE}/"
SEND, ADD, AGAIN = "Send the referral", "Add this", "Try again"
ODD = "Ünïcode + & = 50% “Söhne” €5"

_PORTAL = """\
name: Harbour IT
tagline: IT that answers
base_url: {address}
locale: en-GB
currency: GBP
timezone: Europe/London
contact: {{name: The Harbour desk, email: hello@harbour.example, phone: "+44 20 7946 0000"}}
form: {{{form}, respond_within: 1 working day}}
as_of: 2026-10-31
"""
_FILES = {
    "data/positioning.yaml": """\
promise: We keep firms of 10 to 80 people working, and answer in nine minutes.
ideal_client: {situation: one overworked person does IT}
triggers: [{phrase: Our IT people take two days to ring back.}, {phrase: Nobody knows where the backups are.}]
""",
    "data/incentives.yaml": "rules: []\n",
    "data/referrers.csv": f"referrer_id,name,audience,kind,named,link_code\npriya,Priya Nair,owner,friend,yes,{CODE}\n",
}


@dataclass(frozen=True, slots=True)
class Site:
    """A served portal. address: ends in "/"; folder: its files; fake: where its form posts."""

    address: str
    folder: Path
    fake: Fake


@contextmanager
def site(maker: Maker, folder: Path, also: str = "") -> Iterator[Site]:
    """Build and serve a portal for one back end, in a folder of its own, until the block ends. also: what else its form says."""
    with ExitStack() as stack:
        fake = stack.enter_context(running(maker))
        output = portals.build(portals.write(folder / "portal", portal_files(form_settings(fake) + also)), folder / "output")
        if maker is Maker.NETLIFY:
            # Netlify takes posts where it serves the pages.
            fake.folder = output
            address = f"http://127.0.0.1:{fake.port}/"
        else:
            address = stack.enter_context(served(output))
        fake.site = address
        yield Site(address, output, fake)


def portal_files(form: str, address: str = "http://127.0.0.1/") -> dict[str, str]:
    """Return the portal's files. form: what stands in the braces of portal.yaml's form; address: its base_url."""
    return {"data/portal.yaml": _PORTAL.format(form=form, address=address), **_FILES}


def form_settings(fake: Fake) -> str:
    """Return how a portal names this back end."""
    key = ", access_key: 5a2f0c1e-0000-4000-8000-harbour" if fake.maker is Maker.WEB3FORMS else ""
    where = "" if fake.maker is Maker.NETLIFY else f', endpoint: "{fake.address}"'
    return f"backend: {fake.maker}{where}{key}"


def fill(page: Page, prospect: str = "Jo Lee", contact: str = "07700 900123", own: str = "07700 900456") -> None:
    """Fill in step 1; own is left out where the page does not ask for it."""
    page.locator("#prospect").fill(prospect)
    page.locator("#contact").fill(contact)
    if page.locator("#referrer_contact").count():
        page.locator("#referrer_contact").fill(own)


def press(page: Page, name: str = SEND) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def arrived(page: Page) -> None:
    """Wait for step 2."""
    expect(page.locator("[data-sent]")).to_be_focused()


def outbox(page: Page) -> dict[str, str]:
    """Return what the browser keeps for this portal, by name."""
    kept = page.evaluate("Object.entries(localStorage)")
    return dict(kept)


def open_tab(page: Page, address: str) -> Page:
    """Open a tab that may close itself."""
    with page.expect_popup() as opened:
        page.evaluate("address => { window.open(address); }", address)
    opened.value.wait_for_load_state()
    return opened.value


def do_and_close(tab: Page, script: str) -> None:
    """Run a script in a tab and close it in the same breath."""
    # The tab is gone before it can answer.
    with tab.expect_event("close"), suppress(Error):
        tab.evaluate(f"() => {{ {script}; window.close(); }}")
