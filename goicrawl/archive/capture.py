"""One response, as served: what the network side hands to everything else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from goicrawl.documents.served_types import served_type


@dataclass(frozen=True)
class Capture:
    """Raw bytes with where, when and how they were served.

    `url` is the address that answered, after redirects; `requested_url` the one asked for.
    `fetched_at` is timezone-aware UTC. `headers` keeps order and repetition. `body` is the entity as
    the server sent it once transfer- and content-encodings are undone, never decoded to text.

    What was sent to get it (`method`, `request_headers`, `request_body`) and the address it came from
    (`ip_address`) are kept beside it where they are known.
    """

    url: str
    requested_url: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    method: str = "GET"
    request_headers: tuple[tuple[str, str], ...] = ()
    request_body: bytes = b""
    ip_address: str | None = None

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def media_type(self) -> str | None:
        """The Content-Type header's value, parameters and all, or None."""
        for name, value in self.headers:
            if name.lower() == "content-type":
                return value
        return None

    @property
    def declared_type(self) -> str | None:
        """What the server says it is, by Content-Type, else by the file's name that came with it."""
        return served_type(self.headers, self.url)


@dataclass(frozen=True, slots=True)
class ArchivedCapture:
    """A capture and where its record stands: WARC file (relative to the archive), offset, length."""

    capture: Capture
    warc_file: str
    offset: int
    length: int
