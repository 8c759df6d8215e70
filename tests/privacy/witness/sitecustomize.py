"""Imported by a Python before anything else (PYTHONPATH): writes down what leaves it, and keeps what it deletes.

WITNESS: a folder. In it log.jsonl says what was opened for writing, which programs were started with what, what was put into the
environment and who was talked to; kept/ holds each file as it was when it was deleted or replaced.
WITNESS_KILL: the number of the opening for writing at which the process ends as by kill -9; 0 for never.
"""

import json
import os
import signal
import sys
from pathlib import Path

_FOLDER = Path(os.environ["WITNESS"])
_KILL_AT = int(os.environ.get("WITNESS_KILL", "0"))
_LOG = os.open(_FOLDER / "log.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_TOLD = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.putenv", "socket.connect", "socket.sendto")
_is_busy = False
_opened = 0


def _told(event: str, *what: object) -> None:
    os.write(_LOG, json.dumps([event, *map(repr, what)]).encode() + b"\n")


def _place(path: object, folder: object) -> Path:
    name = os.fsdecode(path)  # type: ignore[arg-type]  # a path, as os.remove got it
    inside = isinstance(folder, int) and folder >= 0 and not Path(name).is_absolute()
    return Path(f"/proc/self/fd/{folder}" if inside else ".", name)


def _keep(path: Path) -> None:
    if path.is_file() and not path.is_symlink():
        kept = _FOLDER / "kept"
        kept.mkdir(exist_ok=True)
        (kept / f"{len(list(kept.iterdir())):05d}").write_bytes(path.read_bytes())


def _see(event: str, what: tuple[object, ...]) -> None:
    global _opened  # noqa: PLW0603  # of the process
    if event == "open" and isinstance(what[2], int) and what[2] & _WRITES and not isinstance(what[0], int):
        _opened += 1
        _told("write", os.fsdecode(what[0]))  # type: ignore[arg-type]  # a path
        if _opened == _KILL_AT:
            os.kill(os.getpid(), signal.SIGKILL)
    elif event == "os.remove":
        _keep(_place(what[0], what[1]))
    elif event == "os.rename":
        _keep(_place(what[1], what[3]))
    elif event in _TOLD:
        _told(event, *what)


def _hook(event: str, what: tuple[object, ...]) -> None:
    global _is_busy  # noqa: PLW0603  # what the witness does is not to be seen
    if not _is_busy:
        _is_busy = True
        try:
            _see(event, what)
        finally:
            _is_busy = False


sys.addaudithook(_hook)
