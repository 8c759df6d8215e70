from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.scaffold import Wishes, starter
from site_builder.scaffold.writing import write

HARBOUR = Wishes("Harbour IT", "https://refer.harbour.example/", "hello@harbour.example", "en-GB", "GBP", "Europe/London")


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A three-file portal without a mistake."""
    folder = tmp_path / "harbour"
    write(starter(HARBOUR, date(2026, 10, 31)), folder)
    return folder


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: exit code, stdout, stderr."""

    def command(*argv: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in argv])
        out, err = capsys.readouterr()
        return code, out, err

    return command
