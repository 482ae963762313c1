"""WARC records as bytes: how a capture is written, and how it is read back.

Written here and not with warcio's record builder because that costs more than the compression does
(0.5 ms a page for a response and its request, against 0.1 ms); the tests have warcio read every kind of
record and check its digests.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from goicrawl.archive.capture import Capture

# Level 4 packs a 30-kB page in half the time of zlib's default 6 and gives 3 % more bytes.
COMPRESSION_LEVEL = 4

ORIGINAL = "X-Archive-Orig-"
"""Prefix of the headers that spoke of the transfer and no longer fit the stored body."""

_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_REQUESTED = "X-Requested-URI"
_GZIP = 16 + zlib.MAX_WBITS

Headers = Sequence[tuple[str, str]]


class RecordError(ValueError):
    """Bytes that are no WARC record, or not one this archive writes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record: its type, its own headers in lower case, and its block."""

    kind: str
    headers: dict[str, str]
    block: bytes


def warcinfo_record(filename: str, software: str, created: datetime) -> bytes:
    """The first record of a file: which program wrote it."""
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n"
    headers = [("WARC-Filename", filename), ("Content-Type", "application/warc-fields")]
    return _record("warcinfo", new_record_id(), created, headers, fields.encode())


def response_record(capture: Capture, record_id: str) -> bytes:
    """The response as served; one gzip member.

    Transfer headers are kept under `ORIGINAL` and Content-Length says the length of the stored body, so
    that readers do not try to undo an encoding a second time.
    """
    try:
        reason = HTTPStatus(capture.status).phrase
    except ValueError:
        reason = ""
    http = [
        (ORIGINAL + name, value) if name.lower() in _TRANSFER else (name, value)
        for name, value in capture.headers
    ]
    http.append(("Content-Length", str(len(capture.body))))
    block = _http_block(f"HTTP/1.1 {capture.status} {reason}", http, capture.body)
    headers = [
        ("WARC-Target-URI", capture.url),
        (_REQUESTED, capture.requested_url),
        ("WARC-Payload-Digest", "sha256:" + base64.b32encode(bytes.fromhex(capture.sha256)).decode()),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    if capture.ip_address is not None:
        headers.append(("WARC-IP-Address", capture.ip_address))
    return _record("response", record_id, capture.fetched_at, headers, block)


def request_record(capture: Capture, response_id: str) -> bytes:
    """The request that the response answers; one gzip member."""
    parts = urlsplit(capture.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    http = [("Host", parts.netloc.rpartition("@")[2]), *capture.request_headers]
    block = _http_block(f"{capture.method} {target} HTTP/1.1", http, capture.request_body)
    headers = [
        ("WARC-Target-URI", capture.url),
        ("WARC-Concurrent-To", response_id),
        ("Content-Type", "application/http; msgtype=request"),
    ]
    return _record("request", new_record_id(), capture.fetched_at, headers, block)


def new_record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def parse_record(data: bytes) -> Record:
    """Read one uncompressed record.

    Raises:
        RecordError: the bytes are not a whole WARC record.
    """
    head, separator, rest = data.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    if separator == b"" or not lines[0].startswith("WARC/"):
        raise RecordError("not a WARC record")
    headers = {name.lower(): value for name, value in _header_pairs(lines[1:])}
    try:
        length = int(headers["content-length"])
        kind = headers["warc-type"]
    except (KeyError, ValueError) as error:
        raise RecordError(f"a WARC record without a usable {error}") from error
    if len(rest) < length:
        raise RecordError("a WARC record shorter than it says")
    return Record(kind, headers, rest[:length])


def capture_of(response: Record, request: Record | None) -> Capture:
    """Put a capture together again from its records.

    Raises:
        RecordError: the block is not an HTTP response.
    """
    first, pairs, body = _split_http(response.block)
    words = first.split(" ", 2)
    if len(words) < 2 or not words[1].isdigit():
        raise RecordError(f"not an HTTP response: {first!r}")
    headers = tuple(
        (name.removeprefix(ORIGINAL), value) for name, value in pairs if name.lower() != "content-length"
    )
    method, request_body = "GET", b""
    request_headers: tuple[tuple[str, str], ...] = ()
    if request is not None:
        line, sent, request_body = _split_http(request.block)
        method = line.split(" ", 1)[0]
        request_headers = tuple(pair for pair in sent if pair[0].lower() != "host")
    url = response.headers.get("warc-target-uri", "")
    return Capture(
        url=url,
        requested_url=response.headers.get(_REQUESTED.lower(), url),
        fetched_at=datetime.fromisoformat(response.headers["warc-date"].replace("Z", "+00:00")),
        status=int(words[1]),
        headers=headers,
        body=body,
        method=method,
        request_headers=request_headers,
        request_body=request_body,
        ip_address=response.headers.get("warc-ip-address"),
    )


def _record(kind: str, record_id: str, when: datetime, headers: Headers, block: bytes) -> bytes:
    stamp = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    all_headers = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", record_id),
        ("WARC-Date", stamp),
        *headers,
        ("WARC-Block-Digest", "sha1:" + digest),
        ("Content-Length", str(len(block))),
    ]
    head = "WARC/1.1\r\n" + _header_lines(all_headers) + "\r\n"
    packer = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(head.encode() + block + b"\r\n\r\n") + packer.flush()


def _http_block(first: str, headers: Headers, body: bytes) -> bytes:
    # HTTP headers are bytes to a server: latin-1 carries every one of them there and back.
    head = f"{first}\r\n{_header_lines(headers)}\r\n"
    return head.encode("latin-1", "backslashreplace") + body


def _header_lines(headers: Headers) -> str:
    return "".join(f"{_one_line(name)}: {_one_line(value)}\r\n" for name, value in headers)


def _one_line(text: str) -> str:
    return text if "\n" not in text and "\r" not in text else " ".join(text.split())


def _split_http(block: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    head, separator, body = block.partition(b"\r\n\r\n")
    if separator == b"":
        raise RecordError("not an HTTP message")
    lines = head.decode("latin-1").split("\r\n")
    return lines[0], list(_header_pairs(lines[1:])), body


def _header_pairs(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            yield name, value.strip()
