"""The secrets of a portal: where they come from, and what is said of those that are missing, weak or open."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from site_builder.problem import Severity
from site_builder.seal import Secrets, secrets_of
from site_builder.seal.demo import DEMO_PHRASES, DEMO_SECRET, demo_phrases
from site_builder.seal.envfile import env_file
from site_builder.seal.strength import FEWEST_BITS, bits, site_secret
from tests import portals
from tests.seal.sealing import SITE

ANN, BEN = "umbrella tractor lozenge velvet", "pelican ledger frosty thimble"
GOOD = {"PORTAL_SECRET": SITE.hex(), "PORTAL_OWNER_ANN": ANN, "PORTAL_OWNER_BEN": BEN}
SETTINGS = portals.settings(owners={"ann": "Ann Hale", "ben": "Ben Ode"})


def env(root: Path, text: str, mode: int = 0o600) -> None:
    (root / ".env").write_text(text, encoding="utf-8")
    (root / ".env").chmod(mode)


def written(**values: str) -> str:
    return "".join(f"{name}={value}\n" for name, value in values.items())


def faults(root: Path, environ: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Code and message of each problem; no value of a secret stands in any of them."""
    found = secrets_of(SETTINGS, root, environ or {})
    assert isinstance(found, tuple)
    assert {each.severity for each in found} <= {Severity.ERROR}
    told = "".join(map(repr, found)).casefold()
    known = [value for value in (*GOOD.values(), *(environ or {}).values()) if value]
    assert [value for value in known if value.casefold() in told] == []
    return [(each.code, each.message) for each in found]


def secrets(root: Path, environ: dict[str, str]) -> Secrets:
    found = secrets_of(SETTINGS, root, environ)
    assert isinstance(found, Secrets)
    return found


def test_without_owners_and_without_a_secret_there_are_no_private_pages(tmp_path: Path) -> None:
    assert secrets_of(portals.settings(), tmp_path, {}) is None
    assert secrets_of(portals.settings(), tmp_path, {"PORTAL_SECRET": "  ", "PORTAL_OWNER_ANN": ANN}) is None


def test_a_secret_alone_makes_links_and_no_owners_page(tmp_path: Path) -> None:
    assert secrets_of(portals.settings(), tmp_path, {"PORTAL_SECRET": SITE.hex()}) == Secrets(SITE, {})


def test_all_secrets_come_from_the_environment(tmp_path: Path) -> None:
    assert secrets(tmp_path, GOOD) == Secrets(SITE, {"ann": ANN, "ben": BEN})


def test_all_secrets_come_from_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    env(
        tmp_path,
        f"# ours\nexport PORTAL_SECRET='{SITE.hex()}'\nPORTAL_OWNER_ANN=\"{ANN}\" # hers\nPORTAL_OWNER_BEN={BEN}\nOTHER=$HOME\n",
    )
    assert secrets(tmp_path, {}) == Secrets(SITE, {"ann": ANN, "ben": BEN})


def test_a_dollar_in_a_phrase_is_a_dollar(tmp_path: Path) -> None:
    env(tmp_path, written(**GOOD).replace(ANN, "'umbrella ${HOME} lozenge $PATH velvet'"))
    assert secrets(tmp_path, {}).owners["ann"] == "umbrella ${HOME} lozenge $PATH velvet"


def test_the_environment_wins_over_the_file_unless_it_is_empty(tmp_path: Path) -> None:
    env(tmp_path, written(**GOOD))
    other = "gravel monocle sapling quartz"
    assert secrets(tmp_path, {"PORTAL_OWNER_ANN": other, "PORTAL_OWNER_BEN": ""}).owners == {"ann": other, "ben": BEN}


def test_each_missing_secret_is_named_where_it_was_asked_for(tmp_path: Path) -> None:
    assert faults(tmp_path) == [
        ("D701", "PORTAL_SECRET is missing, with which private pages are sealed"),
        ("D701", 'PORTAL_OWNER_ANN is missing, the passphrase of "ann"'),
        ("D701", 'PORTAL_OWNER_BEN is missing, the passphrase of "ben"'),
    ]


WITHOUT = "portal build --public-only leaves these pages out"


def hints(root: Path, environ: dict[str, str]) -> list[str]:
    found = secrets_of(SETTINGS, root, environ)
    assert isinstance(found, tuple)
    assert SITE.hex() not in repr(found)
    return [each.hint for each in found]


def test_who_misses_the_secret_looks_for_a_copy_before_making_another(tmp_path: Path) -> None:
    first = "look for your copy first: with a new one, every link you sent stops working"
    then = "if there never was one, portal passphrase --secret makes one; put it into the environment or .env"
    assert hints(tmp_path, {"PORTAL_OWNER_ANN": ANN, "PORTAL_OWNER_BEN": BEN}) == [f"{first}; {then}; {WITHOUT}"]


def test_a_misspelt_name_is_named_with_where_it_stands(tmp_path: Path) -> None:
    env(tmp_path, written(PORTAL_SECRT=SITE.hex(), PORTAL_OWNERANN=ANN))
    assert hints(tmp_path, {"PORTAL_OWNER_BENN": BEN}) == [
        f'PORTAL_SECRT stands in .env: did you mean "PORTAL_SECRET"? {WITHOUT}',
        'PORTAL_OWNERANN stands in .env: did you mean "PORTAL_OWNER_ANN"?',
        'PORTAL_OWNER_BENN stands in the environment: did you mean "PORTAL_OWNER_BEN"?',
    ]


def test_a_line_that_cannot_be_read_is_named_by_its_number(tmp_path: Path) -> None:
    env(tmp_path, f"# ours\nexport PORTAL_SECRET: {SITE.hex()}\nPORTAL_OWNER_ANN {ANN}\nPORTAL_OWNER_BEN={BEN}\n")
    assert hints(tmp_path, {}) == [
        f"line 2 of .env is not NAME=value: did you mean PORTAL_SECRET=…? {WITHOUT}",
        "line 3 of .env is not NAME=value: did you mean PORTAL_OWNER_ANN=…?",
    ]


@pytest.mark.parametrize("line", ["PORTAL_SECRT={}", "PORTAL_SECRET: {}", "PORTAL_SECRET"])
@pytest.mark.parametrize("demo", [False, True])
def test_pages_do_not_vanish_because_of_a_misspelt_secret_nor_are_they_published(tmp_path: Path, line: str, demo: bool) -> None:  # noqa: FBT001  # a case
    env(tmp_path, line.format(SITE.hex()))
    found = secrets_of(portals.settings(demo=demo), tmp_path, {})
    assert isinstance(found, tuple)
    assert [each.code for each in found] == ["D701"]


def test_a_misspelt_secret_that_others_can_read_is_told_as_any(tmp_path: Path) -> None:
    env(tmp_path, written(PORTAL_SECRT=SITE.hex()), 0o644)
    found = secrets_of(portals.settings(), tmp_path, {})
    assert isinstance(found, tuple)
    assert [each.code for each in found] == ["D703", "D701"]


def test_weak_and_shared_secrets_are_refused_and_all_are_told(tmp_path: Path) -> None:
    environ = {"PORTAL_SECRET": "ab" * 32, "PORTAL_OWNER_ANN": "ann hale 1974", "PORTAL_OWNER_BEN": " ann  hale\t1974 "}
    assert faults(tmp_path, environ) == [
        ("D702", "PORTAL_SECRET is not 32 random bytes or more, in hex or base64"),
        ("D702", "PORTAL_OWNER_ANN can be guessed"),
        ("D702", "PORTAL_OWNER_BEN is the same as PORTAL_OWNER_ANN"),
    ]


def test_a_phrase_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    environ = {**GOOD, "PORTAL_OWNER_ANN": ANN + os.fsdecode(b"\xff")}
    assert faults(tmp_path, environ) == [("D702", "PORTAL_OWNER_ANN holds what is no text")]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_file_that_others_can_get_at_is_refused(tmp_path: Path, mode: int) -> None:
    env(tmp_path, written(**GOOD), mode)
    assert faults(tmp_path) == [("D703", f"others on this machine can get at this file: its mode is {mode:03o}")]


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_of_ones_own_is_fine(tmp_path: Path, mode: int) -> None:
    env(tmp_path, written(**GOOD), mode)
    assert isinstance(secrets_of(SETTINGS, tmp_path, {}), Secrets)


def test_a_file_that_git_would_keep_is_refused(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    env(tmp_path, written(**GOOD))
    assert faults(tmp_path) == [("D703", "git keeps this file, or would with the next git add")]
    (tmp_path / ".gitignore").write_text(".env\n")
    assert isinstance(secrets_of(SETTINGS, tmp_path, {}), Secrets)


def test_a_file_says_nothing_of_what_it_holds(tmp_path: Path) -> None:
    env(tmp_path, written(**GOOD))
    assert f"{env_file(tmp_path)!r} {env_file(tmp_path)}" == "EnvFile(...) EnvFile(...)"


def test_an_open_file_without_secrets_of_ours_is_nobodys_business(tmp_path: Path) -> None:
    env(tmp_path, "DATABASE_URL=sqlite:///leads.db\n", 0o644)
    assert secrets_of(portals.settings(), tmp_path, {}) is None
    assert isinstance(secrets_of(SETTINGS, tmp_path, GOOD), Secrets)
    env(tmp_path, "", 0o644)
    assert secrets_of(portals.settings(), tmp_path, {}) is None


def test_a_file_that_cannot_be_read_may_hold_the_pages_secrets_so_they_do_not_vanish(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(written(**GOOD))
    (tmp_path / ".env").symlink_to("elsewhere")
    link = [("D703", "this is a link, and what it leads to may be anybody's")]
    assert faults(tmp_path) == link
    assert faults(tmp_path, {"PORTAL_OWNER_ANN": "password"}) == [*link, ("D702", "PORTAL_OWNER_ANN can be guessed")]
    found = secrets_of(portals.settings(), tmp_path, {})
    assert isinstance(found, tuple)
    assert [each.code for each in found] == ["D703"]


def test_a_folder_a_pipe_a_large_file_and_other_encodings_are_told(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert faults(tmp_path) == [("D005", "this file cannot be read: is a directory")]
    (tmp_path / ".env").rmdir()
    os.mkfifo(tmp_path / ".env")
    assert faults(tmp_path) == [("D005", "this is not a regular file")]
    (tmp_path / ".env").unlink()
    env(tmp_path, "#" * (64 * 1024 + 1))
    assert faults(tmp_path) == [("D003", "this file is larger than 64 KiB")]
    (tmp_path / ".env").write_bytes(b"PORTAL_SECRET=\xff\n")
    assert faults(tmp_path) == [("D002", "this file is not UTF-8")]


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    env(tmp_path, written(**GOOD))
    monkeypatch.setattr("os.open", refused)
    assert faults(tmp_path) == [("D005", "this file cannot be read: permission denied")]


def test_what_the_file_holds_is_never_shown_as_a_line(tmp_path: Path) -> None:
    env(tmp_path, written(PORTAL_SECRET="hunter2", PORTAL_OWNER_ANN="x", PORTAL_OWNER_BEN="x"), 0o644)
    found = secrets_of(SETTINGS, tmp_path, {})
    assert isinstance(found, tuple)
    assert {(each.source.path, each.source.line) for each in found} == {(".env", 0)}
    assert len(found) == 4


# Demonstrations

DEMO = portals.settings(demo=True, owners={"moira": "Moira", "ann": "Ann"})


def test_a_demo_has_published_phrases_by_the_order_of_ids(tmp_path: Path) -> None:
    found = secrets_of(DEMO, tmp_path, {})
    assert found == Secrets(DEMO_SECRET, {"ann": DEMO_PHRASES[0], "moira": DEMO_PHRASES[1]}, is_demo=True)
    assert secrets_of(portals.settings(demo=True), tmp_path, {}) == Secrets(DEMO_SECRET, {}, is_demo=True)


def test_a_demo_may_have_secrets_of_its_own(tmp_path: Path) -> None:
    found = secrets_of(
        DEMO, tmp_path, {"PORTAL_SECRET": SITE.hex(), "PORTAL_OWNER_ANN": ANN, "PORTAL_OWNER_MOIRA": DEMO_PHRASES[1]}
    )
    assert found == Secrets(SITE, {"ann": ANN, "moira": DEMO_PHRASES[1]}, is_demo=False)


def test_a_demo_with_half_of_its_own_secrets_is_not_published_by_mistake(tmp_path: Path) -> None:
    found = secrets_of(DEMO, tmp_path, {"PORTAL_OWNER_ANN": ANN})
    assert isinstance(found, tuple)
    assert [each.code for each in found] == ["D701", "D701"]


@pytest.mark.parametrize("phrase", [DEMO_PHRASES[0], DEMO_PHRASES[7].upper(), DEMO_PHRASES[3].replace(" ", "  ")])
def test_a_published_phrase_is_refused_outside_a_demo(tmp_path: Path, phrase: str) -> None:
    assert faults(tmp_path, {**GOOD, "PORTAL_OWNER_ANN": phrase}) == [
        ("D704", "PORTAL_OWNER_ANN is one of the demo's, which are published")
    ]


def test_the_published_secret_is_refused_outside_a_demo(tmp_path: Path) -> None:
    assert faults(tmp_path, {**GOOD, "PORTAL_SECRET": DEMO_SECRET.hex()}) == [
        ("D704", "PORTAL_SECRET is the demo's, which is published")
    ]


def test_the_published_secrets_are_as_strong_as_any() -> None:
    assert site_secret(DEMO_SECRET.hex()) == DEMO_SECRET
    assert len(set(DEMO_PHRASES)) == 8
    assert all(len(phrase.split()) == 6 and bits(phrase) > FEWEST_BITS for phrase in DEMO_PHRASES)
    assert demo_phrases(f"o{number}" for number in range(8)) == {f"o{number}": DEMO_PHRASES[number] for number in range(8)}


def test_each_problem_says_what_to_do(tmp_path: Path) -> None:
    env(tmp_path, written(PORTAL_SECRET="hunter2"), 0o640)
    found = secrets_of(SETTINGS, tmp_path, {})
    assert isinstance(found, tuple)
    assert all(each.hint for each in found)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o640  # nothing is changed behind its owner's back
