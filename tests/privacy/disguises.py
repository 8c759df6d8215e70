"""Finding a mark in bytes whatever they went through: escapes of HTML, addresses, scripts and mails, case, Unicode form."""

from __future__ import annotations

import base64
import binascii
import codecs
import json
import quopri
import re
import sys
from collections.abc import Iterator
from html import unescape
from unicodedata import combining, normalize
from urllib.parse import unquote_plus

_MARK = re.compile(r"kanari[0-9]{5}v(?:o|oe)gel")
_ACCENTS = dict.fromkeys(code for code in range(sys.maxunicode + 1) if combining(chr(code)))
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)
_CODE_POINT = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8}))")
_SOFT = re.compile(rb"=\r?\n|\r?\n[ \t]|<[^<>]*>")


def marks(content: bytes) -> set[str]:
    """Return the marks that can be read in bytes, in whatever way, forwards."""
    return {found for text in set(_readings(content)) for found in _MARK.findall(_bare(text))}


def _bare(text: str) -> str:
    """Fold case and take the accents off, so that forms and cases of one letter are one."""
    return text.lower() if text.isascii() else normalize("NFKD", text.casefold()).translate(_ACCENTS)


def _readings(content: bytes) -> Iterator[str]:
    for each in (content, _SOFT.sub(b"", content)):
        text = each.decode("utf-8", "replace")
        yield text
        yield (decoded := unescape(unquote_plus(unescape(text))))
        yield _CODE_POINT.sub(lambda found: chr(int(found[1] or found[2] or found[3], 16)), decoded)
    yield quopri.decodestring(content).decode("utf-8", "replace")
    for encoding in ("utf-16-le", "utf-16-be"):
        yield content.decode(encoding, "replace")
    for label in _PUNYCODE.findall(content.decode("utf-8", "replace")):
        try:
            yield codecs.decode(label[4:].encode(), "punycode")
        except UnicodeError:
            continue
    for found in _BASE64.findall(content):
        for start in range(4):
            yield _unpacked(found[start:])


def _unpacked(found: bytes) -> str:
    whole = found[: len(found) // 4 * 4].translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(whole).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def disguised(text: str) -> dict[str, bytes]:
    """Return a text in every disguise that marks() sees through, by its name."""
    raw = text.encode()
    return {
        "as it is": raw,
        "entities": "".join(f"&#{ord(letter)};" for letter in text).encode(),
        "hexadecimal entities": "".join(f"&#x{ord(letter):X};" for letter in text).encode(),
        "percent signs": "".join(f"%{byte:02X}" for byte in raw).encode(),
        "percent signs as entities": "".join(f"&#37;{byte:02x}" for byte in raw).encode(),
        "JSON": json.dumps(text).encode(),
        "JSON, every letter": "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
        "base64": base64.b64encode(b"name=" + raw + b"&more"),
        "base64 for addresses": base64.urlsafe_b64encode(b"??" + raw),
        "quoted-printable": quopri.encodestring(raw),
        "quoted-printable, folded": b"=\r\n".join(raw[at : at + 5] for at in range(0, len(raw), 5)),
        "a folded calendar": b"\r\n ".join(raw[at : at + 7] for at in range(0, len(raw), 7)),
        "bold letters": b"<b>" + b"</b><b>".join(letter.encode() for letter in text) + b"</b>",
        "punycode": b"xn--" + text.split(maxsplit=1)[0].encode("punycode"),
        "upper case": text.upper().encode(),
        "lower case": text.lower().encode(),
        "NFC": normalize("NFC", text).encode(),
        "NFD": normalize("NFD", text).encode(),
        "UTF-16": text.encode("utf-16-le"),
        "Latin-1 escapes": text.encode("ascii", "backslashreplace"),
    }
