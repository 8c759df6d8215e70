"""The Markdown of content/: each file a record or its problems, each name an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from site_builder.codes import problem
from site_builder.load.folders import Folder, folder, printable
from site_builder.load.frontmatter import take_apart, too_nested
from site_builder.load.names import ROUTES, address, address_fault, folded
from site_builder.load.text import decode, read_bytes
from site_builder.load.translations import WORDS, is_tongue, load_translations, meant_tongue
from site_builder.load.tree import build
from site_builder.load.yamltext import parse
from site_builder.model.content import COLLECTIONS, Document, Event, FreePage, ShareText, Spotlight, Story, Terms
from site_builder.model.portal import Translations
from site_builder.problem import Problem, Source
from site_builder.suggest import near

D = TypeVar("D", bound=Document)

LARGEST_MARKDOWN = 256 * 1024
CONTENT = "content"
FOLDERS = tuple(kind.FOLDER for kind in COLLECTIONS)
_FILES = ("media", "static")  # media.py reads these
_SPOTLIGHT = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2]))-(.+)")


@dataclass(frozen=True, slots=True)
class Content:
    """All documents of content/, in the order of their languages and names. absent: folders without a single document.

    translations: of texts in data/, a set a language (content/LANG/words.yaml).
    """

    pages: tuple[FreePage, ...] = ()
    spotlights: tuple[Spotlight, ...] = ()
    stories: tuple[Story, ...] = ()
    events: tuple[Event, ...] = ()
    terms: tuple[Terms, ...] = ()
    share: tuple[ShareText, ...] = ()
    translations: tuple[Translations, ...] = ()
    absent: frozenset[str] = frozenset(FOLDERS)
    problems: tuple[Problem, ...] = ()


def load_content(root: Path, clients: frozenset[str] | None) -> Content:
    """Read and judge content/FOLDER/ and content/LANG/FOLDER/.

    clients: the ids that documents may name; None when clients.csv is absent, which is one problem for all of them together.
    A record's at("@body") is where its text begins.
    """
    listed = folder(root, CONTENT)
    if not listed.read:
        return Content(absent=frozenset(), problems=listed.problems)
    shelf = _Shelf(root, languages=tuple(name for name in listed.folders if name not in FOLDERS and is_tongue(name)))
    shelf.problems += [*listed.problems, *_strangers(listed, (*FOLDERS, *_FILES, *shelf.languages))]
    for kind in COLLECTIONS:
        shelf.collect(kind, "")
    for language in shelf.languages:
        inside = folder(root, f"{CONTENT}/{language}")
        shelf.problems += [*inside.problems, *_strangers(inside, FOLDERS, (WORDS,))]
        if WORDS in inside.files:
            shelf.translate(language)
        for kind in COLLECTIONS:
            shelf.collect(kind, language)
    shelf.problems += _clients(shelf.documents, clients)
    return Content(
        pages=shelf.of(FreePage),
        spotlights=shelf.of(Spotlight),
        stories=shelf.of(Story),
        events=shelf.of(Event),
        terms=shelf.of(Terms),
        share=shelf.of(ShareText),
        translations=tuple(shelf.translations),
        absent=frozenset(FOLDERS) - shelf.started,
        problems=tuple(shelf.problems),
    )


@dataclass(slots=True)
class _Shelf:
    """What has been read so far. started: folders that hold a document, good or bad, or that cannot be read."""

    root: Path
    languages: tuple[str, ...]
    documents: list[Document] = field(default_factory=list)
    translations: list[Translations] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    started: set[str] = field(default_factory=set)

    def of(self, kind: type[D]) -> tuple[D, ...]:
        return tuple(document for document in self.documents if isinstance(document, kind))

    def translate(self, language: str) -> None:
        """Read what the texts of data/ are in a language."""
        found, problems = load_translations(self.root, f"{CONTENT}/{language}/{WORDS}", language)
        self.problems += problems
        if found is not None:
            self.translations.append(found)

    def collect(self, kind: type[Document], language: str) -> None:
        """Read one collection's folder in one language, "" for the portal's own."""
        listed = folder(self.root, f"{CONTENT}/{language}/{kind.FOLDER}" if language else f"{CONTENT}/{kind.FOLDER}")
        self.problems += listed.problems
        if not listed.read:
            self.started.add(kind.FOLDER)
        stems: dict[str, str] = {}
        for name in (*listed.files, *listed.folders):
            path = f"{listed.path}/{name}"
            if name in listed.folders or not name.endswith(".md"):
                self.problems.append(_stranger(listed.path, name))
                continue
            self.started.add(kind.FOLDER)
            stem = name.removesuffix(".md")
            fault = self._name(kind, stem, stems, path)
            stems.setdefault(folded(stem), name)
            if fault is not None:
                self.problems.append(fault)
            else:
                self._read(kind, path, stem, language)

    def _name(self, kind: type[Document], stem: str, stems: dict[str, str], path: str) -> Problem | None:
        """Judge a file's name by itself and beside the names before it."""
        place = Source(printable(path))
        if folded(stem) in stems:
            message = f"this name and {printable(stems[folded(stem)])} make one address"
            return problem("D504", place, message, hint="rename one of the two files")
        fault = address_fault(stem)
        if fault:
            better = address(stem)
            hint = f"rename it to {better}.md" if better and not address_fault(better) else "choose another name"
            return problem("D503", place, f"the name {fault}", hint=hint)
        if kind is FreePage and stem in (*ROUTES, *self.languages):
            message = f"/{stem}/ is one of the portal's own addresses"
            return problem("D503", place, message, hint=f"choose another name, for example our-{stem}.md")
        return None

    def _read(self, kind: type[Document], path: str, stem: str, language: str) -> None:
        document, found = _document(self.root, path, kind, {"@slug": stem, "@lang": language})
        self.problems += found
        if document is not None:
            self.problems += _agreement(document, path)
            self.documents.append(document)


def _document(root: Path, path: str, kind: type[D], added: dict[str, object]) -> tuple[D | None, tuple[Problem, ...]]:
    content = read_bytes(root, path, LARGEST_MARKDOWN)
    text = decode(content, path) if isinstance(content, bytes) else content
    parts = take_apart(text, path) if isinstance(text, str) else text
    if isinstance(parts, Problem):
        return None, (parts,)
    nested = too_nested(parts, path)
    bounded = (nested,) if nested is not None else ()
    parsed = parse(parts.front, path, first_line=2)
    if parsed.root is None:
        return None, (*parsed.problems, *bounded)
    marks = {"@body": Source(path, parts.body_line, 1)}
    document, faulty = build(parsed.root, kind, added={**added, "@body": parts.body}, marks=marks)
    found = (*parsed.problems, *faulty, *bounded)
    return (None if found else document), found


def _agreement(document: Document, path: str) -> Iterator[Problem]:
    """The name becomes the address, so it must say what the front matter says."""
    if isinstance(document, Terms) and document.version != document.slug:
        hint = f"write version: {document.slug}, or rename the file"
        yield problem("D502", document.at("version"), "the version is not the file's name", hint=hint, field="version")
    if not isinstance(document, Spotlight):
        return
    named = _SPOTLIGHT.fullmatch(document.slug)
    if named is None:
        hint = f"rename it to {document.month}-CLIENT.md, with the client's id"
        yield problem("D502", Source(path), "the name of a spotlight is YYYY-MM-CLIENT.md", hint=hint)
        return
    for key, said, name in (("month", document.month, named[1]), ("client", document.client, named[2])):
        if said != name:
            hint = f"write {key}: {name}, or rename the file"
            yield problem("D502", document.at(key), f"the {key} is not the one in the file's name", hint=hint, field=key)


def _clients(documents: list[Document], clients: frozenset[str] | None) -> Iterator[Problem]:
    naming = [(document, document.client) for document in documents if isinstance(document, Spotlight | Story)]
    for document, client in naming:
        if client is None or (clients is not None and client in clients):
            continue
        if clients is None:
            message = "clients are named here and there is no data/clients.csv"
            hint = "add data/clients.csv with a row for each client that content names"
            yield problem("D303", document.at("client"), message, hint=hint, field="client")
            return
        meant = near(client, clients)
        named = f'the client "{client}"' if meant is not None or document.permission_on is not None else "this client"
        hint = f'did you mean "{meant}"?' if meant is not None else "write the client_id of a row in clients.csv"
        yield problem("D302", document.at("client"), f"{named} is not in clients.csv", hint=hint, field="client")


def _strangers(listed: Folder, known: tuple[str, ...], files: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Name files that lie beside the folders, and folders that nobody reads; files: those that somebody does."""
    for name in listed.files:
        if name not in files:
            yield _stranger(listed.path, name)
    for name in listed.folders:
        if name not in known:
            is_top = listed.path == CONTENT
            meant = near(name, known) or (meant_tongue(name) if is_top else None)
            also = ", or a language such as de" if is_top else ""
            hint = f'did you mean "{meant}"?' if meant is not None else f"folders read here: {', '.join(known)}{also}"
            place = Source(f"{listed.path}/{printable(name)}")
            yield problem("D006", place, f"nothing reads the folder {printable(name)}", hint=hint)


def _stranger(path: str, name: str) -> Problem:
    stem = re.sub(r"(?i)(?:\.(?:md|markdown|mdown|txt))+$", "", name)
    is_tongues = path.startswith(f"{CONTENT}/") and path.count("/") == 1 and path.removeprefix(f"{CONTENT}/") not in FOLDERS
    if path == CONTENT and name == WORDS:
        hint = f"put it into the folder of its language, for example {CONTENT}/de/{WORDS}"
    elif is_tongues and (name == "words.yml" or near(name, (WORDS,))):
        hint = f"did you mean {WORDS}?"
    elif path == CONTENT or is_tongues or stem == name:
        where = path if is_tongues else CONTENT
        hint = f"Markdown files belong into {where}/{FOLDERS[0]} and its neighbours, pictures into content/media"
    else:
        hint = f"did you mean {printable(stem)}.md?"
    return problem("D006", Source(printable(f"{path}/{name}")), f"nothing reads {printable(name)}", hint=hint)
