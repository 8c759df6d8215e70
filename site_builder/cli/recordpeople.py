"""What happened to a client or with a referrer: a review, a promise that was kept, an introduction, a gift; a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_builder.cli.arguments import Arguments
from site_builder.cli.loaded import unknown
from site_builder.cli.recordedit import Change, allowed, with_row
from site_builder.cli.shell import WrongUsageError
from site_builder.edit import change_cells, change_line
from site_builder.model.portal import Portal
from site_builder.model.record import Row
from site_builder.model.tables import Gift, Introduction, Review
from site_builder.record import after_review, after_talk, cells, given, introduced, kept, reviewed, synced
from site_builder.suggest import near

_CLIENT: Final = "client_id"
_REFERRER: Final = "referrer_id"
_TO_BE_TYPED: Final = frozenset({"…", "..."})
"""What the KPI page's lines hold where nobody but the owner knows."""
_OPTIONS: Final[Mapping[str, str]] = MappingProxyType({"introduced": "--whom"})
"""The option of a column that is not called like it."""

R = TypeVar("R", bound=Row)


def review(portal: Portal, on: date, arguments: Arguments) -> Change | None:
    """Return a row more of reviews; None where it stands there already."""
    named = ("outcome", "roadblock", "follow_up", "follow_up_on", "nps", "note")
    typed = {name: getattr(arguments, name) for name in named}
    new = _row(Review, {_CLIENT: _client(portal, arguments.row), "reviewed_on": on, **typed})
    if not allowed(lambda: reviewed(portal, new)):
        return None
    said = f"{new.client_id} was reviewed on {on}: {new.outcome}."
    return _added(new, said, after_review(replace(portal, reviews=(*portal.reviews, new)), new))


def promise(portal: Portal, on: date, arguments: Arguments) -> Change | None:
    """Return the change of the review that promised what was kept; None where it says so already."""
    client_id = _client(portal, arguments.row)
    made = allowed(lambda: kept(portal, client_id, on))
    if made is None:
        return None
    line, days = made.origin.source.line, {"follow_up_kept_on": str(on)}
    return Change(
        _CLIENT,
        lambda content: change_line(content or b"", line, days, key=_CLIENT),
        f"What you promised {client_id} on {made.reviewed_on} was kept on {on}.",
    )


def introduction(portal: Portal, on: date, arguments: Arguments) -> Change | None:
    """Return a row more of introductions; None where it stands there already."""
    whom = _whom(portal, arguments.whom or "")
    new = _row(Introduction, {_CLIENT: _client(portal, arguments.row), "introduced_on": on, "introduced": whom})
    if not allowed(lambda: introduced(portal, new)):
        return None
    # A name that is no client's is said nowhere.
    who = new.introduced if new.introduced in portal.client_by_id else "somebody new"
    return _added(new, f"{new.client_id} was introduced to {who} on {on}.")


def gift(portal: Portal, on: date, arguments: Arguments) -> Change | None:
    """Return a row more of gifts, given or planned; None where it stands there already."""
    typed = {"occasion": arguments.occasion or "thanks", "what": arguments.what, "cost": arguments.cost}
    new = _row(Gift, {_CLIENT: _client(portal, arguments.row), "given_on": on, **typed})
    if not allowed(lambda: given(portal, new)):
        return None
    how = "is planned for" if on > portal.as_of else "was given on"
    return _added(new, f"A gift to {new.client_id} ({new.occasion}) {how} {on}.")


def talk(portal: Portal, on: date, arguments: Arguments) -> Change | None:
    """Return the change of a referrer's row; None where it says so already."""
    people = {each.referrer_id: each for each in portal.referrers}
    if arguments.row not in people:
        raise unknown("referrer", arguments.row, people)
    before = people[arguments.row]
    after = allowed(lambda: synced(before, on))
    if after is before:
        return None
    name = before.referrer_id
    days = {"last_sync_on": str(on)}
    changed = replace(portal, referrers=tuple(after if each is before else each for each in portal.referrers))
    return Change(
        _REFERRER,
        lambda content: change_cells(content or b"", {name: days}, key=_REFERRER),
        f"You talked to {name} on {on}.",
        after_talk(changed, after),
    )


def _added(new: Row, said: str, next_is: str = "") -> Change:
    return Change(_CLIENT, lambda former: with_row(former, type(new), cells(new), _CLIENT), said, next_is)


def _client(portal: Portal, typed: str) -> str:
    if typed not in portal.client_by_id:
        raise unknown("client", typed, portal.client_by_id)
    return typed


def _whom(portal: Portal, typed: str) -> str:
    """Return a client's id where an id or a client's name was typed, else the name as it is.

    What is nearly an id, in an id's small letters, is a slip and not a name.
    """
    if typed in portal.client_by_id:
        return typed
    by_name = {_plain(client.name): client.client_id for client in portal.clients}
    if _plain(typed) in by_name:
        return by_name[_plain(typed)]
    meant = near(typed, portal.client_by_id) if typed == typed.casefold() and " " not in typed else None
    if meant is not None:
        raise WrongUsageError(f'there is no client "{typed}"; did you mean "{meant}"? A name begins with a capital')
    return typed


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _row(kind: type[R], typed: Mapping[str, object]) -> R:
    """Return the row as it will be read; raises WrongUsageError for what no cell of its table may hold."""
    texts = {name: str(value).strip() for name, value in typed.items() if value is not None}
    for name, text in texts.items():
        if text in _TO_BE_TYPED:
            option = _OPTIONS.get(name, "--" + name.replace("_", "-"))
            raise WrongUsageError(f'"{text}" stands for what you are to type: write {option} and what it was')
    try:
        return kind.model_validate({name: text for name, text in texts.items() if text})
    except ValidationError as error:
        raise WrongUsageError("; ".join(_wrong(each) for each in error.errors())) from None


def _wrong(fault: ErrorDetails) -> str:
    name = str(fault["loc"][0])
    context = fault.get("ctx", {})
    option = _OPTIONS.get(name, "--" + name.replace("_", "-"))
    return f"{option} {context.get('what')}; {context.get('hint')}"
