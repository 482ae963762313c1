"""Bytes to text, by what the bytes are rather than by what they say they are."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w\-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MARKS = tuple(bom for bom, _ in _BOMS)
_LOST = "\ufffd"
_CHINESE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
}


def decode(data: bytes, media_type: str | None = None) -> tuple[str, str, bool]:
    """Decode a page.

    Bytes that are valid UTF-8 are UTF-8, whatever was declared: Chinese text in another encoding is
    practically never valid UTF-8. The same holds for bytes of which nearly all are: gb18030 reads most
    of any UTF-8 without complaint, as other characters. gb2312 and gbk are read as gb18030, which
    contains both.

    Returns:
        The text, the encoding's name, and whether every byte could be decoded.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _forgiving(data[len(bom) :], name)
    text = _utf8(data)
    if text is not None:
        return text, "utf-8", True
    damaged = _damaged_utf8(data)
    if damaged is not None:
        return damaged, "utf-8", False
    candidates: list[str] = []
    for declared in (_declared_in_header(media_type), _declared_in_page(data)):
        if declared is not None and declared not in candidates:
            candidates.append(declared)
    for name in ("gb18030", "utf-8"):
        if name not in candidates:
            candidates.append(name)
    best: tuple[int, str, str] | None = None
    for name in candidates:
        try:
            text = data.decode(name, "replace")
        except LookupError:
            continue
        lost = text.count(_LOST)
        if lost == 0:
            return text, name, True
        if best is None or lost < best[0]:
            best = (lost, text, name)
    if best is None:
        return data.decode("utf-8", "replace"), "utf-8", False
    return best[1], best[2], False


def as_utf8(data: bytes, media_type: str | None = None) -> tuple[bytes, str, bool]:
    """Like `decode`, but gives the text as UTF-8 bytes: without a copy where the page is UTF-8 already."""
    if not data.startswith(_MARKS):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return data, "utf-8", True
    text, encoding, whole = decode(data, media_type)
    return text.encode("utf-8", "replace"), encoding, whole


def _utf8(data: bytes) -> str | None:
    """Strict UTF-8, forgiving only a last character that a truncated page cut in two."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data" and error.start > 0:
            return data[: error.start].decode("utf-8")
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """The text if it is UTF-8 but for a few bytes. Of Chinese in another encoding most bytes are none."""
    text = data.decode("utf-8", "replace")
    lost = text.count(_LOST)
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if lost * 10 < foreign else None


def _forgiving(data: bytes, name: str) -> tuple[str, str, bool]:
    try:
        return data.decode(name), name, True
    except UnicodeDecodeError:
        return data.decode(name, "replace"), name, False


def _declared_in_header(media_type: str | None) -> str | None:
    match = _HEADER.search(media_type) if media_type is not None else None
    return _known(match.group(1)) if match is not None else None


def _declared_in_page(data: bytes) -> str | None:
    match = _META.search(data[:4096])
    return _known(match.group(1).decode("ascii")) if match is not None else None


def _known(name: str) -> str | None:
    name = name.lower()
    if name in _CHINESE:
        return _CHINESE[name]
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    return codec.name if codec._is_text_encoding else None
