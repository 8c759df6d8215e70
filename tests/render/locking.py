"""The shell of sealed pages around any envelope, in the default theme, for a portal of three files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from site_builder.page import Artifact, Circle, Reader, Sheet
from site_builder.pages import plan
from site_builder.problem import Source
from site_builder.render import Surroundings, Workshop, workshop
from site_builder.render.locks import locked, shell
from site_builder.render.theme import Theme, default_folder
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, settings

KPIS = "kpis/"
MY = "my/7qk3m9txw2c4d6fh/"
CONTACT = {"name": "Ada Byron", "email": "ada@harbour.example", "phone": "+44 20 7946 0000"}


@dataclass(frozen=True, slots=True)
class Sealing:
    """An envelope and where it stands, as seal/ hands it over."""

    path: str
    envelope: str


def shop(folder: Path | None = None, theme: Theme | None = None, **values: object) -> Workshop:
    """Everything set up for Harbour IT; a setting given replaces the usual one."""
    portal = replace(PORTAL, settings=settings(**{"contact": CONTACT, **values}))
    public = public_portal(portal)
    around = Surroundings(folder or Path(gettempdir()), theme or Theme(default_folder()), {})
    found = workshop(public, plan(public), around)
    assert isinstance(found, Workshop)
    return found


def sheet(circle: Circle) -> Sheet[object]:
    """A private page of nobody in particular."""
    reader = Reader(circle) if circle is Circle.OWNERS else Reader(circle, "ann", 1)
    return Sheet("any", "private/any.html", None, reader, Source("data/clients.csv"))


def page(circle: Circle, path: str, envelope: str, *, phrases: tuple[str, ...] = (), **values: Any) -> Artifact:  # noqa: ANN401  # the settings of any portal
    """The finished page around an envelope."""
    made = shop(**values) if values else _usual()
    found = locked(made, shell(made, phrases), sheet(circle), Sealing(path, envelope))
    assert isinstance(found, Artifact)
    return found


@cache
def _usual() -> Workshop:
    return shop()
