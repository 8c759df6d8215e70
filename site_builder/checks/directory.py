"""Whether listed clients can be sent anybody (domain, H101): the directory is the hub between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.tables import Client
from site_builder.problem import Problem


def unknown_wishes(subject: Subject) -> Iterable[Problem]:
    """Advise on each listed client that does not say whom they want to meet, where they are, or what makes people buy.

    Whom they want to meet stands in target_customer or in target_industries; places alone do not say it.
    """
    for client in subject.portal.clients:
        missing = tuple(_missing(client)) if client.listed else ()
        if missing:
            message = f"{client.client_id} stands in the directory and lacks {_and([said for _, said in missing])}"
            hint = f"ask them, then fill in {_and([key for key, _ in missing])}"
            yield problem("H101", client.at(missing[0][0]), message, hint=hint, field=missing[0][0], row_id=client.client_id)


def _missing(client: Client) -> Iterator[tuple[str, str]]:
    """Yield each column that is wanted, with what it is in words."""
    if not client.target_customer and not client.target_industries:
        yield "target_customer", "a target customer"
    if not client.location:
        yield "location", "a location"
    if not client.buying_triggers:
        yield "buying_triggers", "buying triggers"


def _and(words: Sequence[str]) -> str:
    """Join words as people say them: "a, b and c"."""
    before, _, last = ", ".join(words).rpartition(", ")
    return f"{before} and {last}" if before else last
