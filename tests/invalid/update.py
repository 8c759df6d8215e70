"""Write expected.txt of each case anew: python -m tests.invalid.update [CASE …]. Read the diff: it is what owners will read."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.invalid import cases


def update(name: str) -> str:
    """Build one case and write what its only problem says; return a line about a case that yields another number."""
    with TemporaryDirectory() as folder:
        found = cases.told_problems(name, cases.built(cases.lay_out(name, Path(folder))))
    if len(found) != 1 or found[0].code != cases.code(name):
        return f"{name} yields {', '.join(problem.code for problem in found) or 'nothing'}\n"
    where = cases.HERE / name
    where.mkdir(exist_ok=True)
    (where / cases.EXPECTED).write_text(cases.told(found[0]), encoding="utf-8")
    return ""


if __name__ == "__main__":
    chosen = sys.argv[1:] or [name for name in cases.names() if not name.startswith(cases.FINE)]
    wrong = "".join(map(update, chosen))
    sys.stderr.write(wrong)
    sys.exit(1 if wrong else 0)
