"""The golden portal's public files: python -m tests.golden.update writes them anew. Read the diff before committing it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from site_builder.pipeline import Built, Request, build

HERE = Path(__file__).parent
PORTAL = HERE / "portal"
OUTPUT = HERE / "output"
THREE_FILES = HERE / "three-files"


def built(root: Path, *, public_only: bool = False) -> Built:
    """Build a portal that pins its day; should it not, it is a day no test expects."""
    return build(Request(root, today=lambda _zone: date(1999, 1, 1), public_only=public_only))


def finished() -> dict[str, bytes]:
    """Return the golden portal's public files as they are built now, by path: of sealed ones no diff can be read."""
    return {artifact.path: artifact.content for artifact in built(PORTAL, public_only=True).artifacts}


def committed() -> dict[str, bytes]:
    """Return the golden portal's files as they are committed, by path."""
    files = (path for path in OUTPUT.rglob("*") if path.is_file())
    return {path.relative_to(OUTPUT).as_posix(): path.read_bytes() for path in files}


def update() -> None:
    """Replace the committed files; a portal that cannot be built leaves them as they are."""
    files = finished()
    if not files:
        raise SystemExit("\n".join(f"{problem.source.path}: {problem.message}" for problem in built(PORTAL).problems))
    shutil.rmtree(OUTPUT, ignore_errors=True)
    for path, content in files.items():
        where = OUTPUT / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(content)


if __name__ == "__main__":
    update()
