"""A mistake of ours, told so that it can be reported and without the data it met."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Crash:
    """What went wrong inside the program. kind: the exception's type; place: file, line and function; trace: all of it.

    The exception's own words are in trace alone: they may hold private values.
    """

    kind: str
    place: str
    trace: str

    def words(self) -> str:
        """Return one sentence for its user."""
        return f"this is a mistake in portal, not in your files: {self.kind} in {self.place}"


class Caught:
    """Keeps a mistake of ours from ending the program: `with Caught() as caught: ...`, then ask caught.crash.

    The one place where every exception is taken; KeyboardInterrupt, SystemExit and a reader who went away pass through.
    """

    crash: Crash | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if not isinstance(error, Exception) or isinstance(error, BrokenPipeError):
            return False
        self.crash = Crash(type(error).__name__, _place(trace), "".join(traceback.format_exception(error)))
        return True


def _place(trace: TracebackType | None) -> str:
    """Return the innermost place in our own code, else the innermost of all."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    for frame in reversed(ours or frames):
        path = Path(frame.filename)
        name = path.relative_to(_PACKAGE.parent).as_posix() if path.is_relative_to(_PACKAGE) else path.name
        return f"{name}:{frame.lineno} ({frame.name})"
    return "an unknown place"
