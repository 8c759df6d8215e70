"""Bytes and text of the owner's files: bounded, inside the portal, UTF-8 and nothing else."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from site_builder.codes import problem
from site_builder.problem import Problem, Source

_BOM = "\ufeff"
# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAMPLE = 4_096
_KIB = 1024
_MIB = 1024 * 1024


def read_bytes(root: Path, path: str, limit: int) -> bytes | Problem:
    """Read a file of the portal, at most limit bytes of it.

    path: relative to root, with "/". Too large is D003, a link that leaves root D004, anything else that cannot be read D005:
    a folder, a pipe, a link to nothing, no permission. Whether the file is there is the caller's question.
    """
    place = Source(path)
    real = os.path.realpath(root / path)
    if not Path(real).is_relative_to(os.path.realpath(root)):
        return problem(
            "D004", place, "this link leads out of the portal's folder", hint="put the file itself here instead of a link to it"
        )
    try:
        # Non-blocking, so that a pipe nobody writes to answers at once.
        handle = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return problem("D005", place, "this is not a regular file", hint="put a plain file here")
            # One byte more than allowed is asked for: the file may have grown since.
            content = file.read(limit + 1) if status.st_size <= limit else b""
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return problem("D005", place, f"this file cannot be read: {reason}", hint="check that it exists and that you may read it")
    if len(content) > limit or status.st_size > limit:
        return problem("D003", place, f"this file is larger than {_size(limit)}", hint="split it, or take out what is not needed")
    return content


def decode(content: bytes, path: str) -> str | Problem:
    """Decode UTF-8, with or without a byte order mark; any other encoding is named, with how to save the file again (D002)."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _not_utf8(Source(path, 1, 1), f"this file is {name}", path)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if 0 in content[:_SAMPLE]:
            return _zeros(content, path)
        place = _place(content[: error.start].decode("utf-8"), path)
        return _not_utf8(place, f"this file is not UTF-8; it looks like {_western(content)}", path)
    if "\0" in text:
        return _zeros(content, path)
    return text.lstrip(_BOM)


def _western(content: bytes) -> str:
    """Name the eight-bit encoding; 0x80 to 0x9f are letters and quotes in Windows-1252 and nothing at all in Latin-1."""
    return "Windows-1252" if any(0x80 <= byte <= 0x9F for byte in content) else "Windows-1252 or Latin-1"  # noqa: PLR2004  # see above


def _zeros(content: bytes, path: str) -> Problem:
    """Explain NUL bytes: regular ones are wide characters without a mark, others are no text at all."""
    sample = content[:_SAMPLE]
    zeros = sample.count(0)
    place = _place(content[: content.index(0)].decode("utf-8", "replace"), path)
    if zeros * 8 >= len(sample) * 5:
        return _not_utf8(place, "this file looks like UTF-32", path)
    if zeros * 8 >= len(sample) * 3 or max(sample[::2].count(0), sample[1::2].count(0)) * 4 >= len(sample):
        return _not_utf8(place, "this file looks like UTF-16", path)
    return problem(
        "D002", place, "this file holds NUL bytes, which no text has", hint=f"restore it from a backup, or {_advice(path)}"
    )


def _not_utf8(place: Source, message: str, path: str) -> Problem:
    return problem("D002", place, message, hint=_advice(path))


def _advice(path: str) -> str:
    if path.endswith(".csv"):
        return "save it again as UTF-8. In Excel choose Save as > CSV UTF-8"
    return "save it again as UTF-8 in your editor"


def _place(before: str, path: str) -> Source:
    """Return the place behind the text before it; CR LF, LF and a lone CR end a line."""
    lines = before.lstrip(_BOM).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Source(path, len(lines), len(lines[-1]) + 1)


def _size(limit: int) -> str:
    return f"{limit // _MIB} MiB" if limit >= _MIB else f"{limit // _KIB} KiB" if limit >= _KIB else f"{limit} bytes"
