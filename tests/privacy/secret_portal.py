"""A portal with owners, secrets and a mark in every private text, and what its commands leave in a process of their own."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.model import cells as types
from site_builder.model.marks import Cell as Form
from site_builder.model.marks import mark
from tests.golden.update import PORTAL
from tests.privacy.another import another, form_of, mark_of
from tests.privacy.cells import Cell, rewrite
from tests.privacy.conftest import AS_OF, ROOT
from tests.privacy.disguises import marks
from tests.privacy.varied import KEPT, Original
from tests.seal.sealing import SITE

WITNESS = Path(__file__).parent / "witness"
NAMES = {"ann": mark_of(77_001), "tom": mark_of(77_002)}
PHRASES = {"ann": f"{mark_of(77_003)} tractor lozenge velvet", "tom": f"{mark_of(77_004)} ledger frosty thimble"}
FEES = {"data/clients.csv": "7349156.83", "data/referrals.csv": "2948371.65"}
"""Sums that stand nowhere else, in clients' and referrals' monthly_fee."""
# A client whom nobody may know of, and who pays: those of the golden portal are in the directory, or pay no more.
_QUIET: Mapping[str, tuple[tuple[str, ...], str]] = {
    "data/clients.csv": (
        ("name", "contact_name"),
        f"quiet,{{}},surveyors,Leeds,,2021-06-01,2026-10-01,17,9,{FEES['data/clients.csv']},no,,,dental,,,no,{{}},\n",
    ),
    "data/reviews.csv": (("roadblock", "follow_up", "note"), "quiet,2026-04-13,roadblock,{},{},2026-11-17,4,{}\n"),
}
_TEXTS = tuple(map(form_of, (types.Text, types.Prose, types.Email, types.Host, types.Url, types.Phone)))


def secret_portal(where: Path) -> dict[str, tuple[str, str]]:
    """Write the golden portal with a mark in each private text, two owners, and their secrets in .env; ids stay as they are.

    Returns the path and the field of each mark.
    """
    original = Original(PORTAL, AS_OF)
    sown = {mark_of(77_001 + number): ("data/portal.yaml", "owners") for number in range(len(NAMES))}

    def change(cell: Cell) -> str:
        if not cell.private or cell.name == "code" or _is_kept(cell, original):
            return cell.value
        if cell.name == "monthly_fee" and cell.value and cell.path in FEES:
            return FEES[cell.path]
        if cell.value.strip() and (cell.info is None or mark(cell.info, Form) in _TEXTS):
            number = len(sown)
            sown[mark_of(number)] = (cell.path, cell.name)
            return another(cell, number, original.world)
        return cell.value

    rewrite(PORTAL, where, AS_OF, change)
    for path, (fields, line) in _QUIET.items():
        words = [mark_of(78_000 + len(sown) + number) for number in range(len(fields))]
        sown |= {word: (path, name) for word, name in zip(words, fields, strict=True)}
        _append(where / path, line.format(*words))
    settings = where / "data/portal.yaml"
    real = settings.read_text(encoding="utf-8").replace("demo: 'yes'\n", "")  # whose secrets are published
    settings.write_text(f"{real}owners: {json.dumps(NAMES)}\n", encoding="utf-8")
    env(where, environ())
    return sown


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line)


def _is_kept(cell: Cell, original: Original) -> bool:
    return any((each.path, each.name) == (cell.path, cell.name) and each.where(cell.beside, original) for each in KEPT)


def environ(phrases: Mapping[str, str] = PHRASES, site: bytes = SITE) -> dict[str, str]:
    """The secrets as an environment holds them."""
    return {"PORTAL_SECRET": site.hex()} | {f"PORTAL_OWNER_{owner.upper()}": phrase for owner, phrase in phrases.items()}


def env(root: Path, values: Mapping[str, str]) -> None:
    """Write .env, for its owner's eyes alone."""
    (root / ".env").touch(0o600)
    (root / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")


# ------------------------------------------------------------------------------------------------- what is private


def shown(content: bytes, secrets: Iterable[bytes] = ()) -> set[str]:
    """Return what can be read in bytes that nobody may see: marks, sums, PORTAL_SECRET and further secrets, in hex and base64."""
    plain = content.translate(None, b",. '\xa0_ \t\r\n")
    sums = {fee for fee in FEES.values() if fee.replace(".", "").encode() in plain or fee.partition(".")[0].encode() in plain}
    small = content.lower()
    found = {f"secret {number}" for number, secret in enumerate((SITE, *secrets)) if _is_in(secret, content, small)}
    return marks(content) | sums | found


def _is_in(secret: bytes, content: bytes, small: bytes) -> bool:
    half = secret[: max(10, len(secret) // 2)]
    if half in content or half.hex().encode() in small or repr(half)[2:-1].encode() in content:
        return True
    return any(each in content for each in _base64(half))


def _base64(secret: bytes) -> Iterator[bytes]:
    """Yield how bytes look in base64 wherever they begin: what is told by their neighbours is left out."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + secret)
        inner = coded[(before * 8 + 5) // 6 : (before + len(secret)) * 8 // 6]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


# ------------------------------------------------------------------------------------------- what a command leaves


@dataclass(frozen=True)
class Left:
    """What came of a command. said: both streams; files: by path what is on the disk afterwards, or was meanwhile.

    told: what the process did that others can see, as its witness wrote it down.
    """

    code: int
    said: bytes
    files: Mapping[str, bytes] = field(repr=False)
    told: tuple[list[str], ...] = field(repr=False)

    def of(self, event: str) -> list[str]:
        """What was told of one kind of event, a text each."""
        return [" ".join(each[1:]) for each in self.told if each[0] == event]


def command(scratch: Path, root: Path, *words: str, kill: int = 0, also: Mapping[str, str] | None = None) -> Left:
    """Run a command under a witness; kill: at which opening for writing it dies. also: of its environment."""
    seen, temporary = scratch / "seen", scratch / "tmp"
    for folder in (seen, temporary):
        folder.mkdir(parents=True)
    around = {
        "PATH": os.environ["PATH"],
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        "PYTHONPATH": f"{WITNESS}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "WITNESS": str(seen),
        "WITNESS_KILL": str(kill),
        **(also or {}),
    }
    line = [sys.executable, "-m", "site_builder", *words, "--portal", str(root)]
    done = subprocess.run(line, env=around, cwd=scratch, capture_output=True, check=False, timeout=300)
    told = tuple(json.loads(each) for each in (seen / "log.jsonl").read_text(encoding="utf-8").splitlines())
    files = {f"{folder.name}/{path}": content for folder in (root, temporary, seen) for path, content in beside(folder)}
    return Left(done.returncode, done.stdout + done.stderr, files, told)


def beside(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what stands in a folder beside the owner's own files, in the order of paths."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and inside.parts[0] not in {"data", "content", "themes", ".env", "log.jsonl", ".git"}:
            yield inside.as_posix(), path.read_bytes()
