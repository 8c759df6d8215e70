"""What the form asks, and whether it reaches anybody (domain, "Checks", F101 to F103).

"Fields" of F102 are those to be typed into. What is ticked or chosen costs no typing: the form as it is has seven fields, and ten
questions with its two boxes and the choice of what they said. F101 counts all that step 1 asks, as its general page shows it.
F103 judges an address by what is written: whether anybody listens there, a form's first referral tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from ipaddress import IPv4Address
from urllib.parse import SplitResult, urlsplit

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.forms import CONTRACTS, ESSENTIAL, Kind, form_fields
from site_builder.model.settings import BackEnd
from site_builder.problem import Problem, Severity

_WHAT = {"endpoint": "the address the form posts to", "access_key": "the key they sent you"}
_UNUSED = {
    BackEnd.MAILTO: "with mailto the form opens a mail to contact.email",
    BackEnd.NETLIFY: "netlify takes the form where it serves the pages",
}
"""Why these back ends post to no endpoint."""
_FORMSPREE = "copy the whole address from formspree, for example https://formspree.io/f/abcdwxyz"
_PAGES = frozenset({"", "index.html", "introduce", "meet", "privacy", "refer"})
"""What stands first in the path of the pages that somebody might take for the address of their form."""
_EVERYBODY = (
    "write the address under which everybody reaches it, for example https://leads.harbour.example/r/harbour; "
    "to try it out here, let base_url begin with http://localhost/"
)
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = rf"{_BYTE}(?:\.{_BYTE}){{3}}"
_PORTS = {"http": "80", "https": "443"}
_LAST_PORT = 65_535
_NETWORKS = (".local", ".internal", ".lan", ".home.arpa")
"""Ends of names that no public directory knows (RFC 6762, RFC 8375, ICANN on .internal; .lan by custom)."""

_Fault = tuple[str, str]
"""What is wrong, and what to write."""


def first_step(subject: Subject) -> Iterable[Problem]:
    """Report a first step of too many fields, and each field of the second that must be filled in (F101)."""
    form = subject.portal.settings.form
    asked, most = [field.name for field in form_fields(form, 1)], int(subject.threshold("first_step_fields"))
    if len(asked) > most:
        message = f"the form's first step asks {len(asked)} things; {most} are enough"
        hint = _what_may_go([name for name in asked if name not in ESSENTIAL], most - len(ESSENTIAL))
        yield problem("F101", form.at("fields"), message, hint=hint, field="form.fields")
    needed = {field.name for field in form_fields(form, 2) if field.required}
    for number, change in enumerate(form.fields):
        if change.name in needed:
            message = f'the form\'s second step does not let go without "{change.name}"'
            hint = "write required: no; by then the referral is sent, and what is asked further may stay empty"
            field = f"form.fields[{number}].required"
            yield problem("F101", change.at("required"), message, hint=hint, field=field, row_id=change.name)


def whole_form(subject: Subject) -> Iterable[Problem]:
    """Report a form with too many fields to type into (F102)."""
    form = subject.portal.settings.form
    typed = [field for step in (1, 2) for field in form_fields(form, step) if field.kind is Kind.TEXT]
    most = subject.threshold("form_fields")
    if len(typed) > most:
        message = f"the form has {len(typed)} fields to type into; {most} are enough"
        hint = "drop what you never used, for example {name: call_when, drop: yes}"
        yield problem("F102", form.at("fields"), message, hint=hint, field="form.fields")


def working_back_end(subject: Subject) -> Iterable[Problem]:
    """Report a back end that lacks what it needs, or that cannot do what the form asks of it (F103).

    mailto has the portal's address, and netlify needs nothing.
    """
    form = subject.portal.settings.form
    contract = CONTRACTS[form.backend]
    if contract.needs and getattr(form, contract.needs) is None:
        message = f'the form reaches nobody: the back end {form.backend} needs the key "{contract.needs}"'
        hint = f"add {contract.needs}: {_WHAT[contract.needs]}"
        yield problem("F103", form.at("backend"), message, hint=hint, field=f"form.{contract.needs}")
    if form.proof_of_work and not contract.proves:
        message = f"the back end {form.backend} cannot ask a browser for a proof of work"
        hint = "take proof_of_work out, or let the form post to portal receive: backend: receiver"
        yield problem("F103", form.at("proof_of_work"), message, hint=hint, field="form.proof_of_work")


def working_endpoint(subject: Subject) -> Iterable[Problem]:
    """Report an address that cannot take what the form posts (F103): by where it is, and by how it ends.

    A portal whose base_url is on one's own machine is being tried out: a back end on that machine or in its network will do then,
    and may stand in for formspree.
    """
    settings = subject.portal.settings
    form = settings.form
    if form.endpoint is None or form.backend in _UNUSED:
        return
    faults = (
        _wrong_place(form.backend, urlsplit(form.endpoint), urlsplit(settings.base_url)),
        _wrong_end(form.backend, form.endpoint),
    )
    for message, hint in filter(None, faults):
        yield problem("F103", form.at("endpoint"), message, hint=hint, field="form.endpoint")


def unused_endpoint(subject: Subject) -> Iterable[Problem]:
    """Note an address that the back end does not post to (F103)."""
    form = subject.portal.settings.form
    if form.endpoint is not None and form.backend in _UNUSED:
        message = f"endpoint is not used: {_UNUSED[form.backend]}"
        hint = "take endpoint out, or say what receives there, for example backend: receiver"
        found = problem("F103", form.at("endpoint"), message, hint=hint, field="form.endpoint")
        yield replace(found, severity=Severity.NOTE)


def unanswered_sender(subject: Subject) -> Iterable[Problem]:
    """Warn of a general page that asks nobody how to reach them (F103); a mail has its sender, and a personal link its person."""
    form = subject.portal.settings.form
    for number, change in enumerate(form.fields):
        if change.name == "referrer_contact" and change.drop and form.backend is not BackEnd.MAILTO:
            message = "who sends somebody on the general page can be neither thanked nor told what became of it"
            hint = "write step: 2 instead of drop: yes; there it may stay empty"
            field = f"form.fields[{number}].drop"
            found = problem("F103", change.at("drop"), message, hint=hint, field=field, row_id=change.name)
            yield replace(found, severity=Severity.WARNING)


def _what_may_go(spare: list[str], room: int) -> str:
    """Return which fields of step 1 may go to the second. room: how many of these may stay."""
    out = len(spare) - max(room, 0)
    return (
        f"besides prospect and contact there is room for {max(room, 0) or 'none'}, and a field comes in only where another goes: "
        f"write step: 2 for {out} of {', '.join(spare)}"
    )


def _wrong_place(backend: BackEnd, endpoint: SplitResult, base: SplitResult) -> _Fault | None:
    """Return what is wrong with where an address leads; None where it may work."""
    host, home = endpoint.hostname or "", base.hostname or ""
    if _is_page(endpoint, base):
        return (
            "the form reaches nobody: its address is a page of this portal, which takes no posts",
            "write the address of what receives the form; with backend: netlify or backend: mailto take endpoint out",
        )
    if int(_port(endpoint) or 1) not in range(1, _LAST_PORT + 1):
        return f"the form reaches nobody: there is no port {_port(endpoint)}", f"write a port from 1 to {_LAST_PORT}, or none"
    if _is_own_machine(host) and not _is_own_machine(home):
        return f"the form reaches nobody: {host} is each visitor's own machine", _EVERYBODY
    if _is_own_network(host) and not (_is_own_network(home) or _is_own_machine(home)):
        return f"the form reaches nobody: {host} is known in your own network alone", _EVERYBODY
    if backend is BackEnd.FORMSPREE and host != "formspree.io" and not _is_own_machine(home):
        hint = f"{_FORMSPREE}; what receives forms elsewhere is backend: custom"
        return f"formspree does not receive at {host}", hint
    return None if endpoint.path.strip("/") else _without_path(backend, endpoint)


def _without_path(backend: BackEnd, endpoint: SplitResult) -> _Fault | None:
    """Return what an address without a path lacks for a back end that knows forms by theirs."""
    if backend is BackEnd.RECEIVER:
        message = "the form reaches nobody: the receiver tells portals apart by a path, and this has none"
        return message, f"write {endpoint.scheme}://{endpoint.netloc}/r/NAME, with a name of this portal's own"
    if backend is BackEnd.FORMSPREE:
        return "the form reaches nobody: formspree's address does not say which form", _FORMSPREE
    return None


def _wrong_end(backend: BackEnd, address: str) -> _Fault | None:
    """Return what of an address the back end does not read: what follows "#" none does, what follows "?" custom alone."""
    plain = address.partition("#")[0]
    if backend is not BackEnd.CUSTOM:
        plain = plain.partition("?")[0]
    if plain == address:
        return None
    message = f'the back end {backend} makes nothing of "{address.removeprefix(plain)}" at the end of its address'
    return message, f"write {plain}"


def _is_page(endpoint: SplitResult, base: SplitResult) -> bool:
    """Whether an address is one of this portal's pages, which a web server only shows."""
    home = base.path.strip("/")
    path = endpoint.path.strip("/")
    below = path.removeprefix(home).lstrip("/") if home else path
    is_below = not home or path == home or path.startswith(f"{home}/")
    return _origin(endpoint) == _origin(base) and is_below and below.partition("/")[0] in _PAGES


def _origin(address: SplitResult) -> tuple[str, str | None, str]:
    return address.scheme, address.hostname, _port(address) or _PORTS[address.scheme]


def _port(address: SplitResult) -> str:
    """Return the port as it is written, which need not exist; "" for none."""
    return address.netloc.partition(":")[2]


def _is_own_machine(host: str) -> bool:
    number = _number(host)
    return host == "localhost" or host.endswith(".localhost") or (number is not None and number.is_loopback)


def _is_own_network(host: str) -> bool:
    """Whether a name or number means something in one network alone: no dot, an end like .local, or a number of that kind."""
    number = _number(host)
    return number.is_private or number.is_link_local if number else "." not in host or host.endswith(_NETWORKS)


def _number(host: str) -> IPv4Address | None:
    """Return the number that a host is, None for a name; web addresses with IPv6 numbers are not read (D209)."""
    return IPv4Address(host) if re.fullmatch(_IPV4, host) else None
