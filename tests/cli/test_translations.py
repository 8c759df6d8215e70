"""portal translations: what a language lacks, on a portal of three files and two pages; its texts are counted by hand below."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli import translationswritten
from site_builder.edit import ChangedMeanwhileError
from site_builder.load.yamltext import parse

Run = Callable[..., tuple[int, str, str]]

PAGE = "---\ntitle: {0}\n---\n\n{0}.\n"
MIDDAY = 1_790_000_000
"""2026-09-21, in seconds since 1970."""


@pytest.fixture
def root(portal: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pages, one of them in German under a slip of the pen; all files of one time, and no repository around them."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(portal.parent))
    for path, title in (("pages/about", "About us"), ("pages/faq", "Questions"), ("de/pages/abuot", "Wir")):
        put(portal, path, title)
    return portal


def put(root: Path, path: str, title: str, seconds: int = MIDDAY) -> None:
    file = root / f"content/{path}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(title), encoding="utf-8")
    os.utime(file, (seconds, seconds))


def answer(run: Run, root: Path, *words: str) -> list[dict[str, object]]:
    code, out, err = run("translations", *words, "--format", "json", "--portal", root)
    assert (code, err) == (0, "")
    languages: list[dict[str, object]] = json.loads(out)["languages"]
    return languages


def german(run: Run, root: Path) -> dict[str, object]:
    (found,) = answer(run, root, "de")
    documents = found["documents"]
    assert isinstance(documents, dict)
    return documents


def draft(root: Path) -> None:
    settings = root / "data/portal.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "draft_languages: [de]\n", encoding="utf-8")


def words(root: Path) -> Path:
    return root / "content/de/words.yaml"


def test_each_language_is_a_line(run: Run, root: Path) -> None:
    put(root, "fr/pages/about", "Nous")
    draft(root)
    code, out, err = run("translations", "--portal", root)
    assert (code, err) == (0, "")
    # 17 texts in positioning.yaml, 9 in incentives.yaml (two readers' texts a rule, three of the gift's).
    assert out == (
        "language             documents  older  strays    texts\n"
        "de        draft         0 of 2      0       1  0 of 26\n"
        "fr        published     1 of 2      0       0  0 of 26\n"
        "portal translations de lists what is missing in de.\n"
    )


def test_a_portal_of_one_language_is_told_how_another_begins(run: Run, portal: Path) -> None:
    said = "There is one language. A further one begins with portal translations de --write, for German.\n"
    assert run("translations", "--portal", portal) == (0, said, "")


def test_a_language_says_what_to_write_what_to_rename_and_how_many_texts_wait(run: Run, root: Path) -> None:
    code, out, err = run("translations", "de", "--portal", root)
    assert (code, err) == (0, "")
    assert out == (
        "de, published: documents 0 of 2, texts of data/ 0 of 26 translated\n"
        "\n"
        "to write                   which translates\n"
        "content/de/pages/about.md  content/pages/about.md\n"
        "content/de/pages/faq.md    content/pages/faq.md\n"
        "\n"
        "without an original\n"
        "content/de/pages/abuot.md  did you mean about.md?\n"
        "\n"
        "texts of data/         not translated\n"
        "data/positioning.yaml              17\n"
        "data/incentives.yaml                9\n"
        "portal translations de --write adds 26 texts to content/de/words.yaml.\n"
    )


def test_a_copy_is_still_to_be_translated(run: Run, root: Path) -> None:
    put(root, "de/pages/faq", "Questions")
    found = german(run, root)
    assert found["copies"] == [{"file": "content/de/pages/faq.md", "original": "content/pages/faq.md"}]
    assert "to translate: still word for word" in run("translations", "de", "--portal", root)[1]


def test_a_translation_is_older_where_its_file_is_and_not_where_a_copy_dated_both_anew(run: Run, root: Path) -> None:
    put(root, "de/pages/faq", "Fragen", MIDDAY - 60)
    assert german(run, root)["older"] == []
    put(root, "de/pages/faq", "Fragen", MIDDAY - 61)
    older = {"file": "content/de/pages/faq.md", "original": "content/pages/faq.md", "changed_on": "2026-09-21"}
    assert german(run, root)["older"] == [older]
    said = run("translations", "de", "--portal", root)[1]
    assert "older than its original  which changed on\ncontent/de/pages/faq.md  2026-09-21\n" in said


@pytest.mark.skipif(shutil.which("git") is None, reason="asks git")
def test_where_git_knows_the_files_their_dates_do_not_count(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    put(root, "de/pages/faq", "Fragen", MIDDAY - 9999)
    git = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-C", str(root)]
    noon = {**os.environ, "GIT_COMMITTER_DATE": "2026-10-01T12:00:00Z"}
    evening = {**os.environ, "GIT_COMMITTER_DATE": "2026-10-01T18:00:00Z"}
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "both"], check=True, env=noon)
    assert german(run, root)["older"] == []
    put(root, "pages/faq", "More questions", MIDDAY)
    subprocess.run([*git, "commit", "--quiet", "-a", "-m", "one"], check=True, env=evening)
    older = {"file": "content/de/pages/faq.md", "original": "content/pages/faq.md", "changed_on": "2026-10-01"}
    assert german(run, root)["older"] == [older]
    put(root, "de/pages/faq", "Mehr Fragen", MIDDAY + 9_000_000)  # edited since, in January 2027, and not committed yet
    assert german(run, root)["older"] == []


def test_its_words_are_begun_with_every_text_and_begun_once(run: Run, root: Path) -> None:
    draft(root)
    told = "content/de/words.yaml: 26 texts to translate were added.\n"
    assert run("translations", "de", "--write", "--portal", root) == (0, told, "")
    written = words(root).read_text(encoding="utf-8")
    assert "\n# data/incentives.yaml\n" in written
    assert '\n"They pick up, and they know my name.":\n' in written
    again = "content/de/words.yaml: every text stands there already; nothing was written.\n"
    assert run("translations", "de", "--write", "--portal", root) == (0, again, "")
    assert words(root).read_text(encoding="utf-8") == written
    assert "They wait in content/de/words.yaml.\n" in run("translations", "de", "--portal", root)[1]
    assert run("check", "--portal", root)[0] == 0


def test_what_stands_in_words_yaml_stays_and_only_what_it_lacks_is_added(run: Run, root: Path) -> None:
    former = '# ours\n"law firms": "Kanzleien"   # as we say\narchitects:'
    words(root).write_text(former, encoding="utf-8")
    _, out, _ = run("translations", "de", "--write", "--portal", root)
    assert out == "content/de/words.yaml: 24 texts to translate were added.\n"
    written = words(root).read_text(encoding="utf-8")
    assert written.startswith(f"{former}\n\n# data/positioning.yaml\n")
    assert written.count("architects") == written.count('"law firms"') == 1
    (found,) = answer(run, root, "de")
    texts = found["texts"]
    assert isinstance(texts, dict)
    assert (texts["count"], sum(map(len, texts["missing"].values()))) == (26, 25)


def test_a_new_text_of_data_is_missing_and_its_former_translation_is_told_by_check(run: Run, root: Path) -> None:
    words(root).write_text('"law firms": "Kanzleien"\n', encoding="utf-8")
    positioning = root / "data/positioning.yaml"
    positioning.write_text(positioning.read_text(encoding="utf-8").replace("law firms", "law practices"), encoding="utf-8")
    (found,) = answer(run, root, "de")
    texts = found["texts"]
    assert isinstance(texts, dict)
    assert "law practices" in texts["missing"]["data/positioning.yaml"]
    assert "content/de/words.yaml:1:1: warning[A106]" in run("check", "--portal", root)[1]


def test_a_dry_run_prints_the_lines_and_writes_nothing(run: Run, root: Path) -> None:
    code, out, err = run("translations", "de", "--write", "--dry-run", "--portal", root)
    assert (code, err) == (0, "")
    assert out.startswith('\n# data/positioning.yaml\n"We keep firms')
    assert len(parse(out, "words.yaml").root.entries) == 26  # type: ignore[union-attr]  # else the test fails as it should
    assert not words(root).exists()


def test_a_text_too_long_for_a_key_on_one_line_is_written_as_yaml_takes_it(run: Run, root: Path) -> None:
    long = "A person answers. " * 80
    trust = f"guarantees:\n  - {{title: T, promise: {long.strip()}, if_we_fail: F}}\n"
    (root / "data/trust.yaml").write_text(trust, encoding="utf-8")
    assert run("translations", "de", "--write", "--portal", root)[0] == 0
    assert f'? "{long.strip()}"\n:\n' in words(root).read_text(encoding="utf-8")
    assert "texts of data/ 0 of 29" in run("translations", "de", "--portal", root)[1]


def test_a_language_that_is_not_begun_may_be_asked_for_and_begun_and_says_that_it_is_published_then(
    run: Run, portal: Path
) -> None:
    assert answer(run, portal, "fr")[0]["state"] == "not begun"
    code, out, _ = run("translations", "fr", "--write", "--portal", portal)
    assert code == 0
    assert out.endswith(
        "The next portal build publishes fr; until it is finished, write draft_languages: [fr] into data/portal.yaml.\n"
    )
    assert answer(run, portal)[0]["state"] == "published"


@pytest.mark.parametrize("former", ["{a: b}\n", "a: >\n  b\n c\n"])
def test_a_file_that_nothing_can_be_added_to_stays_as_it_is(run: Run, root: Path, former: str) -> None:
    words(root).write_text(former, encoding="utf-8")
    code, out, err = run("translations", "de", "--write", "--portal", root)
    assert (code != 0, out) == (True, "")
    assert "content/de/words.yaml" in err
    assert words(root).read_text(encoding="utf-8") == former


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["ger"], 'there is no language "ger"; did you mean "de"?'),
        (["french"], 'there is no language "french"; did you mean "fr"?'),
        (["xyzzy"], 'there is no language "xyzzy"'),
        (["en"], "en is the portal's own language, from which the others are translated"),
        (["--write"], "--write goes with a language, for example portal translations de --write"),
        (["de", "--dry-run"], "--dry-run goes with --write; without it nothing is changed anyway"),
        (["de", "--write", "--format", "json"], "--format is for the list; run it again without --write"),
    ],
)
def test_wrong_usage_says_what_was_meant(run: Run, root: Path, typed: list[str], said: str) -> None:
    assert run("translations", *typed, "--portal", root) == (2, "", f"portal: {said}\n")


def test_mistakes_in_the_files_stand_in_the_way(run: Run, root: Path) -> None:
    (root / "content/pages/faq.md").write_text("no front matter\n", encoding="utf-8")
    code, out, err = run("translations", "--portal", root)
    assert (code, out) == (1, "")
    assert "error[D501]" in err


def test_nothing_missing_is_said_in_a_line(run: Run, root: Path) -> None:
    for path in ("pages/about", "pages/faq", "de/pages/abuot"):
        (root / f"content/{path}.md").unlink()
    lines = run("translations", "de", "--write", "--dry-run", "--portal", root)[1]
    words(root).write_text(lines.replace('":\n', '": x\n'), encoding="utf-8")
    expected = "de, published: documents 0 of 0, texts of data/ 26 of 26 translated\nNothing is missing.\n"
    assert run("translations", "de", "--portal", root) == (0, expected, "")


def test_a_file_that_was_saved_meanwhile_is_not_written_over(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words(root).write_text("architects:\n", encoding="utf-8")

    def saved(_path: Path, _former: bytes, _content: bytes) -> None:
        raise ChangedMeanwhileError

    monkeypatch.setattr(translationswritten, "replace_content", saved)
    said = "portal: content/de/words.yaml was changed meanwhile, so nothing was written; try again\n"
    assert run("translations", "de", "--write", "--portal", root) == (1, "", said)


def test_a_folder_that_cannot_be_written_is_told(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes, **_like: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(translationswritten, "create_content", full)
    said = "portal: content/de/words.yaml cannot be written: no space left on device\n"
    assert run("translations", "de", "--write", "--portal", root) == (1, "", said)
