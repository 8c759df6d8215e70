"""The README's reference, made from the record classes, the table of codes and the commands. Run it to refresh the README."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo

from site_builder.cli.commands import COMMANDS
from site_builder.codes import CODES
from site_builder.load.shape import fields, shape
from site_builder.model.content import COLLECTIONS
from site_builder.model.documents import Nurture, Positioning, Rewards, Trust
from site_builder.model.incentives import RULE_TYPES, Incentives, Rule
from site_builder.model.marks import About, Cell, Public, Ref, mark
from site_builder.model.record import Record
from site_builder.model.settings import Settings
from site_builder.model.tables import TABLES

README = Path(__file__).parents[2] / "README.md"
BEGIN = "<!-- reference -->"
END = "<!-- /reference -->"
_DOCUMENTS: tuple[tuple[str, type[Record]], ...] = (
    ("data/portal.yaml", Settings),
    ("data/positioning.yaml", Positioning),
    ("data/incentives.yaml", Incentives),
    ("data/trust.yaml", Trust),
    ("data/rewards.yaml", Rewards),
    ("data/nurture.yaml", Nurture),
)


def reference() -> str:
    """Return the whole reference as Markdown."""
    lines = [*_commands(), *_tables(), *_documents(), *_content(), *_codes()]
    return "\n".join(lines) + "\n"


def written() -> str:
    """Return the README with a fresh reference."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{reference()}{END}{after}"


def _commands() -> Iterator[str]:
    yield "### Commands\n"
    for name in COMMANDS:
        done = subprocess.run([sys.executable, "-m", "site_builder", name, "--help"], check=True, capture_output=True, text=True)
        yield "```text"
        yield done.stdout.rstrip()
        yield "```\n"


def _tables() -> Iterator[str]:
    yield "### Tables in `data/`\n"
    yield "Required columns are **bold**; a column marked # is part of the row's key.\n"
    for row in TABLES:
        yield f"#### `{row.TABLE.file}`: {row.TABLE.about.lower()}\n"
        yield from _rows(row, row.TABLE.key)


def _documents() -> Iterator[str]:
    yield "### Documents in `data/`\n"
    yield "Required keys are **bold**.\n"
    for path, model in _DOCUMENTS:
        yield f"#### `{path}`\n"
        yield from _rows(model)
        if model is Incentives:
            for kind in RULE_TYPES:
                tag = fields(kind)["type"].annotation
                word = getattr(tag, "__args__", ("",))[0]
                yield f"`type: {word}`. {_summary(kind)} Beside what every rule has:\n"
                yield from _rows(kind, leaving=frozenset(fields(Rule)))


def _content() -> Iterator[str]:
    yield "### Front matter in `content/`\n"
    for kind in COLLECTIONS:
        yield f"#### `content/{kind.FOLDER}/`: {kind.ABOUT.lower()}\n"
        yield from _rows(kind)


def _codes() -> Iterator[str]:
    yield "### Codes\n"
    yield "Errors keep the portal from being built, warnings under `--strict`; advice and notes never do.\n"
    yield "| code | severity | what | why |"
    yield "|---|---|---|---|"
    for code, entry in CODES.items():
        yield f"| {code} | {entry.severity} | {entry.title} | {entry.why} |"
    yield ""


def _rows(model: type[Record], key: tuple[str, ...] = (), *, leaving: frozenset[str] = frozenset()) -> Iterator[str]:
    yield "| field | holds | meaning | may be published |"
    yield "|---|---|---|---|"
    yield from _flat(model, "", key, leaving)
    yield ""


def _flat(model: type[Record], before: str, key: tuple[str, ...], leaving: frozenset[str]) -> Iterator[str]:
    """Yield a line a field, and below a field that holds records a line for each of theirs."""
    for name, info in fields(model).items():
        about = mark(info, About)
        if about is None or name in leaving:
            continue
        shown = f"{before}{name}"
        label = f"**`{shown}`**" if info.is_required() else f"`{shown}`"
        yield f"| {label}{'#' if name in key else ''} | {_holds(info)} | {about.words} | {_published(info)} |"
        inside = shape(info.annotation)
        nested = shape(inside.item) if inside.item is not None else shape(inside.entry) if inside.entry is not None else inside
        if len(nested.records) == 1:
            ending = "[]." if inside.item is not None else ".NAME." if inside.entry is not None else "."
            yield from _flat(nested.records[0], f"{shown}{ending}", (), frozenset())
        elif nested.records:
            yield from _flat(Rule, f"{shown}[].", (), frozenset())


def _holds(info: FieldInfo) -> str:
    cell, ref = mark(info, Cell), mark(info, Ref)
    if ref is not None:
        return f"a key of `{ref.table}`"
    inside = shape(info.annotation)
    if inside.entry is not None:
        # The marks within are of its keys and of what stands behind each.
        entry = next((each for each in getattr(inside.entry, "__metadata__", ()) if isinstance(each, Cell)), None)
        return "a mapping" if entry is None else f"a mapping, each entry {entry.words}"
    if cell is None:
        return "a list" if inside.item is not None else "a mapping"
    return cell.words.replace("|", "or")


def _published(info: FieldInfo) -> str:
    public = mark(info, Public)
    if public is None:
        return "no"
    return f"if `{public.when}`" if public.when else "**public**"


def _summary(kind: type[Record]) -> str:
    return (kind.__doc__ or "").partition("\n")[0]


if __name__ == "__main__":
    README.write_text(written(), encoding="utf-8")
