"""Web pages in a message (MHT), as Word and browsers save them, also under the name .doc."""

from __future__ import annotations

import email
import email.policy
import re
from typing import Final

_HEAD: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_MESSAGE: Final = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_PAGES: Final = ("text/html", "application/xhtml+xml")


def page_in(data: bytes) -> tuple[bytes, str] | None:
    """The page that a message holds and its media type with its encoding; None for what is no message."""
    if b"mime-version:" not in data[:4096].lower():
        return None
    head = _HEAD.match(data[:16_384])
    if head is None or _MESSAGE.search(head[0]) is None:
        return None
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in _PAGES:
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            media_type = part.get_content_type()
            if isinstance(payload, bytes):
                return payload, media_type if charset is None else f"{media_type}; charset={charset}"
    return None
