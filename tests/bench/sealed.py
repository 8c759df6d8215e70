"""Time what private pages cost: builds of 2,000 clients with and without them, and the KPI page opened in Chromium."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import sync_playwright

from site_builder.cli import patient
from site_builder.page import Artifact
from site_builder.pipeline import Request, build
from tests.bench.portals import AS_OF, write
from tests.browser import chromium
from tests.browser.serving import served
from tests.seal.sealing import PHRASES, SITE

_CLIENTS = 2_000
_OPENINGS = 3
_LIMIT = 2.0
"""Seconds that opening the page may take beyond deriving the key from the passphrase."""
_SECRETS = {"PORTAL_SECRET": SITE.hex(), "PORTAL_OWNER_ANN": PHRASES["ann"]}
_DERIVING = """
const real = SubtleCrypto.prototype.deriveKey;
SubtleCrypto.prototype.deriveKey = async function (...words) {
  const began = performance.now();
  try { return await real.apply(this, words); } finally { window.deriving = performance.now() - began; }
};
"""
_OPENED = """
async (phrase) => {
  const field = document.getElementById("typed");
  field.value = phrase;
  const began = performance.now();
  field.form.requestSubmit();
  const frame = () => new Promise(requestAnimationFrame);
  while (!document.querySelector("#open h1")) await new Promise((done) => setTimeout(done));
  await frame();
  await frame();  // what was laid out has been painted
  return [performance.now() - began, window.deriving, document.querySelectorAll("#open *").length];
}
"""


def main() -> None:
    """Print both."""
    patient()  # as in every command
    with tempfile.TemporaryDirectory() as scratch:
        portal, cache, site = (Path(scratch, name) for name in ("portal", "cache", "site"))
        write(portal, _CLIENTS)
        with (portal / "data/portal.yaml").open("a", encoding="utf-8") as file:
            file.write("owners: {ann: Ann Hale}\n")
        cache.mkdir()
        _built(portal, cache, public_only=True)  # fills the cache
        print(f"Private pages: {_CLIENTS:,} clients, one owner, nothing published, everything cached that ever is.")
        public, alone = _built(portal, cache, public_only=True)
        every, both = _built(portal, cache, public_only=False)
        sealed = [each for each in both if b'id="sealed"' in each.content]
        size = sum(len(each.content) for each in sealed) / 1_000_000
        print(f"{len(alone):,} public files {public:.2f} s; with {len(sealed):,} sealed pages ({size:.0f} MB) {every:.2f} s")
        print(f"{every / public:.2f} times as long, {1000 * (every - public) / len(sealed):.2f} ms a sealed page")
        _put(site, (each for each in sealed if each.path.startswith("kpis/")))
        _open(site)


def _built(portal: Path, cache: Path, *, public_only: bool) -> tuple[float, tuple[Artifact, ...]]:
    began = perf_counter()
    built = build(Request(portal, _today, cache=cache, public_only=public_only, environ=_SECRETS))
    taken = perf_counter() - began
    if not built.artifacts:
        raise SystemExit(f"the portal of the bench is broken: {built.problems[:3]}")
    return taken, built.artifacts


def _today(_zone: str) -> date:
    return AS_OF


def _put(site: Path, artifacts: Iterable[Artifact]) -> None:
    for each in artifacts:
        (site / each.path).parent.mkdir(parents=True)
        (site / each.path).write_bytes(each.content)


def _open(site: Path) -> None:
    size = (site / "kpis/index.html").stat().st_size / 1_000_000
    beyond, deriving, elements = [], [], 0
    with sync_playwright() as playwright, chromium.launch(playwright) as browser, served(site) as address:
        for _ in range(_OPENINGS):
            with browser.new_context() as context:
                page = context.new_page()
                page.add_init_script(_DERIVING)
                page.goto(f"{address}kpis/")
                total, key, elements = page.evaluate(_OPENED, PHRASES["ann"])
                deriving.append(key / 1000)
                beyond.append((total - key) / 1000)
    fastest, slowest = min(beyond), max(beyond)
    print(f"The KPI page in Chromium: {size:.2f} MB, {elements:,} elements; the key {median(deriving):.2f} s,")
    print(f"then {median(beyond):.2f} s until it is painted ({fastest:.2f}–{slowest:.2f}), at most {_LIMIT:g} s")


if __name__ == "__main__":
    main()
