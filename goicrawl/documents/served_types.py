"""What a server says a file is: its type, and the name that it sends with it.

Portals send attachments as `application/octet-stream` or without a type, from addresses without a name; the
name then stands in Content-Disposition, in whatever encoding. It is a hint at the format and nothing more:
the bytes count first, and no file of this project is ever named after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote_to_bytes

TYPES: Final = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "wps": "application/vnd.ms-works",
    "et": "application/kset",
    "rtf": "application/rtf",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}
"""By the end of a file's name."""
_SAY_NOTHING = frozenset({
    "", "application/octet-stream", "binary/octet-stream", "application/force-download", "*/*",
    "application/download", "application/x-download", "application/x-msdownload", "application/unknown",
    "unknown/unknown",
})  # fmt: skip
_ENDING = re.compile(r"\.([A-Za-z0-9]{2,4})(?=$|[?#&\"'\s])")
_EXTENDED = re.compile(r"filename\*\s*=\s*\"?([\w-]*)'[^']*'([^;\"]+)", re.IGNORECASE)
_PLAIN = re.compile(r"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;]+))", re.IGNORECASE)
_ENCODED_WORD = re.compile(r"=\?([\w-]+)\?([bBqQ])\?([^?]*)\?=")


def served_type(headers: Iterable[tuple[str, str]], url: str | None = None) -> str | None:
    """The type of a response: its Content-Type, else by the name sent with it, else by its address.

    Args:
        headers: (name, value) pairs as `Capture` keeps them, each byte a character.
    """
    content_type = disposition = None
    for name, value in headers:
        if name.lower() == "content-type":
            content_type = value
        elif name.lower() == "content-disposition":
            disposition = value
    said = (content_type or "").split(";")[0].strip().lower()
    named = None if disposition is None else file_name(disposition)
    by_name = None if named is None else type_of_name(named)
    if said not in _SAY_NOTHING:
        # A script that sends files often leaves its pages' type; a name is sent on purpose.
        return by_name if by_name is not None and said.startswith("text/") else content_type
    if by_name is not None:
        return by_name
    return (None if url is None else type_of_name(url)) or content_type


def type_of_name(name: str) -> str | None:
    """The type that the last ending in a file's name or address stands for."""
    endings = _ENDING.findall(name)
    return TYPES.get(endings[-1].lower()) if endings else None


def file_name(disposition: str) -> str | None:
    """The file's name in a Content-Disposition header, decoded; None where it has none.

    Args:
        disposition: the header's value, each byte a character: that is how `Capture` keeps headers.
    """
    extended = _EXTENDED.search(disposition)
    if extended is not None:
        data = unquote_to_bytes(extended[2].strip())
        try:
            return data.decode(extended[1] or "utf-8")
        except (LookupError, UnicodeDecodeError):
            return _decoded(data)
    plain = _PLAIN.search(disposition)
    if plain is None:
        return None
    text = plain[1] if plain[1] is not None else plain[2]
    name = re.sub(r"\\(.)", r"\1", text).strip()
    word = _ENCODED_WORD.fullmatch(name)
    if word is not None:
        return _of_encoded_word(word)
    try:
        data = name.encode("latin-1")
    except UnicodeEncodeError:
        return name
    if b"%" in data and data.isascii():
        data = unquote_to_bytes(data)
    return _decoded(data)


def _decoded(data: bytes) -> str:
    """UTF-8 where the bytes are, else GB 18030, as with pages; nothing else is sent."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _of_encoded_word(word: re.Match[str]) -> str:
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(word[0])))
    except (LookupError, ValueError):
        return word[0]
