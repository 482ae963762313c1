"""The HTTP server of the replica portals: one port on 127.0.0.1, told apart by the Host header."""

from __future__ import annotations

import socket
import socketserver
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from goicrawl.demo.cast import demo_sites
from goicrawl.demo.site import Request, Response, Site

_MAX_BODY = 1 << 20
_PAIRS_TRIED = 200


class ReplicaServer:
    """The running server. `requests` counts requests by host; `paths` holds each (host, method, path).

    Connections to `refusing_port` are refused as long as the server runs.
    """

    def __init__(self, sites: Sequence[Site], port: int = 0) -> None:
        self.sites: dict[str, Site] = {site.host: site for site in sites}
        self.requests: Counter[str] = Counter()
        self.paths: list[tuple[str, str, str]] = []
        self._lock = threading.Lock()
        self._server, self._refusing = _bind(port)
        self._server.replicas = self
        self.port: int = self._server.server_address[1]
        self.refusing_port: int = self._refusing.getsockname()[1]
        for site in sites:
            site.port = self.port
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="replicas", daemon=True
        )

    def __enter__(self) -> ReplicaServer:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._refusing.close()

    def url(self, host: str, path: str = "/") -> str:
        """The address of a path on a replica host."""
        return f"http://{host}:{self.port}{path}"

    def answer(self, host: str, method: str, target: str, body: bytes, headers: dict[str, str]) -> Response:
        """What the site of that host answers; 404 for a host that no replica has."""
        parts = urlsplit(target)
        name = host.partition(":")[0].lower()
        with self._lock:
            self.requests[name] += 1
            self.paths.append((name, method, target))
            serial = self.requests.total()
        site = self.sites.get(name)
        if site is None:
            return Response(b"no such replica\n", status=404, content_type="text/plain")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return site.respond(Request(method, unquote(parts.path), query, body, headers, serial))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    replicas: ReplicaServer

    def server_bind(self) -> None:
        # HTTPServer's own asks the resolver for the machine's name, which may take seconds without a network.
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client may hang up whenever it likes; anything else is a fault of the replica.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in one packet: with Nagle's algorithm they would wait for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        del format, arguments

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        body = self.rfile.read(min(int(length), _MAX_BODY)) if length.isdecimal() else b""
        headers = {key.lower(): value for key, value in self.headers.items()}
        response = self.server.replicas.answer(
            headers.get("host", ""), self.command, self.path, body, headers
        )
        self.send_response(response.status, None if response.status < 500 else "Replica")
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        for key, value in response.headers:
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
        self.wfile.flush()


def _bind(port: int) -> tuple[_Server, socket.socket]:
    """A server on `port` and a socket that refuses on the port after it; else the next free pair."""
    for candidate in (*range(port, port + _PAIRS_TRIED, 2), 0) if port else (0,):
        try:
            server = _Server(("127.0.0.1", candidate), _Handler)
        except OSError:
            if candidate == 0:
                raise
            continue
        refusing = socket.socket()
        try:
            # Bound and not listening: a connection is refused, and nobody else can take the port.
            refusing.bind(("127.0.0.1", candidate + 1 if candidate else 0))
        except OSError:
            refusing.close()
            server.server_close()
            continue
        return server, refusing
    raise OSError("no free port on 127.0.0.1")


def serve(sites: Sequence[Site] | None = None, port: int = 0) -> ReplicaServer:
    """A server for `with`: replica portals answer until the block ends, by default the demonstration's.

    `port` is the port to try first, then the ones above it; with 0 any free one is used.
    """
    return ReplicaServer(demo_sites() if sites is None else sites, port)
