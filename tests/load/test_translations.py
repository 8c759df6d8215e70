"""content/LANG/words.yaml: texts of data/ in another language, each beside the text as it stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.load.content import load_content
from site_builder.load.translations import is_tongue, load_translations, meant_tongue, unknown_drafts
from site_builder.problem import Source
from tests.portals import settings

PATH = "content/de/words.yaml"


def put(root: Path, text: str | bytes) -> Path:
    file = root / PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def test_each_text_has_its_translation_and_its_line(tmp_path: Path) -> None:
    found, problems = load_translations(put(tmp_path, 'Hello: Hallo\n"Nine: minutes.": Neun Minuten.\n'), PATH, "de")
    assert problems == ()
    assert found is not None
    assert (found.lang, found.words) == ("de", {"Hello": "Hallo", "Nine: minutes.": "Neun Minuten."})
    assert found.sources["Nine: minutes."] == Source(PATH, 2, 1)


def test_a_text_that_waits_for_its_translation_is_left_out(tmp_path: Path) -> None:
    found, problems = load_translations(put(tmp_path, "Hello:\nYes: Ja\n"), PATH, "de")
    assert problems == ()
    assert found is not None
    assert found.words == {"Yes": "Ja"}
    assert found.waiting == {"Hello"}
    assert found.sources["Hello"] == Source(PATH, 1, 1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hello: [Hallo]\n", ["D206"]),
        ("Hello: Hallo\nHello: Servus\n", ["D402"]),
        (b"Hello: Gr\xfc\xdfe\n", ["D002"]),
    ],
)
def test_what_is_no_text_beside_a_text_is_told(tmp_path: Path, text: str | bytes, codes: list[str]) -> None:
    _, problems = load_translations(put(tmp_path, text), PATH, "de")
    assert [problem.code for problem in problems] == codes


def test_a_file_that_cannot_be_read_translates_nothing(tmp_path: Path) -> None:
    assert load_translations(put(tmp_path, "a: *b\n"), PATH, "de")[0] is None
    assert load_translations(put(tmp_path, b"\xff\xfe"), PATH, "de")[0] is None


def test_it_lies_beside_the_folders_of_a_language_and_nowhere_else(tmp_path: Path) -> None:
    put(tmp_path, "Hello: Hallo\n")
    (tmp_path / "content" / "words.yaml").write_text("Hello: Hallo\n")
    content = load_content(tmp_path, frozenset())
    assert [(problem.code, problem.source.path) for problem in content.problems] == [("D006", "content/words.yaml")]
    assert [(each.lang, dict(each.words)) for each in content.translations] == [("de", {"Hello": "Hallo"})]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("ger", "de"),
        ("deu", "de"),
        ("german", "de"),
        ("Deutsch", "de"),
        ("gemran", "de"),
        ("de_AT", "de-AT"),
        ("pt-br", "pt-BR"),
        ("sr_latn", "sr-Latn"),
        ("iw", "he"),
        ("español", "es"),
        ("zz", None),
        ("notes", None),
    ],
)
def test_a_language_is_known_by_whatever_people_call_its_folder(name: str, tag: str | None) -> None:
    assert meant_tongue(name) == tag
    assert is_tongue(name) == (name == tag)


def test_a_draft_is_named_as_its_folder_is() -> None:
    assert list(unknown_drafts(settings(draft_languages=["de", "de-AT"]))) == []
    near, far = unknown_drafts(settings(draft_languages=["ger", "zz"]))
    assert [(each.code, each.field) for each in (near, far)] == [("D216", "draft_languages[0]"), ("D216", "draft_languages[1]")]
    assert near.hint == 'did you mean "de"?'
    assert far.hint == "write the name of its folder in content/, for example de"
