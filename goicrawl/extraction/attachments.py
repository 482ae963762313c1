"""The files that a page links or embeds, and which of them are its article's own."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from goicrawl.documents.document import Document, Link
from goicrawl.documents.file_links import is_surely_attachment
from goicrawl.documents.served_types import type_of_name
from goicrawl.extraction.report import Attachment
from goicrawl.extraction.titles import find_name
from goicrawl.forms.labels import squeeze

EMBEDDED: Final = frozenset({"iframe", "embed", "object", "data", "script"})
"""Kinds of what a page shows, and does not only link."""
_NAMED = re.compile(r"^[【\[（(]?附[件表]")


def attachments_of(document: Document, url: str | None) -> tuple[Attachment, ...]:
    """Every linked or embedded file once, in the order of the page; addresses absolute where possible."""
    found: dict[str, Attachment] = {}
    for link in document.links:
        address = _absolute(link.url, url)
        media_type = type_of_name(address)
        belongs = _belongs(link, address)
        if _may_be_anything(link, address, media_type) and not (belongs and _same_host(address, url)):
            continue
        known = found.get(address)
        if known is None or (belongs and not known.belongs):
            found[address] = Attachment(address, link.text, media_type, link.kind, belongs)
    return tuple(found.values())


def _may_be_anything(link: Link, address: str, media_type: str | None) -> bool:
    """Whether a frame's address does not say that it holds a file: a page with the report, or a map."""
    return link.kind in EMBEDDED and media_type is None and not is_surely_attachment(address)


def _belongs(link: Link, address: str) -> bool:
    """Whether a file is the article's: it stands in it, or nothing else has such an address or name."""
    if link.place == "furniture":
        return False
    if link.place == "article":
        return True
    if link.kind == "img":
        return False
    if link.kind in EMBEDDED or is_surely_attachment(address):
        return True
    text = squeeze(link.text)
    return find_name(text) is not None or _NAMED.match(text) is not None


def _absolute(address: str, base: str | None) -> str:
    if base is None:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _same_host(address: str, base: str | None) -> bool:
    try:
        return base is not None and urlsplit(address).netloc == urlsplit(base).netloc
    except ValueError:
        return False
