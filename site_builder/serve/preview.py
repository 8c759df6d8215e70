"""The state of a live preview: the last good site, and what keeps the newest from being one."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from site_builder.page import Artifact
from site_builder.pipeline import Built, failed
from site_builder.problem import Problem
from site_builder.report.crash import Caught, Crash

_NO_FILES: Mapping[str, Artifact] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shown:
    """What the preview shows now. version: another one after every build, in every run of the program.

    files: the last good site by path; empty before the first. problems or crash: why the newest build is not it.
    """

    version: str
    base: str = "/"
    files: Mapping[str, Artifact] = field(default_factory=lambda: _NO_FILES)
    problems: tuple[Problem, ...] = ()
    crash: Crash | None = None

    @property
    def is_broken(self) -> bool:
        """Whether a page about the mistake stands over the last good site."""
        return self.crash is not None or failed(self.problems)


class Preview:
    """Builds when told to and lets any number of threads look at the result and wait for the next."""

    def __init__(self, build: Callable[[], Built]) -> None:
        """Take how the portal is built; nothing is built yet."""
        self._build = build
        self._run = secrets.token_hex(4)
        self._builds = 0
        self._changed = threading.Condition()
        self._shown = Shown(self._version())
        self._over = False

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    @property
    def is_over(self) -> bool:
        """Whether the preview has ended."""
        return self._over

    def rebuild(self) -> Shown:
        """Build again and let everybody who waits know. A mistake of ours is shown as well; the last good site stays."""
        built = None
        with Caught() as caught:
            built = self._build()
        with self._changed:
            self._builds += 1
            self._shown = self._next(built, caught.crash)
            self._changed.notify_all()
            return self._shown

    def wait(self, seen: str, seconds: float) -> Shown:
        """Return what is shown, as soon as it is another version than the one seen, at the latest after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._over or self._shown.version != seen, seconds)
            return self._shown

    def end(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _next(self, built: Built | None, crash: Crash | None) -> Shown:
        version = self._version()
        if built is None:
            return replace(self._shown, version=version, problems=(), crash=crash)
        if failed(built.problems):
            return replace(self._shown, version=version, problems=built.problems, crash=None)
        files = MappingProxyType({artifact.path: artifact for artifact in built.artifacts})
        return Shown(version, built.base, files, built.problems)

    def _version(self) -> str:
        return f"{self._run}-{self._builds}"
