"""Reading a request's body: bounded before it is parsed, in one of two plain forms, and every name at most once.

Nothing here knows the form's fields: out comes a mapping of names to texts as they were sent.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from email.message import Message
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers

from site_builder.receive.refusal import RefusedError

LARGEST: Final = 32 * 1024
"""Bytes of a body; a form filled to the brim has a quarter of them."""
_MOST_FIELDS: Final = 100
_DRAINED: Final = 1024 * 1024
"""How much of a body that is too large is read and dropped, so that a browser gets to see why instead of a broken connection."""
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


async def received(
    chunks: AsyncIterator[bytes], headers: Headers, seconds: float, *, kinds: Collection[str] = (FORM, JSON)
) -> Mapping[str, str]:
    """Return what a request's body says, by name; raises RefusedError.

    seconds: for all of the body; kinds: the media types that are taken. One that is too large is 413 whatever its type is said
    to be, for that is the reason which says what to do.
    """
    body = await whole(chunks, headers.getlist("content-length"), seconds)
    return parsed(media_type(headers.getlist("content-type"), headers.getlist("content-encoding"), kinds), body)


async def whole(chunks: AsyncIterator[bytes], announced: Iterable[str], seconds: float) -> bytes:
    """Return a body of at most LARGEST bytes; raises RefusedError: 413 for more, whatever was announced, 408 where it dawdles.

    announced: the values of Content-Length, none where the body comes in chunks; seconds: for all of it.
    """
    read = bytearray()
    is_large = any(not length.isdigit() or int(length) > LARGEST for length in announced)
    dropped = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in chunks:
                is_large = is_large or len(read) + len(chunk) > LARGEST
                if not is_large:
                    read += chunk
                elif (dropped := dropped + len(chunk)) > _DRAINED:
                    break
    except TimeoutError:
        raise RefusedError(408, "too_slow", is_over=True) from None
    if is_large:
        raise RefusedError(413, "too_large", is_over=True)
    return bytes(read)


def media_type(content_types: Iterable[str], encodings: Iterable[str], kinds: Collection[str] = (FORM, JSON)) -> str:
    """Return the one media type a body has; raises RefusedError (415) unless it is one of kinds, in UTF-8 and not compressed.

    content_types, encodings: the values of Content-Type and Content-Encoding; each must be said once at most.
    """
    types = tuple(content_types)
    if len(types) != 1 or any(encoding.strip().casefold() != "identity" for encoding in encodings):
        raise RefusedError(415, "wrong_type")
    header = Message()
    header["Content-Type"] = re.sub(r"[\r\n]", "", types[0])
    charset = str(header.get_param("charset", "utf-8")).casefold()
    kind = header.get_content_type()
    if kind not in kinds or charset not in {"utf-8", "utf8"} or not types[0].casefold().startswith(kind):
        raise RefusedError(415, "wrong_type")
    return kind


def parsed(kind: str, body: bytes) -> Mapping[str, str]:
    """Return what was sent, by name; raises RefusedError (422) for what cannot be read or says a name twice."""
    try:
        text = body.decode("utf-8")
        pairs = _of_json(text) if kind == JSON else _of_form(text)
    except ValueError:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise RefusedError(422, "unreadable") from None
    if len(pairs) > _MOST_FIELDS:
        raise RefusedError(422, "unreadable")
    values = dict(pairs)
    if len(values) < len(pairs):
        raise RefusedError(422, "repeated_field")
    return values


def _of_form(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)


def _of_json(text: str) -> list[tuple[str, str]]:
    """Return the pairs of one flat object of texts; brackets are counted before anything is parsed, so no depth is reached."""
    bare = _QUOTED.sub('""', text)
    if bare.count("{") != 1 or "[" in bare:
        raise ValueError("more than one flat object")
    pairs = json.loads(text, object_pairs_hook=list, parse_constant=_no_constant)
    if not isinstance(pairs, list) or not all(isinstance(value, str) for _, value in pairs):
        raise ValueError("something else than texts")
    return pairs


def _no_constant(name: str) -> object:
    raise ValueError(name)
