"""How far the further languages have come, as people read it and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from site_builder.cli.asjson import document
from site_builder.cli.speaking import counted, heading
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, paragraph, table

if TYPE_CHECKING:
    from site_builder.cli.translations import Standing

_LANGUAGES: Final = (
    Column("language"),
    Column(""),
    Column("documents", is_number=True),
    Column("older", is_number=True),
    Column("strays", is_number=True),
    Column("texts", is_number=True),
)
_TO_WRITE: Final = (Column("to write"), Column("which translates"))
_COPIES: Final = (Column("to translate: still word for word"), Column("as"))
_OLDER: Final = (Column("older than its original"), Column("which changed on"))
_STRAYS: Final = (Column("without an original"), Column(""))
_DRAFT: Final = "draft"
_SAID: Final = {_DRAFT: "a draft that portal serve alone shows"}
_TEXTS: Final = (Column("texts of data/"), Column("not translated", is_number=True))


def overview(found: Sequence[Standing], on: Screen) -> str:
    """Return a line a language."""
    if not found:
        return paragraph("There is one language. A further one begins with portal translations de --write, for German.", on)
    rows = [_row(each) for each in found]
    first = found[0].lang
    return table(_LANGUAGES, rows, on) + paragraph(f"portal translations {first} lists what is missing in {first}.", on)


def as_text(found: Standing, on: Screen) -> str:
    """Return what one language lacks: documents to write, those to look at again, those that translate nothing, texts."""
    documents, texts = _counts(found)
    above = heading(
        f"{found.lang}, {_SAID.get(found.state, found.state)}: documents {documents}, texts of data/ {texts} translated", on
    )
    progress = found.documents
    meant = zip(progress.strays, found.meant, strict=True)
    blocks = (
        table(_TO_WRITE, [Row((each.translation, each.original)) for each in progress.missing], on),
        table(_COPIES, [Row((each.translation, each.original)) for each in progress.copies], on),
        table(_OLDER, [Row((pair.translation, f"{day}")) for pair, day in found.older], on),
        table(
            _STRAYS,
            [
                Row((f"content/{each.lang}/{each.FOLDER}/{each.slug}.md", f"did you mean {near}.md?" if near else ""))
                for each, near in meant
            ],
            on,
        ),
        table(_TEXTS, [Row((path, str(len(left)))) for path, left in found.wanting.items()], on) + _to_add(found, on),
    )
    told = [block for block in blocks if block]
    return "\n".join((above, *told)) if told else above + paragraph("Nothing is missing.", on)


def as_json(found: Sequence[Standing]) -> str:
    """Return all of it for programs, a list of languages; the day of a change is the original's."""
    return document({"languages": [_told(each) for each in found]})


def _row(found: Standing) -> Row:
    documents, texts = _counts(found)
    return Row(
        (
            found.lang,
            Cell(found.state, Dye.YELLOW if found.state == _DRAFT else Dye.NONE),
            documents,
            str(len(found.older)),
            str(len(found.documents.strays)),
            texts,
        )
    )


def _counts(found: Standing) -> tuple[str, str]:
    """Return "3 of 12", of documents and of texts."""
    done, left = len(found.documents.translated), len(found.documents.missing) + len(found.documents.copies)
    return f"{done} of {done + left}", f"{found.texts - _wanting(found)} of {found.texts}"


def _wanting(found: Standing) -> int:
    return sum(map(len, found.wanting.values()))


def _to_add(found: Standing, on: Screen) -> str:
    """Return how the texts come into words.yaml, "" where all stand there already, translated or not."""
    place = f"content/{found.lang}/words.yaml"
    left = sum(text not in found.waiting for texts in found.wanting.values() for text in texts)
    if left:
        return paragraph(f"portal translations {found.lang} --write adds {counted(left, 'text')} to {place}.", on)
    return paragraph(f"They wait in {place}.", on) if found.wanting else ""


def _told(found: Standing) -> dict[str, object]:
    return {
        "lang": found.lang,
        "state": found.state,
        "documents": {
            "translated": [each.translation for each in found.documents.translated],
            "copies": [{"file": each.translation, "original": each.original} for each in found.documents.copies],
            "missing": [{"file": each.translation, "original": each.original} for each in found.documents.missing],
            "older": [{"file": pair.translation, "original": pair.original, "changed_on": f"{day}"} for pair, day in found.older],
            "strays": list(_strays(found)),
        },
        "texts": {"count": found.texts, "missing": {path: list(left) for path, left in found.wanting.items()}},
    }


def _strays(found: Standing) -> Iterator[dict[str, str | None]]:
    for each, near in zip(found.documents.strays, found.meant, strict=True):
        path = f"content/{found.lang}/{each.FOLDER}/"
        yield {"file": f"{path}{each.slug}.md", "meant": f"{path}{near}.md" if near else None}
