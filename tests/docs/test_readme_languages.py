"""The README's worked example of a second language: every step works as printed, one after the other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.pipeline import Request, build
from tests.docs.reference import README
from tests.portals import AS_OF

_EXAMPLE = README.read_text(encoding="utf-8").partition("**German, step by step.**")[2].partition("Later on, ")[0]


def _blocks() -> list[tuple[str, str]]:
    """Return the example's blocks, each with its kind, as they stand when the list's indentation is taken away."""
    found = re.findall(r"(?ms)^( *)```(\w+)\n(.*?)^ *```", _EXAMPLE)
    return [(kind, re.sub(rf"(?m)^{indent}", "", text)) for indent, kind, text in found]


def _run(commands: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a block's commands here and return what the last one printed."""
    for line in commands.splitlines():
        program, *words = shlex.split(line)
        match program:
            case "mkdir":
                Path(words[-1]).mkdir(parents=True)
            case "cp":
                Path(words[1]).write_bytes(Path(words[0]).read_bytes())
            case "portal":
                capsys.readouterr()
                assert main(words) == 0
            case _:
                raise AssertionError(line)
    return capsys.readouterr().out


def _add(path: str, line: str) -> None:
    file = Path(path)
    file.write_text(file.read_text(encoding="utf-8") + line, encoding="utf-8")


def test_the_steps_lead_from_one_language_to_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = _blocks()
    assert [kind for kind, _ in blocks] == [
        *("markdown", "yaml", "console", "text", "yaml", "console", "markdown", "console", "text", "console")
    ]
    texts = iter(text for _, text in blocks)
    monkeypatch.chdir(tmp_path)
    assert main(["new", "harbour"]) == 0
    monkeypatch.chdir(tmp_path / "harbour")
    Path("content/pages").mkdir(parents=True)
    Path("content/pages/about.md").write_text(next(texts), encoding="utf-8")
    drafts = next(texts)
    _add("data/portal.yaml", drafts)
    assert _run(next(texts), capsys) == next(texts)
    _translate(next(texts))
    _run(next(texts), capsys)
    Path("content/de/pages/about.md").write_text(next(texts), encoding="utf-8")
    assert _run(next(texts), capsys) == next(texts)
    shown = build(Request(Path(), lambda _zone: AS_OF, preview=True, public_only=True))
    home = next(file.content.decode() for file in shown.artifacts if file.path == "index.html")
    assert re.search(r">Deutsch</a> \(draft\)</li>", home)
    assert main(["build"]) == 0
    assert not Path("output/de").exists()
    settings = Path("data/portal.yaml")
    settings.write_text(settings.read_text(encoding="utf-8").replace(drafts, ""), encoding="utf-8")
    _run(next(texts), capsys)
    assert "Wir sind neun" in Path("output/de/about/index.html").read_text(encoding="utf-8")
    assert "Da geht jemand ran" in Path("output/de/who-to-refer/index.html").read_text(encoding="utf-8")
    assert "draft" not in Path("output/index.html").read_text(encoding="utf-8")


def _translate(line: str) -> None:
    """Write a translation behind its text, as a person does."""
    text = line.partition('": "')[0] + '":'
    words = Path("content/de/words.yaml")
    former = words.read_text(encoding="utf-8")
    assert former.count(f"{text}\n") == 1
    words.write_text(former.replace(f"{text}\n", line), encoding="utf-8")
