"""What kind of document some bytes are, by the bytes first and by what is said of them second."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from goicrawl.documents.archives import is_archive
from goicrawl.documents.ole import OLE, stream_names

Format = Literal[
    "html",
    "text",
    "pdf",
    "docx",
    "xlsx",
    "doc",
    "xls",
    "wps",
    "et",
    "rtf",
    "image",
    "archive",
    "binary",
    "empty",
]

MEDIA_TYPES: dict[Format, str] = {
    "html": "text/html",
    "text": "text/plain",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "wps": "application/kswps",
    "et": "application/kset",
    "rtf": "application/rtf",
    "image": "image/*",
    "archive": "application/zip",
    "binary": "application/octet-stream",
}
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"MM\x00+", "image"),
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
    if data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe") == b"":
        return "empty"
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            return name
    if _is_bitmap(data) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP"):
        return "image"
    declared = (media_type or "").split(";")[0].strip().lower()
    if start.startswith(OLE):
        return _of_container(data, declared)
    if start.startswith(b"PK\x03\x04"):
        return _of_zip(data)
    if is_archive(data):
        return "archive"
    if not data.startswith(_UTF16) and _is_binary(data):
        return "binary"
    if declared in ("text/html", "application/xhtml+xml"):
        return "html"
    probe = data[:200_000]
    if data.startswith(_UTF16):
        probe = probe.replace(b"\x00", b"")
    return "html" if _TAGS.search(probe) is not None else "text"


def _is_bitmap(data: bytes) -> bool:
    """Two letters alone would be a text too: a bitmap also says how large it and its head are."""
    if not data.startswith(b"BM") or len(data) < 26:
        return False
    head = int.from_bytes(data[14:18], "little")
    return data[6:10] == b"\0\0\0\0" and head in (12, 16, 40, 52, 56, 64, 108, 124)


def _of_container(data: bytes, declared: str) -> Format:
    """What an OLE file holds. WPS Office writes the formats of Word and Excel under names of its own."""
    names = stream_names(data)
    if names is None:
        return "doc"
    if "EncryptedPackage" in names:
        return "xlsx" if "spreadsheet" in declared else "docx"
    if "WordDocument" in names:
        return "wps" if declared.endswith("wps") else "doc"
    if "Workbook" in names or "Book" in names:
        return "et" if declared.endswith(("kset", ".et")) else "xls"
    return "binary"


def _of_zip(data: bytes) -> Format:
    """An Office file has its main part at a fixed place; what other archives hold is not looked into."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, LookupError):
        names = [part for part in ("word/document.xml", "xl/workbook.xml") if part.encode() in data]
    if any(name.startswith("word/document") for name in names):
        return "docx"
    return "xlsx" if any(name.startswith("xl/workbook") for name in names) else "archive"


def _is_binary(data: bytes) -> bool:
    """Whether control characters say that this is no text in any encoding that portals use."""
    probe = data[:65_536]
    controls = len(probe.translate(None, bytes(range(32, 256)) + b"\t\n\r\x0b\x0c\x1b\x00"))
    return controls * 100 > len(probe) or probe.count(0) * 20 > len(probe)
