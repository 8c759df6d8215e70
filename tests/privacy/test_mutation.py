"""One wrong mark: in a copy of the program a private field is marked public, projected and shown, and each proof finds it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from site_builder.model import public
from site_builder.model.tables import Client
from site_builder.rules import consent
from site_builder.rules.projection import NotPublicError
from tests.portals import PORTAL, client
from tests.privacy.conftest import ROOT

Edit = tuple[str, str, str]
"""A file, what stands there once, and what is put in its place."""

EMAIL: tuple[Edit, ...] = (
    (
        "site_builder/model/tables.py",
        "contact_email: Annotated[Email | None, About(",
        "contact_email: Annotated[Email | None, LISTED, About(",
    ),
    (
        "site_builder/model/public.py",
        "    buying_triggers: tuple[str, ...]\n",
        "    buying_triggers: tuple[str, ...]\n    contact_email: str | None\n",
    ),
    (
        "themes/default/templates/directory_entry.html",
        "{% block main %}",
        "{% block main %}\n<p>{{ view.client.contact_email or '' }}</p>",
    ),
)
PROSPECT: tuple[Edit, ...] = (
    ("site_builder/model/tables.py", "prospect: Annotated[Text, About(", "prospect: Annotated[Text, Public(), About("),
    ("site_builder/model/public.py", "    name: str\n    month: date\n", "    name: str\n    month: date\n    prospect: str\n"),
    ("site_builder/rules/collections.py", "day.replace(day=1))", "day.replace(day=1), referral.prospect)"),
    ("site_builder/pages/wins.py", "tuple(win.name for win in wins)", "tuple(f'{win.name}: {win.prospect}' for win in wins)"),
)
MUTATIONS = {"an e-mail address in the directory": EMAIL, "a prospect among the wins": PROSPECT}


@pytest.fixture(scope="module", params=MUTATIONS)
def mutant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, its demo and these proofs, with one mutation."""
    where = tmp_path_factory.mktemp("mutant")
    leaving = shutil.ignore_patterns("__pycache__", "output", ".portal-cache", "browser", "invalid")
    for folder in ("site_builder", "themes", "data", "content", "tests"):
        shutil.copytree(ROOT / folder, where / folder, ignore=leaving)
    shutil.copy(ROOT / "pyproject.toml", where)
    for name, old, new in MUTATIONS[request.param]:
        text = (where / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name}: look for another place to change"
        (where / name).write_text(text.replace(old, new), encoding="utf-8")
    return where


def run(mutant: Path, *words: str) -> tuple[int, str]:
    """Run a module of the copy, and nothing of the original."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=mutant, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def proved(mutant: Path, test: str) -> tuple[int, str]:
    return run(mutant, "pytest", "-q", "-p", "no:cacheprovider", f"tests/privacy/{test}")


@pytest.mark.audit
def test_noninterference_fails(mutant: Path) -> None:
    code, said = proved(mutant, "test_noninterference.py::test_the_demo_is_the_same_with_another_value_in_every_private_cell")
    assert code == 1, said
    assert "1 failed" in said
    assert "AssertionError" in said
    assert shown(mutant) in said


@pytest.mark.audit
def test_the_canaries_are_found(mutant: Path) -> None:
    code, said = proved(mutant, "test_canaries.py::test_no_public_file_cache_or_output_of_a_build_holds_a_mark")
    assert code == 1, said
    assert "1 failed" in said
    assert f"output/{shown(mutant)}" in said
    assert "kanari" in said


def test_the_scan_at_build_finds_it(mutant: Path) -> None:
    code, said = run(mutant, "site_builder", "build", "--output", str(mutant / "output"))
    assert code == 1, said
    path, field = ("referrals.csv", "prospect") if shown(mutant) == "wins/" else ("clients.csv", "contact_email")
    assert re.search(rf"^data/{path}:[0-9]+:[0-9]+: error\[A301\]: {field} of ", said, re.MULTILINE)
    assert not (mutant / "output").exists()


def shown(mutant: Path) -> str:
    """Where the mutant shows what it should not."""
    return "wins/" if "prospect: str" in (mutant / "site_builder/model/public.py").read_text(encoding="utf-8") else "directory/"


@pytest.mark.parametrize("there", [True, False])
def test_a_public_type_alone_cannot_publish_a_field(monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    """Without the mark the projection refuses, for whatever the record holds."""

    @dataclass(frozen=True)
    class Careless(public.PublicClient):
        contact_email: str | None = None

    monkeypatch.setattr(consent, "PublicClient", Careless)
    someone = client(listed="yes", **({"contact_email": "ann@acme.example"} if there else {}))
    project: Callable[[], object] = lambda: consent.public_portal(replace(PORTAL, clients=(someone,)))  # noqa: E731  # asked once
    with pytest.raises(NotPublicError, match="Client: contact_email"):
        project()
    assert "contact_email" not in Client.public_fields()
