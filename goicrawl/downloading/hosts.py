"""Which hosts may be asked at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from goicrawl.registry import Portal, Registry

LOCALHOST = "localhost"


@dataclass(frozen=True)
class HostPolicy:
    """`listed`: hosts of seed rows outside gov.cn; `local`: those that a row allows to be this machine.

    Hosts are compared in lower case and without a leading "www.".
    """

    listed: frozenset[str]
    local: frozenset[str]

    @classmethod
    def of_registry(cls, registry: Registry, portals: Iterable[Portal] = ()) -> HostPolicy:
        """The policy of all seed rows, and of `portals` beside them."""
        listed: set[str] = set()
        local: set[str] = set()
        for portal in (*registry.portals, *portals):
            hosts = (*portal.hosts, *portal.allowed_hosts, _host_of(portal.url))
            listed.update(plain(host) for host in hosts if host is not None)
            if portal.allow_loopback:
                local.update(plain(host) for host in hosts if host is not None)
        for column in registry.report_columns:
            for url in (column.url, column.sample_report_url):
                host = _host_of(url)
                if host is not None:
                    listed.add(plain(host))
        return cls(frozenset(listed), frozenset(local))

    def may_visit(self, host: str) -> bool:
        """Whether a host is of gov.cn or in a seed row."""
        name = plain(host)
        return name == "gov.cn" or name.endswith(".gov.cn") or name in self.listed

    def may_be_local(self, host: str) -> bool:
        """Whether a seed row allows this host, by its name, to be at a loopback address."""
        return plain(host) in self.local


def plain(host: str) -> str:
    """A host as it is compared."""
    return host.lower().rstrip(".").removeprefix("www.")


def is_localhost_name(host: str) -> bool:
    """Whether a name is `localhost` or under it, which is always this machine (RFC 6761)."""
    name = host.lower().rstrip(".")
    return name == LOCALHOST or name.endswith("." + LOCALHOST)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet. Raises ValueError for anything else."""
    ip = ipaddress.ip_address(address)
    return ip.is_global and not ip.is_multicast


def address_in(host: str) -> str | None:
    """The IP address that a URL's host spells out, without brackets, else None."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return None


def _host_of(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
