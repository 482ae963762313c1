"""Which addresses belong to one portal, and when two addresses are the same page."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

_TWO_LABEL_ENDINGS = frozenset({"gov.cn", "com.cn", "net.cn", "org.cn", "edu.cn", "ac.cn"})
_INDEX_NAMES = ("index.html", "index.htm", "index.shtml", "index.jsp", "index.asp", "index.aspx", "index.php")


class Site:
    """The hosts of one portal: those of its row and of its home page, with all hosts under their domain."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._domains = {domain_of(host) for host in hosts}

    def add(self, url: str) -> None:
        """Count the host of an address that the portal itself led to as its own."""
        host = urlsplit(url).hostname
        if host is not None:
            self._domains.add(domain_of(host))

    def owns(self, url: str) -> bool:
        """Whether an address is on the portal: a bureau's or a platform's host beside its own counts."""
        host = urlsplit(url).hostname
        return host is not None and domain_of(host) in self._domains


def domain_of(host: str) -> str:
    """The part of a host that one owner registered: www.kuancheng.gov.cn -> kuancheng.gov.cn."""
    name = host.lower().rstrip(".")
    labels = name.split(".")
    if labels[-1].isdigit() or ":" in name:
        return name
    kept = 3 if ".".join(labels[-2:]) in _TWO_LABEL_ENDINGS else 2
    return ".".join(labels[-kept:])


def page_key(url: str) -> str:
    """The same for addresses that surely are one page: the scheme, www., an index name do not count."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = parts.port
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    path = parts.path or "/"
    folder, _, name = path.rpartition("/")
    if name.lower() in _INDEX_NAMES and not parts.query:
        path = folder + "/"
    return f"{netloc}{path}?{parts.query}" if parts.query else f"{netloc}{path}"
