"""frictionless as the judge of each table, and the memory of its verdicts, so that an unchanged table never imports it.

A verdict names records, columns and kinds of fault, never a value: it may lie in a cache.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import site_builder
from site_builder.cache import write

# Raise it when the way rows are read or judged changes: verdicts of before are forgotten.
_EDITION = 1
_FILE = "verdicts.json"
# A table with more faults than this is being repaired: the rest of the verdict can wait, and so can remembering it.
MOST_FAULTS = 1_000
_MOST_JUDGED = 500
_JUDGED: dict[str, tuple[Fault, ...]] = {}


class Fault(NamedTuple):
    """One fault. record: counted from 1 below the header; field: the column, "" for the whole record; kind: frictionless's."""

    record: int
    field: str
    kind: str


Verdict = tuple[Fault, ...]
Keys = Mapping[str, frozenset[str]]
"""What references may name: the target of the reference → its keys."""


def judge(rows: Callable[[], Iterator[Sequence[str]]], schema: Mapping[str, Any], keys: Keys) -> Verdict:
    """Let frictionless judge a table.

    rows: yields the header, then each record's cells; called for each pass. schema: a Table Schema whose fields stand in the
    header's order and whose foreign keys lead to keys. After MOST_FAULTS faults the rest of the table is left unjudged.
    """
    from frictionless import Detector, Dialect, Package, Schema
    from frictionless.resources import TableResource

    def described(name: str, data: object, descriptor: Mapping[str, Any]) -> TableResource:
        # Everything is said, so that nothing is inferred: left to itself it takes another row for the header if more rows
        # are as wide as that one. The encoding was judged where the bytes were read.
        dialect = Dialect(header=True, header_rows=[1])
        read = Schema.from_descriptor(dict(descriptor))
        return TableResource(
            name=name, data=data, format="inline", encoding="utf-8", dialect=dialect, detector=Detector(), schema=read
        )

    table = described("judged", rows, schema)
    targets = [each["reference"] for each in schema.get("foreignKeys", ())]
    by_name = {target["resource"]: target["fields"][0] for target in targets}
    others = [
        described(name, [[key], *([each] for each in sorted(keys[name]))], {"fields": [{"name": key, "type": "string"}]})
        for name, key in by_name.items()
    ]
    Package(resources=[table, *others])
    found: set[Fault] = set()
    with table:
        if table.header.errors:
            raise ValueError(f"the schema does not fit the header: {table.header.errors[0].type}")
        for row in table.row_stream:
            # Its row numbers count records, the header being the first.
            found.update(Fault(row.row_number - 1, _column(error), error.type) for error in row.errors)
            if len(found) >= MOST_FAULTS:
                break
    return tuple(sorted(found))


def _column(error: Any) -> str:
    """Return the column an error is about; a foreign key's is the one it leads from."""
    several = getattr(error, "field_names", None)
    return str(several[0]) if several else str(getattr(error, "field_name", "") or "")


class VerdictCache:
    """The verdicts of former runs in one small JSON file. folder: where; None, or one that cannot be written: no memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[str, tuple[str, Verdict]] = _read(folder / _FILE) if folder is not None else {}
        self._changed = False

    def verdict(
        self, table: str, content_sha256: str, rows: Callable[[], Iterator[Sequence[str]]], schema: Mapping[str, Any], keys: Keys
    ) -> Verdict:
        """Return the verdict on a table, from memory if its bytes, its schema, its targets and the judges are the same."""
        fingerprint = _fingerprint(content_sha256, schema, keys)
        remembered, verdict = self._known.get(table, ("", ()))
        if remembered != fingerprint:
            verdict = _once(fingerprint, lambda: judge(rows, schema, keys))
            if len(verdict) < MOST_FAULTS:
                self._known[table] = (fingerprint, verdict)
                self._changed = True
        return verdict

    def save(self) -> None:
        """Write the verdicts down, if there are new ones; a folder that cannot be written changes nothing."""
        if self._folder is None or not self._changed:
            return
        content = json.dumps(
            {table: [mark, [list(fault) for fault in verdict]] for table, (mark, verdict) in self._known.items()}
        )
        write(self._folder / _FILE, content.encode())
        self._changed = False


def _once(fingerprint: str, judged: Callable[[], Verdict]) -> Verdict:
    """Let a table be judged once in a process: two portals that are compared have most tables in common."""
    if fingerprint not in _JUDGED:
        if len(_JUDGED) >= _MOST_JUDGED:
            _JUDGED.clear()
        _JUDGED[fingerprint] = judged()
    return _JUDGED[fingerprint]


def _fingerprint(content_sha256: str, schema: Mapping[str, Any], keys: Keys) -> str:
    said = hashlib.sha256(content_sha256.encode())
    versions = (importlib.metadata.version("frictionless"), site_builder.__version__, _EDITION)
    said.update(json.dumps([versions, schema], sort_keys=True).encode())
    for target in sorted({each["reference"]["resource"] for each in schema.get("foreignKeys", ())}):
        said.update(json.dumps([target, sorted(keys[target])]).encode())
    return said.hexdigest()


def _read(file: Path) -> dict[str, tuple[str, Verdict]]:
    """Read former verdicts; whatever is not of the right form is as good as none."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {
            str(table): (str(mark), tuple(Fault(int(record), str(field), str(kind)) for record, field, kind in faults))
            for table, (mark, faults) in content.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
