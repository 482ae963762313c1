"""The files that a page links or embeds."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from goicrawl.documents.document import Document
from goicrawl.extraction.report import Attachment

_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "wps": "application/vnd.ms-works",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{2,4})(?=$|[?#&])")


def attachments_of(document: Document, url: str | None) -> tuple[Attachment, ...]:
    """Every linked or embedded file once, in the order of the page; addresses absolute where possible."""
    found: dict[str, Attachment] = {}
    for link in document.links:
        try:
            address = urljoin(url, link.url) if url is not None else link.url
        except ValueError:
            address = link.url
        named = _EXTENSION.findall(address)
        media_type = _TYPES.get(named[-1].lower()) if named else None
        if link.kind in ("iframe", "embed", "object") and media_type is None:
            continue
        found.setdefault(address, Attachment(address, link.text, media_type))
    return tuple(found.values())
