from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli import build as build_module
from site_builder.problem import Problem, Severity, Source
from site_builder.publish import PublishRefused
from tests.seal.sealing import SITE

Run = Callable[..., tuple[int, str, str]]


def spoil(portal: Path) -> None:
    (portal / "data" / "portal.yaml").write_text("nmae: Harbour\n")


def test_the_first_build_says_what_came(run: Run, portal: Path) -> None:
    code, out, err = run("build", "--portal", portal)
    assert (code, err) == (0, "")
    assert out == (
        f"8 pages in {portal}/output/ (8 new)\n"
        "  new  /404.html\n  new  /\n  new  /introduce/\n  new  /privacy/\n  new  /refer/\n  new  /refer/thanks/\n"
        "  new  /rewards/\n  new  /who-to-refer/\n"
    )
    assert (portal / "output" / "index.html").is_file()


def test_a_build_with_nothing_to_do_says_so(run: Run, portal: Path) -> None:
    run("build", "--portal", portal, "--as-of", "2026-10-31")
    assert run("build", "--portal", portal, "--as-of", "2026-10-31")[1] == f"8 pages in {portal}/output/ (nothing changed)\n"


def test_a_warning_about_a_colour_keeps_no_page_back(run: Run, portal: Path) -> None:
    settings = portal / "data/portal.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + 'brand: {primary: "#777777", accent: "#808080"}\n', encoding="utf-8"
    )
    code, out, err = run("build", "--portal", portal)
    assert code == 0
    assert out.startswith("8 pages")
    assert "warning[D219]" in err


def test_a_draft_is_left_out_and_the_build_says_so(run: Run, portal: Path) -> None:
    settings = portal / "data/portal.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "draft_languages: [de]\n", encoding="utf-8")
    (portal / "content/de").mkdir(parents=True)
    (portal / "content/de/words.yaml").write_text("They pick up, and they know my name.: Da geht jemand ran.\n", encoding="utf-8")
    code, out, _ = run("build", "--portal", portal, "--strict")
    assert code == 0
    assert out.startswith(f"8 pages in {portal}/output/ (8 new)\n")
    assert out.endswith(
        "\nde is a draft, so it was left out: portal serve shows it, portal translations de says what is missing.\n"
    )
    assert not (portal / "output/de").exists()
    assert "hreflang" not in (portal / "output/index.html").read_text(encoding="utf-8")


def test_the_output_may_be_named(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(portal)
    assert run("build", "--output", "public", "--public-only")[1].startswith("8 pages in public/ (8 new)\n")
    assert not (portal / "output").exists()


def test_errors_publish_nothing_and_say_that_the_former_output_stands(run: Run, portal: Path) -> None:
    run("build", "--portal", portal)
    before = (portal / "output" / "index.html").read_bytes()
    spoil(portal)
    code, out, err = run("build", "--portal", portal)
    assert (code, out) == (1, "")
    assert "error[D404]" in err
    assert err.endswith(f"Nothing was published; {portal}/output/ stands as it was.\n")
    assert (portal / "output" / "index.html").read_bytes() == before


def test_a_failed_first_build_writes_no_output(run: Run, portal: Path) -> None:
    spoil(portal)
    code, _, err = run("build", "--portal", portal)
    assert code == 1
    assert err.endswith("Nothing was published.\n")
    assert not (portal / "output").exists()


def test_warnings_publish_unless_they_are_asked_to_fail(run: Run, portal: Path) -> None:
    (portal / "data" / "cleints.csv").write_text("client_id\n")
    assert run("build", "--strict", "--portal", portal)[0] == 1
    assert not (portal / "output").exists()
    code, out, err = run("build", "--portal", portal)
    assert code == 0
    assert out.startswith("8 pages")
    assert "warning[D006]" in err


REFERRERS = "referrer_id,name,audience,kind,link_code\nrita,Rita,staff,friend,7QK3M9TX\n"


@pytest.fixture
def sealing(portal: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal with a referrer's page, built."""
    monkeypatch.setenv("PORTAL_SECRET", SITE.hex())
    (portal / "data/referrers.csv").write_text(REFERRERS)
    return portal


def test_whose_page_is_new_is_told_with_the_command_that_prints_the_link(
    run: Run, sealing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "--portal", sealing)[1].endswith("Send the new links out: portal links prints everybody's.\n")
    assert "Send" not in run("build", "--portal", sealing)[1]
    (sealing / "data/referrers.csv").write_text(f"{REFERRERS}sam,Sam,staff,friend,5NW8T3Q7\n")
    before = sealing / "output"
    before.rename(sealing / "before")
    assert run("build", "--portal", sealing, "--output", sealing / "before")[1].endswith(
        "Send the new links out: portal links sam prints them.\n"
    )
    monkeypatch.setenv("CI", "true")
    out = run("build", "--portal", sealing)[1]
    assert (out.endswith("portal links prints everybody's.\n"), "sam" in out) == (True, False)


def test_the_first_build_into_a_folder_says_why_there_are_no_private_pages(run: Run, portal: Path) -> None:
    said = "No private pages were made: no owner is named, and there is no PORTAL_SECRET.\n"
    (portal / "data/referrers.csv").write_text(REFERRERS)
    assert run("build", "--public-only", "--portal", portal, "--output", portal / "other")[1].count(said) == 0
    assert run("build", "--portal", portal)[1].endswith(said)
    assert said not in run("build", "--portal", portal)[1]


def test_a_lost_secret_takes_no_private_pages_away(run: Run, sealing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", "--portal", sealing)[0] == 0
    monkeypatch.delenv("PORTAL_SECRET")
    code, out, err = run("build", "--portal", sealing)
    assert (code, out) == (1, "")
    assert "error[D701]: 1 private page would vanish: PORTAL_SECRET is missing, and no owner is named" in err
    assert len(list((sealing / "output/my").iterdir())) == 1
    assert run("build", "--public-only", "--portal", sealing)[0] == 0
    assert not (sealing / "output/my").exists()
    assert run("build", "--portal", sealing)[0] == 0


def test_json_has_stdout_to_itself(run: Run, portal: Path) -> None:
    code, out, err = run("build", "--format", "json", "--portal", portal)
    assert code == 0
    assert json.loads(out)["counts"]["error"] == 0
    assert err.startswith("8 pages in ")


def test_a_refused_output_is_a_problem_like_any_other(run: Run, portal: Path) -> None:
    (portal / "output").mkdir()
    (portal / "output" / "diary.txt").write_text("mine")
    code, out, err = run("build", "--portal", portal)
    assert (code, out) == (1, "")
    assert "error[B10" in err
    assert (portal / "output" / "diary.txt").read_text() == "mine"


def test_an_output_that_cannot_be_repaired_is_told_before_anything_is_built(
    run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(output: Path) -> None:
        raise PublishRefused(Problem(Source(str(output)), "B105", Severity.ERROR, "the disk is full"))

    monkeypatch.setattr(build_module, "repair", refuse)
    code, _, err = run("build", "--portal", portal)
    assert code == 1
    assert "error[B105]: the disk is full" in err
