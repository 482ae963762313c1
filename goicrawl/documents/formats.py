"""What kind of document some bytes are, by the bytes first and by what is said of them second."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["html", "text", "pdf", "docx", "xlsx", "doc", "image", "archive", "binary", "empty"]

MEDIA_TYPES: dict[Format, str] = {
    "html": "text/html",
    "text": "text/plain",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/x-ole-storage",
    "image": "image/*",
    "archive": "application/zip",
    "binary": "application/octet-stream",
}
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_TAGS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|p|span|br|h[1-6]|ul|font|meta|section|article)[\s>/]",
    re.IGNORECASE,
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes, media_type: str | None = None) -> Format:
    """The format of a document.

    Portals name their files wrongly often enough that a signature counts for more than a media type.
    """
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00") if not data.startswith(_UTF16) else data[:1024]
    if data.strip(b" \t\r\n\x00\xef\xbb\xbf") == b"":
        return "empty"
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            return name
    if start.startswith(b"PK\x03\x04"):
        if b"word/" in data:
            return "docx"
        return "xlsx" if b"xl/" in data else "archive"
    if not data.startswith(_UTF16) and _is_binary(data):
        return "binary"
    declared = (media_type or "").split(";")[0].strip().lower()
    if declared in ("text/html", "application/xhtml+xml"):
        return "html"
    probe = data[:200_000]
    if data.startswith(_UTF16):
        probe = probe.replace(b"\x00", b"")
    return "html" if _TAGS.search(probe) is not None else "text"


def _is_binary(data: bytes) -> bool:
    """Whether control characters say that this is no text in any encoding that portals use."""
    probe = data[:65_536]
    controls = len(probe.translate(None, bytes(range(32, 256)) + b"\t\n\r\x0b\x0c\x1b\x00"))
    return controls * 100 > len(probe) or probe.count(0) * 20 > len(probe)
