"""The demonstration's seeds pass the registry's own reading, and name replica hosts alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from goicrawl import registry
from goicrawl.demo.cast import demo_roles
from goicrawl.demo.replicas import serve
from goicrawl.demo.seeds import portal_url, write_seeds


def test_seeds(tmp_path: Path) -> None:
    roles = demo_roles()
    with serve([site for role in roles for site in role.sites]) as server:
        write_seeds(tmp_path, roles, server)
        known = registry.load(tmp_path)
        assert [portal.url for portal in known.portals] == [portal_url(role, server) for role in roles]
        for portal, role in zip(known.portals, roles, strict=True):
            assert portal.allow_loopback
            assert portal.url is not None
            address = urlsplit(portal.url)
            assert address.hostname is not None
            assert address.hostname.endswith("-replica.localhost")
            assert address.port == (server.refusing_port if role.refuses else server.port)
            assert portal.region_code is not None
            region = known.region(portal.region_code)
            assert region is not None
            assert region.name == portal.region_name
            made_up = registry.load().region(portal.region_code) is None
            assert made_up == ("虚构" in portal.region_name or "占位" in portal.region_name)
        assert {column.region_code for column in known.report_columns} == {
            "130827", "350128", "321300", "320800",
        }  # fmt: skip
        families = {portal.family_hint for portal in known.portals}
        assert families == {"hanweb", "trs", "ucap", "generic", None}
