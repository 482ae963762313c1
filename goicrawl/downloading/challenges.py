"""Recognises the pages that firewalls put in a portal's place. They are recorded, never solved."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

BLOCKED_BY = "blocked_by"
"""Key of a request's meta: the kind of challenge that answered it. The circuit breaker acts on it."""

RULES = "challenges.toml"

_ENCODINGS = ("utf-8", "gb18030")
_NOT_A_PAGE = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!")
_CONTENT = re.compile(
    rb"<a\s[^>]{0,300}?href\s*=\s*[\"']?(?!javascript:|#)[^\s\"'>]|<table[\s>]", re.IGNORECASE
)


@dataclass(frozen=True)
class Rule:
    """One way in which a challenge shows; see the head of challenges.toml."""

    kind: str
    status: frozenset[int]
    any: tuple[bytes, ...]
    all: tuple[tuple[bytes, ...], ...]
    cookie: tuple[bytes, ...]
    header: tuple[bytes, ...]
    max_bytes: int | None
    empty: bool

    def fits(self, response: Response, body: bytes, *, has_content: bool) -> bool:
        """Whether all that the rule names fits the response; the cheap questions are asked first.

        `body` is the response's, empty where it is no page; `has_content`: it has a link or a table.
        """
        if self.empty and has_content:
            return False
        if self.status and response.status not in self.status:
            return False
        if self.max_bytes is not None and len(body) > self.max_bytes:
            return False
        if self.header and not any(name in response.headers for name in self.header):
            return False
        if self.cookie:
            cookies = response.headers.getlist(b"Set-Cookie")
            if not any(cookie.lstrip().startswith(self.cookie) for cookie in cookies):
                return False
        if self.any and not any(text in body for text in self.any):
            return False
        return all(any(form in body for form in forms) for forms in self.all)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of challenges.toml, in its order."""
    data = tomllib.loads(files("goicrawl.downloading").joinpath(RULES).read_text(encoding="utf-8"))
    return tuple(
        Rule(
            kind=row["kind"],
            status=frozenset(row.get("status", ())),
            any=tuple(form for text in row.get("any", ()) for form in _forms(text)),
            all=tuple(_forms(text) for text in row.get("all", ())),
            cookie=tuple(name.encode() for name in row.get("cookie", ())),
            header=tuple(name.encode() for name in row.get("header", ())),
            max_bytes=row.get("max_bytes"),
            empty=row.get("empty", False),
        )
        for row in data["rule"]
    )


def challenge_in(response: Response) -> str | None:
    """The kind of challenge or block page that a response is, or None for an honest page."""
    body = response.body
    if body.startswith(_NOT_A_PAGE):
        body = b""
    has_content = _CONTENT.search(body) is not None
    for rule in rules():
        if rule.fits(response, body, has_content=has_content):
            return rule.kind
    return None


class ChallengesMiddleware:
    """Marks the request of a challenge page with its kind, under `BLOCKED_BY`."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        kind = challenge_in(response)
        if kind is not None:
            request.meta[BLOCKED_BY] = kind
        return response


def _forms(text: str) -> tuple[bytes, ...]:
    """A text as bytes in the encodings that portals use."""
    return tuple(dict.fromkeys(text.encode(encoding) for encoding in _ENCODINGS))
