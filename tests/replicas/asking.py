"""Raw HTTP to a replica server, without the project's own crawler."""

from __future__ import annotations

import http.client
from dataclasses import dataclass

from goicrawl.demo.replicas import ReplicaServer


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(
    server: ReplicaServer,
    host: str,
    path: str = "/",
    *,
    method: str = "GET",
    body: bytes = b"",
    **headers: str,
) -> Answer:
    """One request to a replica host; redirects are not followed. Header names in lower case."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(method, path, body, {"Host": f"{host}:{server.port}", **headers})
        response = connection.getresponse()
        named = {key.lower(): value for key, value in response.getheaders()}
        return Answer(response.status, named, response.read())
    finally:
        connection.close()
