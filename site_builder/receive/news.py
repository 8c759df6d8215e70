"""What is told of a lead: who it is, how to reach them, from whom, and what to do next."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from site_builder.leads.snapshot import Kind, Lead
from site_builder.leads.store import Due
from site_builder.leads.wire import as_json

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prospect": "Who",
        "company": "Their firm",
        "contact": "Reach them",
        "call_when": "A good time",
        "trigger": "What they said",
        "referrer_name": "Sent by",
        "referrer_contact": "Reach the sender",
        "referrer": "Sender's link",
        "may_name": "Name the sender",
        "told": "They expect you",
        "note": "Note",
    }
)
"""What each field is called, in the order in which they are told; the portal's own follow by their names."""
_UNTOLD: Final = frozenset({"consent_version"})
_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]+")
_LONGEST_NAME: Final = 60
_LONGEST_FIELD: Final = 8_000
_LONGEST_CARD: Final = 16_000
"""Teams takes 28 KB in all."""
_CARDS: Final = "http://adaptivecards.io/schemas/adaptive-card.json"


@dataclass(frozen=True, slots=True)
class News:
    """A lead as it is told. id: the same whenever this is told again, in no other news, and no lead's key can be had from it.

    email: the portal's own address; subject: one line; text: several; reply_to: "" where nobody left an address.
    """

    id: str
    portal: str
    email: str
    lead: Lead
    is_first: bool
    subject: str
    text: str
    reply_to: str

    def document(self) -> dict[str, object]:
        """Return the JSON for a webhook: text, as Slack shows it, and beside it what a program reads."""
        lead = as_json(self.lead)
        told = {name: lead[name] for name in ("portal", "kind", "step", "seq", "fields", "received_at", "updated_at")}
        return {"text": _in_chat(f"{self.subject}\n\n{self.text}"), "id": self.id, "is_first": self.is_first, **told}

    def card(self) -> dict[str, object]:
        """Return the JSON for a Teams workflow, which takes cards alone and says yes to everything else all the same.

        https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
        """
        told = _unlinked(self.text[:_LONGEST_CARD])
        blocks = [{"type": "TextBlock", "text": line.strip(), "wrap": True} for line in told.splitlines() if line.strip()]
        title = {"type": "TextBlock", "text": _unlinked(self.subject), "wrap": True, "weight": "Bolder"}
        content = {"$schema": _CARDS, "type": "AdaptiveCard", "version": "1.4", "body": [title, *blocks]}
        return {
            "type": "message",
            "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": content}],
        }


def news(due: Due, name: str, email: str) -> News:
    """Return what to tell; name, email: the portal's own."""
    lead = due.lead
    return News(
        id=hashlib.sha256(due.id.encode()).hexdigest()[:32],
        portal=lead.portal,
        email=email,
        lead=lead,
        is_first=due.is_first,
        subject=_subject(lead, name, is_first=due.is_first),
        text="\n".join(_lines(lead, name, is_first=due.is_first)) + "\n",
        reply_to=_one_line(lead.fields.get("contact" if lead.kind is Kind.SELF else "referrer_contact", "")),
    )


def _subject(lead: Lead, name: str, *, is_first: bool) -> str:
    firm = _one_line(name)[:_LONGEST_NAME]
    who = _one_line(lead.fields.get("prospect", ""))[:_LONGEST_NAME]
    what = f"A referral for {firm}" if lead.kind is Kind.REFERRAL else f"Somebody sent to {firm} wrote"
    return (what if is_first else f"More about a referral for {firm}") + (f": {who}" if who else "")


def _lines(lead: Lead, name: str, *, is_first: bool) -> Iterator[str]:
    if not is_first:
        yield f"More came in about somebody who was sent to {name}. This is all that is known now."
    elif lead.kind is Kind.SELF:
        yield f"Somebody who was sent to {name} wants to hear from you."
    else:
        yield f"Somebody was referred to {name}."
    yield ""
    names = (*_WORDS, *sorted(set(lead.fields) - set(_WORDS) - _UNTOLD))
    told = [(_WORDS.get(each, each), _clean(lead.fields[each])) for each in names if lead.fields.get(each)]
    told.append(("Came in", _moment(lead.received_at)))
    width = max(len(word) for word, _ in told) + 1
    for word, text in told:
        yield f"{f'{word}:'.ljust(width)} {text}"
    if lead.origin_missing:
        yield "It came from a browser that does not say from which page; look whether it makes sense."
    yield ""
    yield "What to do next"
    yield from _next(lead)


def _next(lead: Lead) -> Iterator[str]:
    yield "1. Get in touch within the time your portal promises."
    if lead.kind is Kind.REFERRAL:
        yield (
            "2. Say who sent you: they agreed to it."
            if lead.fields.get("may_name")
            else "2. Do not say who sent you: ask them first."
        )
        yield "3. Run portal inbox: it goes into your data, and names the sender by their link. Then thank them."
    else:
        yield "2. Run portal inbox: it goes into your data, and names the sender by their link. Then thank them."


def _clean(text: str) -> str:
    """Return a text without what a terminal or a mail program might act on; further lines are set in."""
    lines = (_SPACES.sub(" ", line).strip() for line in text[:_LONGEST_FIELD].splitlines())
    return "\n  ".join(filter(None, lines))


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _in_chat(text: str) -> str:
    """Return a text in which a stranger can neither call a whole channel nor hide an address behind words."""
    return _unlinked(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _unlinked(text: str) -> str:
    """Return a text in which [words](address) is no link."""
    return text.replace("](", "] (")
