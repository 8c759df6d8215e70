"""portal serve: a live preview on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.shell import WrongUsageError, cache_folder, complain, portal_folder, today
from site_builder.cli.told import write_text
from site_builder.pipeline import Request, build
from site_builder.problem import Severity
from site_builder.seal import Keys, Secrets
from site_builder.serve.preview import Preview, Shown
from site_builder.serve.server import PreviewServer, listen
from site_builder.serve.watcher import state, watched

_STYLEGUIDE: Final = "styleguide/index.html"
"""Shown here and never published, so it does not count."""


def serve(arguments: Arguments) -> int:
    """Build, show, and build again whenever a file is saved; 2 where the folder or the port cannot be used."""
    try:
        root = portal_folder(arguments.portal)
    except WrongUsageError as wrong:
        complain(str(wrong))
        return 2
    if not (root / "data").is_dir():
        complain("this folder is no portal: it has no folder data; name the portal's folder with --portal")
        return 2
    keys = _KeptKeys()
    preview = Preview(
        lambda: build(Request(root, today, arguments.as_of, cache_folder(root), preview=True, environ=os.environ, keys=keys.of))
    )
    try:
        server = listen(arguments.port, preview, root)
    except OSError as error:
        complain(f"cannot listen on port {arguments.port}: {(error.strerror or 'unknown reason').lower()}")
        return 2
    stop = threading.Event()
    try:
        _watch(preview, root, stop)
        _run(server, is_opened=arguments.open)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    finally:
        stop.set()
        preview.end()
        server.server_close()
    return 0


class _KeptKeys:
    """The keys of the last build, for the next one with the same secrets: an owner's takes a third of a second to derive."""

    def __init__(self) -> None:
        self._kept: tuple[Secrets, Keys] | None = None

    def of(self, secrets: Secrets) -> Keys:
        """Return them; they are in this process alone, and gone when the secrets change."""
        if self._kept is None or self._kept[0] != secrets:
            self._kept = (secrets, Keys(secrets))
        return self._kept[1]


def _watch(preview: Preview, root: Path, stop: threading.Event) -> None:
    """Build once, and in a thread of its own again after every change."""

    def rebuild() -> None:
        _say(preview.rebuild(), root)

    seen = state(root)
    rebuild()
    threading.Thread(target=watched, args=(root, seen, stop, rebuild), daemon=True).start()


def _run(server: PreviewServer, *, is_opened: bool) -> None:
    sys.stdout.write(f"{server.url()}\n")
    sys.stdout.flush()
    complain("save a file and the page reloads; Ctrl-C ends")
    if is_opened:
        import webbrowser

        webbrowser.open(server.url())
    server.serve_forever(poll_interval=0.2)


def _say(shown: Shown, root: Path) -> None:
    if shown.crash is not None:
        complain(shown.crash.words())
    elif shown.is_broken:
        errors = [problem for problem in shown.problems if problem.severity is Severity.ERROR]
        write_text(errors, sys.stderr, root)
    else:
        pages = [path for path in shown.files if path.endswith(".html") and path != _STYLEGUIDE]
        complain(f"{len(pages)} pages")
