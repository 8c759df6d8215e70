from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from site_builder.pipeline import Request, build
from site_builder.scaffold import Wishes, starter
from site_builder.scaffold.writing import write
from site_builder.seal import envelope_of, opened
from site_builder.serve.preview import Preview
from site_builder.serve.watcher import state, watched
from tests.seal.sealing import SITE
from tests.serve.talking import Answer, Browser, running

TODAY = date(2026, 10, 31)


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    told = Wishes("Harbour IT", "https://x.example/refer-us/", "hello@harbour.example", "en-GB", "GBP", "Europe/London")
    write(starter(told, TODAY), tmp_path / "portal")
    return tmp_path / "portal"


@pytest.fixture
def live(portal: Path) -> Iterator[Browser]:
    """The real pipeline behind the real server, watching."""
    preview = Preview(lambda: build(Request(portal, lambda _: TODAY, preview=True)))
    seen = state(portal)
    preview.rebuild()
    stop = threading.Event()
    watcher = threading.Thread(target=watched, args=(portal, seen, stop, preview.rebuild))
    with running(preview, portal) as browser:
        watcher.start()
        yield browser
        stop.set()
        watcher.join(20)


def test_a_page_asks_for_the_script_that_reloads_it_and_gets_it(live: Browser) -> None:
    page = live.ask("/refer-us/")
    (script,) = re.findall(r'<script src="([^"]*__portal[^"]*)"', page.text)
    assert script == "/refer-us/__portal/reload.js"
    assert live.ask(script).status == 200
    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]


def test_saving_breaking_and_mending_a_file_reaches_an_open_page(live: Browser, portal: Path) -> None:
    settings = portal / "data" / "portal.yaml"
    good = settings.read_text()
    with live.listening("/refer-us/__portal/events") as following:
        first = following()
        settings.write_text(good.replace("Harbour IT", "Quay and Company"))
        second = following()
        assert "Quay and Company" in live.ask("/refer-us/").text
        settings.write_text(good.replace("\nname:", "\nnmae:"))
        third = following()
        broken = live.ask("/refer-us/rewards/")
        assert broken.status == 503
        assert re.search(r"data/portal\.yaml:\d+:1</h2>", broken.text)
        assert "did you mean &quot;name&quot;?" in broken.text
        settings.write_text(good)
        fourth = following()
        assert live.ask("/refer-us/rewards/").status == 200
    assert len({first, second, third, fourth}) == 4


PHRASE = "umbrella tractor lozenge velvet"


def _env(portal: Path, phrase: str) -> None:
    """Save the secrets at once, so that there is one build."""
    file = portal / "secrets"
    file.touch(0o600)
    file.write_text(f"PORTAL_SECRET={SITE.hex()}\nPORTAL_OWNER_ANN={phrase}\n")
    file.replace(portal / ".env")


def test_private_pages_are_sealed_here_too_and_other_secrets_build_them_anew(live: Browser, portal: Path) -> None:
    settings = portal / "data" / "portal.yaml"

    def page_with(status: int) -> Answer:
        """The page as soon as it answers so; one save may be noticed as two."""
        with live.listening("/refer-us/__portal/events") as following:
            while (page := live.ask("/refer-us/kpis/")).status != status and following():
                pass
        return page

    page_with(404)
    (portal / "data/clients.csv").write_text("client_id,name,industry,since\nacme,Acme Dental,dental,2024-01-15\n")
    _env(portal, PHRASE)
    settings.write_text(settings.read_text() + "owners: {ann: Ann Hale}\n")
    page = page_with(200)
    assert "<h1" in opened(envelope_of(page.text), phrase=PHRASE)
    assert "Ann Hale" not in page.text
    assert "__portal" not in page.text  # the script that reloads pages would lock this one at every save
    assert page.headers["Cache-Control"] == "no-store"
    _env(portal, "hunter2")
    weak = page_with(503)
    assert "PORTAL_OWNER_ANN can be guessed" in weak.text
    assert "hunter2" not in weak.text
