"""What is drawn is the same whether it was drawn now or in a former build, and a later build draws only what is new."""

from __future__ import annotations

import importlib.metadata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined, UndefinedError

from site_builder import calendars, icons, qr, social
from site_builder.model.public import PublicEvent
from site_builder.problem import NOWHERE
from site_builder.render.drawings import Drawings
from site_builder.render.theme import Theme, default_folder
from site_builder.social import Announcement

FACE = Theme(default_folder()).words_face
EVENT = PublicEvent("lunch", "Lunch", date(2026, 11, 5), "Leeds", None, "Come and eat.", NOWHERE)
OTHER = PublicEvent("lunch", "Lunch", date(2026, 11, 6), "Leeds", None, "Come and eat.", NOWHERE)


def _all(drawings: Drawings, event: PublicEvent = EVENT, letter: str = "H", address: str = "https://a.example/") -> list[object]:
    return [
        drawings.code(address, "A code"),
        drawings.icon(letter, ground="#134e5e", ink="#ffffff", size=192),
        drawings.social(Announcement("", letter, "", "Harbour IT", "#134e5e", "#ffffff", "#e0924f"), FACE),
        drawings.calendar(event, words="Come", url="https://a.example/lunch/", name="Harbour IT", as_of=date(2026, 10, 31)),
    ]


def _never(*_given: object, **_named: object) -> None:
    raise AssertionError("this was drawn before")


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_remembered_is_what_was_drawn(tmp_path: Path) -> None:
    drawn = _all(Drawings(None))
    assert _all(Drawings(tmp_path)) == drawn
    assert _all(Drawings(tmp_path)) == drawn


def test_what_was_drawn_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = _all(Drawings(tmp_path))
    for module, name in ((qr, "qr_svg"), (icons, "icon_png"), (social, "social_png"), (calendars, "event_calendar")):
        monkeypatch.setattr(module, name, _never)
    assert _all(Drawings(tmp_path)) == drawn


def test_something_else_is_drawn_anew(tmp_path: Path) -> None:
    drawn = _all(Drawings(tmp_path))
    others = _all(Drawings(tmp_path), OTHER, "I", "https://b.example/")
    assert all(first != second for first, second in zip(drawn, others, strict=True))
    assert len(_files(tmp_path)) == 8


def test_another_version_of_the_libraries_draws_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _all(Drawings(tmp_path))
    monkeypatch.setattr(importlib.metadata, "version", lambda _name: "99.0")
    _all(Drawings(tmp_path))
    assert len(_files(tmp_path)) == 8


def test_what_no_page_asked_for_is_forgotten(tmp_path: Path) -> None:
    _all(Drawings(tmp_path))
    before = _files(tmp_path)
    now = Drawings(tmp_path)
    _all(now, OTHER, "I", "https://b.example/")
    now.forget_others()
    assert len(_files(tmp_path)) == 4
    assert _files(tmp_path).isdisjoint(before)


def test_what_a_template_left_undefined_is_told_as_that() -> None:
    undefined: Any = StrictUndefined(name="address")
    with pytest.raises(UndefinedError, match="'address' is undefined"):
        Drawings(None).code(undefined, "A code")
    with pytest.raises(UndefinedError, match="'address' is undefined"):
        Drawings(None).calendar(EVENT, words="", url=undefined, name="Harbour IT", as_of=date(2026, 10, 31))
