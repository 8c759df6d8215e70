"""A portal as the receiver knows it: where its form posts to, from which origin, and what it may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from site_builder.forms import CONTRACTS, Input, Kind, form_fields, friend_fields
from site_builder.leads.portal import portal_id
from site_builder.leads.snapshot import Kind as Sender
from site_builder.leads.snapshot import Snapshot
from site_builder.model.settings import BackEnd
from site_builder.model.settings import Settings as PortalSettings
from site_builder.receive.settings import SettingsError
from site_builder.rules.links import ALPHABET, LENGTH

_STEPS: Final = (1, 2)
_USUAL_PORTS: Final = {"http": 80, "https": 443}
_OWN_PATHS: Final = frozenset({"/healthz", "/inbox"})
_CODE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Field:
    """What one field may hold. ticks: "yes" or nothing; is_long: several lines."""

    ticks: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """What a first step cannot do without, in the order in which it is asked.

    general: on the page that anybody finds; personal: where a link says who sends; friend: where the friend writes themself.
    """

    general: tuple[Input, ...]
    personal: tuple[Input, ...]
    friend: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal's form. id: what its leads are kept under; path: where it posts to; origin: of the pages that may do so.

    home: its first page's address, and what every page begins with that a visitor is sent to; fields: what it asks, by name;
    needs: what of it has to be answered; proves: whether its pages send a proof of work along.
    """

    id: str
    name: str
    path: str
    origin: str
    home: str
    email: str
    honeypot: str
    fields: Mapping[str, Field]
    needs: Needs
    proves: bool = False

    @property
    def form_page(self) -> str:
        """The address of the page with the form for anybody."""
        return f"{self.home}refer/"

    def page_of(self, sender: Sender, code: str) -> str:
        """Return the address of the page whose form this is; the first page for a friend's whose link is none."""
        if _CODE.fullmatch(code):
            return f"{self.home}{'meet' if sender is Sender.SELF else 'refer'}/{code}/"
        return self.home if sender is Sender.SELF else self.form_page

    def thanks_page(self, snapshot: Snapshot) -> str:
        """Return the address of the page that a form without a script ends on: the one its own page names."""
        if snapshot.kind is Sender.SELF:
            return f"{self.home}meet/thanks/"
        return f"{self.page_of(snapshot.kind, snapshot.fields.get('referrer', ''))}thanks/"

    def needed(self, sender: Sender, code: str) -> tuple[Input, ...]:
        """Return what has to be answered; any code will do, for one that is retired must not turn a referral away."""
        if sender is Sender.SELF:
            return self.needs.friend
        return self.needs.personal if code else self.needs.general


def received(settings: PortalSettings) -> Portal:
    """Return what the receiver needs of a portal; raises SettingsError where its form does not post to a receiver."""
    form = settings.form
    if form.backend is not BackEnd.RECEIVER or form.endpoint is None:
        raise SettingsError(
            "its form posts elsewhere; write form: {backend: receiver, endpoint: https://…/r/NAME} in portal.yaml"
        )
    path = unquote(urlsplit(form.endpoint).path).rstrip("/")
    if re.fullmatch(r"(?:/[\w.~-]+)+", path, re.ASCII) is None or path in _OWN_PATHS or path.startswith("/inbox/"):
        raise SettingsError("form.endpoint needs a plain path of the portal's own, such as https://leads.example/r/NAME")
    return Portal(
        id=portal_id(form),
        name=settings.name,
        path=path,
        origin=origin_of(settings.base_url),
        home=settings.base_url.rstrip("/") + "/",
        email=settings.contact.email,
        honeypot=CONTRACTS[BackEnd.RECEIVER].honeypot,
        fields=_fields(asked for step in _STEPS for asked in (*form_fields(form, step), *friend_fields(form, step))),
        needs=Needs(
            _required(form_fields(form, 1)), _required(form_fields(form, 1, personal=True)), _required(friend_fields(form, 1))
        ),
        proves=form.proof_of_work,
    )


def told_apart(portals: Iterable[Portal]) -> tuple[Portal, ...]:
    """Return the portals; raises SettingsError where two share a path or a name, for their leads would become one heap."""
    known: dict[str, Portal] = {}
    for portal in portals:
        if portal.id in known or portal.path in {other.path for other in known.values()}:
            raise SettingsError(
                f'two portals post to "{portal.path}", or to paths that end alike; give each form.endpoint its own'
            )
        known[portal.id] = portal
    return tuple(known.values())


def origin_of(url: str) -> str:
    """Return the origin of an address as browsers write it: small letters, and no port where it is the usual one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port if parts.port not in {None, _USUAL_PORTS.get(parts.scheme)} else None
    return f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")


def _required(asked: Iterable[Input]) -> tuple[Input, ...]:
    return tuple(each for each in asked if each.required)


def _fields(asked: Iterable[Input]) -> Mapping[str, Field]:
    """Return the fields by name; what one of the forms asks in several lines may hold several in each."""
    found: dict[str, Field] = {}
    for each in asked:
        is_long = each.rows > 1 or (each.name in found and found[each.name].is_long)
        found[each.name] = Field(ticks=each.kind is Kind.TICK, is_long=is_long)
    return found
