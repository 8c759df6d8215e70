"""QR codes, icons, social images and calendars, each made once, whatever number of builds show them."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path

from site_builder import calendars, icons, qr, social
from site_builder.cache import Cache
from site_builder.model.public import PublicEvent
from site_builder.social import Announcement


class Drawings:
    """What pages ask for by its content; all of it is public, or it would not be asked for here."""

    def __init__(self, cache: Path | None) -> None:
        """Take the folder to remember in, or None."""
        self._codes = Cache(cache and cache / "qr-codes", qr.EDITION, metadata.version("segno"))
        self._icons = Cache(cache and cache / "icons", icons.EDITION, metadata.version("pillow"))
        self._social = Cache(cache and cache / "social-images", social.EDITION, metadata.version("pillow"), int(social.turns()))
        self._calendars = Cache(cache and cache / "calendars", calendars.EDITION, metadata.version("icalendar"))

    def code(self, address: str, title: str, place: str = "") -> str:
        """Return the QR code of an address as SVG. place: its id, empty for none."""
        # Templates hand these over: str() is where one that is undefined says so, and not that it is no JSON.
        made_from = (str(address), str(title), str(place))
        return self._codes.remembered(made_from, lambda: qr.qr_svg(address, title, place).encode()).decode()

    def icon(self, letter: str, *, ground: str, ink: str, size: int) -> bytes:
        """Return an icon of size pixels a side as PNG."""
        return self._icons.remembered(
            (letter, ground, ink, size), partial(icons.icon_png, letter, ground=ground, ink=ink, size=size)
        )

    def social(self, said: Announcement, face: Path) -> bytes:
        """Return the picture that stands beside a link, as PNG. face: what it is written in, one of the theme's own."""
        return self._social.remembered(astuple(said), partial(social.social_png, said, face))

    def calendar(self, event: PublicEvent, *, words: str, url: str, name: str, as_of: date) -> str:
        """Return the calendar of an event."""
        made_from = (repr(event), words, str(url), name, as_of.isoformat())
        make = partial(calendars.event_calendar, event, words=words, url=url, name=name, as_of=as_of)
        return self._calendars.remembered(made_from, lambda: make().encode()).decode()

    def forget_others(self) -> None:
        """Remove what no page asked for this time."""
        for kind in (self._codes, self._icons, self._social, self._calendars):
            kind.forget_others()
