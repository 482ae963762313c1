"""Which hosts may be asked, and at which addresses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError
from twisted.internet.testing import MemoryReactor

from goicrawl import registry
from goicrawl.downloading import resolver
from goicrawl.downloading.hosts import HostPolicy, address_in, is_localhost_name, is_public
from goicrawl.downloading.resolver import GuardedResolver
from goicrawl.downloading.schemes import other_scheme

POLICY = HostPolicy(frozenset({"example.com", "a.localhost"}), frozenset({"a.localhost"}))


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("www.kuancheng.gov.cn", True),
        ("KUANCHENG.GOV.CN.", True),
        ("gov.cn", True),
        ("www.example.com", True),
        ("xgov.cn", False),
        ("gov.cn.evil.com", False),
        ("www.kuancheng.gov.cn.evil.com", False),
        ("sub.example.com", False),
        ("a.localhost", True),
        ("b.localhost", False),
        ("127.0.0.1", False),
        ("", False),
    ],
)
def test_only_gov_cn_and_listed_hosts(host: str, allowed: bool) -> None:
    assert POLICY.may_visit(host) is allowed


def test_the_policy_of_the_seeds_lists_their_hosts_and_no_local_one() -> None:
    policy = HostPolicy.of_registry(registry.load())
    for portal in registry.load().portals:
        assert all(policy.may_visit(host) for host in portal.hosts)
    assert policy.local == frozenset()
    assert not policy.may_visit("www.example.com")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_what_is_private_is_never_public(address: Any) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_public(str(address))


def test_addresses_spelt_out_in_a_host() -> None:
    assert address_in("[::1]") == "::1"
    assert address_in("10.0.0.1") == "10.0.0.1"
    assert address_in("www.example.gov.cn") is None
    assert is_localhost_name("LOCALHOST.")
    assert not is_localhost_name("localhost.gov.cn")


def result_of(deferred: Deferred[str]) -> str | BaseException:
    seen: list[Any] = []
    deferred.addBoth(seen.append)
    assert len(seen) == 1
    return getattr(seen[0], "value", seen[0])  # type: ignore[no-any-return]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the system's resolver says."""
    known: dict[str, str] = {}

    def look_up(self: object, name: str, timeout: object = ()) -> Deferred[str]:
        return succeed(known[name])

    monkeypatch.setattr("scrapy.resolver.CachingThreadedResolver.getHostByName", look_up)
    return known


def test_a_name_that_leads_into_the_network_is_refused(answers: dict[str, str]) -> None:
    answers.update({"www.a.gov.cn": "203.107.32.1", "www.b.gov.cn": "192.168.3.4", "c.gov.cn": "127.0.0.1"})
    guarded = GuardedResolver(MemoryReactor(), 100, 5.0)  # type: ignore[arg-type]
    assert result_of(guarded.getHostByName("www.a.gov.cn")) == "203.107.32.1"
    for name in ("www.b.gov.cn", "c.gov.cn"):
        assert isinstance(result_of(guarded.getHostByName(name)), DNSLookupError)
        assert resolver.refused_address(name) == answers[name]
    assert resolver.refused_address("www.a.gov.cn") is None


def test_localhost_names_need_a_seed_row_while_its_crawl_runs(answers: dict[str, str]) -> None:
    guarded = GuardedResolver(MemoryReactor(), 100, 5.0)  # type: ignore[arg-type]
    name = "www.only-here.localhost"
    assert isinstance(result_of(guarded.getHostByName(name)), DNSLookupError)
    resolver.allow_local({"only-here.localhost"})
    try:
        assert result_of(guarded.getHostByName(name)) == "127.0.0.1"
        answers["intranet.gov.cn"] = "10.0.0.8"
        assert isinstance(result_of(guarded.getHostByName("intranet.gov.cn")), DNSLookupError)
    finally:
        resolver.withdraw_local({"only-here.localhost"})
    assert isinstance(result_of(guarded.getHostByName(name)), DNSLookupError)


def test_the_other_scheme() -> None:
    assert other_scheme("http://www.a.gov.cn/b?c=d") == "https://www.a.gov.cn/b?c=d"
    assert other_scheme("https://www.a.gov.cn:8443/") == "http://www.a.gov.cn:8443/"
    assert other_scheme("ftp://www.a.gov.cn/") is None
