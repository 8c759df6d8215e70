"""Changes that git, an editor or a small file cannot hold: other encodings, links, bounds, names of one form on many systems.

Each takes the folder of a clean portal and spoils it; ODD says which case each of them makes.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from site_builder.seal.demo import DEMO_PHRASES, DEMO_SECRET

KIB = 1024
MIB = 1024 * KIB
_ROW = "acme,2027-01-31,anniversary,"
_GIFTS = Path("data/gifts.csv")
_PAGE = Path("content/pages/about.md")
_PICTURE = Path("content/media/ben.svg")
_SETTINGS = Path("data/portal.yaml")
_GOOD = {
    "PORTAL_SECRET": "8f0c5a9be1d4772603f6a8b9ce315d40e7926bfa1c84d5303e9f60a7b2185cd4",
    "PORTAL_OWNER_ANN": "umbrella canary tractor lozenge velvet ninety",
}
"""Of an owner who has done everything right."""


def _encoded(root: Path, *, path: Path = _GIFTS, encoding: str, old: str = "", new: str = "") -> None:
    """Save a file in another encoding, with a text replaced by one that shows the difference."""
    text = (root / path).read_text(encoding="utf-8").replace(old, new)
    (root / path).write_bytes(text.encode(encoding))


def _appended(root: Path, *, path: Path, content: bytes) -> None:
    with (root / path).open("ab") as file:
        file.write(content)


def _sparse(root: Path, *, path: Path, size: int) -> None:
    """Make a file large without writing it: its end is a hole."""
    os.truncate(root / path, size)


def _columns(root: Path) -> None:
    labels = ",".join(f"extra_{number}" for number in range(1, 197))
    header, row = (root / _GIFTS).read_text(encoding="utf-8").splitlines()
    (root / _GIFTS).write_text(f"{header},{labels}\n{row}\n", encoding="utf-8")


def _replaced(root: Path, *, path: Path, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{path} holds {old!r} {text.count(old)} times")
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def _linked(root: Path, *, path: Path, target: str) -> None:
    """Put a link where a file stands. target: relative to the file's folder; ../ out of the portal is its own parent."""
    where = root / path
    where.parent.mkdir(parents=True, exist_ok=True)
    if where.exists():
        where.rename(root.parent / where.name)
    where.symlink_to(target)


def _folder_instead(root: Path) -> None:
    (root / _GIFTS).unlink()
    (root / _GIFTS).mkdir()


def _pipe_instead(root: Path) -> None:
    (root / _GIFTS).unlink()
    os.mkfifo(root / _GIFTS)


def _written(root: Path, *, path: Path, content: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)


def _copied(root: Path, *, path: Path, name: str) -> None:
    (root / path).with_name(name).write_bytes((root / path).read_bytes())


def _line_ends(root: Path, *, ends: bytes) -> None:
    for folder in ("data", "content"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".csv", ".yaml", ".md"}:
                path.write_bytes(path.read_bytes().replace(b"\n", ends))


def _marks(root: Path) -> None:
    for folder in ("data", "content"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".csv", ".yaml", ".md", ".svg"}:
                path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def _secrets(root: Path, *, mode: int = 0o600, others: Mapping[str, str] = MappingProxyType({}), **given: str | None) -> None:
    """Give the portal its secrets in .env, those named otherwise or, with None, not at all. others: in portal.yaml."""
    for old, new in others.items():
        _replaced(root, path=_SETTINGS, old=old, new=new)
    values = {**_GOOD, **given}
    (root / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items() if value is not None))
    (root / ".env").chmod(mode)


def _appended_secret(root: Path, *, line: str) -> None:
    _secrets(root)
    with (root / ".env").open("a") as file:
        file.write(f"{line}\n")


def _linked_secrets(root: Path) -> None:
    _secrets(root)
    (root / ".env").rename(root.parent / "secrets")
    (root / ".env").symlink_to("../secrets")


def _repository(root: Path) -> None:
    subprocess.run(["git", "init", "--quiet", root], check=True)


def _kept_secrets(root: Path) -> None:
    _secrets(root)
    _repository(root)


def _kept_tables(root: Path) -> None:
    _replaced(root, path=_SETTINGS, old="repository: private", new="repository: public")
    _repository(root)
    subprocess.run(["git", "-C", root, "remote", "add", "origin", "https://git.harbour.example/portal.git"], check=True)
    subprocess.run(["git", "-C", root, "add", "data/clients.csv", "data/gifts.csv", "data/portal.yaml"], check=True)


ODD: Mapping[str, Callable[[Path], None]] = {
    "D002-utf-16": partial(_encoded, encoding="utf-16"),
    "D002-utf-16-without-mark": partial(_encoded, encoding="utf-16-le"),
    "D002-utf-32": partial(_encoded, encoding="utf-32"),
    "D002-windows-1252": partial(_encoded, encoding="cp1252", old="canary hamper", new="canary ham “éclair”"),
    "D002-windows-1252-yaml": partial(
        _encoded, path=Path("data/nurture.yaml"), encoding="cp1252", old="canary question", new="question à canary"
    ),
    "D002-nul": partial(_appended, path=_GIFTS, content=b"acme,2027-02-28,thanks,canary\x00,\n"),
    "D002-style": partial(_written, path=Path("themes/mine/styles/extra.css"), content=b"/* \xe9 */\n"),
    "D002-template": partial(_written, path=Path("themes/mine/templates/page.html"), content=b"{# \xe9 #}\n"),
    "D003-table": partial(_sparse, path=_GIFTS, size=64 * MIB + 1),
    "D003-lines": partial(_appended, path=_GIFTS, content=b"\n" * 5_000_000),
    "D003-columns": _columns,
    "D003-cell": partial(_replaced, path=_GIFTS, old="canary hamper", new="c" * (32 * KIB + 1)),
    "D003-row": partial(_replaced, path=_GIFTS, old="canary hamper", new="c" * 7 * MIB),
    "D102-swallows": partial(_replaced, path=_GIFTS, old="canary hamper", new='"' + "canary\n" * (MIB + 1)),
    "D003-yaml": partial(_appended, path=Path("data/nurture.yaml"), content=b"#" * MIB),
    "D003-levels": partial(_replaced, path=Path("data/nurture.yaml"), old="[canary question]", new="[" * 65 + "]" * 65),
    "D003-values": partial(_replaced, path=Path("data/nurture.yaml"), old="[canary question]", new="[" + "c," * 100_001 + "]"),
    "D003-markdown": partial(_appended, path=_PAGE, content=b"canary words\n\n" * (256 * KIB // 14 + 1)),
    "D003-brackets": partial(_appended, path=_PAGE, content=b"[" * 51),
    "D003-quotes": partial(_appended, path=_PAGE, content=b"> " * 51 + b"canary\n"),
    "D003-picture": partial(_sparse, path=_PICTURE, size=10 * MIB + 1),
    "D003-folders": partial(_written, path=Path("content/static", *("deep" for _ in range(10)), "note.txt"), content=b"note\n"),
    "D004": partial(_linked, path=Path("data/nurture.yaml"), target="../../nurture.yaml"),
    "D004-table": partial(_linked, path=_GIFTS, target="../../gifts.csv"),
    "D004-content": partial(_linked, path=Path("content/pages/risk.md"), target="../../../risk.md"),
    "D004-picture": partial(_linked, path=_PICTURE, target="../../../ben.svg"),
    "D004-static": partial(_linked, path=Path("content/static/notes.txt"), target="/etc/hostname"),
    "D004-to-data": partial(_linked, path=Path("content/static/clients.csv"), target="../../data/clients.csv"),
    "D004-folder": partial(_linked, path=Path("content/share"), target="../../share"),
    "D004-theme": partial(_linked, path=Path("themes/mine/templates/page.html"), target="../../../../page.html"),
    "D005-folder": _folder_instead,
    "D005-pipe": _pipe_instead,
    "D005-dangling-link": partial(_linked, path=_GIFTS, target="presents.csv"),
    "D504-case": partial(_copied, path=_PICTURE, name="Ben.svg"),
    # K, the sign for kelvin, is another letter than K and becomes the same small k.
    "D504-unicode": partial(_copied, path=Path("content/pages/risk.md"), name="ris\u212a.md"),
    "D701": partial(_secrets, PORTAL_OWNER_ANN=None),
    "D701-misspelt": partial(_secrets, PORTAL_OWNER_ANN=None, PORTAL_OWNER_AN="canary words"),
    "D701-secret": partial(_secrets, PORTAL_SECRET=None),
    "D702": partial(_secrets, PORTAL_OWNER_ANN="canary ann hunter2"),
    "D702-secret": partial(_secrets, PORTAL_SECRET="ab" * 32),
    "D702-short": partial(_secrets, PORTAL_SECRET="hunter2"),
    "D702-shared": partial(
        _secrets, others={"{ann: Canary Ann}": "{ann: Canary Ann, ben: Ben}"}, PORTAL_OWNER_BEN=_GOOD["PORTAL_OWNER_ANN"]
    ),
    "D703": partial(_secrets, mode=0o640),
    "D703-link": _linked_secrets,
    "D703-git": _kept_secrets,
    "D704": partial(_secrets, PORTAL_OWNER_ANN=DEMO_PHRASES[1]),
    "D704-secret": partial(_secrets, PORTAL_SECRET=DEMO_SECRET.hex()),
    "D705": _kept_tables,
    "D706": partial(_appended_secret, line="PORTAL_NOTE: canary"),
    "D707": partial(_appended_secret, line="PORTAL_OWNER_ZOE=canary words"),
    "fine-bom": _marks,
    "fine-crlf": partial(_line_ends, ends=b"\r\n"),
    "fine-cr": partial(_line_ends, ends=b"\r"),
}
