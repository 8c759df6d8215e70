"""A last look at the finished public files, for anything private (domain, "Private unless listed here": proofs, at build).

What is looked for: e-mail addresses, phone numbers, full names (two words or more) and texts of at least 25 characters, as far as
nothing public says the same. What somebody agreed to (a spotlight, a story, a testimonial) may name them where it is shown, and
nowhere else. The scan reads what visitors can read; templates, projection and the marks on the records are not asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from site_builder.audit.said import Said, consenting, said, said_of
from site_builder.audit.visible import Visible, key, mails, phones, plain, readings, words
from site_builder.codes import problem
from site_builder.model.portal import Portal
from site_builder.model.settings import AcceptedLeak
from site_builder.page import Artifact
from site_builder.problem import Problem

LONGEST_UNSAID = 25
"""From so many characters on, a text that stands on a page cannot be there by chance."""
_FEWEST_WORDS = 3
_SHORTEST_NAME = 6
_PARAGRAPH = re.compile(r"\n\s*\n")
_PERSONAL = re.compile(r"(?:refer/(?!thanks/)|meet/)[^/]+/")


class Kind(StrEnum):
    """What a private value is."""

    MAIL = "mail"
    PHONE = "phone"
    NAME = "name"
    TEXT = "text"


@dataclass(slots=True)
class Secret:
    """A private value. key: what is compared, for a phone number its last digits; value: as it is typed; others: more cells."""

    kind: Kind
    key: str
    value: str
    cell: Said
    others: int = 0

    def stands_in(self, page: Visible) -> bool:
        """Say whether a page shows it."""
        match self.kind:
            case Kind.MAIL:
                return page.has_mail(self.value)
            case Kind.NAME:
                return page.has_name(self.value)
            case Kind.TEXT:
                return page.has(self.key)
            case Kind.PHONE:
                return any(self.key in phones(text) for text in page.texts)

    def within(self, text: str, numbers: Iterable[str]) -> bool:
        """Say whether words hold it. text: a key() with a space at both ends."""
        return self.key in numbers if self.kind is Kind.PHONE else f" {self.key} " in text


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What somebody agreed to. shown: the words by which a page is seen to show it; the rest: what may stand beside them."""

    shown: str
    text: str
    phones: frozenset[str]


@dataclass
class _Open:
    """What may be seen. keys: of whole values of several words; lines: single lines; agreed: where it is shown, there alone."""

    keys: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    agreed: list[_Agreed] = field(default_factory=list)

    @cached_property
    def _phones(self) -> frozenset[str]:
        return frozenset(number for line in self.lines for number in phones(line))

    @cached_property
    def _lines(self) -> str:
        return f" {' _ '.join(map(key, self.lines))} "

    def allows(self, secret: Secret, page: Visible) -> bool:
        """Say whether a page may show a private value all the same."""
        return secret.within(self._lines, self._phones) or any(
            secret.within(each.text, each.phones) and page.has(each.shown) for each in self.agreed
        )


def leaks(portal: Portal, artifacts: Iterable[Artifact]) -> tuple[Problem, ...]:
    """Return a problem for each private value that a public file shows, and a note for each accepted one that none shows."""
    may, secrets = _sorted_out(portal)
    found = _found(_Net(secrets), may, artifacts)
    accepted = [_Accepted(entry, f" {key(entry.value)} ", phones(entry.value)) for entry in portal.settings.leaks]
    used: set[int] = set()
    problems: list[Problem] = []
    for secret, pages in found:
        by = [number for number, each in enumerate(accepted) if secret.within(each.text, each.phones)]
        used.update(by)
        if not by:
            problems.append(_told(secret, pages))
    problems += [_unused(each.entry) for number, each in enumerate(accepted) if number not in used]
    return tuple(problems)


class _Accepted(NamedTuple):
    """A leak that the owner accepts."""

    entry: AcceptedLeak
    text: str
    phones: list[str]


# ------------------------------------------------------------------------------------------------ what is private


def _sorted_out(portal: Portal) -> tuple[_Open, list[Secret]]:
    """Return what may be seen, and every private value that nothing public says."""
    may = _Open(agreed=_agreed(portal))
    private: list[Said] = []
    for each in said(portal):
        if not each.public:
            private.append(each)
        elif not each.by_consent:
            _open(each, may)
    secrets: dict[tuple[Kind, str], Secret] = {}
    for cell in private:
        for secret in _secrets(cell):
            if secret.key not in may.keys:
                known = secrets.setdefault((secret.kind, secret.key), secret)
                known.others += known is not secret
    return may, [*secrets.values()]


def _open(each: Said, may: _Open) -> None:
    """Note what a public text makes public: itself; of a single line also what stands in it. Prose is looked through."""
    if " " in each.text:
        may.keys.add(key(each.text))
    if each.line:
        may.lines.append(each.text)


def _secrets(cell: Said) -> Iterator[Secret]:
    text = cell.text
    for mail in mails(text):
        yield Secret(Kind.MAIL, key(mail), mail, cell)
    for number in phones(text):
        yield Secret(Kind.PHONE, number, number, cell)
    if " " not in text.strip():
        return
    if cell.name and len(compared := key(text)) >= _SHORTEST_NAME and " " in compared:
        yield Secret(Kind.NAME, compared, text, cell)
        return
    if len(text) < LONGEST_UNSAID:
        return
    for paragraph in _PARAGRAPH.split(text):
        compared = key(paragraph)
        if len(compared) >= LONGEST_UNSAID and len(paragraph.split()) >= _FEWEST_WORDS:
            yield Secret(Kind.TEXT, compared, paragraph, cell)


def _agreed(portal: Portal) -> list[_Agreed]:
    """Return what was agreed to: all words of the document, and of the client it names what its page may say."""
    found = []
    for record, shown, client_id in consenting(portal):
        client = portal.client_by_id[client_id] if client_id else None
        about = [client.name, client.industry, client.website or ""] if client else []
        texts = [*(each.text for each in said_of(record, portal.as_of)), *about]
        compared = " _ ".join(key(plain(text)) for text in texts)
        found.append(_Agreed(key(shown), f" {compared} ", frozenset(number for text in texts for number in phones(text))))
    return found


# ------------------------------------------------------------------------------------------------ where it is shown


class _Net:
    """Finds what may be a private value in a text quickly: by two words that stand side by side, the rarest of each value."""

    def __init__(self, secrets: list[Secret]) -> None:
        pairs = Counter(pair for secret in secrets for pair in _pairs(secret))
        self._by_pair: dict[tuple[str, str], list[tuple[Secret, str]]] = {}
        self._by_phone = {secret.key: secret for secret in secrets if secret.kind is Kind.PHONE}
        for secret in secrets:
            rarest = min(_pairs(secret), key=lambda pair: (pairs[pair], -len(pair[0]) - len(pair[1])), default=None)
            if rarest is not None:
                self._by_pair.setdefault(rarest, []).append((secret, _around(secret, rarest)))

    def candidates(self, text: str) -> list[Secret]:
        """Return what may stand in a text; whoever asks looks again."""
        found: dict[int, Secret] = {}
        for reading in readings(text):
            there = words(reading)
            pairs = self._by_pair.keys() & set(pairwise(there))
            joined = f" {' '.join(there)} " if pairs else ""
            for secret, around in (each for pair in pairs for each in self._by_pair[pair]):
                if around in joined:
                    found[id(secret)] = secret
            if self._by_phone:
                numbers = self._by_phone.keys() & set(phones(reading))
                found |= {id(self._by_phone[number]): self._by_phone[number] for number in numbers}
        return [*found.values()]


def _around(secret: Secret, pair: tuple[str, str]) -> str:
    """Return what stands around two words of a value: of a name all of it, of a text a word more on either side.

    Not more of a text, which may go on in lines that other pages have as well, and those are not read again.
    """
    if secret.kind is Kind.NAME:
        return f" {secret.key} "
    if secret.kind is Kind.MAIL:
        return f" {pair[0]} {pair[1]} "
    there = secret.key.split()
    at = [*pairwise(there)].index(pair)
    return f" {' '.join(there[max(0, at - 1) : at + 3])} "


def _pairs(secret: Secret) -> Iterable[tuple[str, str]]:
    """Return the words of a value two by two; of an e-mail address the two beside its sign, which stand so nowhere else."""
    if secret.kind is Kind.PHONE:
        return ()
    if secret.kind is Kind.MAIL:
        local, _, host = secret.value.rpartition("@")
        return ((key(local).rpartition(" ")[2], key(host).partition(" ")[0]),)
    return pairwise(secret.key.split())


def _found(net: _Net, may: _Open, artifacts: Iterable[Artifact]) -> list[tuple[Secret, list[Artifact]]]:
    """Return each private value that is shown where it may not be, with the files that show it."""
    found: dict[int, tuple[Secret, list[Artifact]]] = {}
    seen: set[tuple[bytes, bytes]] = set()
    for artifact in artifacts:
        page = Visible(artifact)
        if not page.is_text:
            continue
        text, fresh = page.new_lines(seen)
        candidates = net.candidates(text)
        if not candidates:
            seen.update(fresh)
        for secret in candidates:
            if secret.stands_in(page) and not may.allows(secret, page):
                found.setdefault(id(secret), (secret, []))[1].append(artifact)
    return [*found.values()]


# ------------------------------------------------------------------------------------------------ what is told


def _told(secret: Secret, pages: list[Artifact]) -> Problem:
    """Say where a private cell is and who shows it; never what it holds."""
    cell = secret.cell
    source = cell.source
    of = f" of {cell.row_id}" if cell.row_id else ""
    also = f" and {len(pages) - 1} more {'file' if len(pages) == 2 else 'files'}" if len(pages) > 1 else ""  # noqa: PLR2004  # one beside the first
    same = f" (as {secret.others} more {'cell does' if secret.others == 1 else 'cells do'})" if secret.others else ""
    prose = sorted({page.source.path for page in pages if page.source.path.startswith("content/")}, key=_is_folder)
    written = next(iter(prose), "")
    message = f"{cell.field}{of} in {source.path} is private{same}, and {_place(pages[0])}{also} {'show' if also else 'shows'} it"
    begin = f"take it out of {written}" if written else "look for it in the theme and in what that page is made of"
    hint = f"{begin}; if it may be public, say so under leaks in portal.yaml, with the reason"
    return problem("A301", source, message, hint=hint, field=cell.field, row_id=cell.row_id)


def _is_folder(path: str) -> tuple[bool, str]:
    return "." not in path, path


def _place(artifact: Artifact) -> str:
    """Return the page's address; that of a personal page is given to one person, and logs are read by others."""
    if _PERSONAL.match(artifact.path):
        return "a personal page"
    return f"/{artifact.path.removesuffix('index.html')}"


def _unused(entry: AcceptedLeak) -> Problem:
    message = "this accepted leak is found nowhere any more"
    return problem("A302", entry.at("value"), message, hint="delete the entry, so that the next one is told", field="leaks.value")
