"""What every template of the default theme keeps to, read from its source."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from site_builder.page import PageKind
from site_builder.pages import KINDS
from site_builder.render.theme import default_folder

FOLDER = default_folder() / "templates"
SCRIPTS = FOLDER.parent / "scripts"
PAGES = sorted(FOLDER.rglob("*.html"))
_CODE = re.compile(r"\{#.*?#\}|\{%-? *trans\b.*?endtrans *-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_MAIL = '<script src="{{ script("mail.js") }}" defer>'
_REFER = '<script src="{{ script("refer.js") }}" defer>'
_SEARCH = '<script src="{{ script("search.js") }}" defer>'
_SHARE = '<script src="{{ script("share.js") }}" defer>'
_TAG = re.compile(r"<[^>]*>", re.DOTALL)


def _name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_page_has_its_template(kind: PageKind[object]) -> None:
    assert (FOLDER / kind.template).is_file()


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_nothing_acts_or_dresses_itself_inside_the_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|\|\s*safe\b|javascript:", text)


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_scripts_are_files_of_their_own_and_few(path: Path) -> None:
    scripts = re.findall(r"<script[^>]*>", path.read_text(encoding="utf-8"))
    known = {
        "base.html": ['<script src="{{ site.reload }}" defer>'],
        "refer.html": [_MAIL, _REFER, _SHARE],
        "refer_thanks.html": [_SHARE],
        "meet.html": [_MAIL, _REFER],
        "share.html": [_SHARE],
        "introduce.html": [_SHARE],
        "spotlight.html": [_SHARE],
        "directory.html": [_SEARCH],
        "search.html": [_SEARCH],
        "parts/data.html": ['<script type="application/ld+json">'],
    }
    assert scripts == known.get(_name(path), [])


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_word_is_one_that_translators_see(path: Path) -> None:
    bare = _TAG.sub("", _CODE.sub("", path.read_text(encoding="utf-8")))
    assert re.findall(r"[^\W\d_]+", bare) == []


@pytest.mark.parametrize("name", ["mail.js", "share.js"])
def test_a_script_weighs_no_more_than_two_kilobytes(name: str) -> None:
    assert (SCRIPTS / name).stat().st_size <= 2048


def test_all_that_a_page_with_a_form_loads_weighs_no_more_than_five() -> None:
    assert sum(len(gzip.compress((SCRIPTS / name).read_bytes())) for name in ("refer.js", "share.js")) <= 5 * 1024
    assert {path.name for path in SCRIPTS.iterdir()} == {"mail.js", "refer.js", "search.js", "share.js", "unlock.js"}


def test_the_search_weighs_no_more_than_three() -> None:
    assert len(gzip.compress((SCRIPTS / "search.js").read_bytes())) <= 3 * 1024


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_personal_pages_are_linked_only_from_that_persons_own(path: Path) -> None:
    links = re.findall(
        r"""url_for\(\s*["'](refer_personal|meet|card)["'](?:, code=(view\.code))?""", path.read_text(encoding="utf-8")
    )
    own = {
        "refer.html": {("meet", "view.code"), ("card", "view.code")},
        "refer_thanks.html": {("meet", "view.code"), ("card", "view.code"), ("refer_personal", "view.code")},
        "card.html": {("meet", "view.code"), ("refer_personal", "view.code")},
        "private/my.html": {("meet", "view.code"), ("card", "view.code"), ("refer_personal", "view.code")},
    }
    assert set(links) == own.get(_name(path), set())


def test_structured_data_is_never_written_by_hand() -> None:
    (data,) = re.findall(r"<script type=.*</script>", (FOLDER / "parts/data.html").read_text(encoding="utf-8"))
    assert re.search(r"\|tojson \}\}</script>$", data)
