"""The project's families read the replicas' lists to the end, fetched over raw HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

import pytest

from goicrawl import portals
from goicrawl.demo import cast
from goicrawl.demo.hanweb import HanwebPortal
from goicrawl.demo.items import bulletins
from goicrawl.demo.replicas import ReplicaServer, serve
from goicrawl.demo.site import Portal
from goicrawl.portals import Page, PageRequest
from goicrawl.portals.links import find_report_columns
from goicrawl.portals.titles import judge
from tests.replicas.asking import ask

ROLES = [role for role in cast.demo_roles() if role.expected == "ok"]


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve() as running:
        yield running


def fetch(server: ReplicaServer, request: PageRequest) -> Page | None:
    """The page, redirects followed; None for a status other than 200."""
    url = request.url
    for _ in range(3):
        parts = urlsplit(url)
        assert parts.port == server.port
        assert parts.hostname is not None
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = ask(
            server, parts.hostname, target, method=request.method, body=request.body, **dict(request.headers)
        )
        if "location" not in answer.headers:
            break
        location = answer.headers["location"]
        url = location if location.startswith("http") else f"http://{parts.netloc}{location}"
    return Page.from_bytes(url, answer.body, answer.headers) if answer.status == 200 else None


def read_whole_list(server: ReplicaServer, url: str) -> tuple[set[str], dict[str, str], int]:
    """Families that read it, titles by address, how many requests it took."""
    titles: dict[str, str] = {}
    names: set[str] = set()
    hint: str | None = None
    waiting, asked = [PageRequest(url)], 0
    known = {waiting[0].key}
    while waiting:
        page = fetch(server, waiting.pop(0))
        asked += 1
        if page is None:
            continue
        family = portals.recognise(page, hint)
        hint = family.name
        names.add(family.name)
        listing = family.read_list(page)
        titles.update((entry.url, entry.title) for entry in listing.entries)
        for request in listing.next_pages:
            if request.key not in known:
                known.add(request.key)
                waiting.append(request)
    return names, titles, asked


def site_of(role: cast.Role, server: ReplicaServer) -> Portal:
    site = server.sites[role.sites[0].host]
    assert isinstance(site, Portal)
    return site


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.host)
def test_every_row_of_the_list_is_read_with_its_whole_title(role: cast.Role, server: ReplicaServer) -> None:
    site = site_of(role, server)
    names, titles, _ = read_whole_list(server, server.url(site.host, site.column_path))
    assert names == {role.family}
    found = {
        urlsplit(url).path: title for url, title in titles.items() if urlsplit(url).hostname == site.host
    }
    for item in site.items:
        assert found[site.link(item)] == item.title


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.host)
def test_reports_are_told_from_false_friends_by_title(role: cast.Role, server: ReplicaServer) -> None:
    for item in site_of(role, server).items:
        verdict = judge(item.title)
        assert verdict.is_report == (item.figures is not None), (item.title, verdict)
        if item.figures is not None:
            assert verdict.report_year == item.figures.report_year


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.host)
def test_the_column_is_found_from_the_front_page(role: cast.Role, server: ReplicaServer) -> None:
    site = site_of(role, server)
    page = fetch(server, PageRequest(server.url(site.host)))
    assert page is not None
    links = find_report_columns(page)
    assert server.url(site.host, site.column_path) in [link.url for link in links][:1]


@pytest.mark.parametrize("next_group", ["next", "none", "first"])
def test_hanweb_groups_beyond_the_first_are_read(next_group: Literal["next", "none", "first"]) -> None:
    site = HanwebPortal(
        host="www.long-replica.localhost",
        name="某县人民政府",
        site_code="",
        items=list(bulletins("某县政务公开栏目检查情况", date(2015, 1, 5), 50, "1")),
        per_page=5,
        next_group=next_group,
    )
    with serve([site]) as server:
        _, titles, asked = read_whole_list(server, server.url(site.host, site.column_path))
    assert len(titles) == 50
    assert asked <= 6
