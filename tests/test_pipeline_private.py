"""What a build makes of owners and secrets: which private pages there are, who opens them, and what a change changes."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.page import Artifact, Circle, Reader
from site_builder.pages import collisions
from site_builder.pipeline import Built, Request, build, failed
from site_builder.problem import Severity, Source
from site_builder.scaffold import Wishes, starter
from site_builder.scaffold.writing import write
from site_builder.seal import Keys, Secrets, WrongKeyError, envelope_of, opened
from tests.properties import digest
from tests.seal.sealing import FEW, SITE

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 10, 31)
ANN, TOM = "umbrella tractor lozenge velvet", "pelican ledger frosty thimble"
OTHER = bytes(reversed(SITE))
SECRET = {"PORTAL_SECRET": SITE.hex()}
OWNED = {**SECRET, "PORTAL_OWNER_ANN": ANN, "PORTAL_OWNER_TOM": TOM}
OWNERS = "owners: {ann: Ann Hale, tom: Tom Reyes}\n"

CLIENTS = """client_id,name,industry,since,last_paid_on,listed,link_version
acme,Acme Dental,dental,2024-01-15,2026-10-01,yes,1
bolt,Bolt Haulage,haulage,2023-03-15,2026-10-01,,1
"""
REFERRERS = """referrer_id,name,audience,kind,client_id,kickback_clause,link_code,link_version
rita,Rita Ray,owner,client,acme,none,7QK3M9TX,1
sam,Sam Lister,staff,friend,,none,5NW8T3Q7,1
"""
REFERRALS = """referral_id,received_on,referrer_id,prospect,status,source
r1,2026-10-29,rita,Corner Bakery,received,referral
r2,2026-10-30,sam,Market Garden,received,referral
"""
RITA, SAM = (Reader(Circle.REFERRER, name, 1) for name in ("rita", "sam"))
ACME, BOLT = (Reader(Circle.CLIENT, name, 1) for name in ("acme", "bolt"))
KPIS = "kpis/index.html"


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """Two owners, two clients, two referrers and a referral of each."""
    root = tmp_path / "portal"
    told = Wishes("Harbour IT", "https://refer.harbour.example/", "hello@harbour.example", "en-GB", "GBP", "Europe/London")
    write(starter(told, AS_OF), root)
    for name, text in (("clients", CLIENTS), ("referrers", REFERRERS), ("referrals", REFERRALS)):
        (root / f"data/{name}.csv").write_text(text, encoding="utf-8")
    change(root, "data/portal.yaml", lambda text: f"{text}as_of: {AS_OF}\n{OWNERS}")
    return root


def change(root: Path, path: str, how: Callable[[str], str]) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert how(text) != text
    (root / path).write_text(how(text), encoding="utf-8")


def built(root: Path, environ: Mapping[str, str] = OWNED, *, public_only: bool = False, iterations: int = 1) -> Built:
    """Build; with so few iterations as nobody could open pages with a passphrase, unless more are asked for."""
    keys = lambda secrets: Keys(secrets, iterations=iterations)  # noqa: E731  # a constructor with a setting
    return build(Request(root, lambda _: AS_OF, public_only=public_only, environ=environ, keys=keys))


def files(found: Built) -> dict[str, bytes]:
    assert not failed(found.problems), found.problems
    return {artifact.path: artifact.content for artifact in found.artifacts}


def private(found: Built) -> set[str]:
    return {path for path, content in files(found).items() if b'id="sealed"' in content}


def place(reader: Reader, site: bytes = SITE) -> str:
    return f"{Keys(Secrets(site, {})).link(reader).path}index.html"


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> set[str]:
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


# ------------------------------------------------------------------------------------------------ which pages there are


def test_there_is_a_page_for_the_owners_and_one_for_each_referrer_and_client(portal: Path) -> None:
    assert private(built(portal)) == {KPIS, *map(place, (RITA, SAM, ACME, BOLT))}


def test_a_secret_alone_makes_the_pages_that_links_open(portal: Path) -> None:
    change(portal, "data/portal.yaml", lambda text: text.replace(OWNERS, ""))
    assert private(built(portal, SECRET)) == set(map(place, (RITA, SAM, ACME, BOLT)))


def test_without_owners_and_secret_there_is_none_and_a_note_says_so(portal: Path) -> None:
    change(portal, "data/portal.yaml", lambda text: text.replace(OWNERS, ""))
    found = built(portal, {})
    (note,) = (problem for problem in found.problems if "private pages" in problem.message)
    assert (note.code, note.severity, note.field) == ("D601", Severity.NOTE, "owners")
    assert private(found) == set()


def test_with_private_pages_or_without_them_on_purpose_there_is_no_such_note(portal: Path) -> None:
    assert [each for each in built(portal).problems if "private pages" in each.message] == []
    change(portal, "data/portal.yaml", lambda text: text.replace(OWNERS, ""))
    assert [each for each in built(portal, {}, public_only=True).problems if "private pages" in each.message] == []


@pytest.mark.parametrize("name", ["kpis", "my", "client"])
def test_no_page_of_ones_own_stands_where_private_ones_do(portal: Path, name: str) -> None:
    page = portal / f"content/pages/{name}.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Our numbers\n---\nAll of them.\n", encoding="utf-8")
    found = built(portal)
    assert found.artifacts == ()
    (clash,) = (problem for problem in found.problems if problem.severity is Severity.ERROR)
    assert (clash.code, clash.source.path) == ("D503", f"content/pages/{name}.md")
    assert clash.message == f"/{name}/ is one of the portal's own addresses"


def test_two_files_in_a_private_pages_place_are_told_with_both_sources() -> None:
    sealed = Artifact("kpis/index.html", b"", Source("data/portal.yaml", 20))
    (clash,) = collisions((), (Artifact("KPIS", b"", Source("content/static/KPIS")), sealed))
    assert (clash.code, clash.source) == ("D504", sealed.source)
    assert clash.message == "two pages stand on /kpis/index.html: this one and that of content/static/KPIS"


# ------------------------------------------------------------------------------------------------ who opens them


def envelope(found: Built, path: str = KPIS) -> str:
    return envelope_of(files(found)[path].decode())


def test_an_owner_who_was_taken_out_opens_the_former_page_and_not_the_new_one(portal: Path) -> None:
    former = built(portal, iterations=FEW)
    change(portal, "data/portal.yaml", lambda text: text.replace(", tom: Tom Reyes", ""))
    new = built(portal, iterations=FEW)
    assert "<h1" in opened(envelope(former), phrase=TOM)
    assert "<h1" in opened(envelope(new), phrase=ANN)
    with pytest.raises(WrongKeyError):
        opened(envelope(new), phrase=TOM)


@pytest.mark.parametrize(("table", "reader", "row"), [("referrers", RITA, "7QK3M9TX,"), ("clients", ACME, "2026-10-01,yes,")])
def test_a_raised_version_takes_the_former_page_away_and_no_other(portal: Path, table: str, reader: Reader, row: str) -> None:
    before = built(portal)
    change(portal, f"data/{table}.csv", lambda text: text.replace(f"{row}1", f"{row}2"))
    after = built(portal)
    new = Reader(reader.circle, reader.id, 2)
    assert private(before) - private(after) == {place(reader)}
    assert private(after) - private(before) == {place(new)}
    keys = Keys(Secrets(SITE, {}))
    assert "<h1" in opened(envelope(after, place(new)), key=keys.link(new).key)
    with pytest.raises(WrongKeyError):
        opened(envelope(after, place(new)), key=keys.link(reader).key)


def test_another_secret_moves_every_link(portal: Path) -> None:
    before, after = private(built(portal)), private(built(portal, {**OWNED, "PORTAL_SECRET": OTHER.hex()}))
    assert before & after == {KPIS}
    assert after == {KPIS, *(place(reader, OTHER) for reader in (RITA, SAM, ACME, BOLT))}


# ------------------------------------------------------------------------------------------------ what a change changes


def test_the_same_portal_gives_the_same_pages(portal: Path) -> None:
    assert differing(files(built(portal)), files(built(portal))) == set()


def test_a_change_in_a_referral_changes_its_referrers_page_the_owners_and_that_of_the_client_it_counts_for(portal: Path) -> None:
    usual = files(built(portal))
    change(portal, "data/referrals.csv", lambda text: text.replace("Corner Bakery", "Corner Bakery and Café"))
    renamed = files(built(portal))
    assert differing(usual, renamed) == {KPIS, place(RITA)}
    change(portal, "data/referrals.csv", lambda text: f"{text}r3,2026-10-30,rita,Third,received,referral\n")
    assert differing(renamed, files(built(portal))) == {KPIS, place(RITA), place(ACME)}


def test_a_referral_of_somebody_who_is_no_clients_changes_no_clients_page(portal: Path) -> None:
    usual = files(built(portal))
    change(portal, "data/referrals.csv", lambda text: f"{text}r3,2026-10-30,sam,Third,received,referral\n")
    assert differing(usual, files(built(portal))) == {KPIS, place(SAM)}


def test_who_is_an_owner_concerns_the_owners_page_alone(portal: Path) -> None:
    usual = files(built(portal))
    assert differing(usual, files(built(portal, {**OWNED, "PORTAL_OWNER_TOM": "glacier window cobalt harvest"}))) == {KPIS}


def test_a_prospect_of_the_demo_changes_the_owners_page_and_its_referrers(tmp_path: Path) -> None:
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    usual = files(built(tmp_path, {}))
    with (ROOT / "data/referrals.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    last = rows[-1]
    change(tmp_path, "data/referrals.csv", lambda text: text.replace(last["prospect"], f"{last['prospect']} and Daughters"))
    changed = {path.split("/")[0] for path in differing(usual, files(built(tmp_path, {})))}
    assert changed == {"kpis", "my"}


def test_the_bytes_do_not_depend_on_the_machine(portal: Path, tmp_path: Path) -> None:
    """Another hash seed, time zone, locale, umask and order of folders."""
    here = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    there = {
        "PYTHONHASHSEED": "4321",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    one, other = (
        _digest(portal, tmp_path / order, order, around, umask)
        for order, around, umask in (("forward", here, 0o022), ("backward", there, 0o077))
    )
    assert one == other
    assert len(list((tmp_path / "forward").glob("*/*/index.html"))) > 4


def _digest(portal: Path, where: Path, order: str, environment: Mapping[str, str], umask: int) -> str:
    command = [sys.executable, digest.__file__, order, str(portal), str(where)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    around = {**kept, "PYTHONPATH": str(ROOT), **OWNED, **environment}
    done = subprocess.run(command, env=around, umask=umask, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


# ------------------------------------------------------------------------------------------------ the command


@pytest.fixture
def run(portal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Build by the command with these secrets in the environment; the exit code and all that was said."""

    def command(environ: Mapping[str, str], *options: str) -> tuple[int, str]:
        for name in OWNED:
            monkeypatch.delenv(name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        code = main(["build", "--portal", str(portal), *options])
        out, err = capsys.readouterr()
        return code, out + err

    return command


def stands(portal: Path) -> dict[str, bytes]:
    site = portal / "output"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_public_only_takes_private_pages_away_and_says_so_however_many_they_are(
    portal: Path, run: Callable[..., tuple[int, str]]
) -> None:
    """More than a fifth of all pages here; the fence against vanishing pages is about public ones."""
    assert run(OWNED)[0] == 0
    assert len(list((portal / "output").glob("my/*/index.html"))) == 2
    code, said = run({}, "--public-only")
    assert code == 0
    assert "  gone /kpis/\n" in said
    assert "  gone 4 personal pages\n" in said
    assert "Private pages were left out (--public-only), and those that were there are gone.\n" in said
    assert [path for path in stands(portal) if path.startswith(("kpis/", "my/", "client/"))] == []


def test_private_pages_that_move_with_another_secret_are_no_reason_to_stop(
    portal: Path, run: Callable[..., tuple[int, str]]
) -> None:
    assert run(OWNED)[0] == 0
    assert run({**OWNED, "PORTAL_SECRET": OTHER.hex()})[0] == 0
    assert len([path for path in stands(portal) if path.startswith(("my/", "client/"))]) == 4


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({}, "D701"),
        ({**SECRET, "PORTAL_OWNER_ANN": ANN}, "D701"),
        ({**OWNED, "PORTAL_SECRET": ""}, "D701"),
        ({**OWNED, "PORTAL_SECRET": SITE.hex()[:62]}, "D702"),
        ({**OWNED, "PORTAL_OWNER_TOM": "Harbour2026!"}, "D702"),
        ({**OWNED, "PORTAL_OWNER_TOM": ANN}, "D702"),
    ],
    ids=["none", "one phrase missing", "an empty secret", "a short secret", "a weak phrase", "two with one phrase"],
)
def test_missing_or_weak_secrets_leave_the_output_as_it_was_and_show_no_value(
    portal: Path, run: Callable[..., tuple[int, str]], environ: Mapping[str, str], code: str
) -> None:
    assert run(OWNED)[0] == 0
    before = stands(portal)
    ended, said = run(environ)
    assert ended == 1
    assert f"error[{code}]" in said
    assert f"{portal}/output/ stands as it was.\n" in said
    assert stands(portal) == before
    assert [value for value in environ.values() if value and value in said] == []


def test_a_build_server_is_told_of_missing_secrets_without_the_id_of_any_row(
    portal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Owners' ids are part of the names that have to be set there."""
    monkeypatch.setenv("CI", "true")
    assert main(["check", "--portal", str(portal)]) == 1
    said = capsys.readouterr().out
    assert said.count("error[D701]") == 3
    assert "PORTAL_OWNER_ANN" in said
    assert [name for name in ("rita", "sam", "acme", "bolt", "r1", "r2") if re.search(rf"\b{name}\b", said)] == []
    assert [name for name in ("Ann Hale", "Tom Reyes") if name in said] == []


def test_no_artifact_is_two(portal: Path) -> None:
    found: tuple[Artifact, ...] = built(portal).artifacts
    assert len({artifact.path for artifact in found}) == len(found)
