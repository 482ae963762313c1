"""Names to addresses, for a crawl that must never be led into its own network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import fail, succeed
from twisted.internet.error import DNSLookupError

from goicrawl.downloading.hosts import is_localhost_name, is_public, plain

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred

LOOPBACK = "127.0.0.1"

# A process has one reactor and a reactor one resolver, so the crawls of a process share these.
_local_hosts: Counter[str] = Counter()
_refused: dict[str, str] = {}


def allow_local(hosts: Iterable[str]) -> None:
    """Let these names be at a loopback address until `withdraw_local` is called with them."""
    _local_hosts.update(hosts)


def withdraw_local(hosts: Iterable[str]) -> None:
    """Take back what `allow_local` allowed."""
    _local_hosts.subtract(hosts)


def refused_address(host: str) -> str | None:
    """The private address for which a name was refused, or None."""
    return _refused.get(host.lower())


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing every address that is not of the public internet.

    The address that is checked is the one connected to, so a name that changes its mind between a check
    and a connection gains nothing. `*.localhost` is this machine without asking anybody, where a seed
    row allows it.
    """

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        allowed = _local_hosts[plain(name)] > 0
        if is_localhost_name(name):
            return succeed(LOOPBACK) if allowed else fail(_refuse(name, LOOPBACK))
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(_checked, name, allowed)


def _checked(address: str, name: str, allowed: bool) -> str:
    if is_public(address) or (allowed and address.startswith("127.")):
        return address
    raise _refuse(name, address)


def _refuse(name: str, address: str) -> DNSLookupError:
    _refused[name.lower()] = address
    return DNSLookupError(f"{name} is at {address}, which is no public address")
